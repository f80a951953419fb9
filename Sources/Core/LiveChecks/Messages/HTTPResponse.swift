/// One response, its body decoded.
package struct HTTPResponse: Hashable, Sendable {
  /// `1.0`, `1.1`, `2` or `3`.
  package let version: String
  package let status: Int
  package let reason: String
  /// In the order of arrival, repeated ones included.
  package let headers: [HTTPHeader]
  /// After content decoding.
  package let body: [UInt8]
  /// The address that was asked.
  package let url: String
  package let duration: Duration
  /// `address:port` of the other side.
  package let peer: String?

  package init(
    version: String = "1.1", status: Int, reason: String = "", headers: [HTTPHeader] = [], body: [UInt8] = [],
    url: String = "", duration: Duration = .zero, peer: String? = nil
  ) {
    self.version = version
    self.status = status
    self.reason = reason
    self.headers = headers
    self.body = body
    self.url = url
    self.duration = duration
    self.peer = peer
  }

  /// All values of the headers of that name.
  func values(of name: String) -> [String] {
    let name = name.lowercased()
    return headers.filter { $0.name.lowercased() == name }.map(\.value)
  }
}

/// Why there is no response: the question could not be asked, which says nothing about the service.
package struct TransferFailure: Error, Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case resolve, connect, tls, timeout, interrupted, tooLarge, unsupported, other
  }

  package let kind: Kind
  /// The library's own number, for the evidence.
  package let code: Int
  package let message: String

  package init(kind: Kind, code: Int = 0, message: String) {
    self.kind = kind
    self.code = code
    self.message = message
  }
}

/// What came of sending a request.
package enum TransferOutcome: Hashable, Sendable {
  case response(HTTPResponse)
  case failure(TransferFailure)
}

/// One request and what came of it.
package struct Exchange: Hashable, Sendable {
  package let request: HTTPRequest
  package let outcome: TransferOutcome
}
