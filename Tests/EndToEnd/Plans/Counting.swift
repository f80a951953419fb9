/// A project whose service counts what it is asked to change, in the file `../changes`.
struct Counting {
  let project: Project

  static let risk = """
    risk:
      - { when: { method: POST, path: /look }, class: low }
      - { when: { method: POST, path: /turn/* }, class: medium }
      - { when: { method: POST, path: /do, body: { action: turn } }, class: medium }

    """

  init(_ validation: String, _ shape: Project.Shape = Project.Shape(), risk: String = Self.risk) async throws {
    var shape = shape
    shape.service = "exec python3 counting.py"
    shape.extra += risk
    shape.validate = "validations/hello.hurl"
    shape.files["validations/hello.hurl"] = validation
    project = try await Project(shape)
    try project.write(Self.service(project.port), to: "counting.py")
    try await project.sh("git add -A && git commit -qm counting && git push -q origin main; touch ../changes")
  }

  /// What the service was asked to change, a line each.
  var changes: [String] { project.read("../changes").split(separator: "\n").map(String.init) }

  /// A request for `/hang` is never answered, and one for `/drop` only by closing the connection.
  private static func service(_ port: UInt16) -> String {
    """
    import http.server, time

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self, status, body, *headers):
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            self.answer(200, b'{"id": "100"}' if self.path == "/id" else b"ok")

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with open("../changes", "a") as file:
                file.write(self.requestline.rsplit(" ", 1)[0] + " " + body.decode() + "\\n")
            if self.path == "/away":
                return self.answer(307, b"", ("Location", "/do"))
            if self.path == "/drop":
                self.close_connection = True
                return
            while self.path == "/hang":
                time.sleep(1)
            self.answer(201, b"{}")

        do_DELETE = do_PUT = do_POST

        def log_message(self, *arguments):
            pass

    http.server.ThreadingHTTPServer.allow_reuse_address = True
    http.server.ThreadingHTTPServer(("127.0.0.1", \(port)), Handler).serve_forever()
    """
  }
}
