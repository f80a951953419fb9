/// Where and why a text is not JSON.
package struct JSONError: Error, Hashable, Sendable {
  /// Both from 1; the column counts characters.
  package let line: Int
  package let column: Int
  /// In bytes, from 0.
  package let offset: Int
  /// Lower case, fits after "not valid JSON:".
  package let reason: String
}

extension JSON {
  /// Reads one document and nothing after it; nesting deeper than 512 is refused.
  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSON {
    var reader = Reader(bytes: bytes)
    let json = try reader.document()
    return json
  }

  package static func parse(_ text: String) throws(JSONError) -> JSON { try parse(Array(text.utf8)) }
}

/// A recursive-descent reader over UTF-8.
private struct Reader {
  static let depthLimit = 512

  let bytes: [UInt8]
  var offset = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  private var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func document() throws(JSONError) -> JSON {
    let json = try value(depth: 0)
    skipBlanks()
    if offset < bytes.count { throw error("something follows the end of the document") }
    return json
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSON {
    if depth > Self.depthLimit { throw error("nested deeper than \(Self.depthLimit) levels") }
    skipBlanks()
    guard let byte = current else { throw error("the text ends where a value should stand") }
    switch byte {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw error("a value cannot start with \(shown(byte))")
    }
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSON {
    offset += 1
    var object = JSONObject()
    skipBlanks()
    if take("}") { return .object(object) }
    while true {
      skipBlanks()
      guard current == UInt8(ascii: "\"") else { throw error("a member's name in double quotes should stand here") }
      let name = try string()
      skipBlanks()
      guard take(":") else { throw error("':' should follow the name \"\(name)\"") }
      object.append(name, try value(depth: depth + 1))
      skipBlanks()
      if take("}") { return .object(object) }
      guard take(",") else { throw error("',' or '}' should follow a member") }
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSON {
    offset += 1
    var elements: [JSON] = []
    skipBlanks()
    if take("]") { return .array(elements) }
    while true {
      elements.append(try value(depth: depth + 1))
      skipBlanks()
      if take("]") { return .array(elements) }
      guard take(",") else { throw error("',' or ']' should follow an element") }
    }
  }

  private mutating func word(_ word: String, _ json: JSON) throws(JSONError) -> JSON {
    guard bytes[offset...].starts(with: word.utf8) else { throw error("\"\(word)\" should stand here") }
    offset += word.utf8.count
    return json
  }

  private mutating func number() throws(JSONError) -> JSONNumber {
    let end = bytes[offset...].firstIndex { byte in
      !(byte >= 48 && byte <= 57 || byte == 43 || byte == 45 || byte == 46 || byte == 69 || byte == 101)
    }
    guard let number = JSONNumber(literal: String(decoding: bytes[offset..<(end ?? bytes.count)], as: UTF8.self)) else {
      throw error("this is not a number")
    }
    offset = end ?? bytes.count
    return number
  }

  private mutating func string() throws(JSONError) -> String {
    offset += 1
    var text: [UInt8] = []
    while true {
      let start = offset
      while offset < bytes.count, bytes[offset] >= 0x20, bytes[offset] != 0x22, bytes[offset] != 0x5c { offset += 1 }
      text.append(contentsOf: bytes[start..<offset])
      guard let byte = current else { throw error("a string is not closed") }
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        guard let valid = String(validating: text, as: UTF8.self) else { throw error("a string is not UTF-8") }
        return valid
      case UInt8(ascii: "\\"): try escape(into: &text)
      default: throw error("a control character in a string has to be escaped")
      }
    }
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONError) {
    offset += 1
    guard let byte = current else { throw error("a string is not closed") }
    offset += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"): text.append(contentsOf: Array(String(try unicode()).utf8))
    default:
      offset -= 1
      throw error("there is no escape \\\(shown(byte))")
    }
  }

  /// One scalar from one escape or from a surrogate pair of two; half a pair becomes U+FFFD.
  private mutating func unicode() throws(JSONError) -> Unicode.Scalar {
    let high = try codeUnit()
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard high < 0xdc00, bytes[offset...].starts(with: [0x5c, 0x75]) else { return "\u{fffd}" }
    let before = offset
    offset += 2
    let low = try codeUnit()
    guard (0xdc00..<0xe000).contains(low) else {
      offset = before
      return "\u{fffd}"
    }
    return Unicode.Scalar(0x10000 + (high - 0xd800) << 10 + (low - 0xdc00)) ?? "\u{fffd}"
  }

  private mutating func codeUnit() throws(JSONError) -> UInt32 {
    let digits = bytes[offset...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw error("\\u needs four hexadecimal digits") }
    offset += 4
    return unit
  }

  private mutating func skipBlanks() {
    while let byte = current, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { offset += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  private func shown(_ byte: UInt8) -> String { "'\(Character(Unicode.Scalar(byte)))'" }

  private func error(_ reason: String) -> JSONError {
    let before = bytes[..<min(offset, bytes.count)]
    let lineStart = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    return JSONError(
      line: before.count { $0 == 0x0a } + 1, column: String(decoding: before[lineStart...], as: UTF8.self).count + 1,
      offset: offset, reason: reason)
  }
}
