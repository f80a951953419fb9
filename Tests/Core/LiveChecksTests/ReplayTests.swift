import JSONText
import LiveChecks
import Testing

@Suite struct `A recorded validation` {
  /// Runs in each way that there is, by name: the checks, and what each request is answered.
  private static let corpus: [String: (checks: String, answers: [TransferOutcome])] = [
    "passed": (
      """
      GET http://h/a
      HTTP 200
      [Captures]
      id: jsonpath "$.id"
      [Asserts]
      jsonpath "$.n" == 10000000000000000000000001
      header "X" == "y"
      duration < 100

      POST http://h/b/{{id}}
      {"id": {{id}}}
      HTTP 200
      """,
      [.response(.ok(#"{"id": 7, "n": 10000000000000000000000001}"#, ("X", "y"))), .response(.ok("{}"))]
    ),
    "status": ("GET http://h\nHTTP 201\n[Asserts]\nbody == \"x\"", [.response(.ok("x"))]),
    "asserts": ("GET http://h\nHTTP 200\n[Asserts]\nbody == \"y\"\nbody == \"x\"\nstatus > 300", [.response(.ok("x"))]),
    "capture": (
      "GET http://h\nHTTP 200\n[Captures]\nid: jsonpath \"$.id\"\n\nGET http://h/{{id}}", [.response(.ok("{}"))]
    ),
    "undefined": ("GET http://h/{{nobody}}", []),
    "unreachable": (
      "GET http://h\n\nGET http://h/2\nHTTP 200",
      [.response(.ok("")), .failure(TransferFailure(kind: .connect, code: 7, message: "(7) refused"))]
    ),
    "late": ("GET http://h\nHTTP 200", [.failure(TransferFailure(kind: .timeout, code: 28, message: "(28) late"))]),
    "binary": (
      "GET http://h\nHTTP 200\n[Asserts]\nbytes count == 3\nsha256 == hex,1d2be63b0aa1d8bb0a4c1b8ba3f9d4d6e2ee4ac0b0be2bb3e06ab4a5d2bcd9f1;",
      [.response(HTTPResponse(status: 200, body: [0xff, 0x00, 0xfe]))]
    ),
    "latin": (
      "GET http://h\nHTTP 200\n[Asserts]\nbody == \"é\"\nbytes == hex,e9;",
      [
        .response(
          HTTPResponse(
            status: 200, headers: [HTTPHeader(name: "Content-Type", value: "text/plain; charset=latin1")], body: [0xe9])
        )
      ]
    ),
    "redirects": (
      "GET http://h\n[Options]\nlocation: true\nHTTP 200\n[Asserts]\nredirects count == 2\nurl == \"http://h/x\"",
      [.response(.redirect(302, to: "/1")), .response(.redirect(301, to: "/x")), .response(.ok("end"))]
    ),
    "retries": (
      "GET http://h\n[Options]\nretry: 3\nHTTP 200\n[Asserts]\nbody == \"now\"",
      [
        .response(.ok("later")), .failure(TransferFailure(kind: .connect, message: "no")), .response(.ok("now")),
      ]
    ),
    "repeated": ("GET http://h\n[Options]\nrepeat: 2\nHTTP 200", [.response(.ok("1")), .response(.ok("2"))]),
    "redacted": (
      "GET http://h\nHTTP 200\n[Captures]\ntoken: jsonpath \"$.t\" redact\n\nGET http://h/{{token}}\nHTTP 200\n[Asserts]\nbody == \"{{token}}!\"",
      [.response(.ok(#"{"t": "hush-hush-hush"}"#)), .response(.ok("hush-hush-hush!"))]
    ),
    "secret": (
      "GET http://h/{{KEY}}\nAuthorization: Bearer {{KEY}}\nHTTP 200\n[Asserts]\nbody contains \"{{KEY}}\"",
      [.response(.ok("it is opensesame42, open"))]
    ),
    "functions": (
      "GET http://h/{{newUuid}}\n[Options]\nvariable: id={{newUuid}}\nvariable: at={{newDate}}\nHTTP 200\n[Asserts]\nbody == \"{{id}} {{at}} {{newDate}}\"",
      []
    ),
    "file": ("GET http://h\nHTTP 200\nfile,expected.txt;", [.response(.ok("as expected"))]),
    "missing file": ("GET http://h\nHTTP 200\nfile,nowhere.txt;", [.response(.ok("x"))]),
    "typed": (
      "GET http://h\nHTTP 200\n[Asserts]\njsonpath \"$.n\" == {{number}}\njsonpath \"$.b\" == {{flag}}\nbytes == {{bytes}}",
      [.response(.ok(#"{"n":5,"b":true}"#))]
    ),
  ]

  private static func record(_ name: String) throws -> CheckReport {
    let (checks, answers) = try #require(corpus[name])
    let variables: [String: CheckValue] = [
      "KEY": .string("opensesame42"), "number": CheckValue(5), "flag": .bool(true),
      "bytes": .bytes(Array(#"{"n":5,"b":true}"#.utf8)),
    ]
    return try ScriptedRun(
      checks, variables: variables, secrets: ["KEY"], files: ["expected.txt": Array("as expected".utf8)],
      entropy: Array(0..<16)
    ) { request, number in
      // What functions gave is echoed: the values have to be the same again.
      number <= answers.count
        ? answers[number - 1] : .response(.ok(String(request.url.split(separator: "/").last ?? "")))
    }.report
  }

  private static func read(_ report: CheckReport) throws -> RecordedValidation {
    // By way of its bytes, as from a ledger.
    try RecordedValidation(try JSON.parse(report.json.compact))
  }

  @Test(arguments: corpus.keys.sorted())
  func `comes to the same verdict again, assert by assert`(name: String) throws {
    let report = try Self.record(name)
    let replay = try OfflineReplay(try Self.read(report), CheckLibraries())
    #expect(replay.differences.isEmpty, "\(replay.differences)")
    #expect(replay.report.verdict == report.verdict)
    let asserts = [replay.report, report].map { $0.entries.flatMap(\.attempts).flatMap(\.asserts) }
    #expect(asserts[0].map(\.holds) == asserts[1].map(\.holds))
    #expect(asserts[0].map { report.masked($0.actual) } == asserts[1].map { report.masked($0.actual) })
    #expect(!report.json.compact.contains("opensesame42") && !report.json.compact.contains("hush-hush"))
  }

  @Test func `has all kinds of verdicts in its corpus`() throws {
    let verdicts = try Self.corpus.keys.map { try Self.record($0).verdict }
    #expect(Set(verdicts) == Set(Verdict.allCases))
  }

  @Test func `is not borne out by evidence that says something else`() throws {
    func differences(_ name: String, _ old: String, _ new: String) throws -> [String] {
      let text = try Self.record(name).json.compact
      try #require(text.contains(old), "\(text)")
      let record = try RecordedValidation(try JSON.parse(text.replacing(old, with: new)))
      return try OfflineReplay(record, CheckLibraries()).differences
    }
    #expect(
      try differences("asserts", #""text":"x""#, #""text":"y""#) == [
        "line 4: body == \"y\" holds, and fails on record (actual string <y>)",
        "line 5: body == \"x\" fails, and holds on record (actual string <y>)",
      ])
    #expect(
      try differences("passed", #""status":200"#, #""status":500"#).contains("the verdict is failed, and was passed"))
    #expect(
      try differences("passed", #""verdict":"passed","source""#, #""verdict":"failed","source""#)
        == ["the verdict is passed, and was failed"])
    #expect(
      try differences("repeated", "repeat: 2", "repeat: 3")
        == ["GET http://h was never sent: there is no answer on record"])
    #expect(try differences("repeated", "repeat: 2", "repeat: 1").first == "1 calls on record were not made")
    #expect(
      try differences("passed", "http://h/a\\nHTTP", "http://h/c\\nHTTP")
        == ["call 1 is GET http://h/c, and was GET http://h/a"])
    #expect(
      try differences("binary", #""base64":"/wD+""#, #""base64":"[redacted:KEY]""#)
        == ["the answer to call 1, GET http://h, is not on record as it came"])
  }

  @Test func `is judged by an edited file without a network`() throws {
    let record = try Self.read(try Self.record("asserts"))
    func replay(_ text: String) throws -> OfflineReplay {
      try OfflineReplay(record, with: try CheckFile.parse(Array(text.utf8), name: "e"), CheckLibraries())
    }
    let mended = try replay("GET http://h\nHTTP 200\n[Asserts]\nbody == \"x\"")
    #expect(mended.report.verdict == .passed && mended.differences.isEmpty)
    #expect(try replay("GET http://h\nHTTP 201").report.verdict == .failed)
    let more = try replay("GET http://h\nHTTP 200\n\nGET http://h/2")
    #expect(more.differences == ["GET http://h/2 was never sent: there is no answer on record"])
  }

  @Test(arguments: [
    ("{}", "is no record of a validation"), ("[]", "is no record of a validation"),
    (#"{"format": "waybill-validation/9"}"#, "has the format \"waybill-validation/9\", which is not known here"),
    (#"{"format": "waybill-validation/1"}"#, "lacks \"file\""),
    (#"{"format": "waybill-validation/1", "file": "a", "source": "", "verdict": "odd"}"#, "lacks \"verdict\""),
  ])
  func `says why it cannot be read`(text: String, reason: String) throws {
    let problem = try #require(throws: RecordedValidation.Unreadable.self) {
      try RecordedValidation(try JSON.parse(text))
    }
    #expect(problem.reason == reason)
  }
}
