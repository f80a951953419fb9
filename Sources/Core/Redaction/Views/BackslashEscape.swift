/// The escapes of JSON, JavaScript, C, Go, Rust, Swift, Python and of `$'…'` in shells; a backslash before anything else is
/// left out, as shells do.
enum BackslashEscape {
  private static let letters: [UInt8: UInt8] = [
    UInt8(ascii: "n"): 0x0a, UInt8(ascii: "r"): 0x0d, UInt8(ascii: "t"): 0x09, UInt8(ascii: "b"): 0x08,
    UInt8(ascii: "f"): 0x0c, UInt8(ascii: "v"): 0x0b, UInt8(ascii: "a"): 0x07, UInt8(ascii: "e"): 0x1b,
  ]

  static func read(_ units: [Unit], _ last: UInt8) -> Notation.Reading {
    switch units[1].byte {
    case UInt8(ascii: "x"): return digits(units, last, most: 2)
    case UInt8(ascii: "u") where units.count > 2 && units[2].byte == UInt8(ascii: "{"): return braced(units, last)
    case UInt8(ascii: "u"): return unit(units, last)
    case UInt8(ascii: "U"):
      if units.count == 2 { return .more }
      if !last.isHexDigit { return .literal }
      return units.count == 10 ? .sequence(Notation.utf8(Notation.number(units[2...]))) : .more
    case UInt8(ascii: "0")...UInt8(ascii: "7"): return octal(units, last)
    // A line that goes on: shells and C take both away.
    case 0x0a, 0x0d: return .sequence([])
    case let byte: return .sequence([letters[byte] ?? byte])
    }
  }

  private static func digits(_ units: [Unit], _ last: UInt8, most: Int) -> Notation.Reading {
    if units.count == 2 { return .more }
    if last.isHexDigit { return units.count == 2 + most ? .sequence([Notation.hex(units[2...])]) : .more }
    return units.count == 3 ? .literal : .sequenceBeforeLast([Notation.hex(units[2..<(units.count - 1)])])
  }

  private static func octal(_ units: [Unit], _ last: UInt8) -> Notation.Reading {
    func value(_ units: ArraySlice<Unit>) -> [UInt8] {
      [UInt8(truncatingIfNeeded: units.reduce(0) { $0 << 3 | Int($1.byte & 7) })]
    }
    guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(last) else {
      return .sequenceBeforeLast(value(units[1..<(units.count - 1)]))
    }
    return units.count == 4 ? .sequence(value(units[1...])) : .more
  }

  private static func braced(_ units: [Unit], _ last: UInt8) -> Notation.Reading {
    if units.count == 3 { return .more }
    if last == UInt8(ascii: "}"), units.count > 4 {
      return .sequence(Notation.utf8(Notation.number(units[3..<(units.count - 1)])))
    }
    return last.isHexDigit && units.count < 12 ? .more : .literal
  }

  /// Four digits, or twice four where the first are one half of a pair (RFC 8259, section 7).
  private static func unit(_ units: [Unit], _ last: UInt8) -> Notation.Reading {
    switch units.count {
    case 2: return .more
    case 3...5, 9...11: return last.isHexDigit ? .more : .literal
    case 6:
      guard last.isHexDigit else { return .literal }
      let value = Notation.number(units[2...])
      return (0xd800..<0xdc00).contains(value) ? .more : .sequence(Notation.utf8(value))
    case 7: return last == .backslash ? .more : .literal
    case 8: return last == UInt8(ascii: "u") ? .more : .literal
    default:
      guard last.isHexDigit else { return .literal }
      let (high, low) = (Notation.number(units[2..<6]), Notation.number(units[8...]))
      guard (0xdc00..<0xe000).contains(low) else { return .literal }
      return .sequence(Notation.utf8(0x10000 + (high & 0x3ff) << 10 + low & 0x3ff))
    }
  }
}
