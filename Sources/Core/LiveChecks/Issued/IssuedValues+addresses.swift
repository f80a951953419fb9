extension IssuedValues {
  /// Finds `name=value` where an address, a form or a line of settings has it, `name: value` at the beginning of a line, and
  /// passwords before a host.
  mutating func readPairs(in bytes: [UInt8], from source: String, besides isSecret: (String) -> Bool = { _ in false }) {
    var start: Int? = 0
    /// The name that ends here; nil for what is none.
    func name(endingAt end: Int, words most: Int = 2) -> String? {
      guard let begin = start, begin < end, end - begin <= 64 else { return nil }
      start = nil
      let words = bytes[begin..<end].split(separator: 0x20)
      guard words.count <= most, let last = words.last, last.allSatisfy(Self.isOfName) else { return nil }
      return String(decoding: last, as: UTF8.self)
    }
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "?"), UInt8(ascii: "&"), UInt8(ascii: "#"), UInt8(ascii: ";"), 0x0a: start = index + 1
      case UInt8(ascii: "="):
        guard let name = name(endingAt: index), SecretName.isSecretInAddress(name) || isSecret(name) else { break }
        let value = bytes[(index + 1)...].prefix { $0 > 0x20 && !Self.ends.contains($0) }
        add(String(decoding: value, as: UTF8.self), from: source, under: name)
      case UInt8(ascii: ":") where bytes[index...].starts(with: Self.authority):
        readPassword(bytes[(index + 3)...], from: source)
      case UInt8(ascii: ":"):
        guard bytes.dropFirst(index + 1).first == 0x20, let name = name(endingAt: index, words: 1),
          SecretName.isSecret(name)
        else { break }
        let value = bytes[(index + 1)...].prefix { $0 >= 0x20 }.filter { $0 != 0x22 && $0 != 0x27 }
        add(String(decoding: value, as: UTF8.self), from: source, under: name)
      case _: break
      }
    }
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 97 < 26 || byte &- 48 < 10 || signs.contains(byte)
  }

  private static let signs = Set("_-.[]%\"'".utf8)
  private static let ends = Set("&#;?\"'<>()\\,`".utf8)
  private static let authority = Array("://".utf8)

  private mutating func readPassword(_ rest: ArraySlice<UInt8>, from source: String) {
    let host = rest.prefix(1024).prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") && !Self.ends.contains($0) }
    guard let at = host.lastIndex(of: UInt8(ascii: "@")), let colon = host[..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return }
    add(String(decoding: host[(colon + 1)..<at], as: UTF8.self), from: source, under: "password")
  }
}
