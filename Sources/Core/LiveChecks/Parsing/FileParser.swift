/// Reads the text of a file of checks, entry by entry.
///
/// Between two of its functions the cursor stands at the first character of a line that says something, or at the end: blank
/// lines and comments are passed over where a line ends. On its way the parser notes what a canonical text would have.
struct FileParser {
  var cursor: SourceCursor
  var edits: [SourceEdit] = []
  var warnings: [CheckWarning] = []

  init(_ source: String, name: String) { cursor = SourceCursor(source, name: name) }

  mutating func file() throws(CheckSyntaxError) -> [Entry] {
    var entries: [Entry] = []
    skipEmptyLines()
    while !cursor.isAtEnd { entries.append(try entry()) }
    if entries.isEmpty { warn(.noEntry, "the file has no request", at: 0, width: 1) }
    return entries
  }

  private mutating func entry() throws(CheckSyntaxError) -> Entry {
    var entry = try requestLine()
    entry.headers = try fields()
    try requestSections(into: &entry)
    if atBody() { entry.body = try body() }
    if atResponse() { entry.response = try response() }
    guard cursor.isAtEnd || atRequest() else { throw unexpectedLine(after: entry) }
    return entry
  }

  private mutating func requestLine() throws(CheckSyntaxError) -> Entry {
    let start = cursor.index
    let method = cursor.takeWhile { ("A"..."Z").contains($0) }
    guard !method.isEmpty, cursor.current.map({ SourceCursor.isBlank($0) || $0 == "\n" }) ?? true else {
      throw invalidMethod(at: start)
    }
    guard gap() else { throw cursor.error(.url, "the address should stand here") }
    let urlPlace = cursor.place()
    return Entry(place: cursor.place(at: start), method: method, url: try valueText(), urlPlace: urlPlace)
  }

  private func invalidMethod(at start: Int) -> CheckSyntaxError {
    let word = word(at: start)
    let near = suggestion(for: word, among: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
    let advice = near.map { "did you mean \"\($0)\"?" } ?? "a request starts with a method in capitals, such as GET"
    return cursor.error(
      .method, "the HTTP method \"\(word)\" is not valid; \(advice)", at: start, width: word.unicodeScalars.count)
  }

  /// Everything up to the next blank.
  private func word(at start: Int) -> String {
    let end = cursor.scalars[start...].firstIndex { SourceCursor.isBlank($0) || $0 == "\n" }
    return cursor.text(from: start, to: end ?? cursor.scalars.count)
  }

  /// A run of capitals and a blank: no header, section or body starts like that.
  private mutating func atRequest() -> Bool {
    lookAhead { cursor in
      let method = cursor.takeWhile { ("A"..."Z").contains($0) }
      return !method.isEmpty && method != "HTTP"
        && cursor.current.map { SourceCursor.isBlank($0) || $0 == "\n" } ?? true
    }
  }

  private mutating func atResponse() -> Bool {
    lookAhead { cursor in
      cursor.take("HTTP") && cursor.current.map { SourceCursor.isBlank($0) || $0 == "/" || $0 == "\n" } ?? true
    }
  }

  private func unexpectedLine(after entry: Entry) -> CheckSyntaxError {
    let word = word(at: cursor.index)
    if word.hasPrefix("[") {
      return cursor.error(
        .section, "sections stand in front of the body; move it up", width: word.unicodeScalars.count)
    }
    return invalidMethod(at: cursor.index)
  }
}
