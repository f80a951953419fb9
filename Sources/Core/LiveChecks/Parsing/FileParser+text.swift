extension FileParser {
  /// `{{name}}`; nil when none starts here.
  mutating func placeholder(_ surroundings: Placeholder.Surroundings) throws(CheckSyntaxError) -> Placeholder? {
    let start = cursor.index
    guard cursor.take("{{") else { return nil }
    cursor.skipBlanks()
    let place = cursor.place()
    let name = cursor.takeWhile { Self.isWordPart($0) || $0 == "-" }
    guard !name.isEmpty else { throw cursor.error("the name of a variable should stand here") }
    cursor.skipBlanks()
    guard cursor.take("}}") else {
      throw cursor.error("a \"{{\" without its \"}}\"", at: start, width: cursor.index - start)
    }
    return Placeholder(name: name, place: place, surroundings: surroundings)
  }

  static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default: false
    }
  }

  /// A backslash and what it stands for; `others` may be escaped in addition to what always can be.
  mutating func escape(_ others: String) throws(CheckSyntaxError) -> String {
    let start = cursor.index
    cursor.index += 1
    guard let letter = cursor.current else { throw cursor.error("nothing follows the \"\\\"", at: start) }
    cursor.index += 1
    switch letter {
    case "\\", "\"": return String(letter)
    case "b": return "\u{8}"
    case "f": return "\u{c}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": return try unicodeEscape(from: start)
    default:
      if others.unicodeScalars.contains(letter) { return String(letter) }
      throw cursor.error("\"\\\(letter)\" is not an escape; write \"\\\\\" for a backslash", at: start, width: 2)
    }
  }

  private mutating func unicodeEscape(from start: Int) throws(CheckSyntaxError) -> String {
    guard cursor.take("{") else { throw cursor.error("a character is written \\u{1F600}", at: start, width: 2) }
    let digits = cursor.takeWhile { $0.properties.isASCIIHexDigit }
    guard cursor.take("}"), let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) else {
      throw cursor.error("this is not the number of a character", at: start, width: cursor.index - start)
    }
    return String(scalar)
  }

  /// A string in double quotes, from the opening one on.
  mutating func quotedText() throws(CheckSyntaxError) -> TemplateText {
    let start = cursor.index
    guard cursor.take("\"") else { throw cursor.error("a string in double quotes should stand here") }
    return try text(upTo: "\"", from: start, escapes: "")
  }

  /// A string in back quotes, on one line.
  mutating func backQuotedText() throws(CheckSyntaxError) -> TemplateText {
    let start = cursor.index
    cursor.index += 1
    return try text(upTo: "`", from: start, escapes: "`#")
  }

  private mutating func text(
    upTo end: Unicode.Scalar, from start: Int, escapes: String
  ) throws(CheckSyntaxError) -> TemplateText {
    var text = TemplateText()
    while let scalar = cursor.current, scalar != end {
      guard scalar != "\n" else { break }
      if let placeholder = try placeholder(.text) {
        text.append(placeholder)
      } else if scalar == "\\" {
        text.append(try escape(escapes))
      } else {
        text.append(String(scalar))
        cursor.index += 1
      }
    }
    guard cursor.current == end else {
      throw cursor.error("this string is not closed; its \(end) should stand on the same line", at: start)
    }
    cursor.index += 1
    return text
  }

  /// The name of a file up to the semicolon, which is read too. It stays below the folder of the file of checks.
  mutating func fileName() throws(CheckSyntaxError) -> FileSpec {
    cursor.skipBlanks()
    let start = cursor.index
    var name = TemplateText()
    while let scalar = cursor.current, scalar != ";", scalar != "\n" {
      if let placeholder = try placeholder(.text) {
        name.append(placeholder)
      } else if scalar == "\\" {
        name.append(try escape("; #:{}"))
      } else {
        name.append(String(scalar))
        cursor.index += 1
      }
    }
    let end = cursor.index
    guard cursor.take(";") else { throw cursor.error("a \";\" should close the name of the file") }
    name.trimEnd()
    guard !name.isEmpty else { throw cursor.error("the name of a file should stand here", at: start) }
    return FileSpec(name: name, place: cursor.place(at: start), width: end - start)
  }

  /// The bytes between `base64,` or `hex,` and the semicolon.
  mutating func bytes(_ decode: (String) -> [UInt8]?) throws(CheckSyntaxError) -> [UInt8] {
    let start = cursor.index
    let text = cursor.takeWhile { $0 != ";" }
    guard cursor.take(";") else { throw cursor.error("a \";\" should close the bytes", at: start) }
    guard let bytes = decode(String(text.filter { !$0.isWhitespace })) else {
      throw cursor.error("these are not valid bytes in that coding", at: start, width: text.unicodeScalars.count)
    }
    return bytes
  }
}
