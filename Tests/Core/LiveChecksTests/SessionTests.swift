import JSONText
import LiveChecks
import Testing

@Suite struct `Sessions` {
  private let refused = TransferOutcome.failure(TransferFailure(kind: .connect, code: 7, message: "connection refused"))

  @Test func `carry captured values on, with their types`() throws {
    let run = try ScriptedRun(
      """
      POST http://h/vms
      HTTP 200
      [Captures]
      id: jsonpath "$.id"
      next: variable "id" toString

      GET http://h/vms/{{id}}
      HTTP 200
      [Asserts]
      jsonpath "$.id" == {{id}}
      variable "next" == "7"
      """, answer: .ok("{\"id\":7}"))
    #expect(run.requests.map(\.url) == ["http://h/vms", "http://h/vms/7"])
    #expect(run.report.verdict == .passed, "\(run.report.rendering)")
    #expect(run.report.entries[0].captures.map { "\($0.name)=\($0.value)" } == ["id=7", "next=7"])
    #expect(run.report.variables == ["id": "7", "next": "7"])
  }

  @Test func `fail when a capture finds nothing, and stop there`() throws {
    let run = try ScriptedRun(
      "GET http://h\nHTTP 200\n[Captures]\nx: jsonpath \"$.x\"\n[Asserts]\nstatus == 1\n\nGET http://h/2")
    #expect(run.requests.count == 1)
    #expect(run.report.failures.map(\.message) == ["the query of the capture \"x\" found nothing"])
    #expect(run.report.failures[0].kind == .runtime)
  }

  @Test func `stop after the first entry that fails`() throws {
    let run = try ScriptedRun("GET http://h/1\nHTTP 404\n\nGET http://h/2")
    #expect(run.requests.map(\.url) == ["http://h/1"])
    #expect(run.report.entries.count == 1)
  }

  @Test func `try again as often as the entry says, then pass`() throws {
    let source = "GET http://h\n[Options]\nretry: 3\nretry-interval: 250ms\nHTTP 200\n[Captures]\na: status"
    let run = try ScriptedRun(source) { _, count in
      count < 3 ? .response(HTTPResponse(status: 503)) : .response(.ok(""))
    }
    #expect(run.requests.count == 3)
    #expect(run.pauses == [.milliseconds(250), .milliseconds(250)])
    #expect(run.report.verdict == .passed)
    #expect(run.report.entries[0].tries == 3)
    #expect(run.report.entries[0].attempts.map(\.failures.count) == [1, 1, 0])
    #expect(run.report.entries[0].exchanges.count == 3)
  }

  @Test func `fail when the last try fails`() throws {
    let run = try ScriptedRun("GET http://h\n[Options]\nretry: 2\nHTTP 404")
    #expect(run.requests.count == 3)
    #expect(run.pauses == [.seconds(1), .seconds(1)])
    #expect(run.report.verdict == .failed)
    #expect(run.report.failures.count == 1)
  }

  @Test func `are inconclusive when the question could not be asked`() throws {
    let run = try ScriptedRun("GET http://h/1\n[Options]\nretry: 1\n\nGET http://h/2") { _, _ in refused }
    #expect(run.requests.count == 2)
    #expect(run.report.verdict == .inconclusive)
    #expect(run.report.failures.map(\.message) == ["connection refused"])
  }

  @Test func `do not try again after an interruption`() throws {
    let interrupted = TransferOutcome.failure(TransferFailure(kind: .interrupted, message: "interrupted"))
    let run = try ScriptedRun("GET http://h\n[Options]\nretry: -1") { _, _ in interrupted }
    #expect(run.requests.count == 1)
    #expect(run.report.verdict == .inconclusive)
  }

  @Test func `try again whatever failed`() throws {
    let run = try ScriptedRun("GET http://h/{{x}}\n[Options]\nretry: 5")
    #expect(run.pauses.count == 5)
    #expect(run.report.entries[0].attempts.count == 6)
    #expect(run.report.verdict == .failed)
  }

