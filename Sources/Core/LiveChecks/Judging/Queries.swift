import JSONText

/// Answers queries on one response.
struct Queries {
  let response: HTTPResponse
  /// The addresses that answered with a redirect before.
  let redirects: [HTTPResponse]
  /// The body as JSON, read once; nil where no query asks for it.
  let document: Result<JSON, JSONError>?
  var variables: Variables

  /// nil when there is nothing of the kind.
  func answer(_ query: QuerySpec) throws(CheckFailure) -> CheckValue? {
    switch query.kind {
    case .status: return CheckValue(response.status)
    case .version: return .string(response.version)
    case .body: return .string(try text(at: query.place))
    case .bytes: return .bytes(try bytes(at: query.place))
    case .url: return .string(response.url)
    case .ip: return response.peer.map { .string($0) }
    case .duration: return CheckValue(response.duration.milliseconds)
    case .redirects:
      return .list(
        redirects.map { .object(["status": JSON(integerLiteral: $0.status), "location": .string($0.location)]) })
    case .header(let name): return header(try variables.fill(name))
    case .cookie(let name, let attribute): return cookie(try variables.fill(name), attribute)
    case .variable(let name): return variables.values[try variables.fill(name)]
    case .jsonpath(let path): return try jsonpath(path, in: try json(at: query.place), at: query.place)
    case .regex(let pattern): return try firstGroup(of: pattern, in: try text(at: query.place), at: query.place)
    case .xpath: throw .unsupported("the query \"xpath\"", at: query.place)
    case .certificate: throw .unsupported("the query \"certificate\"", at: query.place)
    case .sha256: throw .unsupported("the query \"sha256\"", at: query.place)
    case .md5: throw .unsupported("the query \"md5\"", at: query.place)
    }
  }

  /// Answers a query and applies filters from left to right; a filter on nothing is nothing.
  func answer(_ query: QuerySpec, _ filters: [FilterSpec]) throws(CheckFailure) -> CheckValue? {
    var value = try answer(query)
    for filter in filters {
      guard let input = value else { return nil }
      value = try Filters(queries: self, place: filter.place).apply(filter.kind, to: input)
    }
    return value
  }

  func bytes(at place: Place) throws(CheckFailure) -> [UInt8] {
    guard let encoding = response.undecoded else { return response.body }
    throw CheckFailure(
      kind: .runtime, title: "Decompression error", place: place, width: 4,
      message: "the body's encoding \"\(encoding)\" cannot be decoded")
  }

  func text(at place: Place) throws(CheckFailure) -> String {
    _ = try bytes(at: place)
    if let text = Charset.decode(response) { return text }
    throw CheckFailure(
      kind: .runtime, title: "Invalid decoding", place: place, width: 4,
      message: "the body is not text in the charset of its content type; ask for bytes instead")
  }

  private func json(at place: Place) throws(CheckFailure) -> JSON {
    switch document {
    case .success(let json)?: return json
    case .failure(let error)?:
      throw CheckFailure(
        kind: .assert, title: "Invalid JSON", place: place, width: 8,
        message: "the response's body is not JSON: \(error)")
    case nil: return .null
    }
  }

  private func header(_ name: String) -> CheckValue? {
    let values = response.values(of: name)
    return values.count > 1 ? .list(values.map { .string($0) }) : values.first.map { .string($0) }
  }

  private func cookie(_ name: String, _ attribute: QuerySpec.CookieAttribute?) -> CheckValue? {
    let cookies = response.values(of: "Set-Cookie").compactMap(SetCookie.init)
    guard let cookie = cookies.last(where: { $0.name == name }) else { return nil }
    let text = cookie[(attribute ?? .value).rawValue]
    switch attribute {
    case nil, .value: return .string(cookie.value)
    case .secure, .httpOnly: return text.map { _ in .bool(true) }
    case .maxAge: return text.flatMap { Int($0) }.map { CheckValue($0) }
    case .expires, .domain, .path, .sameSite: return text.map { .string($0) }
    }
  }
}

/// What queries and filters have in common.
extension Queries {
  func jsonpath(_ path: TemplateText, in document: JSON, at place: Place) throws(CheckFailure) -> CheckValue? {
    let source = try variables.fill(path)
    do {
      return try JSONPath(source).value(in: document).map { CheckValue($0) }
    } catch {
      throw CheckFailure(
        kind: .runtime, title: "Invalid JSONPath", place: place, width: 8,
        message: "\"\(source)\": at its character \(error.column), \(error.reason)")
    }
  }

  func compiled(_ pattern: PatternText, at place: Place) throws(CheckFailure) -> Pattern {
    switch pattern {
    case .literal(let pattern): return pattern
    case .template(let text):
      let source = try variables.fill(text)
      do {
        return try Pattern(source)
      } catch {
        throw CheckFailure(
          kind: .runtime, title: "Invalid regex", place: place, width: 5,
          message: "the pattern is not valid: \(error.reason)")
      }
    }
  }

  /// The first group of the first match.
  func firstGroup(of pattern: PatternText, in text: String, at place: Place) throws(CheckFailure) -> CheckValue? {
    guard let groups = try compiled(pattern, at: place).firstMatch(in: text), groups.count > 1 else { return nil }
    return groups[1].map { .string($0) }
  }
}

extension HTTPResponse {
  fileprivate var location: String { values(of: "Location").first ?? "" }
}

extension Duration {
  var milliseconds: Int { microseconds / 1000 }
  var microseconds: Int { Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000) }
}
