import Codings
package import JSONText

/// What a connection has negotiated, and what the other side has shown of itself.
package struct TLSConnection: Hashable, Sendable {
  /// Such as `TLSv1.3`.
  package let version: String
  /// OpenSSL's name of the suite, such as `TLS_AES_256_GCM_SHA384`.
  package let cipher: String
  /// As the server sent it, its own certificate first.
  package let chain: [PeerCertificate]

  package init(version: String, cipher: String, chain: [PeerCertificate]) {
    self.version = version
    self.cipher = cipher
    self.chain = chain
  }

  /// The certificates by their digests: whole they stand once in a document.
  package var json: JSON {
    ["version": .string(version), "cipher": .string(cipher), "chain": .array(chain.map { .string($0.sha256) })]
  }

  /// For people.
  package var lines: [String] {
    ["\(version), \(cipher)"]
      + chain.map { "\($0.subject), issued by \($0.issuer), until \($0.end), SHA-256 \($0.sha256)" }
  }
}

/// One certificate of a chain.
package struct PeerCertificate: Hashable, Sendable {
  /// Such as `C=DE, CN=example.org` (RFC 2253 read from the front), as is that of the issuer.
  package let subject: String
  package let issuer: String
  /// RFC 3339.
  package let start: String
  package let end: String
  /// Hexadecimal digits.
  package let serialNumber: String
  /// Of the DER form, in hexadecimal digits.
  package let sha256: String
  package let der: [UInt8]

  package init(
    subject: String, issuer: String, start: String, end: String, serialNumber: String, sha256: String, der: [UInt8]
  ) {
    self.subject = subject
    self.issuer = issuer
    self.start = start
    self.end = end
    self.serialNumber = serialNumber
    self.sha256 = sha256
    self.der = der
  }

  var json: JSON {
    [
      "sha256": .string(sha256), "subject": .string(subject), "issuer": .string(issuer), "from": .string(start),
      "until": .string(end), "serial": .string(serialNumber), "der": .string(Base64.encode(der)),
    ]
  }
}
