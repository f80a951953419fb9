import JSONText

extension Reader {
  /// A value up to the end of the line or a comment, blanks at its end cut off.
  mutating func value() throws(CheckSyntaxError) -> TemplateText {
    try template { reader in
      reader.isAtLineEnd || (reader.current == "#" && (reader.index == 0 || reader.peek(-1).map { $0 == " " || $0 == "\t" } ?? true))
    } escapes: { "#\\".unicodeScalars.contains($0) }
    .trimmedAtEnd
  }

  /// The name of a field, up to its colon.
  mutating func key() throws(CheckSyntaxError) -> TemplateText {
    try template { $0.isAtLineEnd || $0.current == ":" || $0.current == " " || $0.current == "#" } escapes: {
      "#:\\ ".unicodeScalars.contains($0)
    }
  }

  /// A string in double quotes.
  mutating func quoted() throws(CheckSyntaxError) -> TemplateText {
    let start = place
    guard take("\"") else { throw error("a string in double quotes should stand here") }
    let text = try template { $0.isAtLineEnd || $0.current == "\"" } escapes: { "\"\\".unicodeScalars.contains($0) }
    guard take("\"") else { throw error("this string has no closing quote", at: start) }
    return text
  }

  /// A string in back quotes, in which nothing but templates is special.
  mutating func backQuoted() throws(CheckSyntaxError) -> TemplateText {
    let start = place
    advance()
    let text = try template { $0.isAtLineEnd || $0.current == "`" } escapes: { $0 == "`" || $0 == "\\" }
    guard take("`") else { throw error("this string has no closing back quote", at: start) }
    return text
  }

  /// Reads pieces until `isEnd`; besides `escapes` a backslash may stand before `b f n r t` and `u{hex}`.
  private mutating func template(
    until isEnd: (Reader) -> Bool, escapes: (Unicode.Scalar) -> Bool
  ) throws(CheckSyntaxError) -> TemplateText {
    var pieces: [TemplateText.Piece] = []
    var literal = String.UnicodeScalarView()
    func flush() {
      if !literal.isEmpty { pieces.append(.literal(String(literal))) }
      literal = String.UnicodeScalarView()
    }
    while let scalar = current, !isEnd(self) {
      if starts(with: "{{") {
        flush()
        pieces.append(.placeholder(try placeholder()))
      } else if scalar == "\\" {
        literal.append(try escape(escapes))
      } else {
        literal.append(scalar)
        advance()
      }
    }
    flush()
    return TemplateText(pieces)
  }

  mutating func placeholder() throws(CheckSyntaxError) -> Placeholder {
    advance(2)
    skipBlanks()
    let start = place
    let name = word { $0.properties.isAlphabetic || ("0"..."9").contains($0) || $0 == "_" || $0 == "-" }
    skipBlanks()
    guard !name.isEmpty else { throw error("a variable's name should stand here", at: start) }
    guard take("}}") else { throw error("\"}}\" should follow the variable's name") }
    return Placeholder(name: name, place: start)
  }

  private mutating func escape(_ allowed: (Unicode.Scalar) -> Bool) throws(CheckSyntaxError) -> Unicode.Scalar {
    let start = place
    advance()
    guard let scalar = current else { throw error("a \"\\\" at the end", at: start) }
    if allowed(scalar) {
      advance()
      return scalar
    }
    let known: [Unicode.Scalar: Unicode.Scalar] = ["b": "\u{8}", "f": "\u{c}", "n": "\n", "r": "\r", "t": "\t"]
    if let meaning = known[scalar] {
      advance()
      return meaning
    }
    guard take("u{") else { throw error("there is no escape \"\\\(scalar)\"", at: start, width: 2) }
    let digits = word { $0.properties.isASCIIHexDigit }
    guard take("}"), let code = UInt32(digits, radix: 16), let result = Unicode.Scalar(code) else {
      throw error("\"\\u{\(digits)\" is not the number of a character", at: start)
    }
    return result
  }

