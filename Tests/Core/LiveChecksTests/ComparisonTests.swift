import JSONText
import LiveChecks
import Testing

@Suite struct `A comparison of two records` {
  /// A record of these answers, one to each request.
  private func record(_ answers: TransferOutcome...) throws -> RecordedValidation {
    let checks = answers.indices.map { "GET http://h/\($0)" }.joined(separator: "\n\n")
    var session = CheckSession(file: try CheckFile.parse(Array(checks.utf8), name: "c.hurl"), variables: [:])
    var next = 0
    while true {
      switch session.next() {
      case .send:
        session.receive(answers[next])
        next += 1
      case .read, .pause: break
      case .finish(let report): return try RecordedValidation(try JSON.parse(Array(report.json.compact.utf8)))
      }
    }
  }

  private func words(
    _ before: TransferOutcome, _ after: TransferOutcome, _ ignored: RecordComparison.Ignored = .init()
  ) throws -> [String] {
    let comparison = RecordComparison(try record(before), try record(after), ignoring: ignored)
    return comparison.calls.flatMap(\.differences).map(\.wording)
  }

  private func json(_ text: String, _ headers: (String, String)...) -> TransferOutcome {
    .response(
      HTTPResponse(
        status: 200, headers: headers.map { HTTPHeader(name: $0.0, value: $0.1) }, body: Array(text.utf8)))
  }

  @Test func `names what differs in a body by its path`() throws {
    #expect(
      try words(
        json(#"{"items": [{"price": 9}, {"price": 1, "odd name": true}], "gone": [1]}"#),
        json(#"{"items": [{"price": 10}, {"price": 1.0, "odd name": false}, {}], "new": null}"#)) == [
          "$.items[0].price 9 -> 10", #"$.items[1]["odd name"] true -> false"#, "$.items[2] is new: {}",
          "$.gone is gone: [1]", "$.new is new: null",
        ])
    #expect(try words(json("[1, 2]"), json("[1,2]")) == [])
    #expect(try words(json("plain"), json("other")) == [#"body "plain" -> "other""#])
    #expect(try words(json("[1]"), json("text")) == [#"body "[1]" -> "text""#])
  }

  @Test func `leaves out what differs each time by its nature, and what is ignored`() throws {
    let before = json(#"{"at": 1, "list": [{"id": 1, "n": 1}]}"#, ("Date", "a"), ("X-Own", "a"), ("ETag", "a"))
    let after = json(#"{"at": 2, "list": [{"id": 2, "n": 2}]}"#, ("date", "b"), ("X-Own", "b"), ("ETag", "b"))
    #expect(
      try words(before, after) == [
        "header X-Own a -> b", "header ETag a -> b", "$.at 1 -> 2", "$.list[0].id 1 -> 2", "$.list[0].n 1 -> 2",
      ])
    let ignored = RecordComparison.Ignored(headers: ["x-oWn"], paths: ["$.at", "$..id", "no path"])
    #expect(try words(before, after, ignored) == ["header ETag a -> b", "$.list[0].n 1 -> 2"])
    #expect(RecordComparison.Ignored.fault(in: "$..id") == nil)
    #expect(RecordComparison.Ignored.fault(in: "no path") != nil)
  }

  @Test func `takes missing and extra calls, and what never came, for differences`() throws {
    let ok = json("1")
    let lost = TransferOutcome.failure(TransferFailure(kind: .connect, code: 7, message: "(7) refused"))
    let fewer = RecordComparison(try record(ok, ok), try record(ok))
    #expect(fewer.calls.map(\.number) == [2] && fewer.calls[0].differences[0].wording == "call is gone: GET http://h/1")
    let more = RecordComparison(try record(ok), try record(ok, ok))
    #expect(more.calls[0].differences[0].wording == "call is new: GET http://h/1")
    #expect(try words(ok, lost) == ["answer 200 -> (7) refused"])
    #expect(try words(lost, lost) == [])
    #expect(RecordComparison(try record(ok), try record(ok)).isSame)
  }

  @Test func `compares times only beyond a factor of two, and status and protocol always`() throws {
    func answer(_ milliseconds: Int, status: Int = 200, version: String = "1.1") -> TransferOutcome {
      .response(HTTPResponse(version: version, status: status, body: [], duration: .milliseconds(milliseconds)))
    }
    #expect(try words(answer(100), answer(199)) == [])
    #expect(try words(answer(100), answer(201)) == ["time 100 ms -> 201 ms"])
    #expect(try words(answer(1), answer(9)) == [])
    #expect(
      try words(answer(1), answer(1, status: 500, version: "2")) == ["status 200 -> 500", "version HTTP/1.1 -> HTTP/2"])
  }

  @Test func `marks what differs between two times of asking the same code`() throws {
    let (old, new, again) = (json(#"{"id": 1, "n": 1}"#), json(#"{"id": 2, "n": 2}"#), json(#"{"id": 3, "n": 2}"#))
    let comparison = RecordComparison(try record(old), try record(new), again: try record(again))
    #expect(comparison.calls[0].differences.map(\.isNoise) == [true, false])
    #expect(!comparison.isSame)
    let same = RecordComparison(
      try record(old), try record(json(#"{"id": 2, "n": 1}"#)), again: try record(json(#"{"id": 3, "n": 1}"#)))
    #expect(same.isSame)
  }

  @Test func `cuts what is long and stops where a body differs everywhere`() throws {
    let long = String(repeating: "é", count: 500)
    let wording = try words(json("\"\(long)\""), json("\"x\""))[0]
    #expect(wording.utf8.count < 400 && wording.contains("(1002 bytes)"), "\(wording)")
    let (many, other) = (Array(0..<1000), Array(1..<1001))
    #expect(try words(json("\(many)"), json("\(other)")).count == 100)
    let deep = String(repeating: "[", count: 400) + "1" + String(repeating: "]", count: 400)
    #expect(try words(json(deep), json(deep.replacing("1", with: "2"))).count == 1)
  }
}
