import Codings
import JSONText

extension FileParser {
  private static let wordPredicates = [
    "not", "startsWith", "endsWith", "contains", "includes", "matches", "exists", "isEmpty",
  ]
  static let predicateWords = wordPredicates + PredicateSpec.TypeTest.allCases.map(\.rawValue) + Array(removed.keys)
  /// What stands today for words that are gone.
  private static let removed = [
    "equals": "==", "notEquals": "!=", "greaterThan": ">", "greaterThanOrEquals": ">=", "lessThan": "<",
    "lessThanOrEquals": "<=",
  ]
  // The longer ones first, or ">=" would be read as ">".
  private static let signs = ["==", "!=", ">=", "<=", ">", "<"]

  mutating func predicate() throws(CheckSyntaxError) -> PredicateSpec {
    let place = cursor.place()
    let isNegated = lookAhead { $0.takeWhile(Self.isWordPart) == "not" }
    if isNegated {
      cursor.index += 3
      _ = gap()
    }
    let start = cursor.index
    if let sign = Self.signs.first(where: { cursor.take($0) }) {
      return PredicateSpec(kind: try comparison(sign), isNegated: isNegated, place: place)
    }
    let word = cursor.takeWhile(Self.isWordPart)
    return PredicateSpec(kind: try predicate(word, at: start), isNegated: isNegated, place: place)
  }

  private mutating func predicate(_ word: String, at start: Int) throws(CheckSyntaxError) -> PredicateSpec.Kind {
    switch word {
    case "startsWith": return .startsWith(try expectedValue())
    case "endsWith": return .endsWith(try expectedValue())
    case "contains": return .contains(try expectedValue())
    case "includes":
      deprecate(start..<cursor.index, for: "contains")
      return .contains(try expectedValue())
    case "matches":
      var argument = start
      return .matches(try patternArgument(at: &argument, capturing: false))
    case "exists": return .exists
    case "isEmpty": return .isEmpty
    default: break
    }
    guard let test = PredicateSpec.TypeTest(rawValue: word) else { throw unknownPredicate(word, at: start) }
    if let advice = Self.oldTests[test] {
      warn(.deprecatedWord, "\"\(word)\" is an old word; \(advice)", at: start, width: word.count)
    }
    return .isType(test)
  }

  /// Tests that are going out of use and have no single word in their place.
  private static let oldTests: [PredicateSpec.TypeTest: String] = [
    .isCollection: "write \"isList\" or \"isObject\"",
    .isDate: "write \"isIsoDate\" for a string in the form of RFC 3339",
  ]

  private func unknownPredicate(_ word: String, at start: Int) -> CheckSyntaxError {
    if word.isEmpty {
      return cursor.error(.predicate, "a predicate should stand here, such as == or exists", at: start)
    }
    let width = word.unicodeScalars.count
    if let sign = Self.removed[word] {
      return cursor.error(
        .predicate, "\"\(word)\" was removed from the format; write \(sign)", at: start, width: width)
    }
    let known = Self.predicateWords.filter { Self.removed[$0] == nil }
    return cursor.error(
      .predicate, "\"\(word)\" is not a predicate\(hint(for: word, among: known))", at: start, width: width)
  }

  private mutating func comparison(_ sign: String) throws(CheckSyntaxError) -> PredicateSpec.Kind {
    let value = try expectedValue()
    switch sign {
    case "==": return .equal(value)
    case "!=": return .notEqual(value)
    case ">=": return .greaterOrEqual(value)
    case "<=": return .lessOrEqual(value)
    case ">": return .greater(value)
    default: return .less(value)
    }
  }

  private mutating func expectedValue() throws(CheckSyntaxError) -> ValueSpec {
    guard gap() else { throw cursor.error(.predicateValue, "a value should stand here") }
    let start = cursor.index
    if cursor.starts(with: "```") { return try multilineValue() }
    if cursor.take("base64,") { return .value(.bytes(try bytes(Base64.decode))) }
    if cursor.take("hex,") { return .value(.bytes(try bytes(Hexadecimal.decode))) }
    if cursor.take("file,") { return .file(try fileName()) }
    switch cursor.current {
    case "\"": return .text(try quotedText())
    case "`": return .text(try backQuotedText())
    case "{": if let placeholder = try placeholder(.text) { return .variable(placeholder) }
    default: break
    }
    return .value(try bareValue(from: start))
  }

  private mutating func multilineValue() throws(CheckSyntaxError) -> ValueSpec {
    switch try multilineText() {
    case .text(let text, _): .text(text)
    case .graphql(let query, _): .text(query)
    case .bytes(let bytes): .value(.bytes(bytes))
    }
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
      throw cursor.error(
        .predicateValue, "\"\(word)\" is not a value; \(advice)", at: start, width: max(1, word.unicodeScalars.count))
    }
  }
}
