import LiveChecks
import Testing

@Suite struct `What an exchange hands out` {
  static let secret = "k3y-9f8e7d6c5b4a"

  /// Names of the values that were found, each as it stands.
  private func found(_ response: HTTPResponse, to request: HTTPRequest = HTTPRequest(method: "GET", url: "http://h/x"))
    -> [String]
  { Exchange(request: request, outcome: .response(response)).issuedSecrets.map { "\($0.name)=\($0.value)" } }

  @Test(arguments: [
    (#"{"access_token":"S"}"#, "access_token"), (#"{"a":[{"b":{"refreshToken":"S"}}]}"#, "refreshToken"),
    (#"{"data":{"ticket":"S","username":"root@pam"}}"#, "ticket"),
    (#"{"data":{"CSRFPreventionToken":"S"}}"#, "CSRFPreventionToken"),
    (#"{"data":{"full-tokenid":"a@pam!b","info":{"privsep":1},"value":"S"}}"#, "value"),
    (#"{"client-secret":"S"}"#, "client-secret"), (#"{"x_api_key":"S"}"#, "x_api_key"),
    (#"{"Password":"S"}"#, "Password"), (#"{"tokens":["S"]}"#, "tokens"), (#"{"secret":{"value":"S"}}"#, "secret"),
    (#"{"log":"{\"id_token\":\"S\"}"}"#, "id_token"), ("{\"id_token\":\"S\"}\n{\"other\":1}\n", "id_token"),
    ("event: login\ndata: {\"session_id\":\"S\"}\n\n", "session_id"), (#"{"otp":9081726354}"#, "otp"),
    (#"{"kind":"Secret","data":{"db":"S"}}"#, "db"),
    ("access_token=S&scope=repo&token_type=bearer", "access_token"), ("# env\nAPI_TOKEN=S\n", "API_TOKEN"),
    ("user: ada\npassword: \"S\"\n", "password"),
    ("<r xmlns:a='u'><a:SessionToken>S</a:SessionToken></r>", "SessionToken"),
    ("<?xml version='1.0'?><r token='S'/>", "token"), ("<r><password><![CDATA[S]]></password></r>", "password"),
    ("<!doctype html><input type=hidden name=\"csrf_token\" value=\"S\">", "csrf_token"),
    ("<html><meta name='csrf-token' content='S'></html>", "csrf-token"),
    ("<html><a href='/get?file=1&amp;X-Amz-Signature=S'>x</a></html>", "X-Amz-Signature"),
    (#"{"url":"https://s3/b/k?X-Amz-Expires=60&X-Amz-Signature=S"}"#, "X-Amz-Signature"),
    (#"{"url":"https://blob/x?sp=r&sig=S"}"#, "sig"), (#"{"dsn":"postgres://ada:S@db:5432/x"}"#, "password"),
  ])
  func `in a body is known by its name`(body: String, name: String) {
    let value = body.contains("9081726354") ? "9081726354" : Self.secret
    let body = body.replacing("S\"", with: "\(Self.secret)\"").replacing("S<", with: "\(Self.secret)<")
      .replacing("=S", with: "=\(Self.secret)").replacing("'S'", with: "'\(Self.secret)'")
      .replacing("[S]", with: "[\(Self.secret)]").replacing(":S@", with: ":\(Self.secret)@")
      .replacing("\"S\\", with: "\"\(Self.secret)\\")
    #expect(found(.ok(body)) == ["response.\(name)=\(value)"])
  }

  @Test(arguments: [
    ("Set-Cookie", "PVEAuthCookie=S; Path=/; Secure", "set-cookie.PVEAuthCookie"),
    ("SET-COOKIE", "x=\"S\"; HttpOnly", "set-cookie.x"), ("set-cookie", "my_sess=S", "set-cookie.my_sess"),
    ("Authorization", "Bearer S", "response.authorization"), ("X-AUTH-TOKEN", "S", "response.x-auth-token"),
    ("Location", "/home?lang=en#access_token=S&state=1", "location.access_token"),
    ("location", "https://app/cb?code=S", "location.code"),
    ("Link", "<https://h/x?token=S>; rel=next", "response.token"),
  ])
  func `in a header of any case is known by its name`(name: String, value: String, expected: String) {
    let header = (name, value.replacing("S", with: Self.secret, maxReplacements: value.hasSuffix("Secure") ? 1 : 9))
    let response = HTTPResponse(status: 302, headers: [HTTPHeader(name: header.0, value: header.1)])
    #expect(found(response) == ["\(expected)=\(Self.secret)"])
  }

  /// Put together here, so that no scanner finds it in this file.
  static let token = "ghp_" + "aB3dE6gH9jK2mN5pQ8rS1tU4vW7xY0" + "zA1bC2"

  @Test func `is known by its format under any name`() {
    let name = "github-personal-token"
    #expect(found(.ok("{\"data\":{\"note\":\"\(Self.token)\"}}")) == ["response.\(name)=\(Self.token)"])
    #expect(found(.ok("the word is \(Self.token), again \(Self.token)")) == ["response.\(name)=\(Self.token)"])
    #expect(
      found(HTTPResponse(status: 200, headers: [HTTPHeader(name: "X-Note", value: Self.token)]))
        == ["response.\(name)=\(Self.token)"])
    let request = HTTPRequest(method: "POST", url: "http://h/\(Self.token)", body: Array("x".utf8))
    #expect(found(.ok("fine"), to: request) == ["request.\(name)=\(Self.token)"])
    #expect(
      found(.ok("fine"), to: HTTPRequest(method: "POST", url: "http://h/", body: Array(Self.token.utf8)))
        == ["request.\(name)=\(Self.token)"])
    let key = [
      "-----BEGIN PRIVATE KEY-----", String(repeating: "MIIBVQIBADANBgkqhkiG9w0B", count: 4),
      "-----END PRIVATE KEY-----",
    ]
    let values = Exchange(
      request: HTTPRequest(method: "GET", url: "http://h/"),
      outcome: .response(.ok("{\"note\":\"\(key.joined(separator: "\\n"))\"}"))
    ).issuedSecrets.map(\.value)
    #expect(values == [key.joined(separator: "\n")])
  }

  @Test func `holds what the request proves itself with`() {
    let basic = "YWRhOmszeS05ZjhlN2Q2YzViNGE="
    let request = HTTPRequest(
      method: "GET", url: "http://h/x?api_key=k3y-in-an-address",
      headers: [
        HTTPHeader(name: "authorization", value: "Basic \(basic)"),
        HTTPHeader(name: "Cookie", value: "a=b; sid=\(Self.secret)1"),
        HTTPHeader(name: "X-Other", value: "nothing-that-counts"),
      ])
    #expect(
      found(.ok("{}"), to: request) == [
        "request.authorization=\(basic)", "request.password=\(Self.secret)", "cookie.sid=\(Self.secret)1",
        "request.api_key=k3y-in-an-address",
      ])
    let token = HTTPRequest(
      method: "GET", url: "http://h/x",
      headers: [HTTPHeader(name: "Authorization", value: "PVEAPIToken=root@pam!w=0d9f1c2e-aaaa-bbbb-cccc-000011112222")]
    )
    #expect(found(.ok("{}"), to: token).contains("request.authorization=0d9f1c2e-aaaa-bbbb-cccc-000011112222"))
  }

  @Test func `is also known without its percent signs, and where the answer is nothing else`() {
    let ticket = "PVE:root@pam:65f0::a+b/c="
    let coded = "PVE%3Aroot%40pam%3A65f0%3A%3Aa%2Bb%2Fc%3D"
    let response = HTTPResponse(status: 200, headers: [HTTPHeader(name: "Set-Cookie", value: "PVEAuthCookie=\(coded)")])
    #expect(found(response) == ["set-cookie.PVEAuthCookie=\(coded)", "set-cookie.PVEAuthCookie=\(ticket)"])
    let word = HTTPResponse(status: 200, body: Array("\(Self.secret)\n".utf8), url: "http://h/latest/api/token?x=1")
    #expect(found(word) == ["response.token=\(Self.secret)"])
  }

  @Test(arguments: [
    #"{"token":"true"}"#, #"{"token":"none"}"#, #"{"token":1234567}"#, #"{"token":null}"#, #"{"token":"short"}"#,
    #"{"password":"********"}"#, #"{"token":"required"}"#, #"{"token":"INVALID_TOKEN"}"#,
    #"{"token_type":"bearer-token"}"#,
    #"{"next_page_token":"k3y-9f8e7d6c5b4a"}"#, #"{"session":"2026-01-02T03:04:05Z"}"#,
    #"{"errors":{"password":["is too short","must hold a sign"]}}"#,
    #"{"properties":{"password":{"type":"my-string"}}}"#,
    #"{"full-tokenid":"root@pam!waybill"}"#, #"{"kind":"Pod","data":{"db":"k3y-9f8e7d6c5b4a"}}"#,
    "Authorization:", "<p>Your password: ask the administrator</p>", "lang=en-GB-oxendict", "token", "{", "[", "<",
    "<a", "<a b=",
    "?token=", "=",
    #"{"max_tokens":[10000000]}"#,
  ])
  func `is not what is short or ordinary`(body: String) { #expect(found(.ok(body)) == []) }

  @Test func `is not a cookie that says nothing, or one that is taken away`() {
    let headers = ["lang=en-GB-oxendict", "theme=very-dark-mode", "sid=k3y-9f8e7d6c5b4a; Max-Age=0"]
    #expect(found(HTTPResponse(status: 200, headers: headers.map { HTTPHeader(name: "Set-Cookie", value: $0) })) == [])
  }

  @Test func `is told by a session, unless its file or an open variable has it already`() throws {
    let source = "GET http://h/login\nHTTP 200\n[Asserts]\njsonpath \"$.token\" == \"known-in-the-file-1\"\n"
    let file = try CheckFile.parse(Array(source.utf8), name: "t.hurl")
    var session = CheckSession(
      file: file, variables: ["open": .string("open-value-22"), "closed": .string("closed-value-3")],
      secrets: ["closed"])
    guard case .send = session.next() else { return }
    session.receive(
      .response(
        .ok(
          #"{"token":"known-in-the-file-1","a":{"token":"open-value-22"},"b":{"token":"closed-value-3"},"c":{"token":"fresh-value-4"}}"#
        )))
    #expect(session.issuedSecrets.map(\.value) == ["closed-value-3", "fresh-value-4"])
  }
}
