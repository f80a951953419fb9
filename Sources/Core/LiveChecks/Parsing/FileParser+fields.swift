extension FileParser {
  /// Lines of the form `name: value`, as long as there are any.
  mutating func fields() throws(CheckSyntaxError) -> [Field] {
    var fields: [Field] = []
    while isKeyAhead() { fields.append(try field()) }
    return fields
  }

  private mutating func field() throws(CheckSyntaxError) -> Field {
    let place = cursor.place()
    let name = try key()
    let valuePlace = cursor.place()
    return Field(name: name, value: try valueText(), place: place, valuePlace: valuePlace)
  }

  /// Files and texts, line by line.
  mutating func parts() throws(CheckSyntaxError) -> [PartSpec] {
    var parts: [PartSpec] = []
    while isKeyAhead() {
      let place = cursor.place()
      let name = try key()
      let valuePlace = cursor.place()
      guard cursor.take("file,") else {
        parts.append(.text(Field(name: name, value: try valueText(), place: place, valuePlace: valuePlace)))
        continue
      }
      let file = try fileName()
      let type = gap() ? try valueText() : nil
      if type == nil { try endLine() }
      parts.append(.file(name: name, file, type: type, place: place))
    }
    return parts
  }

  /// A name and its colon, and the blanks in front of its value.
  mutating func key() throws(CheckSyntaxError) -> TemplateText {
    var text = TemplateBuilder()
    while let scalar = cursor.current, scalar != ":", !SourceCursor.isBlank(scalar) {
      try take(scalar, into: &text, escapes: ":#")
    }
    blanks("")
    cursor.index += 1
    _ = gap()
    return text.finish()
  }

  /// Whether a name and a colon follow on this line.
  mutating func isKeyAhead() -> Bool {
    lookAhead { cursor in
      let start = cursor.index
      while let scalar = cursor.current, scalar != ":" {
        if cursor.take("{{") {
          cursor.skipWhile { $0 != "}" && $0 != "\n" }
          guard cursor.take("}}") else { return false }
        } else if Self.isKeyPart(scalar) {
          cursor.index += 1
        } else if scalar == "\\", let next = cursor.peek(1), next != "\n" {
          cursor.index += 2
          if next == "u", cursor.take("{") { cursor.skipWhile { $0 != "}" && $0 != "\n" } }
          if next == "u", !cursor.take("}") { return false }
        } else {
          break
        }
      }
      guard cursor.index > start else { return false }
      cursor.skipBlanks()
      return cursor.current == ":"
    }
  }

  private static func isKeyPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": true
    case "_", "-", ".", "[", "]", "@", "$", "!", "%", "&", "'", "*", "+", "^", "|", "~": true
    default: !scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
    }
  }
}
