import Codings
import DeliveryLoop
import LiveChecks
import LivePlans
import Testing

@Suite struct `What is planned` {
  @Test func `is what would be sent, secrets and what is not known yet left blank`() throws {
    let drafting = Drafting(
      text: """
        GET {{base_url}}/v1/vms
        HTTP 200
        [Captures]
        vm: jsonpath "$.id"

        POST {{base_url}}/v1/vms/{{vm}}/start?dry=no
        X-Token: Bearer {{TOKEN}}
        X-Id: {{newUuid}}
        [Query]
        node: {{vm}}&x
        [BasicAuth]
        ada: {{TOKEN}}
        [Cookies]
        lang: {{lang}}
        [Options]
        retry: 2
        {"why": "{{lang}}", "force": {{vm}}, "n": 1.50}
        """, secrets: ["TOKEN": "s3cr3t-s3cr3t"], variables: ["lang": "de"], tries: 3)
    let request = try drafting.only()
    #expect(request.method == "POST" && request.line == 6 && request.times == 9)
    #expect(request.url == "http://127.0.0.1:8080/v1/vms/{{vm}}/start?dry=no&node={{vm}}%26x")
    #expect(
      request.headers == [
        "X-Token: Bearer {{TOKEN}}", "X-Id: {{newUuid}}", "Authorization: Basic ada:{{TOKEN}}",
        "Content-Type: application/json", "Cookie: lang=de",
      ])
    #expect(request.body == #"{"force":"{{vm}}","n":1.50,"why":"de"}"#)
  }

  @Test func `leaves out what only reads and what is skipped`() throws {
    let text = """
      GET {{base_url}}/{{unknown}}

      DELETE {{base_url}}/x
      [Options]
      skip: true

      PUT {{base_url}}/x
      [Options]
      repeat: 0
      """
    #expect(try Drafting(text: text).plan().requests.isEmpty)
  }

  @Test func `takes bodies from files, and tells large and binary ones by their digest`() throws {
    let drafting = Drafting(
      text: "POST {{base_url}}/x\nfile,body.txt;", files: ["body.txt": String(repeating: "a", count: 70_000)])
    #expect(
      try drafting.only().body
        == "70000 bytes, SHA-256 \(Hexadecimal.encode(SHA256.digest(Array(repeating: 0x61, count: 70_000))))")
    #expect(try Drafting(text: "POST {{base_url}}/x\nhex,ff00;").only().body?.hasPrefix("2 bytes, SHA-256 ") == true)
    #expect(try Drafting(text: "POST {{base_url}}/x\n`a b`").only().body == "a b")
  }

  @Test func `cannot be mistaken where a text has braces of its own`() throws {
    func body(_ unknown: Set<String>) throws -> String? {
      try Drafting(text: "POST {{base_url}}/x\n`{{v}}`", variables: ["v": "{{v}}"], unknown: unknown).only().body
    }
    #expect(try body(["v"]) == "{{v}}")
    #expect(try body([])?.hasPrefix("{{v}} (5 bytes, SHA-256 ") == true)
  }

  @Test(arguments: [
    (
      "POST {{base_url}}/x\n[Options]\nretry: -1",
      "this request could be sent for ever; limit its \"retry\" and \"repeat\""
    ),
    (
      "POST {{base_url}}/x\n[Options]\nrepeat: -1",
      "this request could be sent for ever; limit its \"retry\" and \"repeat\""
    ),
    ("POST {{base_url}}/x\n[Options]\nrepeat: {{id}}", "zblank0z6964z"),
    ("POST {{base_url}}/{{missing}}", "there is no variable \"missing\"; pass or capture it first"),
    ("POST {{id}}/x", "is not an address; it starts with http:// or https:// and a host"),
    ("POST {{base_url}}/x\nfile,none.txt;", "there is no file \"none.txt\" beside this one; add it"),
    ("POST {{base_url}}/x\n[Options]\ninsecure: true", "certificates are always checked"),
  ])
  func `is refused where it cannot be told`(text: String, words: String) throws {
    let failure = try #require(throws: CheckFailure.self) { try Drafting(text: text, unknown: ["id"]).plan() }
    #expect(failure.message.contains(words), "\(failure.message)")
  }

  @Test(arguments: [
    (
      "POST http://{{id}}/x",
      "the request goes to a host that is not known before it is sent: \"http://{{id}}\"; write it out"
    ),
    (
      "POST {{two}}/x",
      #"the request has an address whose host can be read in two ways: "http://127.0.0.1:8080\@other/x""#
    ),
  ])
  func `goes to a host that is certain`(text: String, words: String) throws {
    let fault = try #require(throws: PlanDraft.Fault.self) {
      try Drafting(text: text, variables: ["two": #"http://127.0.0.1:8080\@other"#], unknown: ["id"]).plan()
    }
    #expect(fault.message == words && fault.line == 1)
  }
}

