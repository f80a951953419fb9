/// The certificate that a server has shown of itself.
package struct ServerCertificate: Hashable, Sendable {
  /// Such as `C=DE, CN=example.org`, as is that of the issuer.
  package let subject: String
  package let issuer: String
  package let start: Moment
  package let expiry: Moment
  /// Bytes in hexadecimal digits with colons between them, such as `1e:e8`.
  package let serialNumber: String
  /// Such as `DNS:example.org, IP Address:127.0.0.1`; nil where it has none.
  package let alternativeNames: String?

  /// Reads the words that libcurl has for a certificate, by name (CURLOPT_CERTINFO(3)); nil when one of the main ones is missing.
  package init?(fields: [String: String]) {
    let format = DateFormat("%b %e %H:%M:%S %Y %Z")
    guard let subject = fields["Subject"], let issuer = fields["Issuer"], let serial = fields["Serial Number"],
      let start = fields["Start date"].flatMap({ format?.moment(in: $0) }),
      let expiry = fields["Expire date"].flatMap({ format?.moment(in: $0) })
    else { return nil }
    let digits = serial.lowercased().filter { $0 != ":" }
    let padded = Array(digits.count.isMultiple(of: 2) ? digits : "0" + digits)
    self.init(
      subject: Self.tight(subject), issuer: Self.tight(issuer), start: start, expiry: expiry,
      serialNumber: stride(from: 0, to: padded.count, by: 2).map { String(padded[$0..<$0 + 2]) }.joined(separator: ":"),
      alternativeNames: fields["X509v3 Subject Alternative Name"])
  }

  /// Without the blanks that some versions put around the signs.
  private static func tight(_ name: String) -> String { name.parts(separatedBy: " = ").joined(separator: "=") }

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
