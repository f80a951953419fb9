import JSONText

/// Compares one exchange with another.
struct ExchangeComparison {
  typealias Difference = RecordComparison.Difference

  private let ignoredHeaders: Set<String>
  private let ignoredPaths: [JSONPath]

  /// Headers that differ each time by their nature: times, ids of requests and of traces, what a connection is (RFC 9110, 9111;
  /// W3C Trace Context and Server Timing).
  static let volatileHeaders: Set<String> = [
    "age", "connection", "date", "expires", "keep-alive", "last-modified", "server-timing", "set-cookie", "traceparent",
    "tracestate", "x-correlation-id", "x-request-id", "x-runtime", "x-trace-id",
  ]
  /// In bytes; what is longer is shown by its beginning.
  private static let shown = 120

  init(ignoring ignored: RecordComparison.Ignored) {
    ignoredHeaders = Self.volatileHeaders.union(ignored.headers)
    ignoredPaths = ignored.paths.compactMap { try? JSONPath($0) }
  }

  func differences(_ before: RecordedExchange, _ after: RecordedExchange) -> [Difference] {
    var found: [Difference] = []
    add("method", before.method, after.method, to: &found)
    add("address", Self.address(before.url), Self.address(after.url), to: &found)
    switch (before.outcome, after.outcome) {
    case (.response(let before)?, .response(let after)?): found += differences(before, after)
    case (let before, let after): add("answer", shown(before), shown(after), to: &found)
    }
    return found
  }

  /// Without scheme and host: another environment, or another port, is not another answer.
  private static func address(_ url: String) -> String {
    guard let start = url.firstRange(of: "://")?.upperBound else { return url }
    return url[start...].firstIndex { $0 == "/" || $0 == "?" }.map { String(url[$0...]) } ?? "/"
  }

  private func shown(_ outcome: TransferOutcome?) -> String {
    switch outcome {
    case .response(let response)?: "\(response.status)"
    case .failure(let failure)?: failure.message
    case nil: "not on record as it came"
    }
  }

  private func differences(_ before: HTTPResponse, _ after: HTTPResponse) -> [Difference] {
    var found: [Difference] = []
    add("status", "\(before.status)", "\(after.status)", to: &found)
    add("version", "HTTP/\(before.version)", "HTTP/\(after.version)", to: &found)
    add(
      "TLS", before.tls.map { "\($0.version) \($0.cipher)" }, after.tls.map { "\($0.version) \($0.cipher)" }, to: &found
    )
    found += headers(before.headers, after.headers)
    found += bodies(before, after)
    let times = (before.duration / .milliseconds(1), after.duration / .milliseconds(1))
    // Below a few milliseconds it is the machine's.
    if max(times.0, times.1) >= 10, max(times.0, times.1) > 2 * min(times.0, times.1) {
      found.append(Difference(place: "time", before: "\(Int(times.0)) ms", after: "\(Int(times.1)) ms"))
    }
    return found
  }

  private func headers(_ before: [HTTPHeader], _ after: [HTTPHeader]) -> [Difference] {
    func byName(_ headers: [HTTPHeader]) -> [(name: String, value: String)] {
      var names: [String] = []
      var values: [String: (name: String, values: [String])] = [:]
      for header in headers where !ignoredHeaders.contains(header.name.lowercased()) {
        let key = header.name.lowercased()
        if values[key] == nil { names.append(key) }
        values[key, default: (header.name, [])].values.append(header.value)
      }
      return names.compactMap { values[$0].map { ($0.name, $0.values.joined(separator: ", ")) } }
    }
    let (old, new) = (byName(before), byName(after))
    var found: [Difference] = []
    // The length of a body is its own difference.
    for (name, value) in old where name.lowercased() != "content-length" {
      add("header \(name)", value, new.first { $0.name.lowercased() == name.lowercased() }?.value, to: &found)
    }
    for (name, value) in new where name.lowercased() != "content-length" {
      if old.contains(where: { $0.name.lowercased() == name.lowercased() }) { continue }
      add("header \(name)", nil, value, to: &found)
    }
    return found
  }

  private func bodies(_ before: HTTPResponse, _ after: HTTPResponse) -> [Difference] {
    if before.body == after.body { return [] }
    guard let old = try? JSONDocument(before.body), let new = try? JSONDocument(after.body) else {
      return [Difference(place: "body", before: shown(before.body), after: shown(after.body))]
    }
    return BodyComparison(new, from: old, ignoring: ignoredPaths).found.map {
      Difference(place: $0.path, before: $0.expected.map(shown), after: $0.actual.map(shown))
    }
  }

  private func add(_ place: String, _ before: String?, _ after: String?, to found: inout [Difference]) {
    if before != after { found.append(Difference(place: place, before: before, after: after)) }
  }

  private func shown(_ json: JSON) -> String { Self.cut(json.compact) }

  private func shown(_ bytes: [UInt8]) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { return "\(bytes.count) bytes" }
    return Self.cut(JSON.string(text).compact)
  }

  private static func cut(_ text: String) -> String {
    text.utf8.count <= shown ? text : "\(text.prefix(shown))… (\(text.utf8.count) bytes)"
  }
}
