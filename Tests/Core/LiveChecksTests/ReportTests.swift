import JSONText
import LiveChecks
import Testing

@Suite struct `Reports` {
  @Test func `show failures as users of the format know them`() throws {
    let run = try ScriptedRun(
      "GET http://h/{{id}}\nHTTP 200\nX-A: 1\n[Asserts]\njsonpath \"$.a\" == 5\nheader \"x\" > 1 # why\n{\"a\": 5}",
      variables: ["id": CheckValue(7)], answer: .ok("{\"a\":4}\n", ("x", "y")))
    #expect(
      run.report.rendering == """
        error: Header not found
          --> t.hurl:3:1
           |
           | GET http://h/{{id}}
           | ...
         3 | X-A: 1
           | ^^^ the response has no header "X-A"
           |
        error: Assert body value
          --> t.hurl:7:1
           |
           | GET http://h/{{id}}
           | ...
         7 | {"a": 5}
           |   at $.a
           |   actual:   integer <4>
           |   expected: integer <5>
           |
        error: Assert failure
          --> t.hurl:5:0
           |
           | GET http://h/{{id}}
           | ...
         5 | jsonpath "$.a" == 5
           |   actual:   integer <4>
           |   expected: integer <5>
           |
        error: Assert failure
          --> t.hurl:6:0
           |
           | GET http://h/{{id}}
           | ...
         6 | header "x" > 1 # why
           |   actual:   string <y>
           |   expected: greater than integer <1>
           |   >>> types between actual and expected are not consistent
           |
        response to GET http://h/7: HTTP/1.1 200
          {"a":4}

        """)
  }

  @Test func `show a transfer that failed at the address`() throws {
    let run = try ScriptedRun("GET http://h/x") { _, _ in .failure(TransferFailure(kind: .tls, message: "no trust")) }
    #expect(
      run.report.rendering == """
        error: HTTP connection
          --> t.hurl:1:5
           |
         1 | GET http://h/x
           |     ^^^^^^^^^^ no trust
           |

        """)
  }

  @Test func `hold everything as evidence`() throws {
    let run = try ScriptedRun(
      "POST http://h\nX-A: {{token}}\n[Options]\nretry: 1\n{\"n\":1}\nHTTP 200\n[Captures]\nid: jsonpath \"$.id\"\n",
      variables: ["token": .string("t0ps3cret")], secrets: ["token"]
    ) { _, count in
      count == 1
        ? .failure(TransferFailure(kind: .timeout, code: 28, message: "timed out"))
        : .response(.ok("{\"id\":\"x\",\"echo\":\"t0ps3cret\"}", ("A", "b")))
    }
    let json = run.report.json
    #expect(json["verdict"] == "passed")
    #expect(json["variables"] == [["name": "id", "value": "x"], ["name": "token", "value": "[redacted:token]"]])
    let attempts = try #require(json["entries"]?[0]?["attempts"]?.array)
    #expect(attempts.count == 2)
    #expect(attempts[0]["exchanges"]?[0]?["failure"] == ["kind": "timeout", "code": 28, "message": "timed out"])
    let exchange = attempts[1]["exchanges"]?[0]
    #expect(exchange?["request"]?["body"] == ["size": 7, "text": "{\"n\":1}"])
    #expect(exchange?["request"]?["headers"]?[0] == ["name": "X-A", "value": "[redacted:token]"])
    #expect(exchange?["response"]?["status"] == 200)
    #expect(exchange?["response"]?["duration_us"] == 12000)
    #expect(attempts[1]["captures"] == [["name": "id", "value": "x"]])
    #expect(attempts[1]["asserts"]?[0]?["query"] == "status")
    #expect(!json.compact.contains("t0ps3cret"))
  }

  @Test func `keep no more than the size of what nobody can read`() throws {
    let run = try ScriptedRun(
      "GET http://h", answer: HTTPResponse(status: 200, body: Array("zz".utf8), undecoded: "zz"))
    #expect(
      run.report.json["entries"]?[0]?["attempts"]?[0]?["exchanges"]?[0]?["response"]?["body"] == [
        "size": 2, "left_out": "its encoding \"zz\" cannot be decoded",
      ])
  }

  @Test func `keep bodies as text in the charset that they name, and the bytes of what is none`() throws {
    let latin = HTTPResponse(
      status: 200, headers: [HTTPHeader(name: "Content-type", value: "text/plain; charset=ISO-8859-1")], body: [0xe9])
    let run = try ScriptedRun("POST http://h\nhex, ff00;", answer: latin)
    let exchange = run.report.json["entries"]?[0]?["attempts"]?[0]?["exchanges"]?[0]
    #expect(exchange?["response"]?["body"] == ["size": 1, "text": "é", "base64": "6Q=="])
    #expect(exchange?["request"]?["body"] == ["size": 2, "base64": "/wA="])
  }

  @Test func `never show what a capture redacts`() throws {
    let run = try ScriptedRun(
      "GET http://h/1\nHTTP 200\n[Captures]\nkey: jsonpath \"$.key\" redact\n\nGET http://h/{{key}}\nHTTP 201",
      answer: .ok("{\"key\":\"hush\"}"))
    #expect(run.requests[1].url == "http://h/hush")
    #expect(run.report.entries[0].captures.map(\.value) == ["[redacted:key]"])
    #expect(run.report.secrets == ["key": "hush"])
    #expect(!run.report.json.compact.contains("hush"))
    #expect(!run.report.rendering.contains("hush"))
    #expect(run.report.rendering.contains("http://h/[redacted:key]"))
  }

  @Test func `give every value that a capture redacts, also under a name that comes again`() throws {
    let file = try CheckFile.parse(
      Array("GET http://h\n[Options]\nrepeat: 2\nHTTP 200\n[Captures]\nkey: body redact\nall: body\n".utf8),
      name: "t.hurl")
    var session = CheckSession(file: file, variables: ["key": .string("declared")], secrets: ["key"])
    var seen: [[String]] = []
    while case .send = session.next() {
      session.receive(.response(.ok("hush-\(seen.count)")))
      seen.append(session.capturedSecrets.map { "\($0.name)=\($0.value)" })
    }
    #expect(seen == [["key=hush-0"], ["key=hush-0", "key=hush-1"]])
  }

  @Test func `refuse to redact what is no string`() throws {
    let run = try ScriptedRun("GET http://h\nHTTP 200\n[Captures]\nn: status redact")
    #expect(run.report.failures[0].title == "Invalid redacted secret")
  }
}