  /// A pattern in slashes or in quotes.
  mutating func pattern() throws(CheckSyntaxError) -> PatternText {
    guard current == "/" else { return .template(try quoted()) }
    let start = place
    advance()
    var source = String.UnicodeScalarView()
    while let scalar = current, scalar != "/", !isAtLineEnd {
      advance()
      if scalar == "\\", current == "/" {
        source.append("/")
        advance()
      } else {
        source.append(scalar)
        if scalar == "\\", let next = current {
          source.append(next)
          advance()
        }
      }
    }
    guard take("/") else { throw error("this pattern has no closing \"/\"", at: start) }
    do {
      return .literal(try Pattern(String(source)))
    } catch {
      throw self.error("the pattern is not valid: \(error.reason)", at: start, width: source.count + 2)
    }
  }

  /// A bare JSON value with templates in it; where it is wrong is found before anything is sent.
  mutating func json() throws(CheckSyntaxError) -> TemplateText {
    let (start, startPlace) = (index, place)
    var depth = 0
    var isInString = false
    var pieces: [TemplateText.Piece] = []
    var literal = String.UnicodeScalarView()
    // Placeholders are checked as values of the same length, so that what is wrong is found where it stands.
    var checked = String.UnicodeScalarView()
    while let scalar = current {
      if starts(with: "{{"), peek(2) != "\"", isInString || peek(2) != "}" {
        if !literal.isEmpty { pieces.append(.literal(String(literal))) }
        literal = String.UnicodeScalarView()
        let from = index
        pieces.append(.placeholder(try placeholder()))
        let filler = isInString ? String(repeating: "x", count: index - from) : "null" + String(repeating: " ", count: index - from - 4)
        checked.append(contentsOf: filler.unicodeScalars)
        if depth == 0, !isInString { break }
        continue
      }
      if !isInString, depth == 0, scalar == "\n" || scalar == "\r" || scalar == "#" { break }
      literal.append(scalar)
      checked.append(scalar)
      advance()
      if isInString, scalar == "\\", let next = current {
        literal.append(next)
        checked.append(next)
        advance()
      } else if scalar == "\"" {
        isInString.toggle()
      } else if !isInString, scalar == "{" || scalar == "[" {
        depth += 1
      } else if !isInString, scalar == "}" || scalar == "]" {
        depth -= 1
        if depth == 0 { break }
      }
    }
    if !literal.isEmpty { pieces.append(.literal(String(literal))) }
    do {
      _ = try JSON.parse(String(checked))
    } catch {
      let column = error.line == 1 ? startPlace.column + error.column - 1 : error.column
      let reason = index == start ? "a body should stand here" : "not valid JSON: \(error.reason)"
      throw self.error(reason, at: Place(line: startPlace.line + error.line - 1, column: column))
    }
    return TemplateText(pieces).trimmedAtEnd
  }

  /// Between three back quotes: its kind, and the text with its last line break.
  mutating func multiline() throws(CheckSyntaxError) -> (kind: String, text: TemplateText) {
    let start = place
    advance(3)
    let kind = letters()
    skipBlanks()
    guard isAtLineEnd else { throw error("the text starts on the next line") }
    if current == "\r" { advance() }
    advance()
    var pieces: [TemplateText.Piece] = []
    var literal = String.UnicodeScalarView()
    while let scalar = current, !starts(with: "```") {
      if starts(with: "{{"), kind != "xml" {
        if !literal.isEmpty { pieces.append(.literal(String(literal))) }
        literal = String.UnicodeScalarView()
        pieces.append(.placeholder(try placeholder()))
      } else {
        literal.append(scalar)
        advance()
      }
    }
    guard take("```") else { throw error("this text has no closing \"```\"", at: start, width: 3) }
    if !literal.isEmpty { pieces.append(.literal(String(literal))) }
    return (kind, TemplateText(pieces))
  }
}

extension TemplateText {
  fileprivate var trimmedAtEnd: TemplateText {
    guard case .literal(let text)? = pieces.last else { return self }
    let kept = text.unicodeScalars.reversed().drop { $0.properties.isWhitespace }.reversed()
    var view = String.UnicodeScalarView()
    view.append(contentsOf: kept)
    return TemplateText(pieces.dropLast() + TemplateText(literal: String(view)).pieces)
  }
}