  @Test func `skip, repeat and delay`() throws {
    let run = try ScriptedRun(
      "GET http://h/1\n[Options]\nskip: true\n\nGET http://h/2\n[Options]\nrepeat: 2\ndelay: 1s\nvariable: v=5\n\nGET http://h/{{v}}"
    )
    #expect(run.requests.map(\.url) == ["http://h/2", "http://h/2", "http://h/5"])
    #expect(run.pauses == [.seconds(1), .seconds(1)])
    #expect(run.report.entries.map(\.repetition) == [1, 2, 1])
  }

  @Test func `ask for the same request until its outcome is received`() throws {
    var session = CheckSession(file: try CheckFile.parse(Array("GET http://h".utf8), name: "t"))
    session.receive(refused)
    for _ in 0..<2 {
      guard case .send(let request) = session.next() else {
        Issue.record("a request should have come")
        return
      }
      #expect(request.url == "http://h")
    }
    session.receive(.response(.ok("")))
    session.receive(refused)
    guard case .finish(let report) = session.next() else {
      Issue.record("the report should have come")
      return
    }
    #expect(report.verdict == .passed)
    #expect(report.entries[0].exchanges.count == 1)
  }

  @Test func `try again until a capture finds what it looks for`() throws {
    let run = try ScriptedRun("GET http://h\n[Options]\nretry: -1\nHTTP 200\n[Captures]\nv: jsonpath \"$.v\"") {
      _, count in
      .response(.ok(count < 3 ? "{}" : "{\"v\":1}"))
    }
    #expect(run.requests.count == 3)
    #expect(run.report.verdict == .passed)
    #expect(
      run.report.entries[0].attempts.map { $0.failures.map(\.title) } == [["No query result"], ["No query result"], []])
  }

  @Test func `look again for a file that was not there`() throws {
    let file = try CheckFile.parse(Array("PUT http://h\n[Options]\nretry: 1\nfile,a;".utf8), name: "t")
    var session = CheckSession(file: file)
    var answers: [[UInt8]?] = [nil, [1]]
    var actions: [String] = []
    while true {
      switch session.next() {
      case .read(let name):
        actions.append("read \(name)")
        session.receive(file: answers.removeFirst())
      case .send(let request):
        actions.append("send \(request.body ?? [])")
        session.receive(.response(.ok("")))
      case .pause: actions.append("pause")
      case .finish(let report):
        #expect(actions == ["read a", "pause", "read a", "send [1]"])
        #expect(report.verdict == .passed)
        return
      }
    }
  }

  @Test func `read what asserts compare with, by names that the same response gives`() throws {
    let source =
      "GET http://h\nHTTP 200\n[Captures]\nn: jsonpath \"$.n\"\nk: body redact\n[Asserts]\nbytes == file,{{n}}.json;\nsha256 == hex,00;"
    let body = "{\"n\":\"a\"}"
    let run = try ScriptedRun(source, files: ["a.json": Array(body.utf8)]) { _, _ in .response(.ok(body)) }
    #expect(run.requests.count == 1)
    #expect(run.report.entries[0].attempts.count == 1)
    #expect(run.report.entries[0].asserts.dropFirst().first?.holds == true)
  }

  @Test func `set variables by their types, and texts from other variables`() throws {
    let source = """
      GET http://h
      [Options]
      variable: n=5
      variable: s="5 # x"
      variable: t={{n}}
      variable: b = true
      HTTP 200
      [Asserts]
      variable "n" == 5
      variable "s" == "5 # x"
      variable "t" == "5"
      variable "b" == true
      """
    let run = try ScriptedRun(source)
    #expect(run.report.verdict == .passed, "\(run.report.rendering)")
  }

  @Test func `give what is to be written, and read it again`() throws {
    let run = try ScriptedRun(
      "GET http://h\n[Options]\noutput: d/../o.txt\n\nPOST http://h\n[Options]\noutput: -\nfile,o.txt;\n\nGET http://h\n[Options]\noutput: no\nHTTP 500",
      answer: .ok("hello"))
    #expect(run.requests[1].text == "hello")
    #expect(run.report.outputs.map(\.name) == ["o.txt", "-"])
    #expect(run.report.outputs.map(\.content) == [Array("hello".utf8), Array("hello".utf8)])
    let outside = try ScriptedRun("GET http://h\n[Options]\noutput: ../o.txt")
    #expect(outside.requests.isEmpty)
    #expect(outside.report.failures[0].title == "Unauthorized file access")
  }

  @Test(arguments: [("true", 0), ("{{yes}}", 0), ("false", 1)])
  func `refuse to leave certificates unchecked`(value: String, requests: Int) throws {
    let run = try ScriptedRun("GET https://h\n[Options]\ninsecure: \(value)", variables: ["yes": .bool(true)])
    #expect(run.requests.count == requests)
    guard requests == 0 else { return }
    #expect(
      run.report.rendering == """
        error: Refused by policy
          --> t.hurl:3:1
           |
           | GET https://h
           | ...
         3 | insecure: \(value)
           | ^^^^^^^^ certificates are always checked; name the authority to trust with "cacert"
           |

        """)
    #expect(run.report.failures.map(\.kind) == [.policy])
  }

  @Test func `repeat without end until it is stopped`() throws {
    let run = try ScriptedRun("GET http://h\n[Options]\nrepeat: -1\nHTTP 200\n[Asserts]\nbody == \"a\"") { _, count in
      .response(.ok(count < 5 ? "a" : "b"))
    }
    #expect(run.requests.count == 5)
  }

  @Test func `pass an empty file`() throws {
    #expect(try ScriptedRun("# nothing").report.verdict == .passed)
  }
}

