/// A byte as a notation gives it, and where in the stream it is written down.
struct Unit: Sendable {
  let byte: UInt8
  let start: Int
  let end: Int
  /// Whether it is written otherwise than as itself, or something was left out before it.
  var isWritten: Bool
}

/// A way to write bytes down in which every byte may, and need not, be written as something else: too many spellings to list.
enum Notation: Sendable {
  /// RFC 3986, section 2.1.
  case percent
  /// The escapes of JSON, C and its heirs, and shells.
  case backslash
  /// XML's and HTML's references by number, and by name for ASCII.
  case entity
  /// Control sequences of a terminal (ECMA-48), which are left out.
  case colour
  /// Lines that were broken, as a terminal does.
  case lineBreak
  /// Lines that were broken, with what stands before the text of the next: blanks and marks of quotation.
  case wrap

  /// What some bytes, of which the first may begin a sequence, come to.
  enum Reading {
    /// It depends on what follows.
    case more
    /// They are a sequence that stands for these bytes.
    case sequence([UInt8])
    /// All but the last are.
    case sequenceBeforeLast([UInt8])
    /// The first stands for itself.
    case literal
    /// They are too many to be waited for.
    case tooMany
  }

  func begins(_ byte: UInt8) -> Bool {
    switch self {
    case .percent: byte == .percent
    case .backslash: byte == .backslash
    case .entity: byte == UInt8(ascii: "&")
    case .colour: byte == 0x1b
    case .lineBreak, .wrap: byte == 0x0a || byte == 0x0d
    }
  }

  /// Each call has one byte more than the one before, so that only the last is new.
  func read(_ units: [Unit]) -> Reading {
    if units.count == 1 { return .more }
    let last = units[units.count - 1].byte
    switch self {
    case .percent:
      guard last.isHexDigit else { return .literal }
      return units.count == 3 ? .sequence([Self.hex(units[1...2])]) : .more
    case .backslash: return BackslashEscape.read(units, last)
    case .entity: return Entity.read(units, last)
    case .colour: return Self.colour(units, last)
    case .lineBreak: return begins(last) ? units.count > Self.widestMargin ? .tooMany : .more : .sequenceBeforeLast([])
    case .wrap:
      let belongs = last == 0x20 || last == 0x09 || last == UInt8(ascii: ">") || begins(last)
      if !belongs { return .sequenceBeforeLast([]) }
      return units.count > Self.widestMargin ? .tooMany : .more
    }
  }

  static let widestMargin = 80
  private static let longestColour = 64

  private static func colour(_ units: [Unit], _ last: UInt8) -> Reading {
    if units.count > longestColour { return .literal }
    switch units[1].byte {
    case UInt8(ascii: "["):
      if units.count == 2 || (0x20...0x3f).contains(last) { return .more }
      return (0x40...0x7e).contains(last) ? .sequence([]) : .literal
    case UInt8(ascii: "]"):
      if last == 0x07 { return .sequence([]) }
      if last == .backslash, units[units.count - 2].byte == 0x1b { return .sequence([]) }
      return last >= 0x20 || last == 0x1b ? .more : .literal
    case UInt8(ascii: "(")...UInt8(ascii: "+"): return units.count == 2 ? .more : .sequence([])
    case 0x30...0x5f: return .sequence([])
    default: return .literal
    }
  }

  static func hex(_ units: ArraySlice<Unit>) -> UInt8 { UInt8(truncatingIfNeeded: number(units)) }

  /// The value of hexadecimal digits.
  static func number(_ units: ArraySlice<Unit>) -> UInt32 {
    units.reduce(0) { $0 << 4 | UInt32($1.byte.hexValue) }
  }

  static func utf8(_ value: UInt32) -> [UInt8] { Unicode.Scalar(value).map { Array(String($0).utf8) } ?? [] }
}

extension UInt8 {
  /// Of a hexadecimal digit.
  var hexValue: UInt8 { isDigit ? self & 15 : (self & 15) + 9 }
}
