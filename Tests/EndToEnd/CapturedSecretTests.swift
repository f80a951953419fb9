import DeliveryLoop
import Foundation
import Testing

@Suite struct `A secret that a validation captures` {
  @Test func `is masked in the service's log, in later evidence and on the screen`() async throws {
    let project = try await project(
      after: "GET {{base_url}}/echo?auth={{token}}\nHTTP 200\n[Asserts]\nbody contains \"hello\"\n",
      further: ["validations/hello_2.hurl": "GET {{base_url}}/again\nHTTP 200\n[Captures]\nseen: body\n"])
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    let token = try token(of: project)
    let logs = try await project.waybill("logs", "--step", "start").text
    #expect(logs.contains("GET /echo?auth=[redacted:token]"), "\(logs)")
    let page = try await project.waybill("show", "--exchanges").text + project.waybill("show", "--json").text
    #expect(page.contains("hello to [redacted:token]"), "\(page)")
    for said in [text, logs, page] { #expect(!said.contains(token)) }
  }

  @Test func `is masked in the feedback and the events of a validation that fails`() async throws {
    let project = try await project(
      after: "GET {{base_url}}/echo?auth={{token}}\nHTTP 200\n",
      further: ["validations/hello_2.hurl": "GET {{base_url}}/again\nHTTP 200\n[Asserts]\nbody == \"other\"\n"],
      implement: "echo hello > hello.txt; cat \"$WAYBILL_BRIEF\"")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 1, "\(text)")
    let tokens = project.read("../token").split(separator: "\n").map(String.init)
    #expect(tokens.count == 2)
    let json = try await project.waybill("show", "--json").text
    let page = try await project.waybill("show", "--exchanges").text + project.waybill("why").text
    let logs = try await project.waybill("logs").text
    #expect(text.contains("hello to [redacted:token]"), "\(text)")
    #expect(logs.contains("hello to [redacted:token]"), "\(logs)")
    for said in [text, json, page, logs] { for token in tokens { #expect(!said.contains(token)) } }
  }

  @Test(arguments: [("?t=abc", "shorter than 4 bytes"), ("?t=main", "stands in the name of the branch")])
  func `and that cannot be masked fails it before it is sent anywhere`(query: String, reason: String) async throws {
    let project = try await project(login: "/login\(query)", after: "GET {{base_url}}/echo?auth={{token}}\nHTTP 200\n")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 1, "\(text)")
    #expect(text.contains(reason), "\(text)")
    #expect(!(try await project.waybill("logs", "--step", "start").text.contains("/echo")))
  }

  private func token(of project: Project) throws -> String {
    let token = project.read("../token").trimmed
    try #require(token.count == 32)
    return token
  }

  private func project(
    login: String = "/login", after: String, further: [String: String] = [:],
    implement: String = "echo hello > hello.txt"
  ) async throws -> Project {
    var shape = Project.Shape()
    shape.implement = implement
    shape.service = "exec python3 -u service.py $PORT"
    shape.files = further
    shape.files["validations/hello.hurl"] =
      "GET {{base_url}}\(login)\nHTTP 200\n[Captures]\ntoken: jsonpath \"$.t\" redact\n\n" + after
    shape.files["service.py"] = Self.service
    let project = try await Project(shape)
    try await project.sh(
      "sed -i 's/.PORT/\(project.port)/' waybill.yaml && git commit -qam port && git push -q origin main")
    return project
  }

  /// Hands a token out that is its own, and later speaks of it, also where nobody asks for it.
  private static let service = """
    import http.server, json, secrets, sys, urllib.parse

    token = secrets.token_hex(16)
    open("../token", "a").write(token + "\\n")

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            query = urllib.parse.parse_qs(urllib.parse.urlparse(self.path).query)
            if self.path.startswith("/login"):
                text = json.dumps({"t": query.get("t", [token])[0]})
            else:
                text = "ok" if self.path == "/healthz" else "hello to " + token
            self.send_response(200)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

    http.server.ThreadingHTTPServer.allow_reuse_address = True
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
    """
}
