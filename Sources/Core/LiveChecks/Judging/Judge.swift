import JSONText

/// Judges one response by what was expected of it: status first, then captures, then everything else at once.
struct Judge {
  let spec: ResponseSpec
  let response: HTTPResponse
  let files: GivenFiles
  private(set) var queries: Queries
  private(set) var asserts: [AssertReport] = []
  private(set) var captures: [CaptureReport] = []
  private(set) var failures: [CheckFailure] = []

  init(
    spec: ResponseSpec, response: HTTPResponse, redirects: [HTTPResponse], variables: Variables, files: GivenFiles,
    libraries: CheckLibraries
  ) {
    self.spec = spec
    self.response = response
    self.files = files
    let body = ResponseBody(response, needsJSON: spec.asksForJSON, libraries)
    queries = Queries(
      response: response, redirects: redirects, body: body, variables: variables, libraries: libraries)
  }

  mutating func run() {
    judgeStatus()
    // A response of the wrong kind makes everything else said about it noise.
    guard failures.isEmpty else { return }
    do {
      for capture in spec.captures { try keep(capture) }
    } catch {
      return failures.append(error)
    }
    for field in spec.headers {
      attempt(at: field.place, "header", field) { judge, field throws(CheckFailure) in try judge.judgeHeader(field) }
    }
    if let body = spec.body {
      attempt(at: body.place, "body", body) { judge, body throws(CheckFailure) in try judge.judgeBody(body) }
    }
    for assert in spec.asserts {
      attempt(at: assert.place, assert.queryText, assert) { judge, assert throws(CheckFailure) in
        try judge.judge(assert)
      }
    }
  }

  /// What keeps an assert from being judged counts as its failure, and the others are judged all the same.
  private mutating func attempt<Item>(
    at place: Place, _ query: String, _ item: Item, _ judge: (inout Judge, Item) throws(CheckFailure) -> Void
  ) {
    do {
      try judge(&self, item)
    } catch {
      let text = AssertReport.Text(query: query, predicate: "")
      asserts.append(
        AssertReport(place: place, text: text, holds: false, actual: "", expected: "", note: error.message))
      failures.append(error)
    }
  }

  private mutating func judgeStatus() {
    if let version = spec.version {
      let holds = response.version == version
      implicit("version", at: spec.versionPlace, holds: holds, actual: response.version, expected: version)
      if !holds {
        fail(
          "Assert HTTP version", at: spec.versionPlace, width: 5 + version.count,
          "actual value is <\(response.version)>")
      }
    }
    if let status = spec.status {
      let holds = response.status == status
      implicit("status", at: spec.statusPlace, holds: holds, actual: "\(response.status)", expected: "\(status)")
      if !holds { fail("Assert status code", at: spec.statusPlace, width: 3, "actual value is <\(response.status)>") }
    }
  }

  private mutating func keep(_ capture: CaptureSpec) throws(CheckFailure) {
    let name = try queries.variables.fill(capture.name)
    guard let value = try answer(capture)?.unpacked else {
      throw CheckFailure(
        kind: .runtime, title: "No query result", place: capture.query.place, width: 1,
        message: "the query of the capture \"\(name)\" found nothing")
    }
    if capture.isRedacted, value.string?.isEmpty ?? true {
      throw CheckFailure(
        kind: .runtime, title: "Invalid redacted secret", place: capture.place, width: name.count,
        message: "only a string that is not empty can be redacted, and \"\(name)\" is \(value.type); add toString")
    }
    queries.variables.set(name, to: value)
    captures.append(CaptureReport(name: name, captured: value, isRedacted: capture.isRedacted))
  }

  /// What a filter cannot take fails an assert; a capture that cannot be made is an error of the file.
  private func answer(_ capture: CaptureSpec) throws(CheckFailure) -> CheckValue? {
    do {
      return try queries.answer(capture.query, capture.filters)
    } catch {
      throw CheckFailure(
        kind: .runtime, title: error.title, place: error.place, width: error.width, message: error.message,
        neededFile: error.neededFile)
    }
  }

  private mutating func judgeHeader(_ field: Field) throws(CheckFailure) {
    let name = try queries.variables.fill(field.name)
    let expected = try queries.variables.fill(field.value)
    let values = response.values(of: name)
    let holds = values.contains(expected)
    let actual = values.isEmpty ? "none" : values.joined(separator: "\n")
    implicit("header \"\(name)\"", at: field.place, holds: holds, actual: actual, expected: expected)
    if holds { return }
    if values.isEmpty {
      fail(
        "Header not found", at: field.place, width: field.name.source.count, "the response has no header \"\(name)\"")
    } else {
      let shown = values.map { "<\($0)>" }.joined(separator: ", ")
      fail(
        "Assert header value", at: field.valuePlace, width: max(1, field.value.source.count), "actual value is \(shown)"
      )
    }
  }

  private mutating func judge(_ assert: AssertSpec) throws(CheckFailure) {
    let value = try queries.answer(assert.query, assert.filters)
    let judgement = try Predicates(queries: queries, files: files).judge(value, by: assert.predicate)
    asserts.append(
      AssertReport(
        place: assert.place, text: .init(query: assert.queryText, predicate: assert.predicateText),
        holds: judgement.holds,
        actual: judgement.actual, expected: judgement.expected, note: judgement.note))
    guard !judgement.holds else { return }
    var lines = ["actual:   \(judgement.actual)", "expected: \(judgement.expected)"]
    if let note = judgement.note { lines.append(">>> \(note)") }
    failures.append(
      CheckFailure(
        kind: .assert, title: "Assert failure", place: Place(line: assert.place.line, column: 0), width: 0,
        message: lines.joined(separator: "\n")))
  }

  mutating func implicit(_ query: String, at place: Place, holds: Bool, actual: String, expected: String) {
    asserts.append(
      AssertReport(
        place: place, text: .init(query: query, predicate: "== \(CheckValue.excerpt(expected))"), holds: holds,
        actual: actual,
        expected: expected, note: nil))
  }

  mutating func fail(_ title: String, at place: Place, width: Int, _ message: String) {
    failures.append(CheckFailure(kind: .assert, title: title, place: place, width: width, message: message))
  }
}

extension ResponseSpec {
  /// Whether the body has to be read as JSON.
  fileprivate var asksForJSON: Bool {
    if case .json? = body?.kind { return true }
    return asserts.contains { $0.query.isJSONPath } || captures.contains { $0.query.isJSONPath }
  }
}

extension QuerySpec {
  fileprivate var isJSONPath: Bool { if case .jsonpath = kind { true } else { false } }
}
