/// The cookies of one session (RFC 6265, without the parts that only browsers need).
struct CookieStore: Sendable {
  private var cookies: [StoredCookie]

  init(_ cookies: [StoredCookie] = []) { self.cookies = cookies }

  var all: [StoredCookie] { cookies }

  /// `name=value` of each cookie that belongs to an address, the longest path first.
  func pairs(for url: String) -> [String] {
    guard !cookies.isEmpty, let address = Address(url) else { return [] }
    let ours = cookies.enumerated().filter { $0.element.belongs(to: address) }
    let sorted = ours.sorted { a, b in
      a.element.path.utf8.count != b.element.path.utf8.count
        ? a.element.path.utf8.count > b.element.path.utf8.count : a.offset < b.offset
    }
    return sorted.map { "\($0.element.name)=\($0.element.value)" }
  }

  mutating func take(from response: HTTPResponse, to url: String) {
    let headers = response.values(of: "Set-Cookie")
    guard !headers.isEmpty, let address = Address(url) else { return }
    for header in headers {
      guard let cookie = SetCookie(header) else { continue }
      let domain = (cookie["Domain"] ?? "").lowercased().drop { $0 == "." }
      guard domain.isEmpty || address.host == domain || Self.host(address.host, isBelow: String(domain)) else {
        continue
      }
      let path = cookie["Path"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? address.folder
      let stored = StoredCookie(
        name: cookie.name, value: cookie.value, domain: domain.isEmpty ? address.host : String(domain),
        isHostOnly: domain.isEmpty, path: path, isSecure: cookie["Secure"] != nil)
      cookies.removeAll { $0.name == stored.name && $0.domain == stored.domain && $0.path == stored.path }
      if !cookie.isExpired { cookies.append(stored) }
    }
  }

  /// A domain of one label, such as `com`, owns nothing below it.
  fileprivate static func host(_ host: String, isBelow domain: String) -> Bool {
    domain.contains(".") && host.hasSuffix("." + domain)
      && !host.utf8.allSatisfy { $0 == 0x2e || (48...57).contains($0) }
  }

  fileprivate static func path(_ path: String, isBelow prefix: String) -> Bool {
    path == prefix || (path.hasPrefix(prefix) && (prefix.hasSuffix("/") || path.dropFirst(prefix.count).first == "/"))
  }
}

/// A cookie that belongs to some addresses.
package struct StoredCookie: Hashable, Sendable {
  package let name: String
  package let value: String
  package let domain: String
  /// Whether hosts below the domain do not get it.
  package let isHostOnly: Bool
  package let path: String
  package let isSecure: Bool

  func belongs(to address: Address) -> Bool {
    let isHost = address.host == domain || (!isHostOnly && CookieStore.host(address.host, isBelow: domain))
    return isHost && CookieStore.path(address.path, isBelow: path) && (!isSecure || address.isSecure)
  }
}
