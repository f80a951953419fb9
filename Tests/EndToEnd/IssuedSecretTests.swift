import Foundation
import Testing

@Suite struct `What a service hands out` {
  @Test func `is masked in all that is kept and shown, and used as it is`() async throws {
    let project = try await project(
      """
      GET {{base_url}}/login
      HTTP 200
      [Captures]
      access: jsonpath "$.data.access_token"
      [Asserts]
      cookie "PVEAuthCookie" matches /^PVE:/
      jsonpath "$.data.pin" >= 1000000000

      GET {{base_url}}/private
      Authorization: Bearer {{access}}
      HTTP 200
      [Asserts]
      body contains "welcome"

      GET {{base_url}}/moved
      [Options]
      location: true
      HTTP 200
      """)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    let issued = project.read("../issued").split(separator: "\n").map(String.init)
    #expect(issued.count == 4)
    let logs = try await project.waybill("logs").text
    let page = try await project.waybill("show", "--exchanges").text + project.waybill("show", "--json").text
    for said in [text, logs, page] { for value in issued { #expect(!said.contains(value), "\(said)") } }
    for mask in ["response.access_token", "set-cookie.PVEAuthCookie", "location.id_token", "response.password"] {
      #expect(page.contains("[redacted:\(mask)]"), "\(mask) \(page)")
    }
    #expect(logs.contains("GET /here?id_token=[redacted:location.id_token]"), "\(logs)")
    // A number that is a secret leaves a document behind.
    #expect(page.contains(#"\"password\":\"[redacted:response.password]\""#), "\(page)")
  }

  @Test func `that is too much to be masked fails the validation`() async throws {
    let project = try await project("GET {{base_url}}/many\nHTTP 200\n")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 1, "\(text)")
    #expect(text.contains("hands 300 secrets out"), "\(text)")
    let page = try await project.waybill("show", "--exchanges").text
    #expect(!page.contains("many-secret-value"), "\(page)")
  }

  private func project(_ validation: String) async throws -> Project {
    var shape = Project.Shape()
    shape.attempts = 1
    shape.service = "exec python3 -u service.py $PORT"
    shape.files = ["validations/hello.hurl": validation, "service.py": Self.service]
    let project = try await Project(shape)
    try await project.sh(
      "sed -i 's/.PORT/\(project.port)/' waybill.yaml && git commit -qam port && git push -q origin main")
    return project
  }

  private static let service = """
    import http.server, json, secrets, sys

    access, cookie, moved = [secrets.token_urlsafe(24) for _ in range(3)]
    pin = 1000000000 + secrets.randbelow(1 << 30)
    open("../issued", "w").write("\\n".join([access, cookie, moved, str(pin)]))

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status, headers, text = 200, [], "ok"
            if self.path == "/login":
                headers = [("set-cookie", "PVEAuthCookie=PVE:root@pam:" + cookie + "; Path=/; HttpOnly")]
                text = json.dumps({"data": {"access_token": access, "pin": pin, "password": pin}})
            elif self.path == "/private":
                text = "welcome" if self.headers["Authorization"] == "Bearer " + access else "who are you"
            elif self.path == "/moved":
                status, headers = 302, [("Location", "/here?id_token=" + moved)]
            elif self.path == "/many":
                text = json.dumps([{"token": "many-secret-value-%d" % number} for number in range(300)])
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

    http.server.ThreadingHTTPServer.allow_reuse_address = True
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
    """
}
