extension FileParser {
  private static let queries = [
    "status", "version", "header", "cookie", "body", "bytes", "jsonpath", "regex", "variable", "duration", "url", "ip",
    "redirects", "xpath", "certificate", "sha256", "md5",
  ]
  private static let filters =
    plainFilters.keys.sorted() + [
      "nth", "split", "replace", "regex", "replaceRegex", "jsonpath", "xpath", "urlQueryParam", "toDate", "dateFormat",
      "decode",
    ]

  mutating func query() throws(CheckSyntaxError) -> QuerySpec {
    let start = cursor.index
    let word = cursor.takeWhile(Self.isWordPart)
    var argument = start
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
    case "sha256": kind = .sha256
    case "md5": kind = .md5
    case "header": kind = .header(try self.argument(at: &argument))
    case "cookie": kind = try cookieQuery(at: &argument)
    case "certificate": kind = .certificate(try certificateField(at: &argument))
    case "variable": kind = .variable(try self.argument(at: &argument))
    case "jsonpath": kind = .jsonpath(try pathArgument(at: &argument))
    case "xpath": kind = .xpath(try self.argument(at: &argument))
    case "regex": kind = .regex(try patternArgument(at: &argument, capturing: true))
    default: throw unknown(.query, "query", word, Self.queries, at: start)
    }
    return QuerySpec(
      kind: kind, place: cursor.place(at: start), width: cursor.index - start, argumentPlace: cursor.place(at: argument)
    )
  }

  private func unknown(
    _ kind: CheckSyntaxError.Kind, _ what: String, _ word: String, _ known: [String], at start: Int
  ) -> CheckSyntaxError {
    guard !word.isEmpty else { return cursor.error(kind, "a \(what) should stand here", at: start) }
    return cursor.error(
      kind, "\"\(word)\" is not a \(what)\(hint(for: word, among: known))", at: start,
      width: word.unicodeScalars.count)
  }

  private mutating func cookieQuery(at start: inout Int) throws(CheckSyntaxError) -> QuerySpec.Kind {
    let name = try argument(at: &start)
    guard case .literal(let text)? = name.pieces.last, text.hasSuffix("]"), let bracket = text.lastIndex(of: "[") else {
      return .cookie(name, nil)
    }
    let word = String(text[text.index(after: bracket)...].dropLast()).trimmed
    let known = QuerySpec.CookieAttribute.allCases
    guard let attribute = known.first(where: { $0.rawValue.lowercased() == word.lowercased() }) else {
      throw cursor.error(
        .cookieAttribute,
        "\"\(word)\" is not an attribute of a cookie\(hint(for: word, among: known.map(\.rawValue)))", at: start,
        width: cursor.index - start)
    }
    return .cookie(name.dropLast(text[bracket...].count), attribute)
  }

  private mutating func certificateField(at start: inout Int) throws(CheckSyntaxError) -> QuerySpec.CertificateField {
    let word = try argument(at: &start).source
    guard let field = QuerySpec.CertificateField(rawValue: word) else {
      let known = QuerySpec.CertificateField.allCases.map(\.rawValue)
      throw cursor.error(
        .certificateField, "\"\(word)\" is not a field of a certificate\(hint(for: word, among: known))", at: start,
        width: cursor.index - start)
    }
    return field
  }

  /// Filters and the blanks behind them, up to one of the words that may follow them or the end of the line.
  mutating func filters(endingWith ends: [String]) throws(CheckSyntaxError) -> [FilterSpec] {
    var filters: [FilterSpec] = []
    while gap() {
      let word = lookAhead { $0.takeWhile(Self.isWordPart) }
      guard let first = word.unicodeScalars.first, ("a"..."z").contains(first), !ends.contains(word) else { break }
      let start = cursor.index
      cursor.index += word.unicodeScalars.count
      var argument = start
      guard let kind = try filter(word, at: &argument) else {
        let what = ends == ["redact"] ? "filter" : "filter or predicate"
        throw unknown(.filter, what, word, Self.filters + ends, at: start)
      }
      filters.append(
        FilterSpec(
          kind: kind, place: cursor.place(at: start), width: cursor.index - start,
          argumentPlace: cursor.place(at: argument)))
    }
    return filters
  }

  private mutating func filter(_ word: String, at start: inout Int) throws(CheckSyntaxError) -> FilterSpec.Kind? {
    if let plain = Self.plainFilters[word] { return plain }
    switch word {
    case "nth": return .nth(try indexArgument(at: &start))
    case "split": return .split(try argument(at: &start))
    case "replace":
      let old = try argument(at: &start)
      return .replace(old, try argument())
    case "regex": return .regex(try patternArgument(at: &start, capturing: true))
    case "replaceRegex":
      let pattern = try patternArgument(at: &start, capturing: false)
      return .replaceRegex(pattern, try argument())
    case "jsonpath": return .jsonpath(try pathArgument(at: &start))
    case "xpath": return .xpath(try argument(at: &start))
    case "urlQueryParam": return .urlQueryParam(try argument(at: &start))
    case "decode": return .decode(try argument(at: &start))
    case "toDate": return .toDate(try argument(at: &start))
    case "dateFormat": return .dateFormat(try argument(at: &start))
    case "format":
      deprecate((cursor.index - 6)..<cursor.index, for: "dateFormat")
      return .dateFormat(try argument(at: &start))
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
}
