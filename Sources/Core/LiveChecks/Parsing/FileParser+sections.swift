extension FileParser {
  private static let aliases = [
    "QueryStringParams": "Query", "FormParams": "Form", "MultipartFormData": "Multipart",
  ]
  private static let requestSections = ["Query", "Form", "Multipart", "Cookies", "BasicAuth", "Options"]
  private static let responseSections = ["Captures", "Asserts"]

  mutating func requestSections(into entry: inout Entry) throws(CheckSyntaxError) {
    var seen: [String] = []
    while let section = try sectionHeader(among: Self.requestSections, seen: seen) {
      seen.append(section.name)
      switch section.name {
      case "Query": entry.query = try fields()
      case "Form": entry.form = try fields()
      case "Cookies": entry.cookies = try fields()
      case "BasicAuth": entry.basicAuth = try basicAuth(at: section.start)
      case "Options": entry.options = try options()
      default: throw cursor.error("\"[\(section.name)]\" is not supported yet", at: section.start, width: section.width)
      }
    }
  }

  private mutating func basicAuth(at start: Int) throws(CheckSyntaxError) -> Field? {
    let fields = try fields()
    guard fields.count == 1 else {
      throw cursor.error("\"[BasicAuth]\" takes exactly one line \"user: password\"", at: start, width: 11)
    }
    return fields[0]
  }

  mutating func responseSections(into response: inout ResponseSpec) throws(CheckSyntaxError) {
    var seen: [String] = []
    while let section = try sectionHeader(among: Self.responseSections, seen: seen) {
      seen.append(section.name)
      if section.name == "Captures" {
        response.captures = try captures()
      } else {
        response.asserts = try asserts()
      }
    }
  }

  /// `[Name]` alone on a line; nil, with nothing read, when the next line is something else.
  private mutating func sectionHeader(
    among known: [String], seen: [String]
  ) throws(CheckSyntaxError) -> (name: String, start: Int, width: Int)? {
    let before = cursor.index
    cursor.skipEmptyLines()
    cursor.skipBlanks()
    let start = cursor.index
    guard cursor.take("["), let name = sectionName() else {
      cursor.index = before
      return nil
    }
    let width = cursor.index - start
    let canonical = Self.aliases[name] ?? name
    guard known.contains(canonical) else {
      if (Self.requestSections + Self.responseSections).contains(canonical) {
        let side =
          Self.responseSections.contains(canonical)
          ? "a response, after its line HTTP" : "a request, before the response"
        throw cursor.error("\"[\(name)]\" belongs to \(side)", at: start, width: width)
      }
      throw cursor.error(unknownSection(name, known), at: start, width: width)
    }
    guard !seen.contains(canonical) else {
      throw cursor.error("\"[\(name)]\" stands here twice; put its lines together", at: start, width: width)
    }
    try cursor.endLine()
    return (canonical, start, width)
  }

  /// The rest of a section's line behind the bracket; nil where a JSON array starts.
  private mutating func sectionName() -> String? {
    let name = cursor.takeWhile { ("a"..."z").contains($0) || ("A"..."Z").contains($0) }
    guard !name.isEmpty, !["true", "false", "null"].contains(name), cursor.take("]") else { return nil }
    return name
  }

  private func unknownSection(_ name: String, _ known: [String]) -> String {
    if let near = suggestion(for: name, among: known + Self.requestSections + Self.responseSections) {
      return "there is no section \"[\(name)]\"; did you mean \"[\(near)]\"?"
    }
    return "there is no section \"[\(name)]\"; there are \(known.map { "[\($0)]" }.joined(separator: ", "))"
  }

  mutating func options() throws(CheckSyntaxError) -> [OptionSpec] {
    var options: [OptionSpec] = []
    for field in try fields() { options.append(try option(field)) }
    return options
  }

  private func option(_ field: Field) throws(CheckSyntaxError) -> OptionSpec {
    let word = field.name.source
    func error(_ message: String, at place: Place, width: Int) -> CheckSyntaxError {
      cursor.error(message, at: cursor.index(of: place), width: width)
    }
    if ["insecure", "proxy-insecure"].contains(word) {
      let message = "\"\(word)\" is refused: certificates are always checked; name the authority with \"cacert\""
      throw error(message, at: field.place, width: word.count)
    }
    guard let name = OptionSpec.Name(rawValue: word) else {
      let known = OptionSpec.Name.allCases.map(\.rawValue)
      let reason = Self.unsupportedOptions.contains(word) ? "is not supported yet" : "is not an option"
      throw error("\"\(word)\" \(reason)\(hint(for: word, among: known))", at: field.place, width: max(1, word.count))
    }
    if let value = field.value.literal {
      var trial = EntryOptions(transfer: TransferOptions())
      do {
        try trial.set(name, to: value)
      } catch let problem {
        throw error(problem.reason, at: field.valuePlace, width: max(1, value.count))
      }
    }
    return OptionSpec(name: name, value: field.value, place: field.place, valuePlace: field.valuePlace)
  }

  /// Options of the format that would have to be ignored, which is worse than refusing them.
  private static let unsupportedOptions: Set<String> = [
    "aws-sigv4", "cert", "connect-to", "digest", "http1.0", "http1.1", "http2", "http3", "ipv4", "ipv6", "key",
    "limit-rate",
    "location-trusted", "max-filesize", "negotiate", "netrc", "netrc-file", "netrc-optional", "noproxy", "ntlm",
    "output",
    "path-as-is", "pinnedpubkey", "proxy", "resolve", "unix-socket",
  ]
}
