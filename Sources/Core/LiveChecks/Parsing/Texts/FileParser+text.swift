extension FileParser {
  /// `{{name}}`; nil when none starts here.
  mutating func placeholder(_ surroundings: Placeholder.Surroundings) throws(CheckSyntaxError) -> Placeholder? {
    let start = cursor.index
    guard cursor.take("{{") else { return nil }
    blanks("")
    let place = cursor.place()
    let name = cursor.takeWhile { Self.isWordPart($0) || $0 == "-" }
    guard !name.isEmpty else { throw cursor.error(.variable, "the name of a variable should stand here") }
    let end = cursor.index
    cursor.skipBlanks()
    guard cursor.starts(with: "}}") else {
      throw cursor.error(.variable, "a \"{{\" without its \"}}\"", at: start, width: end - start)
    }
    replace(end..<cursor.index, with: "")
    cursor.index += 2
    return Placeholder(name: name, place: place, surroundings: surroundings)
  }

  static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default: false
    }
  }

  /// A backslash and what it stands for; `others` may be escaped in addition to what always can be.
  mutating func escape(_ others: String) throws(CheckSyntaxError) -> Unicode.Scalar {
    let start = cursor.index
    cursor.index += 1
    guard let letter = cursor.current, letter != "\n" else {
      throw cursor.error(.escape, "nothing follows the \"\\\"", at: start)
    }
    cursor.index += 1
    switch letter {
    case "\\", "\"": return letter
    case "b": return "\u{8}"
    case "f": return "\u{c}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": return try unicodeEscape(from: start)
    default:
      if others.unicodeScalars.contains(letter) { return letter }
      throw cursor.error(
        .escape, "\"\\\(letter)\" is not an escape; write \"\\\\\" for a backslash", at: start, width: 2)
    }
  }

  private mutating func unicodeEscape(from start: Int) throws(CheckSyntaxError) -> Unicode.Scalar {
    guard cursor.take("{") else {
      throw cursor.error(.escape, "a character is written \\u{1F600}", at: start, width: 2)
    }
    let digits = cursor.takeWhile { $0.properties.isASCIIHexDigit }
    guard cursor.take("}"), let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
      throw cursor.error(.escape, "this is not the number of a character", at: start, width: cursor.index - start)
    }
    return scalar
  }

  /// A string in double quotes, from the opening one on.
  mutating func quotedText() throws(CheckSyntaxError) -> TemplateText {
    guard cursor.current == "\"" else {
      throw cursor.error(.literal, "a string in double quotes should stand here")
    }
    return try text(upTo: "\"", escapes: "")
  }

  /// A string in back quotes, on one line.
  mutating func backQuotedText() throws(CheckSyntaxError) -> TemplateText { try text(upTo: "`", escapes: "`#") }

  private mutating func text(upTo end: Unicode.Scalar, escapes: String) throws(CheckSyntaxError) -> TemplateText {
    let start = cursor.index
    cursor.index += 1
    var text = TemplateBuilder()
    while let scalar = cursor.current, scalar != end, scalar != "\n" {
      try take(scalar, into: &text, escapes: escapes)
    }
    guard cursor.current == end else {
      throw cursor.error(.literal, "this string is not closed; its \(end) should stand on the same line", at: start)
    }
    cursor.index += 1
    return text.finish()
  }

  /// Takes over the placeholder, the escape or the plain character that stands here.
  mutating func take(
    _ scalar: Unicode.Scalar, into text: inout TemplateBuilder, escapes: String
  ) throws(CheckSyntaxError) {
    if scalar == "{", let placeholder = try placeholder(.text) {
      text.append(placeholder)
    } else if scalar == "\\" {
      text.append(try escape(escapes))
    } else {
      text.append(scalar)
      cursor.index += 1
    }
  }

  /// An unquoted value up to the end of the line or to a comment, which starts with a `#` after a blank; the line is read.
  /// - Parameter marked: what stays escaped, for whoever reads the value further.
  mutating func valueText(marked: Unicode.Scalar? = nil) throws(CheckSyntaxError) -> TemplateText {
    var text = TemplateBuilder()
    var end = cursor.index
    var isAfterBlank = true
    while let scalar = cursor.current, scalar != "\n", scalar != "#" || !isAfterBlank {
      isAfterBlank = SourceCursor.isBlank(scalar)
      if isAfterBlank {
        cursor.index += 1
      } else {
        text.append(cursor.scalars[end..<cursor.index])
        if scalar == "\\", let marked, cursor.peek(1) == marked {
          text.append(cursor.scalars[cursor.index..<(cursor.index + 2)])
          cursor.index += 2
        } else {
          try take(scalar, into: &text, escapes: "#")
        }
        end = cursor.index
      }
    }
    cursor.index = end
    try endLine()
    return text.finish()
  }

  /// `file,name;` behind its comma. Whether the file lies below the folder of the file of checks is seen when it is read.
  mutating func fileName() throws(CheckSyntaxError) -> FileSpec {
    blanks("")
    let start = cursor.index
    var end = start
    var name = TemplateBuilder()
    while let scalar = cursor.current, scalar != ";", scalar != "\n" {
      if SourceCursor.isBlank(scalar) {
        cursor.index += 1
      } else {
        name.append(cursor.scalars[end..<cursor.index])
        try take(scalar, into: &name, escapes: "; #:{}")
        end = cursor.index
      }
    }
    guard end > start else { throw cursor.error(.fileName, "the name of a file should stand here", at: start) }
    guard cursor.current == ";" else { throw cursor.error(.fileName, "a \";\" should close the name of the file") }
    replace(end..<cursor.index, with: "")
    cursor.index += 1
    return FileSpec(name: name.finish(), place: cursor.place(at: start), width: end - start)
  }

  /// The bytes between `base64,` or `hex,` and the semicolon.
  mutating func bytes(_ decode: (String) -> [UInt8]?) throws(CheckSyntaxError) -> [UInt8] {
    blanks("")
    let start = cursor.index
    let text = cursor.takeWhile { $0 != ";" }
    guard cursor.current == ";" else { throw cursor.error(.bytes, "a \";\" should close the bytes", at: start) }
    guard let bytes = decode(text.withoutWhiteSpace) else {
      let width = text.unicodeScalars.prefix { $0 != "\n" }.count
      throw cursor.error(.bytes, "these are not valid bytes in that coding", at: start, width: width)
    }
    let end = cursor.scalars[start..<cursor.index].lastIndex { !SourceCursor.isBlank($0) } ?? start - 1
    replace((end + 1)..<cursor.index, with: "")
    cursor.index += 1
    return bytes
  }
}

extension String {
  var withoutWhiteSpace: String {
    String(String.UnicodeScalarView(unicodeScalars.filter { !SourceCursor.isBlank($0) && $0 != "\n" }))
  }
}
