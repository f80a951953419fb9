import JSONText

extension FileParser {
  mutating func captures() throws(CheckSyntaxError) -> [CaptureSpec] {
    var captures: [CaptureSpec] = []
    while isAtLineOfSection {
      let place = reader.place
      let name = try reader.key()
      reader.skipBlanks()
      guard reader.take(":") else { throw reader.error("\":\" should follow the name of the capture") }
      reader.skipBlanks()
      let query = try query()
      let filters = try filters()
      let isRedacted = reader.take("redact")
      try reader.endLine()
      captures.append(CaptureSpec(name: name, query: query, filters: filters, isRedacted: isRedacted, place: place))
    }
    return captures
  }

  mutating func asserts() throws(CheckSyntaxError) -> [AssertSpec] {
    var asserts: [AssertSpec] = []
    while isAtLineOfSection {
      let place = reader.place
      let query = try query()
      let filters = try filters()
      let predicate = try predicate()
      try reader.endLine()
      asserts.append(AssertSpec(query: query, filters: filters, predicate: predicate, place: place))
    }
    return asserts
  }

  /// Moves to the next line; false when the section is over.
  private var isAtLineOfSection: Bool {
    mutating get {
      reader.skipEmptyLines()
      guard let first = reader.current, ("a"..."z").contains(first) || first == "_" || first.properties.isAlphabetic else { return false }
      // A line of capitals is the next request, or the body that a value in capitals cannot be.
      let line = reader.restOfLine
      let method = line.prefix { $0.isASCII && $0.isUppercase }
      return method.isEmpty || !line.dropFirst(method.count).hasPrefix(" ")
    }
  }

  private static let queries = [
    "status", "version", "header", "cookie", "body", "bytes", "jsonpath", "regex", "variable", "duration", "url", "ip",
  ]
  private static let missingQueries = ["xpath", "sha256", "md5", "certificate", "redirects"]

  private mutating func query() throws(CheckSyntaxError) -> QuerySpec {
    let place = reader.place
    let word = reader.letters()
    let kind: QuerySpec.Kind
    switch word {
    case "status": kind = .status
    case "version": kind = .version
    case "body": kind = .body
    case "bytes": kind = .bytes
    case "duration": kind = .duration
    case "url": kind = .url
    case "ip": kind = .ip
    case "header": kind = .header(try argument())
    case "cookie": kind = .cookie(try argument())
    case "jsonpath": kind = .jsonpath(try path())
    case "variable": kind = .variable(try argument())
    case "regex":
      reader.skipBlanks()
      kind = .regex(try reader.pattern())
    default:
      if Self.missingQueries.contains(word) { throw reader.error("the query \"\(word)\" cannot be asked yet", at: place, width: word.count) }
      throw unknown("query", word, at: place, among: Self.queries)
    }
    return QuerySpec(kind: kind, place: place)
  }

  private mutating func argument() throws(CheckSyntaxError) -> TemplateText {
    reader.skipBlanks()
    return try reader.quoted()
  }

  /// A JSONPath, read at once where it has no templates.
  private mutating func path() throws(CheckSyntaxError) -> TemplateText {
    reader.skipBlanks()
    let place = reader.place
    let text = try reader.quoted()
    let hasPlaceholder = text.pieces.contains { if case .placeholder = $0 { true } else { false } }
    guard !hasPlaceholder else { return text }
    do {
      _ = try JSONPath(text.source)
    } catch {
      throw reader.error("not a valid JSONPath: \(error.reason)", at: Place(line: place.line, column: place.column + error.column))
    }
    return text
  }

  private static let filters = [
    "count", "nth", "first", "last", "split", "toInt", "toFloat", "toString", "regex", "replace", "replaceRegex", "jsonpath",
    "urlEncode", "urlDecode", "base64Decode", "base64Encode",
  ]

  /// All filters up to the predicate or the end of the line.
  private mutating func filters() throws(CheckSyntaxError) -> [FilterSpec] {
    var filters: [FilterSpec] = []
    while true {
      reader.skipBlanks()
      let place = reader.place
      var ahead = reader
      guard let kind = try Self.filter(ahead.letters(), &ahead, self) else { return filters }
      reader = ahead
      filters.append(FilterSpec(kind: kind, place: place))
    }
  }

