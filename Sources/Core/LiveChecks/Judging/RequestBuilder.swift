/// Makes the request of an entry.
struct RequestBuilder {
  let entry: Entry
  let variables: Variables
  let options: TransferOptions
  let cookies: CookieStore

  func request() throws(CheckProblem) -> HTTPRequest {
    let url = try address()
    var headers: [HTTPHeader] = []
    for field in entry.headers {
      headers.append(HTTPHeader(name: try variables.fill(field.name), value: try variables.fill(field.value)))
    }
    if let auth = entry.basicAuth { headers.append(try basic(auth)) }
    var pairs: [String] = cookies.pairs(for: url)
    for cookie in entry.cookies { pairs.append("\(try variables.fill(cookie.name))=\(try variables.fill(cookie.value))") }
    if !pairs.isEmpty { headers.append(HTTPHeader(name: "Cookie", value: pairs.joined(separator: "; "))) }
    let (body, type) = try content()
    if let type, !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
      headers.append(HTTPHeader(name: "Content-Type", value: type))
    }
    return HTTPRequest(method: entry.method, url: url, headers: headers, body: body, options: options)
  }

  private func address() throws(CheckProblem) -> String {
    let url = try variables.fill(entry.url)
    guard url.lowercased().hasPrefix("http://") || url.lowercased().hasPrefix("https://") else {
      throw CheckProblem(
        title: "Invalid URL", place: Place(line: entry.place.line, column: entry.place.column + entry.method.count + 1),
        width: entry.url.source.count, message: "\"\(url)\" is not an address; it starts with http:// or https://")
    }
    guard !entry.query.isEmpty else { return url }
    return url + (url.contains("?") ? "&" : "?") + (try encoded(entry.query))
  }

  private func encoded(_ fields: [Field]) throws(CheckProblem) -> String {
    var pairs: [String] = []
    for field in fields {
      pairs.append("\(Encoding.percent(try variables.fill(field.name)))=\(Encoding.percent(try variables.fill(field.value)))")
    }
    return pairs.joined(separator: "&")
  }

  private func basic(_ field: Field) throws(CheckProblem) -> HTTPHeader {
    let credentials = "\(try variables.fill(field.name)):\(try variables.fill(field.value))"
    return HTTPHeader(name: "Authorization", value: "Basic " + Encoding.base64(Array(credentials.utf8)))
  }

  private func content() throws(CheckProblem) -> (body: [UInt8]?, type: String?) {
    switch entry.body {
    case .json(let text, _)?: return (Array(try variables.fillJSON(text).utf8), "application/json")
    case .text(let text, let type, _)?: return (Array(try variables.fill(text).utf8), type)
    case .bytes(let bytes, _)?: return (bytes, nil)
    case nil:
      guard !entry.form.isEmpty else { return (nil, nil) }
      return (Array(try encoded(entry.form).utf8), "application/x-www-form-urlencoded")
    }
  }
}
