import Testing

@Suite struct `Validations in the loop` {
  private static let setup = """
    GET {{base_url}}/validations/word.txt
    HTTP 200
    [Captures]
    word: body
    """

  @Test func `are all that a folder holds, prepared by the setups of its folders`() async throws {
    var shape = Project.Shape()
    shape.validate = "validations/"
    shape.files = [
      "validations/word.txt": "sesame", "validations/notes.txt": "not a validation",
      "validations/_setup.hurl": Self.setup,
      "validations/deep/_setup.hurl":
        "GET {{base_url}}/validations/deep/{{word}}.txt\nHTTP 200\n[Captures]\nkey: body\nword: body\n",
      "validations/deep/sesame.txt": "open",
      "validations/deep/a.hurl":
        "GET {{base_url}}/hello.txt\nX-Word: {{word}}{{key}}\nX-Run: {{run}} {{task}} {{commit}} {{tree}}\nHTTP 200\n",
      "validations/hello.hurl": "GET {{base_url}}/validations/{{word}}\nHTTP 404\n",
    ]
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    let page = try await project.waybill("show", "--exchanges").text
    let names = page.split(separator: "\n").filter { $0.hasPrefix("  validations/") }.map { $0.prefix { $0 != ":" } }
    #expect(
      names == [
        "  validations/_setup.hurl", "  validations/deep/_setup.hurl", "  validations/deep/a.hurl",
        "  validations/hello.hurl",
      ], "\(page)")
    #expect(page.contains("\"openopen\"") && page.contains("/validations/sesame\""), "\(page)")
    let base = try await project.sh("git rev-parse HEAD~1")
    #expect(page.contains("hello \(base) "), "\(page)")
    #expect(page.contains("    key = open"), "\(page)")
  }

  @Test func `of the base commit are prepared as the base commit has it`() async throws {
    var shape = Project.Shape()
    shape.validate = "validations/*.hurl"
    shape.implement = "sh ./change.sh"
    shape.files = [
      "change.sh": """
      echo hello > hello.txt
      printf other > validations/word.txt
      sed s/word:/term:/ -i validations/_setup.hurl
      printf "GET {{base_url}}/validations/word.txt\\nX-Term: {{term}}\\nHTTP 200\\n" > validations/new.hurl
      """,
      "validations/word.txt": "sesame", "validations/_setup.hurl": Self.setup,
      "validations/hello.hurl": "GET {{base_url}}/validations/word.txt\nHTTP 200\n[Asserts]\nbody == \"{{word}}\"\n",
    ]
    let project = try await Project(shape)
    #expect(try await project.waybill("run", "hello").status == 3)
    #expect(try await project.decide("approve").status == 0)
    let (status, text) = try await project.waybill("resume")
    #expect(status == 0, "\(text)")
    let page = try await project.waybill("show").text
    for name in ["_setup.hurl (as it was)", "_setup.hurl", "hello.hurl", "new.hurl (of this change)"] {
      #expect(page.contains("  validations/\(name): "), "\(page)")
    }
  }

  @Test func `are not seen live by a setup alone`() async throws {
    var shape = Project.Shape()
    shape.attempts = 1
    shape.files = [
      "validations/word.txt": "sesame", "validations/_setup.hurl": Self.setup,
      "validations/hello.hurl": "GET http://127.0.0.1:1/x\n[Options]\nskip: true\n",
    ]
    let (status, text) = try await Project(shape).waybill("run", "hello")
    #expect(status == 1 && text.contains("\"validations/hello.hurl\" asked nothing"), "\(text)")
  }

  /// A service that answers "no" as often as the file `../chances` has lines, and "yes" from then on.
  private func chancy(_ chances: Int, _ shape: inout Project.Shape, quorum: String?) async throws -> Project {
    shape.validate = "validations/hello.hurl"
    shape.service = "exec python3 chancy.py"
    shape.files = [
      "validations/hello.hurl":
        "GET {{base_url}}/chance\nHTTP 200\n[Asserts]\nbody == \"yes\"\n"
    ]
    let project = try await Project(shape)
    try project.write(
      """
      import http.server

      class Handler(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              body = b"ok"
              if self.path == "/chance":
                  lines = open("../chances").readlines()
                  body = b"no" if lines else b"yes"
                  open("../chances", "w").writelines(lines[1:])
              self.send_response(200)
              self.send_header("Content-Length", str(len(body)))
              self.end_headers()
              self.wfile.write(body)

      http.server.HTTPServer.allow_reuse_address = True
      http.server.HTTPServer(("127.0.0.1", \(project.port)), Handler).serve_forever()
      """, to: "chancy.py")
    try project.write(String(repeating: "no\n", count: chances), to: "../chances")
    if let quorum {
      try await project.sh(
        "sed -i \"s|^validate: .*|validate: { files: [validations/hello.hurl], quorum: \(quorum) }|\" waybill.yaml")
    }
    try await project.sh("git add -A && git commit -qm chancy && git push -q origin main")
    return project
  }

  @Test func `may pass by a quorum, and are told as flaky`() async throws {
    var shape = Project.Shape()
    let project = try await chancy(1, &shape, quorum: "2 of 3")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    let words = "validations/hello.hurl is flaky: failed, passed, passed on the same tree"
    #expect(text.contains(words), "\(text)")
    for verb in [["show"], ["why"]] {
      let said = try await project.waybill(verb).text
      #expect(said.contains(words), "\(said)")
    }
    let json = try await project.waybill("show", "--json").text
    #expect(json.contains(#""verdicts":["failed","passed","passed"]"#), "\(json)")
  }

  @Test func `stop as soon as the quorum cannot be reached`() async throws {
    var shape = Project.Shape()
    shape.attempts = 1
    let project = try await chancy(9, &shape, quorum: "2 of 3")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 1, "\(text)")
    #expect(text.contains("\"validations/hello.hurl\" failed, 2 of 2 times, and has to pass 2 of 3"), "\(text)")
    #expect(project.read("../chances") == String(repeating: "no\n", count: 7))
  }

  @Test func `that pass when nothing was changed are told as flaky`() async throws {
    var shape = Project.Shape()
    let project = try await chancy(1, &shape, quorum: nil)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    #expect(text.contains("validations/hello.hurl is flaky: failed, passed on the same tree"), "\(text)")
  }
}
