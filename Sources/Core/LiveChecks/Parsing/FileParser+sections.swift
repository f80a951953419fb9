extension FileParser {
  private static let aliases = [
    "QueryStringParams": "Query", "FormParams": "Form", "MultipartFormData": "Multipart",
  ]
  private static let requestSections = ["Query", "Form", "Multipart", "Cookies", "BasicAuth", "Options"]
  private static let responseSections = ["Captures", "Asserts"]

  mutating func requestSections(into entry: inout Entry) throws(CheckSyntaxError) {
    var seen: [String] = []
    while let section = try sectionHeader(.requestSection, among: Self.requestSections, seen: seen) {
      seen.append(section.name)
      switch section.name {
      case "Query": entry.query = try fields()
      case "Form": entry.form = try fields()
      case "Multipart": entry.multipart = try parts()
      case "Cookies": entry.cookies = try fields()
      case "BasicAuth": entry.basicAuth = try basicAuth(at: section.start)
      default: entry.options = try options()
      }
    }
  }

  private mutating func basicAuth(at start: Int) throws(CheckSyntaxError) -> Field? {
    let fields = try fields()
    guard fields.count == 1 else {
      throw cursor.error(
        .requestSection, "\"[BasicAuth]\" takes exactly one line \"user: password\"", at: start, width: 11)
    }
    return fields[0]
  }

  mutating func responseSections(into response: inout ResponseSpec) throws(CheckSyntaxError) {
    var seen: [String] = []
    while let section = try sectionHeader(.responseSection, among: Self.responseSections, seen: seen) {
      seen.append(section.name)
      if section.name == "Captures" {
        response.captures = try captures()
      } else {
        response.asserts = try asserts()
      }
    }
  }

  /// `[Name]` alone on a line; nil, with nothing read, when the line is something else.
  private mutating func sectionHeader(
    _ kind: CheckSyntaxError.Kind, among known: [String], seen: [String]
  ) throws(CheckSyntaxError) -> (name: String, start: Int)? {
    let start = cursor.index
    guard let name = lookAhead({ $0.sectionName() }) else { return nil }
    let width = name.count + 2
    let canonical = Self.aliases[name] ?? name
    guard known.contains(canonical) else {
      throw cursor.error(kind, misplaced(name, canonical) ?? unknownSection(name, known), width: width)
    }
    guard !seen.contains(canonical) else {
      throw cursor.error(.section, "\"[\(name)]\" stands here twice; put its lines together", width: width)
    }
    cursor.index += width
    if canonical != name { deprecate((start + 1)..<(start + width - 1), for: canonical) }
    try endLine()
    return (canonical, start)
  }

  private func misplaced(_ name: String, _ canonical: String) -> String? {
    if Self.responseSections.contains(canonical) { return "\"[\(name)]\" belongs to a response, after its line HTTP" }
    if Self.requestSections.contains(canonical) { return "\"[\(name)]\" belongs to a request, before the response" }
    return nil
  }

  private func unknownSection(_ name: String, _ known: [String]) -> String {
    if let near = suggestion(for: name, among: known + Self.requestSections + Self.responseSections) {
      return "there is no section \"[\(name)]\"; did you mean \"[\(near)]\"?"
    }
    return "there is no section \"[\(name)]\"; there are \(known.map { "[\($0)]" }.joined(separator: ", "))"
  }
}

extension SourceCursor {
  /// The word in brackets; nil where a JSON array starts.
  fileprivate mutating func sectionName() -> String? {
    guard take("[") else { return nil }
    let name = takeWhile { ("a"..."z").contains($0) || ("A"..."Z").contains($0) }
    return name.isEmpty || ["true", "false", "null"].contains(name) || current != "]" ? nil : name
  }
}
