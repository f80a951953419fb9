import JSONText
import LiveChecks
import Testing

/// Archives as browsers write them: calls of a page between those that a file makes, and what each browser has of its own.
@Suite struct `An HTTP Archive of somebody else` {
  private static let archive = """
    {"log": {"version": "1.2", "creator": {"name": "WebInspector", "version": "537.36"}, "pages": [], "entries": [
      {"startedDateTime": "2026-01-01T00:00:00.000Z", "time": 12.5, "_resourceType": "document",
       "request": {"method": "GET", "url": "http://h/", "headers": []},
       "response": {"status": 200, "statusText": "OK", "httpVersion": "http/2.0",
         "headers": [{"name": "content-type", "value": "text/html"}], "content": {"size": 4, "text": "home"}}},
      {"startedDateTime": "2026-01-01T00:00:01.000Z", "time": 1,
       "request": {"method": "GET", "url": "http://h/logo.png", "headers": []},
       "response": {"status": 200, "headers": [], "content": {"size": 3, "text": "/wD+", "encoding": "base64"}}},
      {"startedDateTime": "2026-01-01T00:00:02.000Z", "time": 1,
       "request": {"method": "GET", "url": "http://h/api", "headers": []},
       "response": {"status": 200, "headers": [{"name": "Content-Type", "value": "application/json"}],
         "content": {"size": 9, "text": "{\\"n\\": \\"é\\"}"}}},
      {"startedDateTime": "2026-01-01T00:00:03.000Z", "time": 1,
       "request": {"method": "GET", "url": "http://h/gone", "headers": []},
       "response": {"status": 0, "headers": [], "content": {"size": 0}, "_error": "net::ERR_ABORTED"}},
      {"startedDateTime": "2026-01-01T00:00:04.000Z", "time": 1,
       "request": {"method": "GET", "url": "http://h/latin", "headers": []},
       "response": {"status": 200, "headers": [{"name": "Content-Type", "value": "text/plain; charset=latin1"}],
         "content": {"size": 1, "text": "é"}}}
    ]}}
    """

  private func replay(_ checks: String) throws -> OfflineReplay {
    let record = try RecordedValidation(archive: try JSON.parse(Self.archive), named: "c.hurl")
    return try OfflineReplay(
      record, with: try CheckFile.parse(Array(checks.utf8), name: "c.hurl"), CheckLibraries())
  }

  @Test func `is gone through in its order, and what the file does not ask is passed over`() throws {
    let replay = try replay(
      """
      GET http://h/
      HTTP/2 200
      [Asserts]
      body == "home"
      duration < 100

      GET http://h/logo.png
      HTTP 200
      [Asserts]
      bytes == hex,ff00fe;

      GET http://h/api
      HTTP 200
      [Asserts]
      jsonpath "$.n" == "é"
      """)
    #expect(replay.differences == [] && replay.report.verdict == .passed, "\(replay.report.rendering)")
    let skipping = try self.replay("GET http://h/api\nHTTP 200")
    #expect(skipping.differences == [] && skipping.report.verdict == .passed)
  }

  @Test func `has no answer to what it does not hold, or not as it came`() throws {
    #expect(
      try replay("GET http://h/api\n\nGET http://h/").differences == [
        "GET http://h/ was never sent: there is no answer on record"
      ])
    #expect(try replay("POST http://h/api").differences.count == 1)
    #expect(try replay("GET http://h/gone\nHTTP 200").report.verdict == .inconclusive)
    #expect(
      try replay("GET http://h/latin\nHTTP 200").differences == [
        "the answer to call 5, GET http://h/latin, is not on record as it came"
      ])
  }

  @Test(arguments: [
    "{}": "is no HTTP Archive: it has no \"log.entries\"",
    #"{"log": {"version": "2.0", "entries": []}}"#: "is an HTTP Archive of another version than 1.2",
    #"{"log": {"version": "1.2", "entries": [{"request": {"method": "GET"}}]}}"#:
      "has an entry without method, address or response: log.entries[0]",
  ])
  func `is refused where it is none`(text: String, reason: String) throws {
    #expect(throws: RecordedValidation.Unreadable(reason: reason)) {
      try RecordedValidation(archive: try JSON.parse(text), named: "c.hurl")
    }
  }
}
