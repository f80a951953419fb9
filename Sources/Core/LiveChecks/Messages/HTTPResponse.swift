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
  /// The content encoding that could not be decoded, in which the body still is; nil for a body as it is meant.
  package let undecoded: String?
  /// The address that was asked.
  package let url: String
  package let duration: Duration
  /// `address:port` of the other side.
  package let peer: String?
  /// nil where nobody measured.
  package let timings: TransferTimings?
  /// What the server showed; nil without TLS.
  package let certificate: ServerCertificate?
  /// What was negotiated for it; nil without TLS.
  package let tls: TLSConnection?

  package init(
    version: String = "1.1", status: Int, reason: String = "", headers: [HTTPHeader] = [], body: [UInt8] = [],
    undecoded: String? = nil, url: String = "", duration: Duration = .zero, peer: String? = nil,
    timings: TransferTimings? = nil, certificate: ServerCertificate? = nil, tls: TLSConnection? = nil
  ) {
    self.version = version
    self.status = status
    self.reason = reason
    self.headers = headers
    self.body = body
    self.undecoded = undecoded
    self.url = url
    self.duration = duration
    self.peer = peer
    self.timings = timings
    self.certificate = certificate
    self.tls = tls
  }

  /// All values of the headers of that name.
  func values(of name: String) -> [String] {
    let name = name.lowercased()
    return headers.filter { $0.name.lowercased() == name }.map(\.value)
  }
}
