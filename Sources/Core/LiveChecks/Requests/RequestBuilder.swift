import Codings
import JSONText

/// Makes the request of an entry.
struct RequestBuilder {
  let entry: Entry
  let options: EntryOptions
  let variables: Variables
  let cookies: CookieStore
  let files: GivenFiles

  func request() throws(CheckFailure) -> HTTPRequest {
    let url = try address()
    var headers: [HTTPHeader] = []
    for field in entry.headers {
      headers.append(HTTPHeader(name: try variables.fill(field.name), value: try variables.fill(field.value)))
    }
    headers += options.headers
    var transfer = options.transfer
    if let credentials = try credentials() {
      if transfer.authentication == nil, transfer.awsSigV4 == nil {
        headers.append(HTTPHeader(name: "Authorization", value: "Basic " + Base64.encode(Array(credentials.utf8))))
      } else {
        transfer.credentials = credentials
      }
    }
    var pairs = cookies.pairs(for: url)
    for cookie in entry.cookies {
      pairs.append("\(try variables.fill(cookie.name))=\(try variables.fill(cookie.value))")
    }
    if !pairs.isEmpty { headers.append(HTTPHeader(name: "Cookie", value: pairs.joined(separator: "; "))) }
    let (body, type) = try content()
    if let type, !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
      headers.append(HTTPHeader(name: "Content-Type", value: type))
    }
    if let bad = headers.first(where: { $0.isUnsendable }) {
      throw CheckFailure(
        kind: .runtime, title: "Invalid header", place: entry.place, width: entry.method.count,
        message:
          "the header \"\(CheckValue.excerpt(bad.name))\" holds a line break or another control character; encode it")
    }
    return HTTPRequest(method: entry.method, url: url, headers: headers, body: body, options: transfer)
  }

  private func address() throws(CheckFailure) -> String {
    var url = Percent.clean(try variables.fill(entry.url).trimmed)
    // What follows a number sign is for the reader of a page and is never sent.
    if let fragment = url.firstIndex(of: "#") { url = String(url[..<fragment]) }
    guard let address = Address(url), ["http", "https"].contains(address.scheme), !address.host.isEmpty else {
      throw CheckFailure(
        kind: .runtime, title: "Invalid URL", place: entry.urlPlace, width: max(1, entry.url.source.count),
        message: "\"\(url)\" is not an address; it starts with http:// or https:// and a host")
    }
    guard !entry.query.isEmpty else { return url }
    return url + (url.contains("?") ? "&" : "?") + (try encoded(entry.query))
  }

  private func encoded(_ fields: [Field]) throws(CheckFailure) -> String {
    var pairs: [String] = []
    for field in fields {
      let (name, value) = (try variables.fill(field.name), try variables.fill(field.value))
      pairs.append("\(Percent.encode(name))=\(Percent.encode(value))")
    }
    return pairs.joined(separator: "&")
  }

  private func credentials() throws(CheckFailure) -> String? {
    guard let field = entry.basicAuth else { return options.user }
    return "\(try variables.fill(field.name)):\(try variables.fill(field.value))"
  }

  /// A body wins over parts, and parts over a form.
  private func content() throws(CheckFailure) -> (body: [UInt8]?, type: String?) {
    guard let body = entry.body else {
      if !entry.multipart.isEmpty { return try multipart() }
      guard !entry.form.isEmpty else { return (nil, nil) }
      return (Array(try encoded(entry.form).utf8), "application/x-www-form-urlencoded")
    }
    switch body.kind {
    case .json(let text): return (Array(try variables.fill(text).utf8), "application/json")
    case .text(let text, let type): return (Array(try variables.fill(text).utf8), type)
    case .graphql(let query, let parameters):
      return (Array(try graphql(query, parameters, at: body.place).utf8), "application/json")
    case .bytes(let bytes): return (bytes, nil)
    case .file(let file): return (try files.content(of: file, variables), nil)
    }
  }

  private func multipart() throws(CheckFailure) -> (body: [UInt8]?, type: String?) {
    var parts: [MultipartBody.Part] = []
    for part in entry.multipart {
      switch part {
      case .text(let field):
        let name = try variables.fill(field.name)
        parts.append(.init(name: name, content: Array(try variables.fill(field.value).utf8)))
      case .file(let field, let file, let type, let place):
        let name = try variables.fill(field)
        let path = try files.path(of: file, variables)
        let given = try type.map { type throws(CheckFailure) in try variables.fill(type) }
        if let given, given.utf8.contains(where: { $0 < 0x20 }) {
          throw CheckFailure(
            kind: .runtime, title: "Invalid content type", place: place, width: max(1, field.source.count),
            message: "the content type of \"\(path)\" holds a control character")
        }
        let content = try files.content(of: file, variables)
        parts.append(.init(name: name, fileName: path, type: given, content: content))
      }
    }
    let body = MultipartBody(parts)
    return (body.bytes, "multipart/form-data; boundary=\(body.boundary)")
  }

  private func graphql(
    _ query: TemplateText, _ parameters: TemplateText?, at place: Place
  ) throws(CheckFailure) -> String {
    var document: JSONObject = ["query": .string(try variables.fill(query))]
    if let parameters {
      let text = try variables.fill(parameters)
      guard let values = try? JSON.parse(text) else {
        throw CheckFailure(
          kind: .runtime, title: "Invalid GraphQL variables", place: place, width: 3,
          message: "what follows \"variables\" is not JSON")
      }
      document["variables"] = values
    }
    return JSON.object(document).compact
  }
}

extension HTTPHeader {
  /// A line break would start another header, or a request of its own.
  fileprivate var isUnsendable: Bool {
    name.isEmpty || name.utf8.contains { $0 <= 0x20 || $0 == 0x3a || $0 == 0x7f }
      || value.utf8.contains { $0 < 0x20 && $0 != 9 || $0 == 0x7f }
  }
}
