import JSONText

extension FileParser {
  private static let wordPredicates = [
    "not", "startsWith", "endsWith", "contains", "includes", "matches", "exists", "isEmpty",
  ]
  static let predicateWords = wordPredicates + PredicateSpec.TypeTest.allCases.map(\.rawValue)

  mutating func predicate() throws(CheckSyntaxError) -> PredicateSpec {
    let place = cursor.place()
    let isNegated = takeWord("not")
    cursor.skipBlanks()
    let start = cursor.index
    if let comparison = try comparison() {
      return PredicateSpec(kind: comparison, isNegated: isNegated, place: place)
    }
    let word = cursor.takeWhile(Self.isWordPart)
    let kind: PredicateSpec.Kind
    switch word {
    case "startsWith": kind = .startsWith(try expectedValue())
    case "endsWith": kind = .endsWith(try expectedValue())
    case "contains", "includes": kind = .contains(try expectedValue())
    case "matches": kind = .matches(try patternArgument(capturing: false))
    case "exists": kind = .exists
    case "isEmpty": kind = .isEmpty
    case "equals": throw cursor.error("\"equals\" was removed from the format; write ==", at: start, width: 6)
    case "notEquals": throw cursor.error("\"notEquals\" was removed from the format; write !=", at: start, width: 9)
    default:
      guard let test = PredicateSpec.TypeTest(rawValue: word) else { throw unknownPredicate(word, at: start) }
      kind = .isType(test)
    }
    return PredicateSpec(kind: kind, isNegated: isNegated, place: place)
  }

  private mutating func takeWord(_ word: String) -> Bool {
    var ahead = cursor
    guard ahead.take(word), ahead.current.map({ !Self.isWordPart($0) }) ?? true else { return false }
    cursor = ahead
    return true
  }

  private func unknownPredicate(_ word: String, at start: Int) -> CheckSyntaxError {
    if word.isEmpty { return cursor.error("a predicate should stand here, such as == or exists", at: start) }
    return cursor.error(
      "\"\(word)\" is not a predicate\(hint(for: word, among: Self.predicateWords))", at: start,
      width: word.unicodeScalars.count)
  }

  private mutating func comparison() throws(CheckSyntaxError) -> PredicateSpec.Kind? {
    // The longer ones first, or ">=" would be read as ">".
    if cursor.take("==") { return .equal(try expectedValue()) }
    if cursor.take("!=") { return .notEqual(try expectedValue()) }
    if cursor.take(">=") { return .greaterOrEqual(try expectedValue()) }
    if cursor.take("<=") { return .lessOrEqual(try expectedValue()) }
    if cursor.take(">") { return .greater(try expectedValue()) }
    if cursor.take("<") { return .less(try expectedValue()) }
    return nil
  }

  private mutating func expectedValue() throws(CheckSyntaxError) -> ValueSpec {
    cursor.skipBlanks()
    let start = cursor.index
    if cursor.starts(with: "```") { return .text(try multilineText().text) }
    if cursor.take("base64,") { return .value(.bytes(try bytes(Base64.decode))) }
    if cursor.take("hex,") { return .value(.bytes(try bytes(Hexadecimal.decode))) }
    if cursor.take("file,") { return .file(try fileName()) }
    switch cursor.current {
    case "\"": return .text(try quotedText())
    case "`": return .text(try backQuotedText())
    case "{":
      if let placeholder = try placeholder(.text) { return .variable(placeholder) }
    case nil, "\n": throw cursor.error("a value should stand here", at: start)
    default: break
    }
    return .value(try bareValue(from: start))
  }

  /// `true`, `false`, `null` or a number.
  private mutating func bareValue(from start: Int) throws(CheckSyntaxError) -> CheckValue {
    let word = cursor.takeWhile { !SourceCursor.isBlank($0) && $0 != "\n" && $0 != "#" }
    switch word {
    case "true": return .bool(true)
    case "false": return .bool(false)
    case "null": return .null
    default:
      if let number = JSONNumber(literal: word) { return .number(number) }
      let advice =
        word.hasPrefix("{") || word.hasPrefix("[")
        ? "objects and lists cannot be compared; use jsonpath" : "put text in quotes"
      throw cursor.error("\"\(word)\" is not a value; \(advice)", at: start, width: max(1, word.unicodeScalars.count))
    }
  }
}
