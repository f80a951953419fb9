/// What stands behind the words of queries, filters and predicates. `start` is set to where it begins.
extension FileParser {
  mutating func argument(at start: inout Int) throws(CheckSyntaxError) -> TemplateText {
    _ = gap()
    start = cursor.index
    return cursor.current == "`" ? try backQuotedText() : try quotedText()
  }

  mutating func argument() throws(CheckSyntaxError) -> TemplateText {
    var start = cursor.index
    return try argument(at: &start)
  }

  mutating func indexArgument(at start: inout Int) throws(CheckSyntaxError) -> IndexSpec {
    _ = gap()
    start = cursor.index
    if let placeholder = try placeholder(.text) { return .variable(placeholder) }
    let text = cursor.takeWhile { ("0"..."9").contains($0) || $0 == "-" }
    guard let value = Int(text) else { throw cursor.error(.literal, "a whole number should stand here", at: start) }
    return .literal(value)
  }

  /// A JSONPath without templates is read at once, so that its errors show before anything is sent.
  mutating func pathArgument(at start: inout Int) throws(CheckSyntaxError) -> PathText {
    let text = try argument(at: &start)
    guard let literal = text.literal else { return .template(text) }
    do {
      return .literal(try JSONPath(literal))
    } catch {
      throw cursor.error(
        .jsonpath, "not a JSONPath: at its character \(error.column), \(error.reason)", at: start,
        width: cursor.index - start)
    }
  }

  mutating func patternArgument(at start: inout Int, capturing: Bool) throws(CheckSyntaxError) -> PatternText {
    _ = gap()
    start = cursor.index
    let text = cursor.current == "/" ? TemplateText(literal: try slashedText()) : try argument(at: &start)
    guard let literal = text.literal else { return .template(text) }
    let pattern: Pattern
    do {
      pattern = try Pattern(literal)
    } catch {
      throw cursor.error(.regex, "the pattern is not valid: \(error.reason)", at: start, width: cursor.index - start)
    }
    guard !capturing || pattern.groups > 0 else {
      let message = "this pattern captures nothing; put what you want of the match in parentheses"
      throw cursor.error(.regex, message, at: start, width: cursor.index - start)
    }
    return .literal(pattern)
  }

  /// Between slashes a pattern stands as it is; only `\/` is for the slash.
  private mutating func slashedText() throws(CheckSyntaxError) -> String {
    let start = cursor.index
    cursor.index += 1
    var text = String.UnicodeScalarView()
    while let scalar = cursor.current, scalar != "/", scalar != "\n" {
      if scalar == "\\", let next = cursor.peek(1), next != "\n" {
        if next != "/" { text.append(scalar) }
        text.append(next)
        cursor.index += 2
      } else {
        text.append(scalar)
        cursor.index += 1
      }
    }
    guard cursor.take("/") else {
      throw cursor.error(.regex, "this pattern is not closed; its / should stand on the same line", at: start)
    }
    return String(text)
  }
}