  private static func filter(
    _ word: String, _ reader: inout Reader, _ parser: FileParser
  ) throws(CheckSyntaxError) -> FilterSpec.Kind? {
    var inner = parser
    inner.reader = reader
    defer { reader = inner.reader }
    switch word {
    case "count": return .count
    case "first": return .first
    case "last": return .last
    case "toInt": return .toInt
    case "toFloat": return .toFloat
    case "toString": return .toString
    case "urlEncode": return .urlEncode
    case "urlDecode": return .urlDecode
    case "base64Decode": return .base64Decode
    case "base64Encode": return .base64Encode
    case "nth": return .nth(try inner.integer())
    case "split": return .split(try inner.argument())
    case "replace": return .replace(try inner.argument(), try inner.argument())
    case "jsonpath": return .jsonpath(try inner.path())
    case "regex":
      inner.reader.skipBlanks()
      return .regex(try inner.reader.pattern())
    case "replaceRegex":
      inner.reader.skipBlanks()
      return .replaceRegex(try inner.reader.pattern(), try inner.argument())
    default: return nil
    }
  }

  private mutating func integer() throws(CheckSyntaxError) -> Int {
    reader.skipBlanks()
    let place = reader.place
    let text = reader.word { $0 == "-" || ("0"..."9").contains($0) }
    guard let number = Int(text) else { throw reader.error("a whole number should stand here", at: place) }
    return number
  }

  private static let predicates =
    ["==", "!=", "<", "<=", ">", ">=", "startsWith", "endsWith", "contains", "matches", "exists", "isEmpty", "not"]
    + PredicateSpec.TypeTest.allCases.map(\.rawValue)

  private mutating func predicate() throws(CheckSyntaxError) -> PredicateSpec {
    reader.skipBlanks()
    let place = reader.place
    var isNegated = false
    if reader.starts(with: "not "), reader.take("not") {
      isNegated = true
      reader.skipBlanks()
    }
    let wordPlace = reader.place
    let word = reader.word { !" \t\n\r#".unicodeScalars.contains($0) }
    return PredicateSpec(kind: try predicate(word, at: wordPlace), isNegated: isNegated, place: place)
  }

  private mutating func predicate(_ word: String, at place: Place) throws(CheckSyntaxError) -> PredicateSpec.Kind {
    switch word {
    case "==": return .equal(try operand())
    case "!=": return .notEqual(try operand())
    case "<": return .less(try operand())
    case "<=": return .lessOrEqual(try operand())
    case ">": return .greater(try operand())
    case ">=": return .greaterOrEqual(try operand())
    case "startsWith": return .startsWith(try operand())
    case "endsWith": return .endsWith(try operand())
    case "contains", "includes": return .contains(try operand())
    case "exists": return .exists
    case "isEmpty": return .isEmpty
    case "isDate": return .isType(.isIsoDate)
    case "matches":
      reader.skipBlanks()
      return .matches(try reader.pattern())
    case "": throw reader.error("a predicate such as == or exists should stand here", at: place)
    default:
      if let test = PredicateSpec.TypeTest(rawValue: word) { return .isType(test) }
      throw unknown("filter or predicate", word, at: place, among: Self.filters + Self.predicates)
    }
  }

  private mutating func operand() throws(CheckSyntaxError) -> ValueSpec {
    reader.skipBlanks()
    let place = reader.place
    let line = reader.restOfLine
    if line.hasPrefix("{{") { return .variable(try reader.placeholder()) }
    if line.hasPrefix("```") { return .text(try reader.multiline().text) }
    if line.hasPrefix("`") { return .text(try reader.backQuoted()) }
    if line.hasPrefix("\"") { return .text(try reader.quoted()) }
    for (prefix, radix) in [("base64,", 64), ("hex,", 16)] where line.hasPrefix(prefix) {
      reader.advance(prefix.count)
      let digits = reader.word { $0 != ";" && $0 != "\n" }
      guard reader.take(";"), let bytes = radix == 16 ? Encoding.fromHex(digits) : Encoding.fromBase64(digits) else {
        throw reader.error("this is not \(prefix.dropLast()) with a \";\" at its end", at: place)
      }
      return .value(.bytes(bytes))
    }
    let word = reader.word { !" \t\n\r#".unicodeScalars.contains($0) }
    switch word {
    case "true": return .value(.bool(true))
    case "false": return .value(.bool(false))
    case "null": return .value(.null)
    default:
      guard let number = JSONNumber(literal: word) else {
        throw reader.error("a value should stand here: a number, true, false, null or a string in quotes", at: place, width: word.count)
      }
      return .value(.number(number))
    }
  }

  private func unknown(_ what: String, _ word: String, at place: Place, among known: [String]) -> CheckSyntaxError {
    let hint = nearest(word, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
    return reader.error("there is no \(what) \"\(word)\"\(hint)", at: place, width: max(1, word.count))
  }
}
