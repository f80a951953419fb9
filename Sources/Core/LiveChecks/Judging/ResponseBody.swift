import JSONText

/// The body of a response, read at most once in each of the ways that an entry needs.
struct ResponseBody: Sendable {
  private let response: HTTPResponse
  private let libraries: CheckLibraries
  /// nil where nothing asks for it.
  let json: Result<JSONDocument, JSONError>?

  init(_ response: HTTPResponse, needsJSON: Bool, _ libraries: CheckLibraries) {
    self.response = response
    self.libraries = libraries
    json = needsJSON ? Self.document(response, libraries) : nil
  }

  private static func document(_ response: HTTPResponse, _ libraries: CheckLibraries) -> Result<JSONDocument, JSONError>
  {
    var bytes = response.body
    // JSON is UTF-8 (RFC 8259, section 8.1); what is declared as something else is taken at its word.
    if let label = response.charset, Charset.name(of: label) != "utf-8",
      case .success(let text) = Charset.decode(bytes, label: label, libraries)
    {
      bytes = Array(text.utf8)
    }
    do { return .success(try JSONDocument(bytes)) } catch { return .failure(error) }
  }

  /// By the charset of the `Content-Type`; UTF-8 where none is named.
  var text: Result<String, CharsetError> {
    Charset.decode(response.body, label: response.charset ?? "utf-8", libraries)
  }

  /// The body as a document for XPath: HTML where the `Content-Type` says so, XML otherwise, which may tell its charset itself.
  var markup: Result<MarkupDocument, CharsetError> {
    let type = response.values(of: "Content-Type").last?.lowercased() ?? ""
    if type.hasPrefix("text/html") { return text.map { MarkupDocument($0, .html) } }
    if response.charset == nil {
      return .success(MarkupDocument(bytes: response.body, syntax: .xml, isUTF8: false))
    }
    return text.map { MarkupDocument($0, .xml) }
  }
}

extension HTTPResponse {
  /// The label of the charset in its `Content-Type`.
  var charset: String? { values(of: "Content-Type").last.flatMap(Charset.label) }
}