@Suite struct `What is sent` {
  private static let text = """
    GET {{base_url}}/v1/vms
    HTTP 200
    [Captures]
    vm: jsonpath "$.id"

    POST {{base_url}}/v1/vms/{{vm}}/start?a=1&b={{vm}}
    X-Vm: {{vm}}
    [Cookies]
    c: {{vm}}
    {"vm": "{{vm}}", "why": "a {{vm}} b", "more": [{{vm}}]}
    HTTP *
    """

  @Test(arguments: [
    "\"100\"", "100", "\"a b\"", "\"ü\"", "true",
  ])
  func `passes where it is what was planned, whatever the blanks became`(id: String) throws {
    let verdicts = try Drafting(text: Self.text).verdicts(answers: [
      (200, [HTTPHeader(name: "Set-Cookie", value: "session=1")], "{\"id\": \(id)}")
    ])
    #expect(verdicts == [.reads(in: "service"), .planned(1, in: "service")])
  }

  @Test(arguments: [
    ("\"../../apply\"", "the path"), ("\"..\"", "the path"), ("\"a/b\"", "the path"), ("\"a%2Fb\"", "the path"),
    ("\"%2e%2E\"", "the path"), ("\"a?b\"", "the path"), ("\"1&c=2\"", "the query"), ("\"a;b\"", "the path"),
  ])
  func `stays within the shape that was planned`(id: String, part: String) throws {
    let verdicts = try Drafting(text: Self.text).verdicts(answers: [(200, [], "{\"id\": \(id)}")])
    guard case .refused(let message)? = verdicts.last else {
      Issue.record("\(verdicts)")
      return
    }
    #expect(message.contains("is not what was planned: \(part) differs from request 1 of the plan"), "\(message)")
  }

  @Test(arguments: [
    ("PUT {{base_url}}/v1?a=1\nX-A: 1\n[Cookies]\nc: 1\n{\"a\": 1}", "the method"),
    ("POST http://127.0.0.1:8081/v1?a=1\nX-A: 1\n[Cookies]\nc: 1\n{\"a\": 1}", "the host"),
    ("POST {{base_url}}/v2?a=1\nX-A: 1\n[Cookies]\nc: 1\n{\"a\": 1}", "the path"),
    ("POST {{base_url}}/v1/?a=1\nX-A: 1\n[Cookies]\nc: 1\n{\"a\": 1}", "the path"),
    ("POST {{base_url}}/v1\nX-A: 1\n[Cookies]\nc: 1\n{\"a\": 1}", "the query"),
    ("POST {{base_url}}/v1?a=2\nX-A: 1\n[Cookies]\nc: 1\n{\"a\": 1}", "the query"),
    ("POST {{base_url}}/v1?a=1\nX-A: 2\n[Cookies]\nc: 1\n{\"a\": 1}", "the header \"X-A\""),
    ("POST {{base_url}}/v1?a=1\nX-B: 1\n[Cookies]\nc: 1\n{\"a\": 1}", "the header \"X-B\""),
    ("POST {{base_url}}/v1?a=1\nX-A: 1\nX-B: 1\n[Cookies]\nc: 1\n{\"a\": 1}", "the headers"),
    ("POST {{base_url}}/v1?a=1\nX-A: 1\n[Cookies]\nc: 2\n{\"a\": 1}", "the cookies"),
    ("POST {{base_url}}/v1?a=1\nX-A: 1\n{\"a\": 1}", "the cookies"),
    ("POST {{base_url}}/v1?a=1\nX-A: 1\n[Cookies]\nc: 1\n{\"a\": 2}", "the body"),
    ("POST {{base_url}}/v1?a=1\nX-A: 1\n[Cookies]\nc: 1\n{\"a\": 1, \"b\": 1}", "the body"),
    ("POST {{base_url}}/v1?a=1\nX-A: 1\nContent-Type: application/json\n[Cookies]\nc: 1\n`[1]`", "the body"),
    ("POST {{base_url}}/v1?a=1\nX-A: 1\nContent-Type: application/json\n[Cookies]\nc: 1\nhex,ff;", "the body"),
    ("POST {{base_url}}/v1?a=1\nX-A: 1\nContent-Type: application/json\n[Cookies]\nc: 1", "the body"),
  ])
  func `is stopped at the first thing that differs`(other: String, part: String) throws {
    let planned = "POST {{base_url}}/v1?a=1\nX-A: 1\n[Cookies]\nc: 1\n{\"a\": 1}"
    guard case .refused(let message)? = try Drafting(text: planned).verdicts(on: other).last else {
      Issue.record("it passed")
      return
    }
    #expect(message.contains("\(part) differs"), "\(message)")
    #expect(try Drafting(text: planned).verdicts() == [.planned(1, in: "service")])
  }

