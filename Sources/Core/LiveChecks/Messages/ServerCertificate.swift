/// The certificate that a server has shown of itself.
package struct ServerCertificate: Hashable, Sendable {
  /// Such as `C = DE, CN = example.org`, as is that of the issuer.
  package let subject: String
  package let issuer: String
  package let start: Moment
  package let expiry: Moment
  /// Bytes in hexadecimal digits with colons between them, such as `1e:e8`.
  package let serialNumber: String
  /// Such as `DNS:example.org, IP Address:127.0.0.1`; nil where it has none.
  package let alternativeNames: String?

  package init(
    subject: String, issuer: String, start: Moment, expiry: Moment, serialNumber: String, alternativeNames: String?
  ) {
    self.subject = subject
    self.issuer = issuer
    self.start = start
    self.expiry = expiry
    self.serialNumber = serialNumber
    self.alternativeNames = alternativeNames
  }
}
