import Codings

/// Names stored bytes by their SHA-256.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
  /// 64 lower-case hexadecimal digits.
  package let text: String

  package init?(_ text: String) {
    guard text.utf8.count == 64, text.utf8.allSatisfy(isLowerHex) else { return nil }
    self.text = text
  }

  /// Wraps the 32 bytes that a hash function gave; nil for any other length.
  package init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    text = Hexadecimal.encode(bytes)
  }

  /// 64 zeros: what stands before the first link of a chain.
  package static let zero = Digest(zeros: ())

  private init(zeros: Void) { text = String(repeating: "0", count: 64) }

  package var description: String { text }
}

func isLowerHex(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
}
