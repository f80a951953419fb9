import Foundation
import Testing

/// A project whose service answers `/held` only while there is no folder `hold` beside it, and `/token` only who has the token.
private func answering(_ validation: String) async throws -> Project {
  var shape = Project.Shape()
  shape.attempts = 1
  shape.extra = "secrets: { TOKEN: { from: env, for: [start, validate] } }\n"
  shape.service = "exec python3 answering.py $PORT"
  shape.files["validations/hello.hurl"] = validation
  shape.files["answering.py"] = """
    import http.server, os, sys, time

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            home = os.environ["HOME"]
            if self.path == "/held":
                open(home + "/asked", "w").close()
                while os.path.exists(home + "/hold"):
                    time.sleep(0.02)
            known = self.path != "/token" or self.headers.get("X-Token") == os.environ["TOKEN"]
            self.send_response(200 if known else 403)
            self.send_header("Content-Length", "0")
            self.end_headers()

    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
    """
  let project = try await Project(shape)
  try await project.sh(
    "sed -i 's/[$]PORT/\(project.port)/' waybill.yaml && git commit -qam port && git push -q origin main")
  let run = try await project.waybill(["run", "hello"], environment: secret)
  #expect(run.status == 0, "\(run.text)")
  return project
}

private let secret = ["TOKEN": SampleSecret.token]

@Suite struct `The life of a live replay` {
  private static let held = "GET {{base_url}}/held\nHTTP 200\n"

  @Test func `ends with the program that is killed, and is put away by the next`() async throws {
    let project = try await answering(Self.held)
    try await project.sh("rm ../asked; mkdir ../hold")
    let killed = try Harness(project, ["replay", "--live"], environment: secret)
    try await killed.leaves("\(project.folder)/asked")
    killed.kill()
    #expect(try await killed.end() == .killed)
    try await project.sh("rmdir ../hold")
    let next = try await project.waybill(["replay", "--live"], environment: secret)
    #expect(next.status == 0 && next.text.contains("reproduced"), "\(next.text)")
    #expect(try await project.remains() == [])
    #expect(try await project.runs().map { $0["state"] as? String } == ["reproduced", "abandoned", "delivered"])
  }

  /// Where git is held when the program is killed, by what it is asked for.
  @Test(arguments: ["worktree add", "symbolic-ref", "worktree remove", "update-ref -d"])
  func `is put away wherever it was killed`(words: String) async throws {
    let project = try await answering("GET {{base_url}}/free\nHTTP 200\n")
    try project.wrapGit(words)
    let wrapped = secret.merging(["PATH": project.wrappedPath]) { $1 }
    try await project.sh("mkdir ../hold")
    let killed = try Harness(project, ["replay", "--live"], environment: wrapped)
    try await killed.leaves("\(project.folder)/hold/mark")
    killed.kill()
    #expect(try await killed.end() == .killed)
    // What git was at it ends as well, sooner or later.
    try await project.sh(
      """
      rm -r ../hold; pkill -9 -f '\(project.folder)/[b]in/git'
      for process in $(pgrep -x sleep); do
        case $(readlink /proc/$process/cwd) in \(project.folder)*) kill -9 $process ;; esac
      done
      """)
    let next = try await project.waybill(["replay", "--live"], environment: secret)
    #expect(next.status == 0 && next.text.contains("reproduced"), "\(next.text)")
    #expect(try await project.remains() == [])
    // What had come to its end before is kept, and what had not is given up.
    let states = try await project.runs().map { $0["state"] as? String }
    #expect(states.first == "reproduced" && states.last == "delivered" && !states.contains("cut-off"), "\(states)")
  }

