extension JSONReader {
  /// From the opening quote to behind the closing one.
  mutating func string() throws(JSONError) -> String {
    offset += 1
    let start = offset
    while offset < bytes.count, bytes[offset] >= 0x20, bytes[offset] != 0x22, bytes[offset] != 0x5c { offset += 1 }
    if offset < bytes.count, bytes[offset] == 0x22 {
      defer { offset += 1 }
      return try text(bytes[start..<offset], from: start)
    }
    return try escapedString(Array(bytes[start..<offset]), from: start)
  }

  private func text(_ bytes: ArraySlice<UInt8>, from start: Int) throws(JSONError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw JSONError(at: start, of: self.bytes, reason: "a string is not UTF-8")
    }
    return text
  }

  /// Goes on where the fast way met something else than a plain character.
  private mutating func escapedString(_ beginning: [UInt8], from begin: Int) throws(JSONError) -> String {
    var decoded = beginning
    while true {
      let start = offset
      while offset < bytes.count, bytes[offset] >= 0x20, bytes[offset] != 0x22, bytes[offset] != 0x5c { offset += 1 }
      decoded.append(contentsOf: bytes[start..<offset])
      guard offset < bytes.count else { throw error("a string is not closed") }
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        offset += 1
        return try text(decoded[...], from: begin)
      case UInt8(ascii: "\\"): try escape(into: &decoded)
      default: throw error("a control character in a string has to be escaped")
      }
    }
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    guard offset + 1 < bytes.count else { throw error("a string is not closed") }
    let letter = bytes[offset + 1]
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"): return text.append(contentsOf: String(try unicode()).utf8)
    default: throw error("there is no escape \\ with \(shown(at: offset + 1))")
    }
    offset += 2
  }

  /// One scalar from one escape or from a surrogate pair of two; half a pair becomes U+FFFD, since RFC 8259 allows it and
  /// UTF-8 has no place for it.
  private mutating func unicode() throws(JSONError) -> Unicode.Scalar {
    let high = try codeUnit()
    if let scalar = Unicode.Scalar(high) { return scalar }
    let before = offset
    guard high < 0xdc00, bytes[offset...].starts(with: [0x5c, 0x75]) else { return "\u{fffd}" }
    let low = try codeUnit()
    guard (0xdc00..<0xe000).contains(low) else {
      offset = before
      return "\u{fffd}"
    }
    return Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00)) ?? "\u{fffd}"
  }

  /// The four digits of `\uXXXX`.
  private mutating func codeUnit() throws(JSONError) -> UInt32 {
    var unit: UInt32 = 0
    let digits = bytes[offset...].dropFirst(2).prefix(4)
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt32(digit - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        unit = unit << 4 | UInt32((digit | 0x20) - 87)
      default: throw error("\\u needs four hexadecimal digits")
      }
    }
    guard digits.count == 4 else { throw error("\\u needs four hexadecimal digits") }
    offset += 6
    return unit
  }
}
