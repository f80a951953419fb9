import CheckReports
import JSONText
import LiveChecks
import Testing

@Suite struct `Reports of checks` {
  /// A file that was run against an answer to every request.
  static func run(
    _ text: String, name: String = "a.hurl", secrets: [String: String] = [:], _ answers: TransferOutcome...
  )
    throws -> CheckedFile
  {
    let file = try CheckFile.parse(Array(text.utf8), name: name)
    var session = CheckSession(
      file: file, variables: secrets.mapValues { .string($0) }, secrets: Set(secrets.keys))
    var answers = answers[...]
    while true {
      switch session.next() {
      case .send:
        session.receive(answers.popFirst() ?? .failure(TransferFailure(kind: .connect, message: "(7) nobody")))
      case .read: session.receive(file: nil)
      case .pause: continue
      case .finish(let report): return CheckedFile(name: name, outcome: .ran(report), duration: .milliseconds(1234))
      }
    }
  }

  static let answer = TransferOutcome.response(
    HTTPResponse(
      status: 200, reason: "OK",
      headers: [
        HTTPHeader(name: "Content-Type", value: "application/json"),
        HTTPHeader(name: "Set-Cookie", value: "sid=abc; Path=/; HttpOnly"),
      ], body: Array(#"{"n":1,"token":"s3cr3t-token"}"#.utf8), url: "http://localhost/x?a=1&b=%20c",
      duration: .milliseconds(5),
      peer: "127.0.0.1:8080",
      timings: TransferTimings(
        began: 1_700_000_000_123_456_789, nameLookup: 100, connect: 300, preTransfer: 320, startTransfer: 4000,
        total: 5000)))

  @Test func `as JSON keep the types of captures, and mask a secret in any of them`() throws {
    let body = #"{"pin":123456,"list":[1,{"a":"s3cr3t-token"}],"none":null,"s3cr3t-token":1}"#
    let file = try Self.run(
      "GET http://localhost/\nHTTP 200\n[Captures]\npin: jsonpath \"$.pin\"\nlist: jsonpath \"$.list\"\nnone: jsonpath \"$.none\"\nall: jsonpath \"$\"\n",
      secrets: ["TOKEN": "s3cr3t-token", "PIN": "123456"],
      .response(
        HTTPResponse(
          status: 200, reason: "OK", headers: [], body: Array(body.utf8), url: "http://localhost/", duration: .zero)))
    let captures = HurlJSON.document(of: file)["entries"]?[0]?["captures"]
    #expect(captures?[0]?["value"] == "[redacted:PIN]")
    #expect(captures?[1]?["value"]?.compact == #"[1,{"a":"[redacted:TOKEN]"}]"#)
    #expect(captures?[2]?["value"] == .null)
    #expect(captures?[3]?["value"]?["[redacted:TOKEN]"] == 1)
  }

  static func passed() throws -> CheckedFile {
    try run(
      "GET http://localhost/x?a=1&b=%20c\nCookie: k=v\nHTTP 200\n[Captures]\nn: jsonpath \"$.n\"\n[Asserts]\njsonpath \"$.n\" == 1\n",
      secrets: ["TOKEN": "s3cr3t-token"], answer)
  }

  static func failed() throws -> CheckedFile {
    try run("GET http://localhost/x\nHTTP 201\n", name: "b & <c>.hurl", answer)
  }

  @Test func `as JSON have the shape that users know, with secrets masked`() throws {
    let document = HurlJSON.document(of: try Self.passed()) { _ in "store/1.json" }
    #expect(document["success"]?.bool == true)
    #expect(document["time"]?.int == 1234)
    #expect(document["filename"]?.string == "a.hurl")
    #expect(document["cookies"]?[0]?["name"]?.string == "sid")
    let entry = document["entries"]?[0]
    #expect(entry?["index"]?.int == 1 && entry?["line"]?.int == 1)
    #expect(entry?["captures"]?[0]?["name"]?.string == "n")
    #expect(entry?["captures"]?[0]?["value"] == 1)
    #expect(entry?["curl_cmd"]?.string == "curl --header 'Cookie: k=v' 'http://localhost/x?a=1&b=%20c'")
    #expect(entry?["asserts"]?.array?.allSatisfy { $0["success"]?.bool == true } == true)
    let call = entry?["calls"]?[0]
    #expect(call?["request"]?["query_string"]?[1]?["value"]?.string == " c")
    #expect(call?["request"]?["cookies"]?[0]?["value"]?.string == "v")
    #expect(call?["response"]?["http_version"]?.string == "HTTP/1.1")
    #expect(call?["response"]?["cookies"]?[0]?["httponly"]?.bool == true)
    #expect(call?["response"]?["body"]?.string == "store/1.json")
    #expect(call?["timings"]?["begin_call"]?.string == "2023-11-14T22:13:20.123456Z")
    #expect(call?["timings"]?["end_call"]?.string == "2023-11-14T22:13:20.128456Z")
    #expect(!document.compact.contains("s3cr3t"))
  }

  @Test func `as JUnit have one case a file and are added to`() throws {
    let first = try #require(JUnitReport.text([try Self.passed()]))
    #expect(
      first == """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites><testsuite tests="1" errors="0" failures="0"><testcase id="a.hurl" name="a.hurl" time="1.234"></testcase></testsuite></testsuites>

        """)
    let unreadable = CheckedFile(name: "u.hurl", outcome: .unreadable("error: x\0"), duration: .zero)
    let both = try #require(JUnitReport.text([try Self.failed(), unreadable], after: first))
    #expect(both.contains("<testsuite tests=\"2\" errors=\"1\" failures=\"1\">"))
    #expect(both.contains("<testcase id=\"b &amp; &lt;c&gt;.hurl\""))
    #expect(both.contains("<failure>error: Assert status code"))
    #expect(both.contains("<error>error: x\u{fffd}</error>"))
    #expect(both.components(of: "<testsuite ") == 2)
    #expect(JUnitReport.text([], after: "<html>") == nil)
  }