  @Test func `ends when it is interrupted, and leaves nothing`() async throws {
    let project = try await answering(Self.held)
    try await project.sh("rm ../asked; mkdir ../hold")
    let stopped = try Harness(project, ["replay", "--live"], environment: secret)
    try await stopped.leaves("\(project.folder)/asked")
    try await project.sh("kill -INT \(stopped.pid)")
    #expect(try await stopped.end() == .exited(130), "\(stopped.text)")
    #expect(try await project.remains() == [])
    #expect(try await project.runs().map { $0["state"] as? String } == ["interrupted", "delivered"])
    let resumed = try await project.waybill(
      ["resume", try #require(try await project.runs()[0]["run"] as? String)], environment: secret)
    #expect(resumed.status == 2 && resumed.text.contains("is a replay that is over; ask again"), "\(resumed.text)")
  }

  @Test func `puts secrets back that were masked, and masks them again`() async throws {
    let project = try await answering("GET {{base_url}}/token\nX-Token: {{TOKEN}}\nHTTP 200\n")
    let (status, text) = try await project.waybill(["replay", "--live"], environment: secret)
    #expect(status == 0 && text.contains("reproduced"), "\(text)")
    let shown = try await project.waybill(
      "show", try #require(try await project.runs()[0]["run"] as? String), "--exchanges")
    #expect(shown.text.contains("[redacted:TOKEN]") && !shown.text.contains(SampleSecret.token), "\(shown.text)")
    #expect(try await project.sh("grep -rlF '\(SampleSecret.token)' .waybill || true") == "")
    let without = try await project.waybill("replay", "--live")
    #expect(without.status == 2 && without.text.contains("TOKEN"), "\(without.text)")
    #expect(try await project.remains() == [])
  }

  @Test func `has the secrets of a file beside the repository`() async throws {
    var shape = Project.Shape()
    shape.extra = "secrets: { TOKEN: { from: { file: ../token }, for: [validate] } }\n"
    shape.files["validations/hello.hurl"] = "GET {{base_url}}/token\nX-Token: {{TOKEN}}\nHTTP 404\n"
    let project = try await Project(shape)
    try await project.sh("echo '\(SampleSecret.token)' > ../token")
    let run = try await project.waybill("run", "hello")
    #expect(run.status == 0, "\(run.text)")
    let (status, text) = try await project.waybill("replay", "--live")
    #expect(status == 0 && text.contains("reproduced"), "\(text)")
    try await project.sh("rm ../token")
    let without = try await project.waybill("replay", "--live")
    #expect(without.status == 2 && without.text.contains("../token"), "\(without.text)")
    #expect(try await project.remains() == [])
  }

  @Test func `sends what changes something under a plan of its own`() async throws {
    let world = try await Counting("POST {{base_url}}/turn/1\nHTTP 201\n")
    let project = world.project
    #expect(try await project.waybill("run", "hello").status == 0)
    let (status, text) = try await project.waybill("replay", "--live")
    #expect(status == 0, "\(text)")
    // The service counts beside its working tree.
    #expect(world.changes.count == 1)
    #expect(try await project.sh("wc -l < .waybill/worktrees/changes") == "1")
    let run = try #require(try await project.runs()[0]["run"] as? String)
    let plan = try await project.waybill("plan", run, "--json").text
    #expect(plan.contains(#""state":"applied","risk":"medium","sent":{"1":1}"#), "\(plan)")
  }

  @Test func `waits for the approval of what has a high risk`() async throws {
    let world = try await Counting("POST {{base_url}}/do\n{\"action\": \"cut\"}\nHTTP 201\n")
    let project = world.project
    #expect(try await project.waybill("run", "hello").status == 3)
    try await project.decide("approve")
    #expect(try await project.waybill("resume").status == 0)
    let first = try await project.waybill("replay", "--live")
    #expect(first.status == 3 && first.text.contains("somebody other than \"Ada\" has to approve"), "\(first.text)")
    let run = try #require(try await project.runs()[0]["run"] as? String)
    let own = try await project.waybill("approve", run, "--reason", "it is mine")
    #expect(own.status == 4, "\(own.text)")
    // Nothing of it is in the way of a delivery, and another replay does not take its place.
    let other = try await project.waybill("replay", "--live")
    #expect(other.status == 3, "\(other.text)")
    let second = try #require(try await project.runs()[0]["run"] as? String)
    let given = try await project.waybill("approve", run, "--by", "Grace", "--reason", "once more")
    #expect(given.status == 0, "\(given.text)")
    let resumed = try await project.waybill("resume", run)
    #expect(resumed.status == 0 && resumed.text.contains("reproduced"), "\(resumed.text)")
    let abandoned = try await project.waybill("abandon", second)
    #expect(abandoned.status == 0, "\(abandoned.text)")
    #expect(try await project.remains() == [])
    #expect(try await project.runs().map { $0["state"] as? String } == ["abandoned", "reproduced", "delivered"])
  }
}
