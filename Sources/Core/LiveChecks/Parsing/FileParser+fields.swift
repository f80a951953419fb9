extension FileParser {
  /// Lines of the form `name: value`, as long as there are any.
  mutating func fields() throws(CheckSyntaxError) -> [Field] {
    var fields: [Field] = []
    while let field = try field() { fields.append(field) }
    return fields
  }

  /// One line `name: value`; nil, with nothing read, when the next line is something else.
  private mutating func field() throws(CheckSyntaxError) -> Field? {
    let before = cursor.index
    cursor.skipEmptyLines()
    cursor.skipBlanks()
    let place = cursor.place()
    guard let name = try key() else {
      cursor.index = before
      return nil
    }
    cursor.skipBlanks()
    let valuePlace = cursor.place()
    return Field(name: name, value: try valueText(), place: place, valuePlace: valuePlace)
  }

  /// A name and its colon; nil, with nothing read, when something else stands here.
  mutating func key() throws(CheckSyntaxError) -> TemplateText? {
    guard isKeyAhead() else { return nil }
    var text = TemplateText()
    while let scalar = cursor.current, scalar != ":", !SourceCursor.isBlank(scalar) {
      if let placeholder = try placeholder(.text) {
        text.append(placeholder)
      } else if scalar == "\\" {
        text.append(try escape(":#"))
      } else {
        text.append(String(scalar))
        cursor.index += 1
      }
    }
    cursor.skipBlanks()
    cursor.index += 1
    return text
  }

  /// Whether a name and a colon follow on this line.
  private func isKeyAhead() -> Bool {
    var ahead = cursor
    let start = ahead.index
    while let scalar = ahead.current, scalar != ":",
      Self.isKeyPart(scalar) || scalar == "\\" || ahead.starts(with: "{{")
    {
      if ahead.take("{{") {
        _ = ahead.takeWhile { $0 != "}" && $0 != "\n" }
        guard ahead.take("}}") else { return false }
      } else {
        ahead.index += scalar == "\\" ? 2 : 1
      }
    }
    guard ahead.index > start else { return false }
    ahead.skipBlanks()
    return ahead.current == ":"
  }

  private static func isKeyPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    case "_", "-", ".", "[", "]", "@", "$", "!", "%", "&", "'", "*", "+", "^", "|", "~": true
    default: false
    }
  }

  /// An unquoted value up to the end of the line or to a comment, which starts with a `#` after a blank; the line is read.
  mutating func valueText() throws(CheckSyntaxError) -> TemplateText {
    var text = TemplateText()
    var isAfterBlank = true
    while let scalar = cursor.current, scalar != "\n" {
      if scalar == "#", isAfterBlank { break }
      if let placeholder = try placeholder(.text) {
        text.append(placeholder)
      } else if scalar == "\\" {
        text.append(try escape("#"))
      } else {
        text.append(String(scalar))
        cursor.index += 1
      }
      isAfterBlank = SourceCursor.isBlank(scalar)
    }
    try cursor.endLine()
    text.trimEnd()
    return text
  }
}