@Suite struct `Redirects` {
  private func follow(_ method: String, _ status: Int, to location: String, _ more: String = "") throws -> ScriptedRun {
    let source =
      "\(method) http://h:8080/a/b?q=1\nAuthorization: Bearer t\nContent-Type: text/x\n[Options]\nlocation: true\n\(more)`body`\nHTTP 200\n"
    return try ScriptedRun(source) { _, count in
      count == 1 ? .response(.redirect(status, to: location)) : .response(.ok("{}"))
    }
  }

  @Test(arguments: [
    ("c", "http://h:8080/a/c"), ("/c?x#f", "http://h:8080/c?x"), ("../../c/./d/..", "http://h:8080/c/"),
    ("?p", "http://h:8080/a/b?p"),
    ("//o/c", "http://o/c"), ("https://o/c", "https://o/c"), ("a b", "http://h:8080/a/a%20b"),
  ])
  func `lead to the address that is meant`(location: String, url: String) throws {
    #expect(try follow("GET", 302, to: location).requests.map(\.url) == ["http://h:8080/a/b?q=1", url])
  }

  @Test(arguments: [
    ("POST", 301, "GET"), ("POST", 303, "GET"), ("POST", 307, "POST"), ("PUT", 308, "PUT"), ("HEAD", 303, "HEAD"),
  ])
  func `change the method as the status says`(method: String, status: Int, then: String) throws {
    let last = try #require(try follow(method, status, to: "/c").requests.last)
    #expect(last.method == then)
    #expect((last.body != nil) == (then == method))
    #expect((last["Content-Type"] != nil) == (then == method))
    #expect(last["Authorization"] == "Bearer t")
  }

  @Test(arguments: ["http://other/", "https://h:8080/", "http://h:8081/", "http://h.evil:8080/"])
  func `do not take credentials to another origin`(location: String) throws {
    #expect(try #require(try follow("GET", 302, to: location).requests.last)["Authorization"] == nil)
  }

