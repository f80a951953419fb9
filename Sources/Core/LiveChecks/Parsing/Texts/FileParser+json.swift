import JSONText

extension FileParser {
  private static let depthLimit = 256

  /// A bare JSON document as it stands, placeholders included.
  mutating func jsonText() throws(CheckSyntaxError) -> TemplateText {
    var json = JSONPieces(start: cursor.index)
    try jsonValue(into: &json, depth: 0)
    json.take(cursor)
    return json.text.finish()
  }

  /// The text of a document between its placeholders.
  private struct JSONPieces {
    var text = TemplateBuilder()
    private var start: Int

    init(start: Int) { self.start = start }

    mutating func take(_ cursor: SourceCursor, upTo end: Int? = nil) {
      text.append(cursor.scalars[start..<(end ?? cursor.index)])
      start = cursor.index
    }
  }

  private mutating func takePlaceholder(
    _ surroundings: Placeholder.Surroundings, into json: inout JSONPieces
  ) throws(CheckSyntaxError) -> Bool {
    let start = cursor.index
    guard cursor.current == "{", let placeholder = try placeholder(surroundings) else { return false }
    json.take(cursor, upTo: start)
    json.text.append(placeholder)
    return true
  }

  private mutating func jsonValue(into json: inout JSONPieces, depth: Int) throws(CheckSyntaxError) {
    guard depth < Self.depthLimit else { throw cursor.error(.json, "nested deeper than \(Self.depthLimit) levels") }
    if try takePlaceholder(.jsonValue, into: &json) { return }
    switch cursor.current {
    case "{": try jsonMembers(into: &json, depth: depth)
    case "[": try jsonElements(into: &json, depth: depth)
    case "\"": try jsonString(into: &json)
    case nil: throw cursor.error(.json, "a JSON value should stand here")
    default:
      let start = cursor.index
      let word = cursor.takeWhile { Self.isWordPart($0) || $0 == "-" || $0 == "+" || $0 == "." }
      guard ["true", "false", "null"].contains(word) || JSONNumber(literal: word) != nil else {
        throw cursor.error(
          .json, "a JSON value should stand here", at: start, width: max(1, word.unicodeScalars.count))
      }
    }
  }

  private mutating func jsonMembers(into json: inout JSONPieces, depth: Int) throws(CheckSyntaxError) {
    takeSign("{")
    if takeSign("}", withBlanks: false) { return }
    while true {
      guard cursor.current == "\"" else {
        throw cursor.error(
          .json,
          cursor.current == "}"
            ? "a member should follow the comma" : "a member's name in double quotes should stand here")
      }
      try jsonString(into: &json)
      guard takeSign(":") else { throw cursor.error(.json, "a \":\" should follow the member's name") }
      try jsonValue(into: &json, depth: depth + 1)
      if takeSign(",") { continue }
      guard takeSign("}", withBlanks: false) else {
        throw cursor.error(.json, "a \",\" or \"}\" should follow the member")
      }
      return
    }
  }

  private mutating func jsonElements(into json: inout JSONPieces, depth: Int) throws(CheckSyntaxError) {
    takeSign("[")
    if takeSign("]", withBlanks: false) { return }
    while true {
      if cursor.current == "]" { throw cursor.error(.json, "an element should follow the comma") }
      try jsonValue(into: &json, depth: depth + 1)
      if takeSign(",") { continue }
      guard takeSign("]", withBlanks: false) else {
        throw cursor.error(.json, "a \",\" or \"]\" should follow the element")
      }
      return
    }
  }

  /// Reads a sign with the blanks in front of it and, except at the end of a value, behind it.
  @discardableResult
  private mutating func takeSign(_ sign: Unicode.Scalar, withBlanks: Bool = true) -> Bool {
    cursor.skipWhile(Self.isSpace)
    guard cursor.current == sign else { return false }
    cursor.index += 1
    if withBlanks { cursor.skipWhile(Self.isSpace) }
    return true
  }

  private mutating func jsonString(into json: inout JSONPieces) throws(CheckSyntaxError) {
    let start = cursor.index
    cursor.index += 1
    while let scalar = cursor.current, scalar != "\"", scalar != "\n" {
      if try takePlaceholder(.jsonString, into: &json) { continue }
      if scalar == "\\" { try jsonEscape() } else { cursor.index += 1 }
    }
    guard cursor.take("\"") else { throw cursor.error(.json, "this string is not closed", at: start) }
  }

  private mutating func jsonEscape() throws(CheckSyntaxError) {
    let digits = (2..<6).map { cursor.peek($0) }
    switch cursor.peek(1) {
    case "\"", "\\", "/", "b", "f", "n", "r", "t": cursor.index += 2
    case "u" where digits.allSatisfy({ $0?.properties.isASCIIHexDigit == true }): cursor.index += 6
    case "u": throw cursor.error(.escape, "four hexadecimal digits should follow \"\\u\"", width: 2)
    default: throw cursor.error(.escape, "this is not an escape of JSON; write \"\\\\\" for a backslash", width: 2)
    }
  }
}
