import Foundation
import Testing

@Suite struct `The record of a validation` {
  /// A service that prints what it is asked for, and whose `/large` is larger than what stands in a record.
  private func project(_ validation: String, secretFor steps: String = "start, validate") async throws -> Project {
    var shape = Project.Shape()
    shape.service = "exec python3 -u large.py $PORT"
    shape.extra = "secrets: { TOKEN: { from: env, for: [\(steps)] } }\n"
    shape.files["large.py"] = """
      import http.server, os, sys

      class Handler(http.server.BaseHTTPRequestHandler):
          def do_GET(self):
              print("asked for " + self.path, flush=True)
              size = {"/large": 1 << 20, "/limit": (1 << 20) - 8}.get(self.path, 0)
              body = b"begin..." + b"x" * size
              if self.path == "/small":
                  body = os.environ["TOKEN"].encode()
              self.send_response(200)
              self.send_header("Content-Length", str(len(body)))
              self.end_headers()
              self.wfile.write(body)

          def log_message(self, *words):
              pass

      http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
      """
    shape.files["validations/hello.hurl"] = validation
    let project = try await Project(shape)
    try await project.sh(
      "sed -i 's/[$]PORT/\(project.port)/' waybill.yaml && git commit -qam port && git push -q origin main")
    let run = try await project.waybill(["run", "hello"], environment: ["TOKEN": SampleSecret.token])
    #expect(run.status == 0, "\(run.text)")
    return project
  }

  private func record(_ project: Project) async throws -> [String: Any] {
    let text = try await project.waybill("show", "--exchanges").text
    let start = try #require(text.range(of: "\n{\n"))
    return try #require(
      try JSONSerialization.jsonObject(with: Data(text[start.lowerBound...].utf8)) as? [String: Any])
  }

  private func bodies(_ record: [String: Any]) throws -> [[String: Any]] {
    let entries = try #require(record["entries"] as? [[String: Any]])
    return try entries.map { entry in
      let attempt = try #require((entry["attempts"] as? [[String: Any]])?.last)
      let exchange = try #require((attempt["exchanges"] as? [[String: Any]])?.last)
      return try #require((exchange["response"] as? [String: Any])?["body"] as? [String: Any])
    }
  }

  @Test func `has what it ran in, the file's blob and what the service said meanwhile`() async throws {
    let project = try await project("GET {{base_url}}/one\nHTTP 200\n")
    let record = try await record(project)
    #expect(try await project.sh("git rev-parse HEAD:validations/hello.hurl") == record["blob"] as? String)
    let ranIn = try #require(record["ran_in"] as? [String: Any])
    let tools = try #require(ranIn["tools"] as? [String: String])
    #expect(Set(tools.keys) == ["waybill", "system", "libcurl", "OpenSSL", "libgit2", "SQLite"])
    #expect(!tools.values.contains(""), "\(tools)")
    #expect((ranIn["variables"] as? [String])?.contains("TOKEN") == true, "\(ranIn)")
    #expect((ranIn["fingerprint"] as? String)?.count == 64)
    let log = try #require(record["service_log"] as? String)
    // As far as it had arrived by then.
    let all = try await project.sh("\(Program.path) logs --step start 2>/dev/null").split(separator: "\n")
    #expect(log.split(separator: "\n").allSatisfy { all.contains($0) }, "\(log) in \(all)")
  }

  @Test func `keeps a large body apart, once, and finds it again`() async throws {
    let project = try await project(
      """
      GET {{base_url}}/large
      HTTP 200
      [Asserts]
      bytes count == 1048584
      body startsWith "begin"

      GET {{base_url}}/limit
      HTTP 200

      """)
    let bodies = try bodies(try await record(project))
    #expect(
      bodies[0]["kept"] as? String == "apart" && bodies[0]["text"] == nil && bodies[0]["size"] as? Int == 1_048_584)
    #expect(bodies[1]["kept"] == nil && (bodies[1]["text"] as? String)?.utf8.count == 1_048_576)
    let large = try await project.sh(
      "(printf begin...; head -c 1048576 /dev/zero | tr '\\0' x) | sha256sum | cut -c1-64")
    #expect(bodies[0]["sha256"] as? String == large)
    let replay = try await project.waybill("replay")
    #expect(replay.status == 0, "\(replay.text)")
    #expect(try await project.waybill("export", "--har", "../run.har").status == 0)
    #expect(project.read("../run.har").utf8.count > 2 << 20)
    // Another run of the same keeps no second copy.
    let count = """
      python3 -c "import sqlite3; print(*sqlite3.connect('.waybill/ledger.db').execute('select count(distinct evidence.id),
      count(distinct pieces.digest) from evidence join pieces on evidence.id = evidence where kind = \\'body\\'').fetchone())"
      """.replacing("\n", with: " ")
    let before = try await project.sh(count).split(separator: " ")
    #expect(try await project.waybill(["replay", "--live"], environment: ["TOKEN": SampleSecret.token]).status == 0)
    let after = try await project.sh(count).split(separator: " ")
    #expect(before[0] == "1" && after[0] == "2" && before[1] == after[1], "\(before) and \(after)")
  }

  /// One that the validation does not know is masked last of all.
  @Test(arguments: ["start, validate", "start"])
  func `has the digest of what is kept, not of a secret`(steps: String) async throws {
    let project = try await project(
      "GET {{base_url}}/small\nHTTP 200\n[Asserts]\nbody exists\n", secretFor: steps)
    let body = try bodies(try await record(project))[0]
    #expect(body["text"] as? String == "[redacted:TOKEN]", "\(body)")
    let masked = try await project.sh("printf '[redacted:TOKEN]' | sha256sum | cut -c1-64")
    #expect(body["sha256"] as? String == masked)
  }

  @Test func `tells two runs with other tools apart`() async throws {
    let project = try await project("GET {{base_url}}/one\nHTTP 200\n")
    let replay = try await project.waybill(
      ["replay", "--live"], environment: ["TOKEN": SampleSecret.token, "LANG": "C"])
    #expect(replay.status == 0, "\(replay.text)")
    let original = try #require(try await project.runs().last?["run"] as? String)
    let difference = try await project.waybill("diff", original)
    #expect(difference.text.contains("variables") && !difference.text.contains("OpenSSL"), "\(difference.text)")
  }
}
