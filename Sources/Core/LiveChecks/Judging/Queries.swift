import JSONText

/// Answers queries and filters on one response.
struct Queries {
  let response: HTTPResponse
  let variables: Variables

  /// nil when there is nothing of the kind.
  func answer(_ query: QuerySpec) throws(CheckProblem) -> CheckValue? {
    switch query.kind {
    case .status: return CheckValue(response.status)
    case .version: return .string(response.version)
    case .body: return .string(try text(query))
    case .bytes: return .bytes(response.body)
    case .url: return .string(response.url)
    case .ip: return response.peer.map { .string($0) }
    case .duration: return CheckValue(Int(response.duration.components.seconds * 1000 + response.duration.components.attoseconds / 1_000_000_000_000_000))
    case .header(let name): return try header(variables.fill(name))
    case .cookie(let name): return try cookie(variables.fill(name))
    case .variable(let name): return variables.values[try variables.fill(name)]
    case .jsonpath(let path): return try jsonpath(path, in: response.body, at: query.place)
    case .regex(let pattern):
      return firstGroup(of: try compiled(pattern, at: query.place), in: try text(query), at: query.place)
    }
  }

  /// Applies the filters from left to right; a filter on nothing is nothing.
  func apply(_ filters: [FilterSpec], to value: CheckValue?) throws(CheckProblem) -> CheckValue? {
    var value = value
    for filter in filters {
      guard let input = value else { return nil }
      value = try Filters(queries: self, place: filter.place).apply(filter.kind, to: input)
    }
    return value
  }

  private func text(_ query: QuerySpec) throws(CheckProblem) -> String {
    guard let text = Charset.decode(response) else {
      throw CheckProblem(
        title: "Invalid body", place: query.place, width: 4, message: "the body is not text in its charset; ask for bytes instead")
    }
    return text
  }

  private func header(_ name: String) -> CheckValue? {
    let values = response.values(of: name)
    switch values.count {
    case 0: return nil
    case 1: return .string(values[0])
    default: return .list(values.map { .string($0) })
    }
  }

  /// `name` or `name[Attribute]`.
  private func cookie(_ expression: String) -> CheckValue? {
    let parts = expression.split(separator: "[", maxSplits: 1)
    let cookies = response.values(of: "Set-Cookie").compactMap(SetCookie.init)
    guard let name = parts.first, let cookie = cookies.last(where: { $0.name == name }) else { return nil }
    guard parts.count > 1 else { return .string(cookie.value) }
    let attribute = parts[1].prefix { $0 != "]" }
    switch attribute.lowercased() {
    case "value": return .string(cookie.value)
    case "secure", "httponly": return cookie[String(attribute)].map { _ in .bool(true) }
    case "max-age": return cookie["Max-Age"].flatMap { Int($0) }.map { CheckValue($0) }
    default: return cookie[String(attribute)].map { .string($0) }
    }
  }

  func jsonpath(_ path: TemplateText, in body: [UInt8], at place: Place) throws(CheckProblem) -> CheckValue? {
    let document: JSON
    do {
      document = try JSON.parse(body)
    } catch {
      throw CheckProblem(
        title: "Invalid JSON", place: place, width: 8,
        message: "the response is not JSON: \(error.reason) at line \(error.line), column \(error.column)")
    }
    do {
      return try JSONPath(variables.fill(path)).value(in: document).map(CheckValue.init)
    } catch let error as JSONPathError {
      throw CheckProblem(title: "Invalid JSONPath", place: place, width: 8, message: error.reason)
    } catch let problem as CheckProblem {
      throw problem
    } catch {
      throw CheckProblem(title: "Invalid JSONPath", place: place, width: 8, message: "\(error)")
    }
  }

  func compiled(_ pattern: PatternText, at place: Place) throws(CheckProblem) -> Pattern {
    switch pattern {
    case .literal(let pattern): return pattern
    case .template(let text):
      let source = try variables.fill(text)
      do {
        return try Pattern(source)
      } catch {
        throw CheckProblem(title: "Invalid regex", place: place, width: 5, message: "the pattern is not valid: \(error.reason)")
      }
    }
  }

  /// The first group of the first match.
  func firstGroup(of pattern: Pattern, in text: String, at place: Place) -> CheckValue? {
    guard let groups = pattern.firstMatch(in: text), groups.count > 1, let group = groups[1] else { return nil }
    return .string(group)
  }
}

/// The text of a body by the charset of its `Content-Type`; UTF-8 where none is named.
enum Charset {
  /// nil when the bytes are not valid in it, or when it is not known.
  static func decode(_ response: HTTPResponse) -> String? {
    let type = response.values(of: "Content-Type").last?.lowercased() ?? ""
    let name = type.firstRange(of: "charset=").map { type[$0.upperBound...].prefix { $0 != ";" && $0 != " " } } ?? "utf-8"
    switch name.filter({ $0 != "\"" }) {
    case "utf-8", "utf8", "us-ascii", "ascii": return String(validating: response.body, as: UTF8.self)
    case "iso-8859-1", "latin1":
      var view = String.UnicodeScalarView()
      view.append(contentsOf: response.body.map { Unicode.Scalar($0) })
      return String(view)
    default: return nil
    }
  }
}
