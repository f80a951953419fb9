import JSONText

extension FileParser {
  /// A bare JSON document as it stands, placeholders included.
  mutating func jsonText() throws(CheckSyntaxError) -> TemplateText {
    var text = TemplateText()
    try jsonValue(into: &text, depth: 0)
    return text
  }

  private mutating func jsonValue(into text: inout TemplateText, depth: Int) throws(CheckSyntaxError) {
    guard depth < 256 else { throw cursor.error("nested too deeply") }
    if let placeholder = try placeholder(.jsonValue) { return text.append(placeholder) }
    switch cursor.current {
    case "{": try jsonMembers(into: &text, depth: depth)
    case "[": try jsonElements(into: &text, depth: depth)
    case "\"": try jsonString(into: &text)
    case nil: throw cursor.error("a JSON value should stand here")
    default:
      let start = cursor.index
      let word = cursor.takeWhile { Self.isWordPart($0) || $0 == "-" || $0 == "+" || $0 == "." }
      guard ["true", "false", "null"].contains(word) || isNumber(word) else {
        throw cursor.error(
          "a JSON value should stand here", at: start, width: max(1, word.unicodeScalars.count))
      }
      text.append(word)
    }
  }

  private mutating func jsonMembers(into text: inout TemplateText, depth: Int) throws(CheckSyntaxError) {
    take("{", into: &text)
    if take("}", into: &text) { return }
    while true {
      guard cursor.current == "\"" else {
        throw cursor.error(
          cursor.current == "}"
            ? "a member should follow the comma" : "a member's name in double quotes should stand here")
      }
      try jsonString(into: &text)
      guard take(":", into: &text) else { throw cursor.error("a \":\" should follow the member's name") }
      try jsonValue(into: &text, depth: depth + 1)
      if take(",", into: &text) { continue }
      guard take("}", into: &text, withBlanks: false) else {
        throw cursor.error("a \",\" or \"}\" should follow the member")
      }
      return
    }
  }

  private mutating func jsonElements(into text: inout TemplateText, depth: Int) throws(CheckSyntaxError) {
    take("[", into: &text)
    if take("]", into: &text) { return }
    while true {
      try jsonValue(into: &text, depth: depth + 1)
      if take(",", into: &text) { continue }
      guard take("]", into: &text, withBlanks: false) else {
        throw cursor.error("a \",\" or \"]\" should follow the element")
      }
      return
    }
  }

  /// Takes a sign over with the blanks before it and, except at the end of a document, after it.
  @discardableResult
  private mutating func take(_ sign: String, into text: inout TemplateText, withBlanks: Bool = true) -> Bool {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool { SourceCursor.isBlank(scalar) || scalar == "\n" }
    text.append(cursor.takeWhile(isBlank))
    guard cursor.take(sign) else { return false }
    text.append(sign)
    if withBlanks, !["}", "]"].contains(sign) { text.append(cursor.takeWhile(isBlank)) }
    return true
  }

  private mutating func jsonString(into text: inout TemplateText) throws(CheckSyntaxError) {
    let start = cursor.index
    cursor.index += 1
    text.append("\"")
    while let scalar = cursor.current, scalar != "\"", scalar != "\n" {
      if let placeholder = try placeholder(.jsonString) {
        text.append(placeholder)
      } else if scalar == "\\", let next = cursor.peek(1) {
        text.append("\\" + String(next))
        cursor.index += 2
      } else {
        text.append(String(scalar))
        cursor.index += 1
      }
    }
    guard cursor.take("\"") else { throw cursor.error("this string is not closed", at: start) }
    text.append("\"")
  }
}

private func isNumber(_ word: String) -> Bool { JSONNumber(literal: word) != nil }
