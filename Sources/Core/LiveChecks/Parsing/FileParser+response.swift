extension FileParser {
  mutating func response() throws(CheckSyntaxError) -> ResponseSpec {
    let versionPlace = cursor.place()
    _ = cursor.take("HTTP")
    let version = try httpVersion()
    guard gap() else {
      throw cursor.error(.status, "the expected status should stand here, such as 200, or *")
    }
    let statusPlace = cursor.place()
    let status = try statusCode()
    try endLine()
    var response = ResponseSpec(
      version: version, versionPlace: versionPlace, status: status, statusPlace: statusPlace, headers: try fields())
    try responseSections(into: &response)
    if atBody() { response.body = try body() }
    return response
  }

  private mutating func httpVersion() throws(CheckSyntaxError) -> String? {
    guard cursor.take("/") else { return nil }
    let start = cursor.index
    let version = cursor.takeWhile { !SourceCursor.isBlank($0) && $0 != "\n" }
    guard ["1.0", "1.1", "2", "3"].contains(version) else {
      throw cursor.error(
        .version, "\"HTTP/\(version)\" is not a version; write HTTP alone, HTTP/1.0, HTTP/1.1, HTTP/2 or HTTP/3",
        at: start, width: max(1, version.unicodeScalars.count))
    }
    return version
  }

  private mutating func statusCode() throws(CheckSyntaxError) -> Int? {
    let start = cursor.index
    let word = cursor.takeWhile { !SourceCursor.isBlank($0) && $0 != "\n" && $0 != "#" }
    if word == "*" { return nil }
    guard word.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let status = Int(word), (100...999).contains(status) else {
      throw cursor.error(
        .status, "\"\(word)\" is not a status such as 200, nor *", at: start,
        width: max(1, word.unicodeScalars.count))
    }
    return status
  }

  /// `name: query filter* redact?`, line by line.
  mutating func captures() throws(CheckSyntaxError) -> [CaptureSpec] {
    var captures: [CaptureSpec] = []
    while isKeyAhead() {
      let start = cursor.index
      let name = try key()
      if let literal = name.literal { try refuseFunction(literal, at: start) }
      let query = try query()
      let filters = try filters(endingWith: ["redact"])
      let isRedacted = cursor.take("redact")
      try endLine()
      captures.append(
        CaptureSpec(
          name: name, query: query, filters: filters, isRedacted: isRedacted, place: cursor.place(at: start)))
    }
    return captures
  }

  /// `query filter* predicate`, line by line.
  mutating func asserts() throws(CheckSyntaxError) -> [AssertSpec] {
    var asserts: [AssertSpec] = []
    while let first = cursor.current, ("a"..."z").contains(first), !atBody() { asserts.append(try assert()) }
    return asserts
  }

  private mutating func assert() throws(CheckSyntaxError) -> AssertSpec {
    let start = cursor.index
    let query = try query()
    let filters = try filters(endingWith: Self.predicateWords)
    let middle = cursor.index
    let predicate = try predicate()
    let end = cursor.index
    try endLine()
    return AssertSpec(
      query: query, filters: filters, predicate: predicate, place: cursor.place(at: start),
      queryText: cursor.text(from: start, to: middle).trimmed, predicateText: cursor.text(from: middle, to: end).trimmed
    )
  }
}
