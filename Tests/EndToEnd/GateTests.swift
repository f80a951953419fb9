import Foundation
import Glibc
import Testing

@Suite struct `The gates` {
  @Test func `judge by the validations of the base commit, whatever the change makes of them`() async throws {
    var shape = Project.Shape()
    shape.attempts = 1
    shape.implement = "echo none > hello.txt; sed -i \"s/body contains.*/body exists/\" validations/hello.hurl"
    let project = try await Project(shape)
    let first = try await project.waybill("run", "hello")
    #expect(first.status == 3, "\(first.text)")
    #expect(first.text.contains("the change touches \"validations/hello.hurl\", which judge it"), "\(first.text)")
    let command = try #require(first.text.firstMatch(of: /git diff [0-9a-f]+ [0-9a-f]+/)).output
    #expect(try await project.sh(String(command)).contains("+body exists"))
    #expect(try await project.decide("approve").status == 0)
    let (status, text) = try await project.waybill("resume")
    #expect(status == 1, "\(text)")
    #expect(text.contains("\"validations/hello.hurl (as it was)\" failed"))
    // A change that both versions accept is delivered.
    try await project.sh("echo hello > hello.txt")
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 0, "\(resumed.text)")
    #expect(resumed.text.contains("2 files"))
  }

  @Test func `are changed only with somebody's word on exactly this change of them`() async throws {
    let project = try await Project()
    try await project.sh("echo hello > hello.txt; echo 'x a reason' > .waybill-allow; echo '# a' >> waybill.yaml")
    let first = try await project.waybill("run", "hello", "--adopt")
    #expect(first.status == 3, "\(first.text)")
    #expect(first.text.contains("\".waybill-allow\", \"waybill.yaml\""), "\(first.text)")
    let own = try await project.decide("approve", by: "Ada")
    #expect(own.status == 4 && own.text.contains("\"Ada\" is the implementer of this run"), "\(own.text)")
    #expect(try await project.waybill("resume").status == 3, "to go on is no approval")
    let given = try await project.decide("approve", "--ticket", "OPS-1")
    #expect(given.status == 0 && given.text.contains("approved by Grace"), "\(given.text)")
    #expect(try await project.waybill("why").text.contains("what the change makes of its gates is approved"))
    try await project.sh("echo '# b' >> waybill.yaml")
    let second = try await project.waybill("resume")
    #expect(second.status == 3, "\(second.text)")
    #expect(try await project.sh("git rev-list --count HEAD") == "1")
    #expect(try await project.decide("approve").status == 0)
    let third = try await project.waybill("resume")
    #expect(third.status == 0, "\(third.text)")
    #expect(try await project.waybill("show").text.contains("approved by Grace"))
  }

  @Test func `welcome a validation that the change brings along, and say whose it is`() async throws {
    var shape = Project.Shape()
    shape.implement =
      "echo hello > hello.txt; cp validations/hello.hurl validations/hello-new.hurl"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    #expect(try await project.waybill("show", "--json").text.contains("validations/hello-new.hurl (of this change)"))
  }

  @Test func `judge by a validation that the change takes away`() async throws {
    var shape = Project.Shape()
    shape.attempts = 1
    shape.files["validations/hello-2.hurl"] = "GET {{base_url}}/hello.txt\nHTTP 418\n"
    shape.implement = "echo hello > hello.txt; rm validations/hello-2.hurl"
    let project = try await Project(shape)
    #expect(try await project.waybill("run", "hello").status == 3)
    #expect(try await project.decide("approve").status == 0)
    let (status, text) = try await project.waybill("resume")
    #expect(status == 1, "\(text)")
    #expect(text.contains("\"validations/hello-2.hurl (as it was)\" failed"))
  }

  @Test(arguments: [
    ("", "\"validations/hello.hurl\" asked nothing"),
    ("GET {{base_url}}/hello.txt\n[Options]\nskip: true\nHTTP 200\n", "\"validations/hello.hurl\" asked nothing"),
  ])
  func `pass nothing that was never asked`(file: String, words: String) async throws {
    var shape = Project.Shape()
    shape.attempts = 1
    shape.files["validations/hello.hurl"] = file
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 1, "\(text)")
    #expect(text.contains(words), "\(text)")
  }

  @Test func `pass nothing that was asked of somebody else alone`() async throws {
    let elsewhere = try await Project()
    let server = try Harness(elsewhere, running: "exec python3 service.py")
    defer { kill(server.pid, SIGKILL) }
    var shape = Project.Shape()
    shape.attempts = 1
    shape.files["validations/hello.hurl"] =
      "GET http://127.0.0.1:\(elsewhere.port)/healthz\n[Options]\nretry: -1\nretry-interval: 20ms\nHTTP 200\n"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 1, "\(text)")
    #expect(text.contains("no validation asked the service on port \(project.port)"))
  }

  @Test func `name a validation that is configured and not there`() async throws {
    var shape = Project.Shape()
    shape.attempts = 1
    shape.validate = "validations/typo.hurl"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 1)
    #expect(text.contains("there is no file \"validations/typo.hurl\" under \"validate\""), "\(text)")
  }

  @Test(arguments: ["'no-such-tool x'", "[no-such-tool, x]"])
  func `blame no implementer for a tool that is missing`(test: String) async throws {
    var shape = Project.Shape()
    shape.attempts = 5
    shape.implement = "echo hello > hello.txt; echo x >> ../attempts"
    let project = try await Project(shape)
    try await project.sh(
      "sed -i \"s/^test:.*/test: [\(test.replacing("'", with: ""))]/\" waybill.yaml && git commit -qam tool && git push -q origin main"
    )
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5, "\(text)")
    #expect(text.contains("FAILED  test"))
    #expect(text.contains("next: waybill resume"))
    #expect(try await project.sh("cat ../attempts") == "x")
  }

  @Test(arguments: ["tasks", "beads"])
  func `commit nothing of a record but who closed it and how`(backlog: String) async throws {
    var shape = Project.Shape()
    shape.backlog = backlog
    shape.validate = "validations/hello.hurl"
    let record = backlog == "tasks" ? "tasks/hello.md" : ".beads/issues.jsonl"
    shape.implement = "echo hello > hello.txt; sed -i \"s/Say hello/Say it with a key $TOKEN/\" \(record)"
    shape.extra = "secrets: { TOKEN: { from: env, for: [implement] } }\n"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill(
      "run", backlog == "tasks" ? "hello" : "br-1", environment: ["TOKEN": "s3cr3tvalue"])
    let committed = try await project.sh("git show HEAD:\(record)")
    #expect(!committed.contains("s3cr3tvalue"))
    // The title that somebody changed is in the message; whoever did that has to undo it.
    #expect(status == 4, "\(text)")
    #expect(text.contains("the message of the commit:1:19 holds the value of \"TOKEN\"; rename the task"))
    try await project.sh("sed -i \"s/Say it with a key s3cr3tvalue/Say hello, all/\" \(record)")
    let resumed = try await project.waybill("resume", environment: ["TOKEN": "s3cr3tvalue"])
    #expect(resumed.status == 0, "\(resumed.text)")
    #expect(!(try await project.sh("git show HEAD:\(record)")).contains("Say hello, all"))
    #expect(
      try await project.sh("git show --format= --name-only HEAD")
        == "\([record, "hello.txt"].sorted().joined(separator: "\n"))")
  }

  @Test(arguments: [
    ("git update-index --skip-worktree service.py", "git was told not to look at \"service.py\""),
    ("V=Verify; git config http.https://x.ssl$V false", "switches certificate checks off"),
  ])
  func `see what a coding agent has done to the repository itself`(command: String, words: String) async throws {
    var shape = Project.Shape()
    shape.implement = "echo hello > hello.txt; \(command)"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5, "\(text)")
    #expect(text.contains("FAILED  format"))
    #expect(text.contains(words))
    #expect(try await project.sh("git log --format=%s") == "start")
  }

  @Test func `take what an interrupted coding agent left for nobody's implementation`() async throws {
    var shape = Project.Shape()
    shape.attempts = 1
    shape.implement = "echo hel > hello.txt; if test -d ../hold; then touch ../hold/mark; exec sleep 300; fi"
    let project = try await Project(shape)
    try await project.sh("mkdir ../hold")
    let run = try Harness(project, "run", "hello")
    try await run.leaves("\(project.folder)/hold/mark")
    kill(run.pid, SIGINT)
    #expect(try await run.end() == .exited(130))
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 3, "\(resumed.text)")
    #expect(resumed.text.contains("make the change in"))
    try project.write("hello\n", to: "hello.txt")
    let done = try await project.waybill("resume")
    #expect(done.status == 0, "\(done.text)")
  }
}
