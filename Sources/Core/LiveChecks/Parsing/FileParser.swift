/// Reads the text of a file of checks, entry by entry.
struct FileParser {
  var cursor: SourceCursor

  init(_ source: String, name: String) { cursor = SourceCursor(source, name: name) }

  mutating func entries() throws(CheckSyntaxError) -> [Entry] {
    var entries: [Entry] = []
    cursor.skipEmptyLines()
    while !cursor.isAtEnd {
      entries.append(try entry())
      cursor.skipEmptyLines()
    }
    return entries
  }

  private mutating func entry() throws(CheckSyntaxError) -> Entry {
    var entry = try requestLine()
    entry.headers = try fields()
    try requestSections(into: &entry)
    if atBody { entry.body = try body() }
    cursor.skipEmptyLines()
    if atResponse {
      entry.response = try response()
      cursor.skipEmptyLines()
    }
    guard cursor.isAtEnd || atRequest else { throw unexpectedLine(after: entry) }
    return entry
  }

  private mutating func requestLine() throws(CheckSyntaxError) -> Entry {
    cursor.skipBlanks()
    let start = cursor.index
    let method = cursor.takeWhile { ("A"..."Z").contains($0) }
    guard !method.isEmpty, cursor.current.map(SourceCursor.isBlank) == true else {
      let word = method + cursor.takeWhile { !SourceCursor.isBlank($0) && $0 != "\n" }
      throw cursor.error(
        "a request starts with a method in capitals, such as GET, and an address", at: start,
        width: word.unicodeScalars.count)
    }
    cursor.skipBlanks()
    guard let first = cursor.current, first != "\n", first != "#" else {
      throw cursor.error("the address should stand here")
    }
    let urlPlace = cursor.place()
    let url = try valueText()
    return Entry(place: cursor.place(at: start), method: method, url: url, urlPlace: urlPlace)
  }

  /// A run of capitals and a blank: no header, section or body starts like that.
  var atRequest: Bool {
    var ahead = cursor
    ahead.skipBlanks()
    let method = ahead.takeWhile { ("A"..."Z").contains($0) }
    return !method.isEmpty && method != "HTTP" && (ahead.current.map { $0 == " " || $0 == "\t" } ?? false)
  }

  var atResponse: Bool {
    var ahead = cursor
    ahead.skipBlanks()
    guard ahead.take("HTTP") else { return false }
    return ahead.current.map { SourceCursor.isBlank($0) || $0 == "/" || $0 == "\n" } ?? true
  }

  private func unexpectedLine(after entry: Entry) -> CheckSyntaxError {
    var ahead = cursor
    ahead.skipBlanks()
    let start = ahead.index
    let word = ahead.takeWhile { !SourceCursor.isBlank($0) && $0 != "\n" }
    let width = word.unicodeScalars.count
    if word.hasPrefix("[") {
      return ahead.error("sections stand in front of the body; move it up", at: start, width: width)
    }
    if let method = suggestion(for: word, among: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      return ahead.error("\"\(word)\" is not a method; did you mean \"\(method)\"?", at: start, width: width)
    }
    let found = entry.response == nil ? "a response such as HTTP 200, or the next request" : "the next request"
    return ahead.error("\(found) should stand here", at: start, width: width)
  }
}
