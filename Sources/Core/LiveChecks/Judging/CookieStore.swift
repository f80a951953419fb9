/// The cookies of one session (RFC 6265, without the parts that only browsers need).
struct CookieStore: Sendable {
  private struct Stored: Sendable {
    var name: String
    var value: String
    var domain: String
    var isHostOnly: Bool
    var path: String
    var isSecure: Bool
  }

  private var cookies: [Stored] = []

  /// `name=value` of each cookie that belongs to an address.
  func pairs(for url: String) -> [String] {
    guard let address = Address(url) else { return [] }
    return cookies.filter { cookie in
      (cookie.isHostOnly ? address.host == cookie.domain : Self.host(address.host, isIn: cookie.domain))
        && Self.path(address.path, isIn: cookie.path) && (!cookie.isSecure || address.isSecure)
    }.map { "\($0.name)=\($0.value)" }
  }

  mutating func take(from response: HTTPResponse) {
    guard let address = Address(response.url) else { return }
    for header in response.values(of: "Set-Cookie") {
      guard let cookie = SetCookie(header) else { continue }
      let domain = cookie["Domain"].map { ($0.hasPrefix(".") ? String($0.dropFirst()) : $0).lowercased() } ?? ""
      if !domain.isEmpty, !Self.host(address.host, isIn: domain) { continue }
      let path = cookie["Path"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? address.folder
      let stored = Stored(
        name: cookie.name, value: cookie.value, domain: domain.isEmpty ? address.host : domain, isHostOnly: domain.isEmpty,
        path: path, isSecure: cookie["Secure"] != nil)
      cookies.removeAll { $0.name == stored.name && $0.domain == stored.domain && $0.path == stored.path }
      // Deleting is done by an age of nothing.
      if cookie["Max-Age"].flatMap({ Int($0) }).map({ $0 <= 0 }) != true { cookies.append(stored) }
    }
  }

  private static func host(_ host: String, isIn domain: String) -> Bool { host == domain || host.hasSuffix("." + domain) }

  private static func path(_ path: String, isIn prefix: String) -> Bool {
    path == prefix || (path.hasPrefix(prefix) && (prefix.hasSuffix("/") || path.dropFirst(prefix.count).first == "/"))
  }
}

/// One `Set-Cookie` header.
struct SetCookie {
  let name: String
  let value: String
  private let attributes: [(String, String)]

  init?(_ header: String) {
    let parts = header.split(separator: ";", omittingEmptySubsequences: false).map(Self.pair)
    guard let first = parts.first, !first.0.isEmpty, header.prefix(while: { $0 != ";" }).contains("=") else { return nil }
    (name, value) = first
    attributes = Array(parts.dropFirst())
  }

  /// The value of an attribute, empty for one without; nil when it is not there.
  subscript(attribute: String) -> String? {
    attributes.last { $0.0.lowercased() == attribute.lowercased() }?.1
  }

  private static func pair(_ text: Substring) -> (String, String) {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    func trimmed(_ text: Substring) -> String {
      String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    return (trimmed(sides[0]), sides.count > 1 ? trimmed(sides[1]) : "")
  }
}

/// The parts of an `http` or `https` address that redirects and cookies need.
struct Address: Hashable, Sendable {
  let scheme: String
  /// With the port, as written, in lower case.
  let authority: String
  let path: String

  var isSecure: Bool { scheme == "https" }
  var origin: String { "\(scheme)://\(authority)" }
  /// Without the port.
  var host: String {
    if authority.hasPrefix("[") { return String(authority.prefix { $0 != "]" }) + "]" }
    return String(authority.prefix { $0 != ":" })
  }
  /// RFC 6265, section 5.1.4.
  var folder: String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  init?(_ url: String) {
    guard let mark = url.firstRange(of: "://") else { return nil }
    scheme = url[..<mark.lowerBound].lowercased()
    let rest = url[mark.upperBound...]
    let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
    let authority = rest[..<end]
    self.authority = (authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] } ?? authority).lowercased()
    let path = rest[end...].prefix { $0 != "?" && $0 != "#" }
    self.path = path.isEmpty ? "/" : String(path)
  }

  /// Where a `Location` leads from here (RFC 3986, section 5.2, without empty references).
  func resolve(_ location: String) -> String {
    if location.lowercased().hasPrefix("http://") || location.lowercased().hasPrefix("https://") { return location }
    if location.hasPrefix("//") { return "\(scheme):\(location)" }
    if location.hasPrefix("/") { return origin + location }
    if location.hasPrefix("?") { return origin + path + location }
    let base = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
    var parts: [Substring] = []
    let (route, query) = (location.prefix { $0 != "?" }, location.drop { $0 != "?" })
    for part in (base + route).split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
    }
    return origin + "/" + parts.joined(separator: "/") + query
  }
}
