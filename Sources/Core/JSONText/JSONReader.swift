/// A recursive-descent reader of one document in UTF-8.
struct JSONReader {
  static let depthLimit = 512

  let bytes: [UInt8]
  var offset = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(JSONError) -> JSON {
    let json = try value()
    skipBlanks()
    if offset < bytes.count { throw error("something follows the end of the document") }
    return json
  }

  private mutating func value() throws(JSONError) -> JSON {
    skipBlanks()
    guard offset < bytes.count else { throw error("the text ends where a value should stand") }
    switch bytes[offset] {
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "{"): return .object(try object())
    case UInt8(ascii: "["): return .array(try array())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default: throw error("a value cannot start with \(shown(at: offset))")
    }
  }

  private mutating func object() throws(JSONError) -> JSONObject {
    try enter()
    defer { depth -= 1 }
    var members: [(name: String, value: JSON)] = []
    skipBlanks()
    if take("}") { return JSONObject() }
    while true {
      skipBlanks()
      guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
        throw error("a member's name in double quotes should stand here")
      }
      let name = try string()
      skipBlanks()
      guard take(":") else { throw error("':' should follow the name \"\(name)\"") }
      members.append((name, try value()))
      skipBlanks()
      if take(",") { continue }
      guard take("}") else { throw error("',' or '}' should follow a member") }
      return JSONObject(members: members)
    }
  }

  private mutating func array() throws(JSONError) -> [JSON] {
    try enter()
    defer { depth -= 1 }
    var elements: [JSON] = []
    skipBlanks()
    if take("]") { return elements }
    while true {
      elements.append(try value())
      skipBlanks()
      if take(",") { continue }
      guard take("]") else { throw error("',' or ']' should follow an element") }
      return elements
    }
  }

  private mutating func enter() throws(JSONError) {
    depth += 1
    if depth > Self.depthLimit { throw error("nested deeper than \(Self.depthLimit) levels") }
    offset += 1
  }

  private mutating func word(_ word: StaticString, _ json: JSON) throws(JSONError) -> JSON {
    let text = word.description
    guard bytes[offset...].starts(with: text.utf8) else { throw error("\"\(text)\" should stand here") }
    offset += text.utf8.count
    return json
  }

  private mutating func number() throws(JSONError) -> JSONNumber {
    guard let length = JSONNumber.length(bytes, from: offset) else { throw error("this is not a number") }
    let end = offset + length
    if end < bytes.count, bytes[end] &- 48 < 10 || bytes[end] == UInt8(ascii: ".") {
      throw error("this is not a number")
    }
    defer { offset = end }
    return JSONNumber(unchecked: String(decoding: bytes[offset..<end], as: UTF8.self))
  }

  private mutating func skipBlanks() {
    while offset < bytes.count {
      switch bytes[offset] {
      case 0x20, 0x0a, 0x0d, 0x09: offset += 1
      default: return
      }
    }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
    offset += 1
    return true
  }

  /// The character at an offset, such as `'x'`, even where it is no single byte.
  func shown(at offset: Int) -> String {
    guard let first = String(decoding: bytes[offset...].prefix(32), as: UTF8.self).first else { return "nothing" }
    return first.isASCII && !first.isLetter && first < " " ? "a control character" : "'\(first)'"
  }

  func error(_ reason: String) -> JSONError { JSONError(at: offset, of: bytes, reason: reason) }
}
