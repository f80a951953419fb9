/// Checks that a text is one JSON document in UTF-8, and notes where its values stand.
struct JSONScanner {
  let bytes: [UInt8]
  private(set) var entries: [JSONDocument.Entry] = []
  var offset = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func scan() throws(JSONError) {
    guard bytes.count < 1 << 31 else { throw error("the text is larger than 2 GiB") }
    entries.reserveCapacity(mostEntries)
    try value()
    skipBlanks()
    if offset < bytes.count { throw error("something follows the end of the document") }
  }

  /// Every value but the first follows one of four characters. Room that turns out not to be needed is never touched, where
  /// growing step by step would hold two copies at once.
  private var mostEntries: Int {
    var count = 1
    for byte in bytes {
      count &+= byte == 0x2c || byte == 0x3a || byte | 0x20 == 0x7b ? 1 : 0
    }
    return count
  }

  private mutating func value() throws(JSONError) {
    skipBlanks()
    guard offset < bytes.count else { throw error("the text ends where a value should stand") }
    switch bytes[offset] {
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "{"): try object()
    case UInt8(ascii: "["): try array()
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    default: throw error("a value cannot start with \(shown(at: offset))")
    }
  }

  private mutating func object() throws(JSONError) {
    let opening = try enter()
    skipBlanks()
    if take("}") { return leave(opening) }
    while true {
      skipBlanks()
      guard offset < bytes.count, bytes[offset] == UInt8(ascii: "\"") else {
        throw error("a member's name in double quotes should stand here")
      }
      let start = offset
      try string()
      let end = offset
      skipBlanks()
      guard take(":") else {
        let name = String(decoding: JSONEscapes.resolve(bytes[start + 1..<end - 1]), as: UTF8.self)
        throw error("':' should follow the name \"\(name)\"")
      }
      try value()
      skipBlanks()
      if take(",") { continue }
      guard take("}") else { throw error("',' or '}' should follow a member") }
      return leave(opening)
    }
  }

  private mutating func array() throws(JSONError) {
    let opening = try enter()
    skipBlanks()
    if take("]") { return leave(opening) }
    while true {
      try value()
      skipBlanks()
      if take(",") { continue }
      guard take("]") else { throw error("',' or ']' should follow an element") }
      return leave(opening)
    }
  }

  /// The entry of the array or object that starts here.
  private mutating func enter() throws(JSONError) -> Int {
    depth += 1
    if depth > JSONDocument.depthLimit { throw error("nested deeper than \(JSONDocument.depthLimit) levels") }
    note(from: offset, extent: 0)
    offset += 1
    return entries.count - 1
  }

  private mutating func leave(_ opening: Int) {
    entries[opening].extent = UInt32(entries.count)
    depth -= 1
  }

  private mutating func note(from start: Int, extent: Int) {
    entries.append(JSONDocument.Entry(start: UInt32(truncatingIfNeeded: start), extent: UInt32(extent)))
  }

  private mutating func word(_ word: StaticString) throws(JSONError) {
    let text = word.description
    guard bytes[offset...].starts(with: text.utf8) else { throw error("\"\(text)\" should stand here") }
    note(from: offset, extent: 0)
    offset += text.utf8.count
  }

  private mutating func number() throws(JSONError) {
    guard let length = JSONNumber.length(bytes, from: offset) else { throw error("this is not a number") }
    let end = offset + length
    if end < bytes.count, bytes[end] &- 48 < 10 || bytes[end] == UInt8(ascii: ".") {
      throw error("this is not a number")
    }
    note(from: offset, extent: length)
    offset = end
  }

  /// From the opening quote to behind the closing one.
  private mutating func string() throws(JSONError) {
    let start = offset
    offset += 1
    var isEscaped = false
    var isASCII = true
    while true {
      offset = endOfPlainText(from: offset, isASCII: &isASCII)
      guard offset < bytes.count else { throw error("a string is not closed") }
      switch bytes[offset] {
      case UInt8(ascii: "\""):
        offset += 1
        try checkEncoding(start + 1..<offset - 1, isASCII)
        let length = UInt32(offset - start)
        return entries.append(
          JSONDocument.Entry(start: UInt32(start), extent: isEscaped ? length | JSONDocument.Entry.escaped : length))
      case UInt8(ascii: "\\"):
        isEscaped = true
        try escape()
      default: throw error("a control character in a string has to be escaped")
      }
    }
  }

  /// Where a quote, a backslash or a control character stands, or the end of the text.
  private func endOfPlainText(from start: Int, isASCII: inout Bool) -> Int {
    let text = bytes.span
    var all: UInt8 = 0
    var index = start
    while index < text.count {
      let byte = text[index]
      guard byte >= 0x20, byte != 0x22, byte != 0x5c else { break }
      all |= byte
      index += 1
    }
    if all >= 0x80 { isASCII = false }
    return index
  }

  private func checkEncoding(_ range: Range<Int>, _ isASCII: Bool) throws(JSONError) {
    if isASCII { return }
    guard (try? UTF8Span(validating: bytes.span.extracting(range))) != nil else {
      throw JSONError(at: range.lowerBound, of: bytes, reason: "a string is not UTF-8")
    }
  }

  private mutating func escape() throws(JSONError) {
    guard offset + 1 < bytes.count else { throw error("a string is not closed") }
    switch bytes[offset + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      offset += 2
    case UInt8(ascii: "u"):
      guard JSONEscapes.codeUnit(bytes[offset...].dropFirst(2)) != nil else {
        throw error("\\u needs four hexadecimal digits")
      }
      offset += 6
    default: throw error("there is no escape \\ with \(shown(at: offset + 1))")
    }
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
  private func shown(at offset: Int) -> String {
    guard let first = String(decoding: bytes[offset...].prefix(32), as: UTF8.self).first else { return "nothing" }
    return first.isASCII && !first.isLetter && first < " " ? "a control character" : "'\(first)'"
  }

  private func error(_ reason: String) -> JSONError { JSONError(at: offset, of: bytes, reason: reason) }
}
