extension FileParser {
  /// Whether the next line that is not empty starts a body.
  var atBody: Bool {
    var ahead = cursor
    ahead.skipEmptyLines()
    ahead.skipBlanks()
    guard let first = ahead.current else { return false }
    switch first {
    case "{", "[", "\"", "-", "0"..."9", "`", "<": return true
    default: break
    }
    if ["base64,", "hex,", "file,"].contains(where: ahead.starts) { return true }
    let word = ahead.takeWhile(Self.isWordPart)
    return ["true", "false", "null"].contains(word)
  }

  mutating func body() throws(CheckSyntaxError) -> BodySpec {
    cursor.skipEmptyLines()
    cursor.skipBlanks()
    let place = cursor.place()
    let kind: BodySpec.Kind
    if cursor.starts(with: "```") {
      kind = try multilineBody()
    } else if cursor.current == "`" {
      kind = .text(try backQuotedText(), type: nil)
    } else if cursor.take("base64,") {
      kind = .bytes(try bytes(Base64.decode))
    } else if cursor.take("hex,") {
      kind = .bytes(try bytes(Hexadecimal.decode))
    } else if cursor.take("file,") {
      kind = .file(try fileName())
    } else if cursor.current == "<" {
      kind = .text(try xmlText(), type: "application/xml")
    } else {
      kind = .json(try jsonText())
    }
    try cursor.endLine()
    return BodySpec(kind: kind, place: place)
  }

  private mutating func multilineBody() throws(CheckSyntaxError) -> BodySpec.Kind {
    let start = cursor.index
    let (hint, text) = try multilineText()
    switch hint {
    case "", "raw", "text": return .text(text, type: nil)
    case "json": return .text(text, type: "application/json")
    case "xml": return .text(text, type: "application/xml")
    case "graphql":
      let (query, variables) = text.splitGraphQL()
      return .graphql(query, variables: variables)
    default:
      throw cursor.error(
        "```\(hint) is not supported; there are ```, ```json, ```xml and ```graphql", at: start, width: 3 + hint.count)
    }
  }

  /// Between three back quotes: an optional hint on the first line, then the text with its last line break.
  mutating func multilineText() throws(CheckSyntaxError) -> (hint: String, text: TemplateText) {
    let start = cursor.index
    _ = cursor.take("```")
    let hint = cursor.takeWhile(Self.isWordPart)
    cursor.skipBlanks()
    guard cursor.take("\n") else {
      throw cursor.error("a line break should follow ```; the text starts on the next line")
    }
    var text = TemplateText()
    while !cursor.isAtEnd, !cursor.starts(with: "```") {
      let from = cursor.index
      while !cursor.isAtEnd, !cursor.starts(with: "```"), !cursor.starts(with: "{{") { cursor.index += 1 }
      text.append(cursor.text(from: from))
      if let placeholder = try placeholder(.text) { text.append(placeholder) }
    }
    guard cursor.take("```") else { throw cursor.error("this text is not closed by ```", at: start, width: 3) }
    return (hint, text)
  }

  /// A document from its first tag to the end of its root element, as it stands.
  private mutating func xmlText() throws(CheckSyntaxError) -> TemplateText {
    let start = cursor.index
    var depth = 0
    while !cursor.isAtEnd {
      guard cursor.current == "<" else {
        cursor.index += 1
        continue
      }
      if try skipXMLAside(from: start) { continue }
      let isClosing = cursor.peek(1) == "/"
      _ = cursor.takeWhile { $0 != ">" }
      let isEmpty = cursor.scalars[cursor.index - 1] == "/"
      guard cursor.take(">") else { break }
      depth += isClosing ? -1 : isEmpty ? 0 : 1
      if depth <= 0 { return TemplateText(literal: cursor.text(from: start)) }
    }
    throw cursor.error("this XML document has no end", at: start)
  }

  /// Passes over a comment, a CDATA section, a declaration or a processing instruction.
  private mutating func skipXMLAside(from start: Int) throws(CheckSyntaxError) -> Bool {
    for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")] where cursor.take(open) {
      while !cursor.isAtEnd, !cursor.starts(with: close) { cursor.index += 1 }
      guard cursor.take(close) else { throw cursor.error("this XML document has no end", at: start) }
      return true
    }
    return false
  }
}

extension TemplateText {
  /// A GraphQL document and the JSON after its line `variables`, if there is one.
  fileprivate func splitGraphQL() -> (TemplateText, TemplateText?) {
    var query = TemplateText()
    var variables: TemplateText?
    for piece in pieces {
      switch piece {
      case .placeholder(let placeholder):
        if variables == nil {
          query.append(placeholder)
        } else {
          variables?.append(Placeholder(name: placeholder.name, place: placeholder.place, surroundings: .jsonString))
        }
      case .literal(let text):
        guard variables == nil, let mark = Self.variablesMark(in: text) else {
          if variables == nil { query.append(text) } else { variables?.append(text) }
          continue
        }
        query.append(String(text[..<mark.lowerBound]))
        variables = TemplateText(literal: String(text[mark.upperBound...]))
      }
    }
    return (query, variables)
  }

  private static func variablesMark(in text: String) -> Range<String.Index>? {
    var lineStart = text.startIndex
    while lineStart < text.endIndex {
      let line = text[lineStart...].prefix { !$0.isNewline }
      let rest = line.drop { $0 == " " || $0 == "\t" }
      if rest.hasPrefix("variables") {
        let after = rest.dropFirst(9).drop { $0 == " " || $0 == "\t" }
        if after.isEmpty || after.first == "{" { return rest.startIndex..<after.startIndex }
      }
      lineStart = line.endIndex < text.endIndex ? text.index(after: line.endIndex) : text.endIndex
    }
    return nil
  }
}
