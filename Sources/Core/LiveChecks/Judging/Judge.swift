import JSONText

/// Judges a response by what an entry expects of it.
struct Judge {
  let file: CheckFile
  let spec: ResponseSpec
  let response: HTTPResponse
  var variables: Variables

  private(set) var asserts: [AssertReport] = []
  private(set) var captures: [CaptureReport] = []
  private(set) var failures: [CheckFailure] = []

  init(file: CheckFile, spec: ResponseSpec, response: HTTPResponse, variables: Variables) {
    self.file = file
    self.spec = spec
    self.response = response
    self.variables = variables
  }

  /// Version and status first; if they hold, captures, and then everything else, all of which is reported.
  mutating func run() {
    guard judgeStatusLine() else { return }
    for capture in spec.captures where !take(capture) { return }
    for header in spec.headers { attempt { judge throws(CheckProblem) in try judge.judge(header) } }
    if let body = spec.body { attempt { judge throws(CheckProblem) in try judge.judge(body) } }
    for assert in spec.asserts { attempt { judge throws(CheckProblem) in try judge.judge(assert) } }
  }

  private var queries: Queries { Queries(response: response, variables: variables) }

  private mutating func attempt(_ body: (inout Judge) throws(CheckProblem) -> Void) {
    do { try body(&self) } catch { fail(error.title, at: error.place, width: error.width, error.message) }
  }

  private mutating func judgeStatusLine() -> Bool {
    if let version = spec.version, version != response.version {
      note(spec.versionPlace, holds: false, actual: response.version, expected: version)
      fail("Assert HTTP version", at: spec.versionPlace, width: version.count + 1, "actual value is <HTTP/\(response.version)>")
      return false
    }
    guard let status = spec.status else { return true }
    note(spec.statusPlace, holds: status == response.status, actual: "\(response.status)", expected: "\(status)")
    guard status != response.status else { return true }
    fail("Assert status code", at: spec.statusPlace, width: 3, "actual value is <\(response.status)>")
    return false
  }

  /// False when there was nothing to capture, after which nothing else is judged.
  private mutating func take(_ capture: CaptureSpec) -> Bool {
    do {
      let name = try variables.fill(capture.name)
      guard let value = try queries.apply(capture.filters, to: try queries.answer(capture.query)) else {
        fail("No query result", at: capture.query.place, width: 1, "the query yields nothing to capture")
        return false
      }
      variables.set(name, to: value)
      captures.append(CaptureReport(name: name, value: capture.isRedacted ? "[redacted]" : value.text))
      return true
    } catch {
      fail(error.title, at: error.place, width: error.width, error.message)
      return false
    }
  }

  private mutating func judge(_ header: Field) throws(CheckProblem) {
    let (name, wanted) = (try variables.fill(header.name), try variables.fill(header.value))
    let values = response.values(of: name)
    let actual = values.isEmpty ? "none" : values.joined(separator: ", ")
    note(header.place, holds: values.contains(wanted), actual: actual, expected: wanted)
    guard !values.contains(wanted) else { return }
    let column = header.place.column + header.name.source.count + 2
    let message = values.isEmpty ? "there is no header <\(name)>" : "actual value is <\(actual)>"
    fail("Assert header value", at: Place(line: header.place.line, column: column), width: header.value.source.count, message)
  }

  private mutating func judge(_ body: Body) throws(CheckProblem) {
    let (holds, expected) = try compare(body)
    let actual = String(decoding: response.body.prefix(500), as: UTF8.self)
    note(body.place, holds: holds, actual: actual, expected: String(expected.prefix(500)))
    if !holds { fail("Assert body value", at: body.place, width: 1, "actual value is <\(actual)>") }
  }

  /// A bare JSON body is compared by value, everything else to the letter.
  private func compare(_ body: Body) throws(CheckProblem) -> (holds: Bool, expected: String) {
    switch body {
    case .json(let text, let place):
      let filled = try variables.fillJSON(text)
      guard let wanted = try? JSON.parse(filled) else {
        throw CheckProblem(title: "Invalid JSON", place: place, width: 1, message: "with its variables this is not JSON: \(filled)")
      }
      return ((try? JSON.parse(response.body)) == wanted, filled)
    case .text(let text, _, _):
      let filled = try variables.fill(text)
      return (Charset.decode(response) == filled, filled)
    case .bytes(let bytes, _): return (response.body == bytes, hexadecimal(bytes))
    }
  }

  private mutating func judge(_ assert: AssertSpec) throws(CheckProblem) {
    let judgement: Predicates.Judgement
    do {
      let value = try queries.apply(assert.filters, to: try queries.answer(assert.query))
      judgement = try Predicates(queries: queries).judge(value, by: assert.predicate)
    } catch {
      note(assert.place, holds: false, actual: error.message, expected: "")
      throw error
    }
    note(assert.place, holds: judgement.holds, actual: judgement.actual, expected: judgement.expected)
    guard !judgement.holds else { return }
    var message = "actual:   \(judgement.actual)\nexpected: \(judgement.expected)"
    if !judgement.note.isEmpty { message += "\n>>> \(judgement.note)" }
    failures.append(CheckFailure(title: "Assert failure", place: assert.place, width: 0, message: message, isAssert: true))
  }

  private mutating func note(_ place: Place, holds: Bool, actual: String, expected: String) {
    let lines = file.source.split(separator: "\n", maxSplits: place.line, omittingEmptySubsequences: false)
    let text = place.line <= lines.count ? String(lines[place.line - 1].filter { $0 != "\r" }) : ""
    asserts.append(AssertReport(place: place, text: text, holds: holds, actual: actual, expected: expected))
  }

  private mutating func fail(_ title: String, at place: Place, width: Int, _ message: String) {
    failures.append(CheckFailure(title: title, place: place, width: width, message: message, isAssert: false))
  }
}
