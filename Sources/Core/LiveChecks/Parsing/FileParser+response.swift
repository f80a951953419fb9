extension FileParser {
  mutating func response() throws(CheckSyntaxError) -> ResponseSpec {
    cursor.skipBlanks()
    let versionPlace = cursor.place()
    _ = cursor.take("HTTP")
    let version = try httpVersion()
    cursor.skipBlanks()
    let statusPlace = cursor.place()
    let status = try statusCode()
    try cursor.endLine()
    var response = ResponseSpec(
      version: version, versionPlace: versionPlace, status: status, statusPlace: statusPlace, headers: try fields())
    try responseSections(into: &response)
    if atBody { response.body = try body() }
    return response
  }

  private mutating func httpVersion() throws(CheckSyntaxError) -> String? {
    guard cursor.take("/") else { return nil }
    let start = cursor.index
    let version = cursor.takeWhile { !SourceCursor.isBlank($0) && $0 != "\n" }
    guard ["1.0", "1.1", "2", "3"].contains(version) else {
      throw cursor.error(
        "\"HTTP/\(version)\" is not a version; write HTTP alone, HTTP/1.0, HTTP/1.1, HTTP/2 or HTTP/3", at: start,
        width: max(1, version.count))
    }
    return version
  }

  private mutating func statusCode() throws(CheckSyntaxError) -> Int? {
    let start = cursor.index
    let word = cursor.takeWhile { !SourceCursor.isBlank($0) && $0 != "\n" && $0 != "#" }
    if word == "*" { return nil }
    guard word.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let status = Int(word), (100...999).contains(status) else {
      throw cursor.error(
        word.isEmpty
          ? "the expected status should stand here, such as 200, or *"
          : "\"\(word)\" is not a status such as 200, nor *",
        at: start, width: max(1, word.unicodeScalars.count))
    }
    return status
  }

  /// `name: query filter* redact?`, line by line.
  mutating func captures() throws(CheckSyntaxError) -> [CaptureSpec] {
    var captures: [CaptureSpec] = []
    while true {
      let before = cursor.index
      cursor.skipEmptyLines()
      cursor.skipBlanks()
      let place = cursor.place()
      guard let name = try key() else {
        cursor.index = before
        return captures
      }
      cursor.skipBlanks()
      let query = try query()
      let filters = try filters(endingWith: ["redact"])
      cursor.skipBlanks()
      let isRedacted = cursor.take("redact")
      try cursor.endLine()
      captures.append(CaptureSpec(name: name, query: query, filters: filters, isRedacted: isRedacted, place: place))
    }
  }

  /// `query filter* predicate`, line by line.
  mutating func asserts() throws(CheckSyntaxError) -> [AssertSpec] {
    var asserts: [AssertSpec] = []
    while true {
      let before = cursor.index
      cursor.skipEmptyLines()
      cursor.skipBlanks()
      guard let first = cursor.current, ("a"..."z").contains(first), !atBody else {
        cursor.index = before
        return asserts
      }
      asserts.append(try assert())
    }
  }

  private mutating func assert() throws(CheckSyntaxError) -> AssertSpec {
    let start = cursor.index
    let query = try query()
    let filters = try filters(endingWith: Self.predicateWords)
    cursor.skipBlanks()
    let middle = cursor.index
    let predicate = try predicate()
    let end = cursor.index
    try cursor.endLine()
    return AssertSpec(
      query: query, filters: filters, predicate: predicate, place: cursor.place(at: start),
      queryText: cursor.text(from: start, to: middle).trimmed, predicateText: cursor.text(from: middle, to: end).trimmed
    )
  }
}
