import Codings

/// Names one run: a UUIDv7 (RFC 9562, section 5.7), so that ids sort by the time of their making.
package struct RunID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// 36 characters, lower case, with hyphens.
  package let text: String

  /// Accepts a UUID in its canonical lower-case form and nothing else.
  package init?(_ text: String) {
    let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard groups.map(\.count) == [8, 4, 4, 4, 12], groups.joined().allSatisfy(isLowerHex) else { return nil }
    self.text = text
  }

  /// Makes the id of a run that begins at `time`, unique by 10 bytes of `entropy`.
  package init(at time: Timestamp, entropy: [UInt8]) {
    let milliseconds = UInt64(max(0, time.nanoseconds / 1_000_000))
    var bytes = (0..<6).map { UInt8(truncatingIfNeeded: milliseconds >> UInt64(8 * (5 - $0))) }
    bytes += (0..<10).map { $0 < entropy.count ? entropy[$0] : 0 }
    bytes[6] = bytes[6] & 0x0f | 0x70
    bytes[8] = bytes[8] & 0x3f | 0x80
    let hex = Array(Hexadecimal.encode(bytes))
    text = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(hex[$0]) }.joined(separator: "-")
  }

  /// When it was made, to the millisecond.
  package var time: Timestamp {
    let digits = text.utf8.prefix(13).filter { $0 != UInt8(ascii: "-") }
    return Timestamp(nanoseconds: (Int64(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0) * 1_000_000)
  }

  /// The prefix that is shown: the whole millisecond of its making, 13 characters.
  package var short: String { String(text.prefix(13)) }

  package var description: String { text }
  package static func < (a: RunID, b: RunID) -> Bool { a.text < b.text }
}
