import CCurl
import LiveChecks

/// The certificates that servers have shown to one handle.
///
/// A server shows its certificate when a connection is made; what is asked over the same connection later has to remember it.
struct ShownCertificates {
  private var known: [String: ServerCertificate] = [:]

  /// The certificate of the server that has just answered; nil without TLS.
  mutating func certificate(of curl: UnsafeMutableRawPointer, for url: String) -> ServerCertificate? {
    guard url.prefix(6).lowercased() == "https:" else { return nil }
    let origin = url.split(separator: "/", maxSplits: 2).prefix(2).joined(separator: "//").lowercased()
    if let shown = ServerCertificate(fields: Self.fields(of: curl)) { known[origin] = shown }
    return known[origin]
  }

  /// What libcurl says of the first certificate of the chain, which is the server's own.
  private static func fields(of curl: UnsafeMutableRawPointer) -> [String: String] {
    var info: UnsafeMutablePointer<curl_certinfo>?
    guard ccurl_get_certinfo(curl, &info) == CURLE_OK, let info, info.pointee.num_of_certs > 0 else { return [:] }
    var fields: [String: String] = [:]
    var item = info.pointee.certinfo?[0]
    while let current = item {
      let words = String(cString: current.pointee.data).split(separator: ":", maxSplits: 1)
      if words.count == 2 { fields[String(words[0])] = String(words[1]) }
      item = current.pointee.next
    }
    return fields
  }
}
