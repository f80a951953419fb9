import JSONText

/// Reads the entries of a file of checks.
struct FileParser {
  var reader: Reader

  init(_ source: String, name: String) { reader = Reader(source, name: name) }

  mutating func entries() throws(CheckSyntaxError) -> [Entry] {
    var entries: [Entry] = []
    reader.skipEmptyLines()
    while !reader.isAtEnd {
      entries.append(try entry())
      reader.skipEmptyLines()
    }
    return entries
  }

  private mutating func entry() throws(CheckSyntaxError) -> Entry {
    let place = reader.place
    let method = reader.word { ("A"..."Z").contains($0) }
    guard !method.isEmpty, method != "HTTP", reader.current == " " || reader.current == "\t" else {
      throw reader.error(
        "a request should stand here: a method in capitals and an address, such as \"GET http://127.0.0.1:8080/\"", at: place)
    }
    reader.skipBlanks()
    guard !reader.isAtLineEnd, reader.current != "#" else { throw reader.error("the address of the request should stand here") }
    let url = try reader.value()
    try reader.endLine()
    var entry = Entry(place: place, method: method, url: url)
    entry.headers = try fields()
    try requestSections(&entry)
    entry.body = try body()
    reader.skipEmptyLines()
    if isAtResponse { entry.response = try response() }
    return entry
  }

  private var isAtResponse: Bool {
    reader.starts(with: "HTTP") && (reader.peek(4) == " " || reader.peek(4) == "/" || reader.peek(4) == "\t")
  }

  /// `name: value` lines, up to what is none.
  private mutating func fields() throws(CheckSyntaxError) -> [Field] {
    var fields: [Field] = []
    while true {
      reader.skipEmptyLines()
      guard isAtField else { return fields }
      fields.append(try field())
    }
  }

  private mutating func field() throws(CheckSyntaxError) -> Field {
    let place = reader.place
    let name = try reader.key()
    reader.skipBlanks()
    guard reader.take(":") else { throw reader.error("\":\" should follow the name") }
    reader.skipBlanks()
    let value = try reader.value()
    try reader.endLine()
    return Field(name: name, value: value, place: place)
  }

