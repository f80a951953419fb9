import Codings
import JSONText

/// Answers queries on one response.
struct Queries {
  let response: HTTPResponse
  /// The addresses that answered with a redirect before.
  let redirects: [HTTPResponse]
  let body: ResponseBody
  var variables: Variables
  let libraries: CheckLibraries

  /// nil when there is nothing of the kind.
  func answer(_ query: QuerySpec) throws(CheckFailure) -> CheckValue? {
    switch query.kind {
    case .status: return CheckValue(response.status)
    case .version: return .string(response.version)
    case .body: return .string(try text(at: query.place))
    case .bytes: return .bytes(try bytes(at: query.place))
    case .url: return .string(response.url)
    case .ip: return response.peerAddress.map { .string($0) }
    case .duration: return CheckValue(response.duration.milliseconds)
    case .redirects:
      return .list(
        CheckList(
          redirects.map {
            .object(CheckObject(["status": .number(JSONNumber($0.status)), "location": .string($0.location)]))
          }))
    case .header(let name): return header(try variables.fill(name))
    case .cookie(let name, let attribute): return cookie(try variables.fill(name), attribute)
    case .variable(let name): return variables.values[try variables.fill(name)]
    case .jsonpath(let path):
      guard let document = try json(at: query.place) else { return nil }
      return try jsonpath(path, in: document, at: query.place)
    case .regex(let pattern): return try firstGroup(of: pattern, in: try text(at: query.place), at: query.place)
    case .xpath(let expression): return try xpath(expression, in: try markup(for: query), at: query.argumentPlace)
    case .certificate(let field): return response.certificate.flatMap { Self.value(of: field, $0) }
    case .sha256: return .bytes(SHA256.digest(try bytes(at: query.place)))
    case .md5: return .bytes(MD5.digest(try bytes(at: query.place)))
    }
  }

  /// Answers a query and applies filters from left to right; a filter on nothing is nothing.
  func answer(_ query: QuerySpec, _ filters: [FilterSpec]) throws(CheckFailure) -> CheckValue? {
    var value = try answer(query)
    for filter in filters {
      guard let input = value else { return nil }
      value = try Filters(queries: self, spec: filter).apply(to: input)
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
    return try decoded(body.text, at: place)
  }

  private func markup(for query: QuerySpec) throws(CheckFailure) -> MarkupDocument {
    _ = try bytes(at: query.place)
    return try decoded(body.markup, at: query.place)
  }

  private func decoded<Value>(_ result: Result<Value, CharsetError>, at place: Place) throws(CheckFailure) -> Value {
    switch result {
    case .success(let value): return value
    case .failure(.unknown):
      throw CheckFailure(
        kind: .runtime, title: "Invalid charset", place: place, width: 4,
        message:
          "the charset \"\(response.charset ?? "")\" of the content type is not known here; ask for bytes instead")
    case .failure(.malformed):
      throw CheckFailure(
        kind: .runtime, title: "Invalid decoding", place: place, width: 4,
        message: "the body is not text in the charset of its content type; ask for bytes instead")
    }
  }

  private func json(at place: Place) throws(CheckFailure) -> JSONDocument? {
    _ = try bytes(at: place)
    switch body.json {
    case .success(let document)?: return document
    case .failure(let error)?:
      throw CheckFailure(
        kind: .assert, title: "Invalid JSON", place: place, width: 8,
        message: "the response's body is not JSON: \(error)")
    case nil: return nil
    }
  }

  private func header(_ name: String) -> CheckValue? {
    let values = response.values(of: name)
    return values.count > 1 ? .list(CheckList(values.map { .string($0) })) : values.first.map { .string($0) }
  }

  private func cookie(_ name: String, _ attribute: QuerySpec.CookieAttribute?) -> CheckValue? {
    let cookies = response.values(of: "Set-Cookie").compactMap(SetCookie.init)
    guard let cookie = cookies.last(where: { $0.name == name }) else { return nil }
    let text = cookie[(attribute ?? .value).rawValue]
    switch attribute {
    case nil, .value: return .string(cookie.value)
    case .secure, .httpOnly: return text.map { _ in .bool(true) }
    case .maxAge: return text.flatMap { Int($0) }.map { CheckValue($0) }
    case .expires: return text.flatMap { Moment(cookieDate: $0) }.map { .date($0) }
    case .domain, .path, .sameSite: return text.map { .string($0) }
    }
  }
}

extension Queries {
  private static func value(of field: QuerySpec.CertificateField, _ certificate: ServerCertificate) -> CheckValue? {
    switch field {
    case .subject: .string(certificate.subject)
    case .issuer: .string(certificate.issuer)
    case .startDate: .date(certificate.start)
    case .expireDate: .date(certificate.expiry)
    case .serialNumber: .string(certificate.serialNumber)
    case .subjectAltName: certificate.alternativeNames.map { .string($0) }
    }
  }
}

/// What queries and filters have in common.
extension Queries {
  /// An expression that comes to no number at all gives nothing.
  func xpath(
    _ expression: TemplateText, in document: MarkupDocument, at place: Place
  ) throws(CheckFailure) -> CheckValue? {
    let source = try variables.fill(expression)
    switch libraries.xpath(source, document) {
    case .success(.nodes(let count)): return .nodeset(count)
    case .success(.string(let text)): return .string(text)
    case .success(.number(let number)): return JSONNumber(number).map { .number($0) }
    case .success(.bool(let value)): return .bool(value)
    case .failure(let error):
      let (title, message) = Self.words(for: error, source, document.syntax)
      throw CheckFailure(
        kind: .runtime, title: title, place: place, width: max(1, expression.source.count + 2), message: message)
    }
  }

  private static func words(
    for error: XPathError, _ expression: String, _ syntax: MarkupDocument.Syntax
  ) -> (title: String, message: String) {
    switch error {
    case .document(let reason):
      ("Invalid \(syntax == .html ? "HTML" : "XML")", "the document cannot be read: \(reason)")
    case .expression(let reason): ("Invalid XPath expression", "\"\(CheckValue.excerpt(expression))\": \(reason)")
    case .unavailable: ("Invalid XPath expression", "nothing here can evaluate XPath")
    }
  }

  /// A singular query gives its value or nothing, every other one a list.
  func jsonpath(_ text: PathText, in document: JSONDocument, at place: Place) throws(CheckFailure) -> CheckValue? {
    let source: String
    switch text {
    case .literal(let path): source = path.source
    case .template(let template): source = try variables.fill(template)
    }
    do {
      let path: JSONPath
      if case .literal(let read) = text { path = read } else { path = try JSONPath(source) }
      let nodes = try path.nodes(in: document)
      return path.isSingular ? nodes.first.map { CheckValue($0, of: document) } : .list(CheckList(nodes, of: document))
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
  /// Where it leads, as a whole address.
  fileprivate var location: String {
    let location = values(of: "Location").first?.trimmed ?? ""
    return Address(url)?.resolve(location) ?? location
  }

  /// Without port and brackets.
  fileprivate var peerAddress: String? {
    guard let peer, let colon = peer.lastIndex(of: ":") else { return peer }
    return String(peer[..<colon].filter { $0 != "[" && $0 != "]" })
  }
}

extension Duration {
  var milliseconds: Int { microseconds / 1000 }
  var microseconds: Int { Int(components.seconds) * 1_000_000 + Int(components.attoseconds / 1_000_000_000_000) }
}
