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

  @Test func `send parts, with the types of files guessed from their names`() throws {
    let source = """
      POST http://h
      [Multipart]
      text: a b
      f: file,d/pic.JPG;
      g: file,x.bin; text/{{t}}
      "h": x
      """.replacing("\"h\"", with: "h\\u{22}")
    let files: [String: [UInt8]] = ["d/pic.JPG": [1, 0xff], "x.bin": Array("--x".utf8)]
    let run = try ScriptedRun(source, variables: ["t": .string("css")], files: files) { _, _ in .response(.ok("")) }
    let request = try #require(run.requests.first)
    let type = try #require(request["Content-Type"])
    let boundary = try #require(type.split(separator: "boundary=").last)
    #expect(type.hasPrefix("multipart/form-data; boundary=------------------------"))
    let text = String(decoding: request.body ?? [], as: Latin1.self)
    #expect(
      text.replacing(boundary, with: "B") == """
        --B\r
        Content-Disposition: form-data; name="text"\r
        \r
        a b\r
        --B\r
        Content-Disposition: form-data; name="f"; filename="pic.JPG"\r
        Content-Type: image/jpeg\r
        \r
        \u{1}\u{ff}\r
        --B\r
        Content-Disposition: form-data; name="g"; filename="x.bin"\r
        Content-Type: text/css\r
        \r
        --x\r
        --B\r
        Content-Disposition: form-data; name="h%22"\r
        \r
        x\r
        --B--\r

        """)
  }

  @Test(arguments: [
    ("a.gif", "image/gif"), ("a.jpg", "image/jpeg"), ("a.jpeg", "image/jpeg"), ("a.png", "image/png"),
    ("a.svg", "image/svg+xml"), ("a.txt", "text/plain"), ("a.htm", "text/html"), ("a.html", "text/html"),
    ("a.pdf", "application/pdf"), ("a.xml", "application/xml"), ("a.json", "application/octet-stream"),
    ("a", "application/octet-stream"),
  ]) func `guess ten types`(name: String, type: String) throws {
    let run = try ScriptedRun("POST http://h\n[Multipart]\nf: file,\(name);", files: [name: []]) { _, _ in
      .response(.ok(""))
    }
    #expect(run.requests[0].text?.contains("Content-Type: \(type)\r\n") == true)
  }

  @Test func `let a body win over parts and parts over a form`() throws {
    let sections = "POST http://h\n[Form]\na: b\n[Multipart]\nc: d\n"
    #expect(try request(sections)["Content-Type"]?.hasPrefix("multipart/") == true)
    #expect(try request(sections + "`e`").text == "e")
  }

  @Test func `carry every option of the network and of TLS as values`() throws {
    let options = try request(
      """
      GET http://h
      [Options]
      cert: a\\:b.pem:secret
      key: k.pem
      pinnedpubkey: sha256//x
      proxy: p:1
      noproxy: q
      resolve: h:1:127.0.0.1
      resolve: i:1:[::1]
      connect-to: ::o:2
      unix-socket: s.sock
      path-as-is: true
      limit-rate: 1000
      netrc-optional: true
      netrc-file: n
      http1.1: true
      http2: true
      http1.1: false
      ipv6: true
      """
    ).options
    #expect(options.certificateFile == "a:b.pem" && options.certificatePassword == "secret")
    #expect(options.keyFile == "k.pem" && options.pinnedPublicKey == "sha256//x")
    #expect(options.proxy == "p:1" && options.noProxy == "q")
    #expect(options.resolve == ["h:1:127.0.0.1", "i:1:[::1]"] && options.connectTo == ["::o:2"])
    #expect(options.unixSocket == "s.sock" && options.pathAsIs && options.limitRate == 1000)
    #expect(options.netrc == .optional && options.netrcFile == "n")
    #expect(options.httpVersion == .http2 && options.ipVersion == .v6)
  }

  @Test(arguments: ["digest: true", "ntlm: true", "negotiate: true", "aws-sigv4: aws:amz:eu:s3"])
  func `leave credentials to whoever signs or answers a challenge`(option: String) throws {
    let request = try request("GET http://h\n[Options]\nuser: a:b\n\(option)")
    #expect(request["Authorization"] == nil)
    #expect(request.options.credentials == "a:b")
  }

  @Test func `have functions that give a new value each time`() throws {
    let file = try CheckFile.parse(
      Array("GET http://h/{{newUuid}}/{{newUuid}}\nX: {{ newDate }}\n[Options]\nrepeat: 2".utf8), name: "t")
    func urls(_ entropy: [UInt8]) -> [String] {
      var session = CheckSession(file: file)
      session.functions = FunctionSource(now: Moment(microseconds: 1_772_366_400_250_000), entropy: entropy)
      var urls: [String] = []
      while case .send(let request) = session.next() {
        #expect(request["X"] == "2026-03-01T12:00:00.250000Z")
        urls += request.url.split(separator: "/").suffix(2).map(String.init)
        session.receive(.response(.ok("")))
      }
      return urls
    }
    let one = urls(Array(0..<16))
    #expect(Set(one + urls(Array(1..<17))).count == 8)
    #expect(urls(Array(0..<16)) == one)
    #expect(
      one.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil }
    )
    #expect(try ScriptedRun("GET http://h/{{newUuid}}").report.failures[0].title == "Function not available")
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

/// Every byte is the character of its number.
enum Latin1 {}

extension String {
  init(decoding bytes: [UInt8], as: Latin1.Type) {
    self = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }
}
