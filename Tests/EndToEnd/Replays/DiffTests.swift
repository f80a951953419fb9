import Foundation
import Testing

@Suite struct `A difference of two runs` {
  private static let service = """
    import http.server, json, os, sys, uuid

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps({"id": str(uuid.uuid4()), "word": open("hello.txt").read(), "n": [1, {"price": 9}]}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("X-Build", str(uuid.uuid4()))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
    """

  private func project(_ extra: String = "") async throws -> Project {
    var shape = Project.Shape()
    shape.extra = extra
    shape.service = "exec python3 varying.py $PORT"
    shape.files["varying.py"] = Self.service
    shape.files["validations/hello.hurl"] = "GET {{base_url}}/\nHTTP 200\n[Asserts]\njsonpath \"$.word\" exists\n"
    let project = try await Project(shape)
    try await project.sh(
      "sed -i 's/[$]PORT/\(project.port)/' waybill.yaml && git commit -qam port && git push -q origin main")
    #expect(try await project.waybill("run", "hello").status == 0)
    return project
  }

  @Test func `names calls by header and path, and learns noise from a second time of asking`() async throws {
    let project = try await project()
    let first = try await project.waybill("replay", "--live")
    #expect(first.status == 0 && first.text.contains("$.id \""), "\(first.text)")
    let original = try #require(try await project.runs().last?["run"] as? String)
    let once = try await project.waybill("diff", original)
    #expect(once.status == 1 && once.text.contains("header X-Build ") && !once.text.contains("noise"), "\(once.text)")
    let second = try await project.waybill("replay", "--live")
    #expect(second.status == 0 && !second.text.contains("$.id"), "\(second.text)")
    let (status, text) = try await project.waybill("diff", original)
    #expect((0...1).contains(status) && text.contains("(noise)"), "\(text)")
    // Times are what the machine makes of them.
    let answers = text.split(separator: "\n").filter { $0.hasPrefix("      ") && !$0.hasPrefix("      time ") }
    #expect(!answers.isEmpty && answers.allSatisfy { $0.hasSuffix("(noise)") }, "\(text)")
    let json = try await project.waybill("diff", original, "--json").text
    #expect(json.contains(#""place":"$.id""#) && json.contains(#""noise":true"#), "\(json)")
  }

  @Test func `leaves out what the configuration ignores`() async throws {
    let project = try await project("replay: { ignore: { headers: [X-Build], paths: [$.id] } }\n")
    let (status, text) = try await project.waybill("replay", "--live")
    #expect(status == 0 && !text.contains("X-Build") && !text.contains("$.id"), "\(text)")
    try await project.commit("echo bye > hello.txt")
    let other = try await project.waybill("replay", "--live", "--at", "HEAD")
    #expect(other.status == 0 && other.text.contains(#"$.word "hello\n" -> "bye\n""#), "\(other.text)")
    let original = try #require(try await project.runs().last?["run"] as? String)
    let difference = try await project.waybill("diff", original).text
    #expect(difference.contains("modified  hello.txt +1 -1"), "\(difference)")
    try project.write("replay: { ignore: { paths: [word] } }\nvalidate: [v]\n", to: "waybill.yaml")
    let bad = try await project.waybill("diff", original)
    #expect(bad.text.contains("waybill.yaml:1:29") && bad.text.contains("is no JSONPath"), "\(bad.text)")
  }

  @Test func `says what it cannot compare`() async throws {
    let project = try await delivered()
    let original = try #require(try await project.runs().last?["run"] as? String)
    let none = try await project.waybill("diff", original)
    #expect(none.status == 2 && none.text.contains("has no replay; name the run"), "\(none.text)")
    let same = try await project.waybill("diff", original, original)
    #expect(same.status == 0 && same.text.contains("do not differ"), "\(same.text)")
    #expect(try await project.waybill("diff", original, "ffff").status == 2)
  }

  @Test func `takes a run by its id, its task or its commit`() async throws {
    let project = try await delivered()
    let commit = try await project.sh("git rev-parse HEAD")
    #expect(try await project.waybill("replay", "--live").status == 0)
    let original = try #require(try await project.runs().last?["run"] as? String)
    for name in [original, String(original.prefix(30)), "hello", commit, String(commit.prefix(7))] {
      let (status, text) = try await project.waybill("show", name)
      #expect(status == 0 && text.contains(original), "\(name): \(text)")
      let found = try await project.runs(name).map { $0["state"] as? String }
      #expect(found == ["reproduced", "delivered"], "\(name): \(found)")
    }
    for name in ["nobody", String(commit.prefix(3)) + "x", "%"] {
      let (status, text) = try await project.waybill("show", name)
      #expect(status == 2 && text.contains("no id and no commit begins with it"), "\(name): \(text)")
    }
  }
}
