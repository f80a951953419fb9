/// One header line; names are compared without regard to case.
package struct HTTPHeader: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

/// One request as it goes over the wire.
package struct HTTPRequest: Hashable, Sendable {
  package let method: String
  package let url: String
  package let headers: [HTTPHeader]
  /// nil sends none; empty sends one of length 0.
  package let body: [UInt8]?
  package let options: TransferOptions

  package init(
    method: String, url: String, headers: [HTTPHeader] = [], body: [UInt8]? = nil,
    options: TransferOptions = TransferOptions()
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.options = options
  }

  /// The same, with other authorities to trust, as a PEM file.
  package func trusting(_ caFile: String) -> HTTPRequest {
    var options = options
    options.caFile = caFile
    return HTTPRequest(method: method, url: url, headers: headers, body: body, options: options)
  }
}
