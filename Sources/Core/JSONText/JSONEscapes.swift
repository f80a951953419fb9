/// The escapes in the strings of JSON (RFC 8259, section 7).
enum JSONEscapes {
  /// The bytes that a string stands for; `text` is what stands between its quotes, already known to be well-formed.
  ///
  /// Half a surrogate pair becomes U+FFFD, since RFC 8259 allows it and UTF-8 has no place for it.
  static func resolve(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(text.count)
    var rest = text
    while let backslash = rest.firstIndex(of: 0x5c) {
      decoded.append(contentsOf: rest[..<backslash])
      rest = rest[backslash...].dropFirst()
      guard let letter = rest.popFirst() else { break }
      switch letter {
      case UInt8(ascii: "b"): decoded.append(8)
      case UInt8(ascii: "f"): decoded.append(12)
      case UInt8(ascii: "n"): decoded.append(10)
      case UInt8(ascii: "r"): decoded.append(13)
      case UInt8(ascii: "t"): decoded.append(9)
      case UInt8(ascii: "u"): decoded.append(contentsOf: String(scalar(&rest)).utf8)
      default: decoded.append(letter)
      }
    }
    return decoded + rest
  }

  /// One scalar from the digits of one escape, or from those of two that make a surrogate pair.
  private static func scalar(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar {
    guard let high = codeUnit(rest) else { return "\u{fffd}" }
    rest = rest.dropFirst(4)
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xdc00, rest.starts(with: [0x5c, 0x75]), let low = codeUnit(rest.dropFirst(2)),
      (0xdc00..<0xe000).contains(low)
    else { return "\u{fffd}" }
    rest = rest.dropFirst(6)
    return Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00)) ?? "\u{fffd}"
  }

  /// The value of the four hexadecimal digits at the beginning; nil when they are not there.
  static func codeUnit(_ text: ArraySlice<UInt8>) -> UInt32? {
    let digits = text.prefix(4)
    guard digits.count == 4 else { return nil }
    var unit: UInt32 = 0
    for digit in digits {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt32(digit - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"):
        unit = unit << 4 | UInt32((digit | 0x20) - 87)
      default: return nil
      }
    }
    return unit
  }
}
