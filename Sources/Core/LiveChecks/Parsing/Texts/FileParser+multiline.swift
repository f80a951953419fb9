import Codings

/// Texts between three back quotes.
extension FileParser {
  private static let hints = ["base64", "hex", "json", "xml", "graphql"]

  mutating func multilineBody() throws(CheckSyntaxError) -> BodySpec.Kind {
    switch try multilineText() {
    case .text(let text, hint: "json"): return .text(text, type: "application/json")
    case .text(let text, hint: "xml"): return .text(text, type: "application/xml")
    case .text(let text, _): return .text(text, type: nil)
    case .graphql(let query, let variables): return .graphql(query, variables: variables)
    case .bytes(let bytes): return .bytes(bytes)
    }
  }

  enum Multiline {
    /// With its last line break.
    case text(TemplateText, hint: String)
    case graphql(TemplateText, variables: TemplateText?)
    case bytes([UInt8])
  }

  /// How the characters of a text are read.
  private struct Style {
    private(set) var readsEscapes = false
    private(set) var readsPlaceholders = true

    /// false for a word that is no attribute.
    @discardableResult
    mutating func take(_ attribute: String) -> Bool {
      switch attribute {
      case "escape": readsEscapes = true
      case "novariable": readsPlaceholders = false
      default: return false
      }
      return true
    }
  }

  mutating func multilineText() throws(CheckSyntaxError) -> Multiline {
    let start = cursor.index
    cursor.index += 3
    let hint = cursor.takeWhile(Self.isWordPart)
    guard hint.isEmpty || Self.hints.contains(hint) || ["raw", "text", "escape", "novariable"].contains(hint) else {
      throw cursor.error(
        .multiline, "```\(hint) is not supported\(Self.supported)", at: start, width: 3 + hint.count)
    }
    let style = try style(beginningWith: hint)
    blanks("")
    guard cursor.take("\n") else {
      throw cursor.error(.multiline, "a line break should follow ```; the text starts on the next line")
    }
    let text: Multiline
    switch hint {
    case "base64": text = .bytes(try multilineBytes(Base64.decode))
    case "hex": text = .bytes(try multilineBytes(Hexadecimal.decode))
    case "graphql": text = try graphql(style, from: start)
    default: text = .text(try content(style, from: start), hint: hint)
    }
    guard cursor.take("```") else { throw notClosed(start) }
    return text
  }

  private static let supported = "; there are ```, ```json, ```xml, ```graphql, ```base64 and ```hex"

  private func notClosed(_ start: Int) -> CheckSyntaxError {
    cursor.error(.multiline, "this text is not closed by ```", at: start, width: 3)
  }

  /// `escape` and `novariable`, behind the hint and a comma or in its place.
  private mutating func style(beginningWith hint: String) throws(CheckSyntaxError) -> Style {
    var style = Style()
    style.take(hint)
    while cursor.take(",") {
      blanks("")
      let start = cursor.index
      let word = cursor.takeWhile(Self.isWordPart)
      guard style.take(word) else {
        throw cursor.error(
          .multiline, "\"\(word)\" is not an attribute of a text; there are escape and novariable", at: start,
          width: max(1, word.count))
      }
    }
    return style
  }

  /// Up to the three back quotes, which are not read, or to what `isEnd` finds at the start of a line.
  private mutating func content(
    _ style: Style, from start: Int, until isEnd: (SourceCursor) -> Bool = { _ in false }
  ) throws(CheckSyntaxError) -> TemplateText {
    var text = TemplateBuilder()
    var isLineStart = true
    while let scalar = cursor.current {
      if (scalar == "`" && cursor.starts(with: "```")) || (isLineStart && isEnd(cursor)) { return text.finish() }
      isLineStart = scalar == "\n"
      if scalar == "{", style.readsPlaceholders, let placeholder = try placeholder(.text) {
        text.append(placeholder)
      } else if scalar == "\\", style.readsEscapes {
        text.append(try escape("`#"))
      } else {
        text.append(scalar)
        cursor.index += 1
      }
    }
    throw notClosed(start)
  }

  private mutating func multilineBytes(_ decode: (String) -> [UInt8]?) throws(CheckSyntaxError) -> [UInt8] {
    let start = cursor.index
    let text = cursor.takeWhile { $0 != "`" }
    guard let bytes = decode(text.withoutWhiteSpace) else {
      throw cursor.error(.bytes, "these are not valid bytes in that coding", at: start)
    }
    return bytes
  }

  /// A document and, behind a line that starts with `variables`, a JSON object.
  private mutating func graphql(_ style: Style, from start: Int) throws(CheckSyntaxError) -> Multiline {
    let query = try content(style, from: start) { $0.isAtGraphQLVariables }
    if cursor.starts(with: "```") { return .graphql(query, variables: nil) }
    cursor.skipBlanks()
    cursor.index += "variables".count
    cursor.skipWhile(Self.isSpace)
    guard cursor.current == "{" else {
      throw cursor.error(.graphQLVariables, "a JSON object should follow \"variables\"")
    }
    let variables = try jsonText()
    cursor.skipWhile(Self.isSpace)
    guard cursor.starts(with: "```") else {
      throw cursor.error(.graphQLVariables, "nothing but ``` may follow the variables")
    }
    return .graphql(query, variables: variables)
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool { SourceCursor.isBlank(scalar) || scalar == "\n" }
}

extension SourceCursor {
  /// Whether the line starts with `variables` and an object. A field of that name is set in and has fields of its own.
  fileprivate var isAtGraphQLVariables: Bool {
    var ahead = self
    ahead.skipBlanks()
    let isSetIn = ahead.index > index
    guard ahead.take("variables") else { return false }
    ahead.skipWhile(FileParser.isSpace)
    guard ahead.take("{") else { return false }
    ahead.skipWhile(FileParser.isSpace)
    return !isSetIn || ["\"", "{", "}"].contains(ahead.current)
  }
}
