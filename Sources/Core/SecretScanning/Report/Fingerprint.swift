package import DeliveryLoop

/// Names a found value without telling it: a keyed hash, and which key it was made with.
package struct Fingerprint: Hashable, Sendable, CustomStringConvertible {
  /// 8 lower-case hexadecimal digits.
  package let key: String
  /// 32 lower-case hexadecimal digits.
  package let hash: String

  /// `KEY-HASH`; nil for anything else.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [8, 32], parts.joined().utf8.allSatisfy(Self.isDigit) else { return nil }
    (key, hash) = (String(parts[0]), String(parts[1]))
  }

  /// Of the hash of the value and the hash that stands for the key.
  package init(_ value: Digest, key: Digest) {
    self.key = String(key.text.prefix(8))
    hash = String(value.text.prefix(32))
  }

  package var description: String { "\(key)-\(hash)" }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }
}