  @Test func `as TAP are numbered anew when they are added to`() throws {
    let first = try #require(TAPReport.text([try Self.passed()]))
    #expect(first == "TAP version 13\n1..1\nok 1 - a.hurl\n")
    #expect(
      TAPReport.text([try Self.failed()], after: first)
        == "TAP version 13\n1..2\nok 1 - a.hurl\nnot ok 2 - b & <c>.hurl\n")
    #expect(TAPReport.text([], after: "something") == nil)
  }

  @Test func `as an HTTP Archive hold every exchange, and why there was none`() throws {
    let document = HARDocument.document(of: [try Self.passed(), try Self.run("GET http://localhost/\n")], creator: "1")
    let entries = try #require(document["log"]?["entries"]?.array)
    #expect(entries.count == 2)
    #expect(entries[0]["startedDateTime"]?.string == "2023-11-14T22:13:20.123456Z")
    #expect(entries[0]["timings"]?["wait"]?.number?.literal == "3.68")
    #expect(entries[0]["timings"]?["ssl"]?.int == -1)
    #expect(entries[0]["serverIPAddress"]?.string == "127.0.0.1")
    #expect(entries[0]["response"]?["content"]?["text"]?.string == #"{"n":1,"token":"[redacted:TOKEN]"}"#)
    #expect(entries[1]["response"]?["status"]?.int == 0)
    #expect(entries[1]["_error"]?["kind"]?.string == "connect")
    for name in ["startedDateTime", "time", "request", "response", "cache", "timings"] {
      #expect(entries.allSatisfy { $0[name] != nil })
    }
  }

  @Test func `as pages need nothing from elsewhere and run nothing`() throws {
    let evil = "<script>alert(1)</script>\"'"
    let file = try Self.run(
      "GET http://localhost/\nHTTP 200\n[Asserts]\nbody == \"x\"\n", name: evil,
      .response(HTTPResponse(status: 200, headers: [HTTPHeader(name: "X", value: evil)], body: Array(evil.utf8))))
    for page in [
      HTMLReport.page(file), HTMLReport.page(try Self.passed()),
      HTMLReport.index([HTMLReport.Line(file, page: "store/1.html", finished: "now")]),
    ] {
      #expect(!page.contains("<script") && !page.contains("http-equiv=\"refresh\""))
      #expect(!page.contains("s3cr3t"))
      #expect(page.contains("default-src 'none'"))
    }
    let line = HTMLReport.Line(file, page: "store/1.html", finished: "now")
    #expect(HTMLReport.Line(line.json)?.json == line.json)
    #expect(HTMLReport.Line(["name": "x"]) == nil)
  }

  @Test func `end with a summary`() throws {
    #expect(
      TestSummary.text([try Self.passed(), try Self.failed(), try Self.failed()], duration: .milliseconds(1500))
        .contains(
          """
          Executed files:    3
          Executed requests: 3 (2.0/s)
          Succeeded files:   1 (33.3%)
          Failed files:      2 (66.7%)
          Duration:          1500 ms
          """))
  }
}

@Suite struct `A curl command` {
  @Test(arguments: [
    (HTTPRequest(method: "GET", url: "http://h/'x'"), "curl 'http://h/'\\''x'\\'''"),
    (HTTPRequest(method: "HEAD", url: "http://h/"), "curl --head 'http://h/'"),
    (HTTPRequest(method: "POST", url: "http://h/"), "curl --request POST 'http://h/'"),
    (
      HTTPRequest(
        method: "POST", url: "http://h/", headers: [HTTPHeader(name: "Content-Type", value: "text/plain")],
        body: Array("it's".utf8)),
      "curl --header 'Content-Type: text/plain' --data-binary 'it'\\''s' 'http://h/'"
    ),
    (
      HTTPRequest(method: "PUT", url: "http://h/", body: Array("@x\0".utf8)),
      "curl --request PUT --header 'Content-Type:' --data-binary $'\\x40x\\x00' 'http://h/'"
    ),
    (
      HTTPRequest(
        method: "GET", url: "http://h/", headers: [HTTPHeader(name: "X-Empty", value: "")],
        options: TransferOptions(compressed: true, caFile: "ca.pem")),
      "curl --header 'X-Empty;' --compressed --cacert 'ca.pem' 'http://h/'"
    ),
  ]) func `is one that a shell understands`(request: HTTPRequest, line: String) {
    #expect(CurlCommand.text(request) == line)
  }
}

extension String {
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
