/// The parts of an address that redirects and cookies need (RFC 3986, section 3).
package struct Address: Hashable, Sendable {
  package let scheme: String
  /// With the port where it is not the scheme's own, in lower case.
  let authority: String
  package let path: String

  var isSecure: Bool { scheme == "https" }
  package var origin: String { "\(scheme)://\(authority)" }

  /// Without the port.
  package var host: String {
    if authority.hasPrefix("[") { return String(authority.prefix { $0 != "]" }) + "]" }
    return String(authority.prefix { $0 != ":" })
  }

  /// Where cookies without a path belong (RFC 6265, section 5.1.4).
  var folder: String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  /// nil for what has no scheme and authority.
  package init?(_ url: String) {
    let bytes = url.utf8
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), url[colon...].hasPrefix("://") else { return nil }
    scheme = url[..<colon].lowercased()
    let rest = bytes[bytes.index(colon, offsetBy: 3)...]
    let end = rest.firstIndex(where: Self.endsAuthority) ?? rest.endIndex
    let full = rest[..<end]
    let start = full.lastIndex(of: UInt8(ascii: "@")).map { full.index(after: $0) } ?? full.startIndex
    var authority = url[start..<end].lowercased()
    let ownPort = scheme == "https" ? ":443" : ":80"
    if authority.hasSuffix(ownPort) { authority.removeLast(ownPort.count) }
    self.authority = authority
    let path = rest[end...].prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    self.path = path.isEmpty ? "/" : String(Substring(path))
  }

  private static func endsAuthority(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\\"): true
    default: false
    }
  }

  /// Where a reference leads from here, without its fragment (RFC 3986, section 5.2).
  func resolve(_ reference: String) -> String {
    let reference = String(reference.prefix { $0 != "#" })
    let scheme = reference.prefix { $0.isLetter || $0.isNumber || $0 == "+" || $0 == "-" || $0 == "." }
    if !scheme.isEmpty, reference[scheme.endIndex...].hasPrefix(":") { return reference }
    if reference.hasPrefix("//") { return "\(self.scheme):\(reference)" }
    if reference.isEmpty { return origin + path }
    let route = reference.prefix { $0 != "?" }
    let query = reference[route.endIndex...]
    if route.isEmpty { return origin + path + query }
    let full =
      route.hasPrefix("/") ? String(route) : String(path[...(path.lastIndex(of: "/") ?? path.startIndex)]) + route
    return origin + Self.withoutDots(full) + query
  }

  /// RFC 3986, section 5.2.4.
  package static func withoutDots(_ path: String) -> String {
    var kept: [Substring] = []
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for (offset, part) in parts.enumerated() {
      let isLast = offset == parts.count - 1
      if part == ".." { _ = kept.popLast() }
      if part != ".", part != ".." { kept.append(part) } else if isLast { kept.append("") }
    }
    return "/" + kept.joined(separator: "/")
  }
}