  @Test(arguments: [
    ("{\"a\": \"{{id}}-x\"}", "{\"a\": \"1-y\"}"), ("{\"a\": \"{{id}}-x\"}", "{\"a\": 1}"),
    ("{\"a\": \"{{id}} and {{id}}\"}", "{\"a\": \"1 or 2\"}"), ("{\"a\": 1}", "{\"b\": 1}"),
    ("{\"a\": {\"b\": \"{{id}}\"}}", "{\"a\": \"x\"}"), ("{\"k{{id}}\": 1}", "{\"k7\": 2}"),
    ("{\"k{{id}}\": 1}", "{\"x7\": 1}"), ("[\"{{id}}\"]", "[1, 2]"), ("`a {{id}}`", "`b 1`"),
    ("`{{id}} a`", "`1 b`"), ("`a {{id}} b`", "`a b`"),
  ])
  func `fits its blanks and nothing around them`(planned: String, sent: String) throws {
    let head = "POST {{base_url}}/v1\nContent-Type: a/b\n"
    let drafting = Drafting(text: head + planned, variables: ["id": "7"], unknown: ["id"])
    guard case .refused(let message)? = try drafting.verdicts(on: head + sent).last else {
      Issue.record("it passed")
      return
    }
    #expect(message.contains("the body differs"), "\(message)")
    #expect(try drafting.verdicts() == [.planned(1, in: "service")])
  }

  @Test func `is compared by value where it is JSON`() throws {
    let verdicts = try Drafting(text: "POST {{base_url}}/v1\n{\"a\": 1, \"b\": [true]}").verdicts(
      on: "POST {{base_url}}/v1\n{ \"b\":[true],\"a\":1.0 }")
    #expect(verdicts == [.planned(1, in: "service")])
  }

  @Test func `has to be in the plan`() throws {
    let drafting = Drafting(text: "GET {{base_url}}/v1")
    #expect(
      try drafting.verdicts(on: "DELETE {{base_url}}/v1") == [
        .refused(
          "DELETE http://127.0.0.1:8080/v1 would change something and is not in the plan (no rule speaks of it)")
      ])
  }

  @Test func `may follow a redirect only to read`() throws {
    let drafting = Drafting(text: "POST {{base_url}}/v1\n[Options]\nlocation: true\n{}")
    let seeOther = [HTTPHeader(name: "Location", value: "/v2")]
    #expect(
      try drafting.verdicts(answers: [(303, seeOther, "")]) == [.planned(1, in: "service"), .reads(in: "service")])
    #expect(
      try drafting.verdicts(answers: [(307, seeOther, "")]).last
        == .refused(
          "a redirect leads to POST http://127.0.0.1:8080/v2, which would change something and is not in the plan; ask that "
            + "address"))
  }

  @Test func `may not turn out to risk more than was planned`() throws {
    let rules = [
      RiskRule(path: Glob("/v1/*"), body: [.init(name: "do", value: "cut")], risk: .high),
      RiskRule(path: Glob("/v1/*"), risk: .medium),
    ]
    let drafting = Drafting(
      text: "GET {{base_url}}/x\nHTTP 200\n[Captures]\nb: jsonpath \"$.b\"\n\nPOST {{base_url}}/v1/x\n`{{b}}`",
      rules: rules)
    // What is blank as a whole could be anything, so it was planned for the worst.
    #expect(try drafting.only().risk == .high)
    #expect(
      try drafting.verdicts(answers: [(200, [], #"{"b": {"do": "cut"}}"#)]).last == .planned(1, in: "service"))
  }

  @Test func `of several parts is compared without the boundary`() throws {
    let text = """
      GET {{base_url}}/x
      HTTP 200
      [Captures]
      v: jsonpath "$.v"

      POST {{base_url}}/v1
      [Multipart]
      a: {{v}}
      b: file,b.txt;
      """
    let drafting = Drafting(text: text, files: ["b.txt": "content"])
    #expect(try drafting.verdicts(answers: [(200, [], #"{"v": "x"}"#)]).last == .planned(1, in: "service"))
    #expect(try drafting.plan().requests.first?.body?.contains("{{v}}") == true)
    let own = Drafting(
      text: "POST {{base_url}}/v1\nContent-Type: multipart/form-data; boundary=b\n`--b {{v}} --b--`", unknown: ["v"])
    #expect(try own.only().body == "--b {{v}} --b--")
  }
}
