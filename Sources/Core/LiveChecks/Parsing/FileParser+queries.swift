extension FileParser {
  private static let queries = [
    "status", "version", "header", "cookie", "body", "bytes", "jsonpath", "regex", "variable", "duration", "url", "ip",
    "redirects", "xpath", "certificate", "sha256", "md5",
  ]
  private static let filters = [
    "count", "first", "last", "nth", "toInt", "toFloat", "toString", "split", "replace", "regex", "replaceRegex",
    "jsonpath", "urlEncode", "urlDecode", "urlQueryParam", "base64Decode", "base64Encode", "base64UrlSafeDecode",
    "base64UrlSafeEncode", "utf8Decode", "utf8Encode", "toHex", "location", "toDate", "dateFormat", "daysAfterNow",
    "daysBeforeNow", "decode", "htmlEscape", "htmlUnescape", "xpath",
  ]

  mutating func query() throws(CheckSyntaxError) -> QuerySpec {
    let start = cursor.index
    let place = cursor.place()
    let word = cursor.takeWhile(Self.isWordPart)
    var argumentPlace: Place {
      var ahead = cursor
      ahead.skipBlanks()
      return ahead.place()
    }
    let argument = argumentPlace
    let kind: QuerySpec.Kind
    switch word {
    case "status": kind = .status
    case "version": kind = .version
    case "body": kind = .body
    case "bytes": kind = .bytes
    case "duration": kind = .duration
    case "url": kind = .url
    case "ip": kind = .ip
    case "redirects": kind = .redirects
    case "header": kind = .header(try self.argument())
    case "cookie": kind = try cookieQuery()
    case "certificate": kind = .certificate(try certificateField())
    case "xpath": kind = .xpath(try self.argument())
    case "sha256": kind = .sha256
    case "md5": kind = .md5
    case "variable": kind = .variable(try self.argument())
    case "jsonpath": kind = .jsonpath(try pathArgument())
    case "regex": kind = .regex(try patternArgument(capturing: true))
    default: throw unknown("query", word, Self.queries, at: start)
    }
    return QuerySpec(
      kind: kind, place: place, width: cursor.index - start,
      argumentPlace: cursor.index == start + word.unicodeScalars.count ? place : argument)
  }

  private mutating func cookieQuery() throws(CheckSyntaxError) -> QuerySpec.Kind {
    cursor.skipBlanks()
    let start = cursor.index
    var name = try argument()
    guard case .literal(let text)? = name.pieces.last, text.hasSuffix("]"), let bracket = text.lastIndex(of: "[") else {
      return .cookie(name, nil)
    }
    let word = String(text[text.index(after: bracket)...].dropLast()).trimmed
    guard
      let attribute = QuerySpec.CookieAttribute.allCases.first(where: { $0.rawValue.lowercased() == word.lowercased() })
    else {
      let known = QuerySpec.CookieAttribute.allCases.map(\.rawValue)
      throw cursor.error(
        "\"\(word)\" is not an attribute of a cookie\(hint(for: word, among: known))", at: start,
        width: cursor.index - start)
    }
    name.dropLast(text[bracket...].count)
    return .cookie(name, attribute)
  }

  private mutating func certificateField() throws(CheckSyntaxError) -> QuerySpec.CertificateField {
    cursor.skipBlanks()
    let start = cursor.index
    let word = try argument().source
    guard let field = QuerySpec.CertificateField(rawValue: word) else {
      let known = QuerySpec.CertificateField.allCases.map(\.rawValue)
      throw cursor.error(
        "\"\(word)\" is not a field of a certificate\(hint(for: word, among: known))", at: start,
        width: cursor.index - start)
    }
    return field
  }

  private func unknown(
    _ what: String, _ word: String, _ known: [String], at start: Int
  ) -> CheckSyntaxError {
    let width = max(1, word.unicodeScalars.count)
    guard !word.isEmpty else { return cursor.error("a \(what) should stand here", at: start) }
    return cursor.error("\"\(word)\" is not a \(what)\(hint(for: word, among: known))", at: start, width: width)
  }

  /// Filters, up to one of the words that may follow them or the end of the line.
  mutating func filters(endingWith ends: [String]) throws(CheckSyntaxError) -> [FilterSpec] {
    var filters: [FilterSpec] = []
    while true {
      cursor.skipBlanks()
      guard let scalar = cursor.current, ("a"..."z").contains(scalar) else { return filters }
      let start = cursor.index
      let place = cursor.place()
      let word = cursor.takeWhile(Self.isWordPart)
      if ends.contains(word) {
        cursor.index = start
        return filters
      }
      var ahead = cursor
      ahead.skipBlanks()
      let argument = ahead.place()
      guard let kind = try filter(word) else {
        let known = Self.filters + ends
        throw unknown(
          ends == ["redact"] ? "filter" : "filter or predicate", word, known, at: start)
      }
      filters.append(
        FilterSpec(
          kind: kind, place: place, width: cursor.index - start,
          argumentPlace: cursor.index == start + word.unicodeScalars.count ? place : argument))
    }
  }

  private mutating func filter(_ word: String) throws(CheckSyntaxError) -> FilterSpec.Kind? {
    if let plain = Self.plainFilters[word] { return plain }
    switch word {
    case "nth": return .nth(try indexArgument())
    case "decode": return .decode(try argument())
    case "toDate": return .toDate(try argument())
    case "dateFormat", "format": return .dateFormat(try argument())
    case "xpath": return .xpath(try argument())
    case "split": return .split(try argument())
    case "replace":
      let old = try argument()
      return .replace(old, try argument())
    case "regex": return .regex(try patternArgument(capturing: true))
    case "replaceRegex":
      let pattern = try patternArgument(capturing: false)
      return .replaceRegex(pattern, try argument())
    case "jsonpath": return .jsonpath(try pathArgument())
    case "urlQueryParam": return .urlQueryParam(try argument())
    default: return nil
    }
  }

  private static let plainFilters: [String: FilterSpec.Kind] = [
    "count": .count, "first": .first, "last": .last, "toInt": .toInt, "toFloat": .toFloat, "toString": .toString,
    "urlEncode": .urlEncode, "urlDecode": .urlDecode, "base64Decode": .base64Decode, "base64Encode": .base64Encode,
    "base64UrlSafeDecode": .base64UrlSafeDecode, "base64UrlSafeEncode": .base64UrlSafeEncode, "utf8Decode": .utf8Decode,
    "utf8Encode": .utf8Encode, "toHex": .toHex, "location": .location, "htmlEscape": .htmlEscape,
    "htmlUnescape": .htmlUnescape, "daysAfterNow": .daysAfterNow, "daysBeforeNow": .daysBeforeNow,
  ]

  private mutating func argument() throws(CheckSyntaxError) -> TemplateText {
    cursor.skipBlanks()
    return cursor.current == "`" ? try backQuotedText() : try quotedText()
  }

  private mutating func indexArgument() throws(CheckSyntaxError) -> IndexSpec {
    cursor.skipBlanks()
    let start = cursor.index
    if let placeholder = try placeholder(.text) { return .variable(placeholder) }
    let text = cursor.takeWhile { ("0"..."9").contains($0) || $0 == "-" }
    guard let value = Int(text) else { throw cursor.error("a whole number should stand here", at: start) }
    return .literal(value)
  }

  /// A JSONPath without templates is read at once, so that its errors show before anything is sent.
  private mutating func pathArgument() throws(CheckSyntaxError) -> TemplateText {
    cursor.skipBlanks()
    let start = cursor.index
    let text = try argument()
    guard let literal = text.literal else { return text }
    do {
      _ = try JSONPath(literal)
    } catch {
      throw cursor.error(
        "not a JSONPath: at its character \(error.column), \(error.reason)", at: start, width: cursor.index - start)
    }
    return text
  }

  mutating func patternArgument(capturing: Bool) throws(CheckSyntaxError) -> PatternText {
    cursor.skipBlanks()
    let start = cursor.index
    let text = cursor.current == "/" ? TemplateText(literal: try slashedText()) : try argument()
    guard let literal = text.literal else { return .template(text) }
    let pattern: Pattern
    do {
      pattern = try Pattern(literal)
    } catch {
      throw cursor.error("the pattern is not valid: \(error.reason)", at: start, width: cursor.index - start)
    }
    guard !capturing || pattern.groups > 0 else {
      let message = "this pattern captures nothing; put what you want of the match in parentheses"
      throw cursor.error(message, at: start, width: cursor.index - start)
    }
    return .literal(pattern)
  }

  /// Between slashes a pattern stands as it is; only `\/` is for the slash.
  private mutating func slashedText() throws(CheckSyntaxError) -> String {
    let start = cursor.index
    cursor.index += 1
    var text = ""
    while let scalar = cursor.current, scalar != "/", scalar != "\n" {
      if scalar == "\\", let next = cursor.peek(1), next != "\n" {
        if next != "/" { text.unicodeScalars.append(scalar) }
        text.unicodeScalars.append(next)
        cursor.index += 2
      } else {
        text.unicodeScalars.append(scalar)
        cursor.index += 1
      }
    }
    guard cursor.take("/") else {
      throw cursor.error("this pattern is not closed; its / should stand on the same line", at: start)
    }
    return text
  }
}
