import CCurl
import COpenSSL
import LiveChecks

/// What the TLS connections of one handle have negotiated; each is looked at once.
final class TLSSessions {
  private var known: [OpaquePointer: TLSConnection] = [:]

  /// The connection of the transfer that is going on; nil without TLS, and for a libcurl with another library than OpenSSL.
  func connection(of curl: UnsafeMutableRawPointer) -> TLSConnection? {
    var info: UnsafeMutablePointer<curl_tlssessioninfo>?
    guard ccurl_get_tls(curl, &info) == CURLE_OK, let info, info.pointee.backend == CURLSSLBACKEND_OPENSSL,
      let internals = info.pointee.internals
    else { return nil }
    let ssl = OpaquePointer(internals)
    var connects = 0
    _ = ccurl_get_long(curl, CURLINFO_NUM_CONNECTS, &connects)
    // A connection that was there before is the one that had this address; a new one may have been given an old one's.
    if connects == 0, let known = known[ssl] { return known }
    let connection = TLSConnection(
      version: String(cString: SSL_get_version(ssl)),
      cipher: SSL_get_current_cipher(ssl).map { String(cString: SSL_CIPHER_get_name($0)) } ?? "",
      chain: (0..<copenssl_chain_count(ssl)).compactMap { index in
        copenssl_chain_certificate(ssl, index).flatMap(Self.certificate)
      })
    known[ssl] = connection
    return connection
  }

  private static func certificate(_ certificate: OpaquePointer) -> PeerCertificate? {
    let size = i2d_X509(certificate, nil)
    guard size > 0 else { return nil }
    var der = [UInt8](repeating: 0, count: Int(size))
    let written = der.withUnsafeMutableBufferPointer { buffer in
      var next = buffer.baseAddress
      return i2d_X509(certificate, &next)
    }
    guard written == size else { return nil }
    return PeerCertificate(
      subject: name(X509_get_subject_name(certificate)), issuer: name(X509_get_issuer_name(certificate)),
      start: time(X509_get0_notBefore(certificate)), end: time(X509_get0_notAfter(certificate)),
      serialNumber: serialNumber(certificate), sha256: digest(der), der: der)
  }

  private static func name(_ name: OpaquePointer?) -> String {
    text { copenssl_print_name($0, name) }
  }

  private static func time(_ time: UnsafePointer<ASN1_TIME>?) -> String {
    text { _ = ASN1_TIME_print_ex($0, time, UInt(ASN1_DTFLGS_ISO8601)) }.replacing(" ", with: "T")
  }

  private static func serialNumber(_ certificate: OpaquePointer) -> String {
    guard let number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nil) else { return "" }
    defer { BN_free(number) }
    guard let digits = BN_bn2hex(number) else { return "" }
    defer { CRYPTO_free(digits, nil, 0) }
    return String(cString: digits).lowercased()
  }

  private static func digest(_ der: [UInt8]) -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    EVP_Digest(der, der.count, &digest, nil, EVP_sha256(), nil)
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// What is printed into memory.
  private static func text(_ print: (OpaquePointer) -> Void) -> String {
    guard let bio = BIO_new(BIO_s_mem()) else { return "" }
    defer { BIO_free(bio) }
    print(bio)
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = BIO_read(bio, &bytes, Int32(bytes.count))
    return String(decoding: bytes.prefix(Int(max(0, count))), as: UTF8.self)
  }
}