  /// A name without blanks and a colon; the start of a body, of a section or of a response is none.
  private var isAtField: Bool {
    guard let first = reader.current, !"{[\"<`".unicodeScalars.contains(first) || reader.starts(with: "{{") else { return false }
    if isAtResponse { return false }
    let line = reader.restOfLine
    for prefix in ["base64,", "hex,", "file,"] where line.hasPrefix(prefix) { return false }
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if isEscaped { isEscaped = false } else if scalar == ":" { return true }
      else if scalar == "\\" { isEscaped = true } else if scalar == " " && !line.hasPrefix("{{") { return false }
    }
    return false
  }

  private mutating func requestSections(_ entry: inout Entry) throws(CheckSyntaxError) {
    var seen: Set<String> = []
    while let (name, place) = try section(among: Section.request, seen: &seen) {
      switch name {
      case "Query": entry.query = try fields()
      case "Form": entry.form = try fields()
      case "Cookies": entry.cookies = try fields()
      case "BasicAuth":
        let fields = try fields()
        guard fields.count == 1 else {
          throw reader.error("[BasicAuth] has one line: \"user: password\"", at: place, width: 11)
        }
        entry.basicAuth = fields[0]
      default: entry.options = try options()
      }
    }
  }

  private enum Section {
    static let request = ["Query", "Form", "Cookies", "BasicAuth", "Options"]
    static let response = ["Captures", "Asserts"]
    /// The old names, which files in the wild have.
    static let aliases = ["QueryStringParams": "Query", "FormParams": "Form"]
    /// Known to the format and not read yet.
    static let missing = ["Multipart", "MultipartFormData"]
  }

  /// Takes the head of the next section; nil when something else stands there.
  private mutating func section(
    among known: [String], seen: inout Set<String>
  ) throws(CheckSyntaxError) -> (name: String, place: Place)? {
    reader.skipEmptyLines()
    let line = reader.restOfLine
    guard line.hasPrefix("["), let close = line.firstIndex(of: "]") else { return nil }
    let written = String(line[line.index(after: line.startIndex)..<close])
    guard written.first?.isUppercase == true, written.allSatisfy(\.isLetter) else { return nil }
    let name = Section.aliases[written] ?? written
    let place = reader.place
    let width = written.count + 2
    if Section.missing.contains(name) { throw reader.error("[\(written)] cannot be sent yet", at: place, width: width) }
    guard known.contains(name) else {
      let all = Section.request + Section.response
      if all.contains(name) {
        let side = Section.request.contains(name) ? "before the HTTP line" : "after the HTTP line"
        throw reader.error("[\(written)] belongs \(side)", at: place, width: width)
      }
      let hint = nearest(written, among: all).map { "; did you mean [\($0)]?" } ?? ""
      throw reader.error("there is no section [\(written)]\(hint)", at: place, width: width)
    }
    guard seen.insert(name).inserted else { throw reader.error("[\(written)] stands here twice", at: place, width: width) }
    reader.advance(width)
    try reader.endLine()
    return (name, place)
  }

  private mutating func body() throws(CheckSyntaxError) -> Body? {
    reader.skipEmptyLines()
    guard let first = reader.current, !isAtResponse else { return nil }
    let place = reader.place
    let line = reader.restOfLine
    if line.hasPrefix("```") { return try multilineBody(place) }
    if first == "`" { return .text(try lineBody { reader throws(CheckSyntaxError) in try reader.backQuoted() }, type: nil, place) }
    if first == "<" { return .text(try lineBody { reader throws(CheckSyntaxError) in try reader.markup() }, type: "application/xml", place) }
    for (prefix, radix) in [("base64,", 64), ("hex,", 16)] where line.hasPrefix(prefix) {
      return .bytes(try encodedBytes(prefix, radix), place)
    }
    if line.hasPrefix("file,") { throw reader.error("a body from a file cannot be sent yet", width: line.count) }
    let startsJSON = "{[\"-0123456789".unicodeScalars.contains(first)
    let isWord = ["true", "false", "null"].contains { line.hasPrefix($0) }
    guard startsJSON || isWord else { return nil }
    return .json(try lineBody { reader throws(CheckSyntaxError) in try reader.json() }, place)
  }

  private mutating func lineBody(
    _ read: (inout Reader) throws(CheckSyntaxError) -> TemplateText
  ) throws(CheckSyntaxError) -> TemplateText {
    let text = try read(&reader)
    try reader.endLine()
    return text
  }

  private mutating func multilineBody(_ place: Place) throws(CheckSyntaxError) -> Body {
    let (kind, text) = try reader.multiline()
    try reader.endLine()
    switch kind {
    case "": return .text(text, type: nil, place)
    case "json": return .json(text, place)
    case "xml": return .text(text, type: "application/xml", place)
    default: throw reader.error("a text of the kind \"\(kind)\" cannot be sent yet", at: place, width: kind.count + 3)
    }
  }

  private mutating func encodedBytes(_ prefix: String, _ radix: Int) throws(CheckSyntaxError) -> [UInt8] {
    let place = reader.place
    reader.advance(prefix.count)
    let digits = reader.word { $0 != ";" && $0 != "\n" }
    guard reader.take(";"), let bytes = radix == 16 ? Encoding.fromHex(digits) : Encoding.fromBase64(digits) else {
      throw reader.error("this is not \(prefix.dropLast()) with a \";\" at its end", at: place, width: digits.count + prefix.count)
    }
    try reader.endLine()
    return bytes
  }

  private mutating func response() throws(CheckSyntaxError) -> ResponseSpec {
    reader.advance(4)
    let versionPlace = reader.place
    var version: String?
    if reader.take("/") {
      let text = reader.word { $0 == "." || ("0"..."9").contains($0) }
      guard ["1.0", "1.1", "2", "3"].contains(text) else {
        throw reader.error("the version is HTTP/1.0, HTTP/1.1, HTTP/2 or HTTP/3", at: versionPlace, width: text.count + 1)
      }
      version = text
    }
    reader.skipBlanks()
    let statusPlace = reader.place
    let text = reader.take("*") ? "*" : reader.word { ("0"..."9").contains($0) }
    guard text == "*" || (text.count == 3 && Int(text) != nil) else {
      throw reader.error("a status of three digits or \"*\" should stand here", at: statusPlace, width: max(1, text.count))
    }
    try reader.endLine()
    var response = ResponseSpec(version: version, versionPlace: versionPlace, status: Int(text), statusPlace: statusPlace)
    response.headers = try fields()
    var seen: Set<String> = []
    while let (name, _) = try section(among: Section.response, seen: &seen) {
      if name == "Captures" { response.captures = try captures() } else { response.asserts = try asserts() }
    }
    response.body = try body()
    return response
  }
}

extension Reader {
  /// Markup up to the end tag of its first element, without templates; where the element ends is found by counting tags.
  fileprivate mutating func markup() throws(CheckSyntaxError) -> TemplateText {
    let (start, startPlace) = (index, place)
    var depth = 0
    while !isAtEnd {
      guard current == "<" else {
        advance()
        continue
      }
      let tag = scalars[index...].prefix { $0 != ">" }
      guard index + tag.count < scalars.count else { break }
      let isDeclaration = peek(1) == "?" || peek(1) == "!"
      if peek(1) == "/" { depth -= 1 } else if !isDeclaration, tag.last != "/" { depth += 1 }
      advance(tag.count + 1)
      if depth == 0, !isDeclaration { return TemplateText(literal: text(from: start)) }
    }
    throw error("this element is not closed", at: startPlace)
  }
}
