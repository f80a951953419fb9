/// The parts of a readiness URL that decide whether it can prove that our own service answers.
package struct ReadyURL {
  let port: UInt16

  /// Why a URL proves nothing about our own service.
  package enum Fault: Error, Hashable, Sendable {
    case scheme, userInfo, notLoopback, noPort, badPort, ephemeralPort, badCharacter
  }

  /// Takes `http(s)://HOST:PORT[/…]` with a loopback host and a port below Linux's ephemeral range.
  init(_ url: String) throws(Fault) {
    guard url.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7f }) else { throw .badCharacter }
    let lower = url.lowercased()
    guard let scheme = ["http://", "https://"].first(where: lower.hasPrefix) else { throw .scheme }
    let authority = lower.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !authority.contains("@") else { throw .userInfo }
    let hostEnd: Substring.Index
    if authority.hasPrefix("["), let bracket = authority.firstIndex(of: "]") {
      hostEnd = authority.index(after: bracket)
    } else {
      hostEnd = authority.firstIndex(of: ":") ?? authority.endIndex
    }
    guard Self.isLoopback(authority[..<hostEnd]) else { throw .notLoopback }
    let rest = authority[hostEnd...]
    guard rest.first == ":", rest.count > 1 else { throw .noPort }
    let digits = rest.dropFirst()
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = UInt16(digits), port > 0 else {
      throw .badPort
    }
    guard port < 32_768 else { throw .ephemeralPort }
    self.port = port
  }

  private static func isLoopback(_ host: Substring) -> Bool {
    if host == "localhost" || host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
