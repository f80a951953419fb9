/// A stretch of bytes that may be another text in some encoding.
struct EncodedText: Hashable {
  let encoding: RuleFinding.Encoding
  let range: Range<Int>

  /// All of them, those of one encoding in order.
  static func all(in bytes: [UInt8]) -> [EncodedText] {
    var result: [EncodedText] = []
    var index = 0
    // Base64, and hex, which is written in the same characters.
    while let run = nextRun(of: .base64, from: index, in: bytes) {
      index = run.upperBound
      let whole = wrapped(run, in: bytes)
      index = whole.upperBound
      if whole.count >= 20 {
        // Where it begins is not known: what stands before it may be written in the same characters.
        for offset in 0..<4 {
          result.append(EncodedText(encoding: .base64, range: whole.lowerBound + offset..<whole.upperBound))
        }
      }
    }
    index = 0
    while let run = nextRun(of: .hexDigits, from: index, in: bytes) {
      index = run.upperBound
      if run.count >= 32 { result.append(EncodedText(encoding: .hex, range: run)) }
    }
    index = 0
    while let run = nextRun(of: .visible, from: index, in: bytes) {
      index = run.upperBound
      if run.count >= 8, hasPercent(run, in: bytes) { result.append(EncodedText(encoding: .percent, range: run)) }
    }
    return result + utf16(in: bytes)
  }

  /// Hands on the decoded bytes, each with the bytes it is read from.
  func decode(_ bytes: [UInt8], _ body: (_ byte: UInt8, _ source: Range<Int>) -> Void) {
    switch encoding {
    case .base64: decodeBase64(bytes, body)
    case .hex:
      for index in stride(from: range.lowerBound, to: range.upperBound - 1, by: 2) {
        body(bytes[index].hexValue << 4 | bytes[index + 1].hexValue, index..<index + 2)
      }
    case .percent:
      var index = range.lowerBound
      while index < range.upperBound {
        if Self.isPercent(at: index, in: bytes) {
          body(bytes[index + 1].hexValue << 4 | bytes[index + 2].hexValue, index..<index + 3)
          index += 3
        } else {
          body(bytes[index], index..<index + 1)
          index += 1
        }
      }
    case .utf16:
      for index in stride(from: range.lowerBound, to: range.upperBound - 1, by: 2) {
        body(bytes[index] | bytes[index + 1], index..<index + 2)
      }
    }
  }

  /// Either alphabet (RFC 4648, sections 4 and 5); what is no digit is the end of a line.
  private func decodeBase64(_ bytes: [UInt8], _ body: (UInt8, Range<Int>) -> Void) {
    var (bits, count, previous) = (UInt32(0), 0, range.lowerBound)
    for index in range {
      guard let digit = bytes[index].base64Value else { continue }
      bits = bits << 6 | UInt32(digit)
      count += 6
      if count >= 8 {
        count -= 8
        body(UInt8(truncatingIfNeeded: bits >> UInt32(count)), previous..<index + 1)
      }
      previous = index
    }
  }

  private static func nextRun(of set: ByteSet, from start: Int, in bytes: [UInt8]) -> Range<Int>? {
    var index = start
    while index < bytes.count, !set.contains(bytes[index]) { index += 1 }
    let first = index
    while index < bytes.count, set.contains(bytes[index]) { index += 1 }
    return first < index ? first..<index : nil
  }

  /// A run of base64 with the lines that go on with it, where it is wrapped at 60 characters or more.
  private static func wrapped(_ run: Range<Int>, in bytes: [UInt8]) -> Range<Int> {
    var (lineStart, end) = (run.lowerBound, run.upperBound)
    while end - lineStart >= 60, end < bytes.count, bytes[end].isBlankOrLineEnd {
      var index = end
      while index < bytes.count, index - end < 40, bytes[index].isBlankOrLineEnd { index += 1 }
      guard let next = nextRun(of: .base64, from: index, in: bytes), next.lowerBound == index else { break }
      (lineStart, end) = (index, next.upperBound)
    }
    return run.lowerBound..<end
  }

  private static func hasPercent(_ range: Range<Int>, in bytes: [UInt8]) -> Bool {
    range.contains { isPercent(at: $0, in: bytes) && $0 + 3 <= range.upperBound }
  }

  private static func isPercent(at index: Int, in bytes: [UInt8]) -> Bool {
    bytes[index] == UInt8(ascii: "%") && index + 2 < bytes.count && bytes[index + 1].isHexDigit
      && bytes[index + 2].isHexDigit
  }

  /// Eight or more ASCII characters of two bytes each, in either byte order.
  private static func utf16(in bytes: [UInt8]) -> [EncodedText] {
    var result: [EncodedText] = []
    var index = 0
    while index + 1 < bytes.count {
      var end = index
      // Which of the two bytes is empty says which order it is, and must not change.
      let highFirst = bytes[index] == 0
      while end + 1 < bytes.count, (bytes[end] == 0) == highFirst, (bytes[end + 1] == 0) != highFirst,
        bytes[end] | bytes[end + 1] < 0x80
      { end += 2 }
      if end - index >= 16 { result.append(EncodedText(encoding: .utf16, range: index..<end)) }
      index = max(end, index + 1)
    }
    return result
  }
}

extension ByteSet {
  static let hexDigits = ByteSet((UInt8.min...UInt8.max).filter(\.isHexDigit))
  static let base64 = ByteSet((UInt8.min...UInt8.max).filter { $0.base64Value != nil })
  static let visible = ByteSet((0x21...0x7e as ClosedRange<UInt8>).filter { !"\"'<>`".utf8.contains($0) })
}

extension UInt8 {
  /// Of a hex digit.
  var hexValue: UInt8 { isDigit ? self - UInt8(ascii: "0") : (self | 0x20) - UInt8(ascii: "a") + 10 }

  /// Of a digit of base64 in either alphabet.
  var base64Value: UInt8? {
    switch self {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): self - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): self - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }

  var isBlankOrLineEnd: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
}
