import JSONText

extension JSONPathParser {
  /// A value that stands for itself; nil when none stands here.
  mutating func literal() throws(JSONPathError) -> JSON? {
    let start = index
    guard let first = current else { return nil }
    switch first {
    case "'", "\"": return .string(try string())
    case "-", "0"..."9", "+", ".":
      let text = takeWhile { ("0"..."9").contains($0) || "+-.eE".unicodeScalars.contains($0) }
      guard let number = JSONNumber(literal: text) else { throw error("\"\(text)\" is not a number", at: start) }
      return .number(number)
    default:
      let word = takeWhile { ("a"..."z").contains($0) }
      switch word {
      case "true": return .bool(true)
      case "false": return .bool(false)
      case "null": return .null
      default:
        index = start
        return nil
      }
    }
  }

  /// In single or double quotes, which have to be escaped in themselves only (section 2.3.1.1).
  mutating func string() throws(JSONPathError) -> String {
    let start = index
    guard let quote = current else { throw error("a string should stand here") }
    index += 1
    var text = String.UnicodeScalarView()
    while let scalar = current, scalar != quote {
      guard scalar.value >= 0x20 else { throw error("a control character in a string has to be escaped") }
      index += 1
      text.append(scalar == "\\" ? try escape(in: quote) : scalar)
    }
    guard current == quote else { throw error("a string without its closing quote", at: start) }
    index += 1
    return String(text)
  }

  /// After the backslash.
  private mutating func escape(in quote: Unicode.Scalar) throws(JSONPathError) -> Unicode.Scalar {
    let start = index - 1
    guard let letter = current else { throw error("a string without its closing quote", at: start) }
    index += 1
    switch letter {
    case "b": return "\u{8}"
    case "f": return "\u{c}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "/", "\\", quote: return letter
    case "u": return try unicode(from: start)
    default: throw error("there is no escape \"\\\(letter)\" here", at: start)
    }
  }

  /// Half a surrogate pair is no character.
  private mutating func unicode(from start: Int) throws(JSONPathError) -> Unicode.Scalar {
    let high = try codeUnit(from: start)
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xdc00, take("\\u") else { throw error("half a surrogate pair is not a character", at: start) }
    let low = try codeUnit(from: start)
    guard (0xdc00..<0xe000).contains(low), let scalar = Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00))
    else { throw error("half a surrogate pair is not a character", at: start) }
    return scalar
  }

  private mutating func codeUnit(from start: Int) throws(JSONPathError) -> UInt32 {
    let digits = scalars[index...].prefix(4)
    guard digits.count == 4, digits.allSatisfy(\.properties.isASCIIHexDigit),
      let unit = UInt32(String(String.UnicodeScalarView(digits)), radix: 16)
    else { throw error("\"\\u\" needs four hexadecimal digits", at: start) }
    index += 4
    return unit
  }
}