  @Test func `take credentials along where the entry trusts them`() throws {
    let source = "GET http://h\nAuthorization: Bearer t\n[Options]\nlocation-trusted: true\nuser: a:b\ndigest: true\n"
    let run = try ScriptedRun(source) { _, count in
      count == 1 ? .response(.redirect(302, to: "http://o/")) : .response(.ok(""))
    }
    #expect(run.requests.map { $0["Authorization"] } == ["Bearer t", "Bearer t"])
    #expect(run.requests.map(\.options.credentials) == ["a:b", "a:b"])
    let other = try ScriptedRun(source.replacing("-trusted", with: "")) { _, count in
      count == 1 ? .response(.redirect(302, to: "http://o/")) : .response(.ok(""))
    }
    #expect(other.requests.map(\.options.credentials) == ["a:b", nil])
  }

  @Test func `are not followed unless the entry says so`() throws {
    let run = try ScriptedRun("GET http://h\nHTTP 302", answer: .redirect(302, to: "/b"))
    #expect(run.requests.count == 1)
    #expect(run.report.verdict == .passed)
  }

  @Test func `end at their limit`() throws {
    let run = try ScriptedRun(
      "GET http://h\n[Options]\nlocation: true\nmax-redirs: 2", answer: .redirect(302, to: "/b"))
    #expect(run.requests.count == 3)
    #expect(run.report.failures[0].message == "more than 2 redirects; the last one led to \"http://h/b\"")
  }

  @Test func `can be asserted on`() throws {
    let source =
      "GET http://h\n[Options]\nlocation: true\nHTTP 200\n[Asserts]\nredirects count == 1\nredirects nth 0 location == \"/c\""
    let run = try ScriptedRun(source) { _, count in .response(count == 1 ? .redirect(302, to: "/c") : .ok("")) }
    #expect(run.report.verdict == .passed, "\(run.report.rendering)")
    #expect(run.report.entries[0].exchanges.count == 2)
  }
}

@Suite struct `Cookies` {
  /// What the second request sends after the first one was answered with these headers.
  private func sent(_ cookies: [String], from first: String = "http://a.b.com/x/y", to second: String) throws -> String?
  {
    let answer = HTTPResponse(status: 200, headers: cookies.map { HTTPHeader(name: "set-cookie", value: $0) })
    return try ScriptedRun("GET \(first)\n\nGET \(second)", answer: answer).requests[1]["Cookie"]
  }

  @Test(
    arguments: [
      (["s=1"], "http://a.b.com/x/z", "s=1"), (["s=1"], "http://a.b.com/other", nil),
      (["s=1; Path=/"], "http://a.b.com/", "s=1"),
      (["s=1; Path=/"], "http://b.com/", nil), (["s=1; Path=/"], "http://c.a.b.com/", nil),
      (["s=1; Path=/; Domain=.b.com"], "http://c.b.com/", "s=1"),
      (["s=1; Path=/; Domain=c.com"], "http://a.b.com/", nil),
      (["s=1; Path=/; Domain=com"], "http://x.com/", nil), (["s=1; Path=/; Secure"], "http://a.b.com/", nil),
      (["s=1; Path=/; Secure"], "https://a.b.com/", "s=1"), (["s=1; Path=/", "s=2; Path=/"], "http://a.b.com/", "s=2"),
      (["s=1; Path=/", "s=; Path=/; Max-Age=0"], "http://a.b.com/", nil),
      (["s=1; Path=/", "s=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], "http://a.b.com/", nil),
      (["a=1; Path=/", "b=2; Path=/x"], "http://a.b.com/x", "b=2; a=1"), (["a=1; Path=/x"], "http://a.b.com/xy", nil),
      (["=1", "noname"], "http://a.b.com/x/y", nil), (["s=a=b=="], "http://a.b.com/x/y", "s=a=b=="),
    ] as [([String], String, String?)])
  func `are sent where they belong`(cookies: [String], to url: String, expected: String?) throws {
    #expect(try sent(cookies, to: url) == expected)
  }

  @Test func `of a request's own are not kept`() throws {
    let run = try ScriptedRun("GET http://h\n[Cookies]\na: 1\n\nGET http://h")
    #expect(run.requests.map { $0["Cookie"] } == ["a=1", nil])
  }
}
