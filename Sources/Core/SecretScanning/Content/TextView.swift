/// A text with the escapes of JSON and of most languages taken away, as in a notebook, and where in it each byte comes from.
package struct TextView: Sendable {
  package let bytes: [UInt8]
  private let original: [UInt8]

  /// nil where there are no escapes, and for what is no text.
  package init?(unescaping text: [UInt8]) {
    guard text.contains(UInt8(ascii: "\\")), !text.contains(0) else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    Self.read(text) { byte, _ in bytes.append(byte) }
    self.bytes = bytes
    original = text
  }

  /// The bytes of the original for which some of the view stand; in order, as these have to be, and none empty.
  package func originals(of ranges: [Range<Int>]) -> [Range<Int>] {
    if ranges.isEmpty { return [] }
    var (result, start, offset): ([Range<Int>], Int, Int) = ([], 0, 0)
    Self.read(original) { _, source in
      guard result.count < ranges.count else { return }
      let range = ranges[result.count]
      if offset == range.lowerBound { start = source.lowerBound }
      offset += 1
      if offset == range.upperBound { result.append(start..<source.upperBound) }
    }
    return result
  }

  private static func read(_ text: [UInt8], _ body: (_ byte: UInt8, _ source: Range<Int>) -> Void) {
    var index = 0
    while index < text.count {
      let (byte, length) = text[index] == UInt8(ascii: "\\") ? escape(text[index...]) : (text[index], 1)
      body(byte, index..<index + length)
      index += length
    }
  }

  /// What an escape stands for, and its length; a backslash that begins none stands for itself.
  private static func escape(_ rest: ArraySlice<UInt8>) -> (byte: UInt8, length: Int) {
    let backslash = UInt8(ascii: "\\")
    guard rest.count > 1 else { return (backslash, 1) }
    let second = rest[rest.startIndex + 1]
    switch second {
    case UInt8(ascii: "n"), UInt8(ascii: "r"): return (UInt8(ascii: "\n"), 2)
    case UInt8(ascii: "t"): return (UInt8(ascii: "\t"), 2)
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "/"), backslash: return (second, 2)
    case UInt8(ascii: "u") where rest.count >= 6:
      let digits = rest[(rest.startIndex + 2)..<(rest.startIndex + 6)]
      guard let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16), (0x20...0x7e).contains(value) else {
        return (backslash, 1)
      }
      return (value, 6)
    case _: return (backslash, 1)
    }
  }
}
