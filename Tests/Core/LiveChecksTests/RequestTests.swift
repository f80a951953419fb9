import JSONText
import LiveChecks
import Testing

@Suite struct `Requests` {
  private func request(_ source: String, _ variables: [String: CheckValue] = [:]) throws -> HTTPRequest {
    try #require(try ScriptedRun(source, variables: variables).requests.first)
  }

  @Test func `carry method, address and headers as written`() throws {
    let request = try request(
      """
      # first
      QUERY http://h/a%20b?x=1#frag   # a comment
      Accept: text/plain  # another
      X-Empty:
      X-Hash: a#b \\# c
      X-\\#: \\u{e9}
      """)
    #expect(request.method == "QUERY")
    #expect(request.url == "http://h/a%20b?x=1")
    #expect(
      request.headers.map { "\($0.name)=\($0.value)" } == ["Accept=text/plain", "X-Empty=", "X-Hash=a#b # c", "X-#=é"])
    #expect(request.body == nil)
  }

  @Test func `append the query to the address, encoded`() throws {
    let source = "GET http://h/?a=1\n[QueryStringParams]\nq: a b&c/é\n{{n}}: {{v}}"
    #expect(
      try request(source, ["n": .string("k"), "v": CheckValue(5)]).url == "http://h/?a=1&q=a%20b%26c%2F%C3%A9&k=5")
    #expect(try request("GET http://h\n[Query]\na: 1").url == "http://h?a=1")
  }

  @Test func `send forms, cookies and credentials`() throws {
    let request = try request(
      "POST http://h\n[Cookies]\na: 1\nb: {{v}}\n[FormParams]\nname: a b\nx[]: +\n[BasicAuth]\nbob: s3cret # no\n",
      ["v": .string("2")])
    #expect(request["Cookie"] == "a=1; b=2")
    #expect(request["Content-Type"] == "application/x-www-form-urlencoded")
    #expect(request.text == "name=a%20b&x%5B%5D=%2B")
    #expect(request["Authorization"] == "Basic Ym9iOnMzY3JldA==")
  }

  @Test(
    arguments: [
      (
        "{\n  \"a\": [1, {{n}}],\n  \"b\": \"x{{s}}\"\n}", "{\n  \"a\": [1, 5],\n  \"b\": \"xq\\\"\"\n}",
        "application/json"
      ),
      (
        "{\"v\": {{s}}, \"d\": {{doc}}, \"l\": {{l}}}", "{\"v\": \"q\\\"\", \"d\": {\"k\":1}, \"l\": [true,null]}",
        "application/json"
      ),
      ("{{doc}}", "{\"k\":1}", "application/json"), ("[]", "[]", "application/json"),
      ("true", "true", "application/json"),
      ("\"a\"", "\"a\"", "application/json"), ("-1.5e3", "-1.5e3", "application/json"),
      ("```\nline {{n}}\n\"x\"\n```", "line 5\n\"x\"\n", nil), ("```json\n{}\n```", "{}\n", "application/json"),
      ("`one {{n}} \\` line`", "one 5 ` line", nil), ("base64,aGk=;", "hi", nil), ("hex,68 69;", "hi", nil),
      ("<a x='1'><!-- > --><b/>t</a>", "<a x='1'><!-- > --><b/>t</a>", "application/xml"),
      (
        "```graphql\n{ a(x: $x) }\nvariables {\"x\": \"{{n}}\"}\n```",
        "{\"query\":\"{ a(x: $x) }\\n\",\"variables\":{\"x\":\"5\"}}", "application/json"
      ),
    ] as [(String, String, String?)])
  func `have every kind of body`(body: String, sent: String, type: String?) throws {
    let variables: [String: CheckValue] = [
      "n": CheckValue(5), "s": .string("q\""), "doc": .string("{\"k\":1}"), "l": .list([.bool(true), .null]),
    ]
    let run = try ScriptedRun("POST http://h\n\(body)\nHTTP 200", variables: variables)
    #expect(run.requests.first?.text == sent)
    #expect(run.requests.first?["Content-Type"] == type)
    #expect(run.report.verdict == .passed)
  }

  @Test func `keep a content type that is given`() throws {
    #expect(try request("POST http://h\ncontent-type: application/x\n{}").headers.count == 1)
  }

  @Test func `take a file as their body`() throws {
    let run = try ScriptedRun("PUT http://h\nfile,a.bin;", files: ["a.bin": [0, 255]]) { _, _ in .response(.ok("")) }
    #expect(run.requests[0].body == [0, 255])
    #expect(
      try ScriptedRun("PUT http://h\nfile,a.bin;").report.failures[0].message
        == "there is no file \"a.bin\" beside this one; add it")
  }

  @Test(arguments: ["../a", "/etc/passwd", "a/../../b", "."])
  func `take no file from outside their folder`(name: String) throws {
    let run = try ScriptedRun("PUT http://h\nfile,{{v}};", variables: ["v": .string(name)])
    #expect(run.requests.isEmpty)
    #expect(run.report.failures[0].title == "Unauthorized file access")
    #expect(run.report.failures[0].message == "\"\(name)\" is not below the folder of this file; move it there")
  }

  @Test func `follow the options of their entry`() throws {
    let request = try request(
      "GET http://h\n[Options]\nconnect-timeout: 5\nmax-time: {{t}}\ncompressed: true\ncacert: ca.pem\nuser: a:b\nheader: X-A: 1\n",
      ["t": .string("250ms")])
    #expect(
      request.options
        == TransferOptions(connectTimeout: .seconds(5), maxTime: .milliseconds(250), compressed: true, caFile: "ca.pem")
    )
    #expect(request["Authorization"] == "Basic YTpi")
    #expect(request["X-A"] == "1")
  }

  @Test(arguments: ["ftp://h/", "h/a", "{{v}}", "http:///a"])
  func `are not sent to what is no address`(url: String) throws {
    let run = try ScriptedRun("GET \(url)", variables: ["v": .string("file:///etc/passwd")])
    #expect(run.requests.isEmpty)
    #expect(run.report.verdict == .failed)
    #expect(run.report.failures[0].title == "Invalid URL")
  }

  @Test func `cannot be made two by a line break in a value`() throws {
    let run = try ScriptedRun("GET http://h\nX-A: {{v}}", variables: ["v": .string("1\r\nX-B: 2")])
    #expect(run.requests.isEmpty)
    #expect(run.report.failures[0].title == "Invalid header")
  }

  @Test func `name the variable that has no value and where it stands`() throws {
    let run = try ScriptedRun("GET http://h\nX-A: {{ tokn }}", variables: ["token": .string("")])
    let failure = run.report.failures[0]
    #expect(failure.message == "there is no variable \"tokn\"; did you mean \"token\"?")
    #expect([failure.place.line, failure.place.column] == [2, 9])
    #expect(failure.kind == .runtime)
  }
}
