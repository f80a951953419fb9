import Foundation
import Testing

@Suite struct `Bad input` {
  @Test func `names a task that is not there, and the one that was meant`() async throws {
    let project = try await Project()
    let (status, text) = try await project.waybill("run", "helo")
    #expect(status == 2)
    #expect(text.contains("there is no task \"helo\"; did you mean \"hello\"?"))
    #expect(try await project.waybill("run", "../etc").text.contains("is not the id of a task"))
    #expect(try await project.waybill("runs").text.contains("no runs yet"))
  }

  @Test(arguments: [
    ("br-closed", "it is closed"), ("br-blocked", "it is blocked by \"br-1\""), ("br-epic", "it is an epic"),
    ("br-taken", "it is taken by \"Grace\""),
  ])
  func `refuses a task that cannot be taken up, and says why`(task: String, why: String) async throws {
    var shape = Project.Shape()
    shape.backlog = "beads"
    let blocked =
      #","dependencies":[{"issue_id":"br-blocked","depends_on_id":"br-1","type":"blocks","created_at":"2026-01-01T00:00:00Z","created_by":"ada","metadata":"{}","thread_id":""}]"#
    shape.files[".beads/issues.jsonl"] =
      Project.issue("br-1", "First") + Project.issue("br-blocked", "Blocked", more: blocked)
      + Project.issue("br-closed", "Closed", status: "closed", more: #","closed_at":"2026-01-02T00:00:00Z""#)
      + Project.issue("br-epic", "Epic").replacing(#""issue_type":"task""#, with: #""issue_type":"epic""#)
      + Project.issue("br-taken", "Taken", status: "in_progress", more: #","assignee":"Grace""#)
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", task)
    #expect(status == 2, "\(text)")
    #expect(text.contains(why), "\(text)")
    #expect(try await project.sh("git status --porcelain") == "")
  }

  @Test func `needs a clean tree, a branch, a remote and a repository`() async throws {
    let dirty = try await Project()
    try dirty.write("x", to: "stray.txt")
    #expect(try await dirty.waybill("run", "hello").text.contains("the working tree is not clean: \"stray.txt\""))
    let detached = try await Project()
    try await detached.sh("git checkout -q --detach")
    #expect(try await detached.waybill("run", "hello").text.contains("HEAD is detached"))
    var shape = Project.Shape()
    shape.remote = false
    let lonely = try await Project(shape)
    #expect(try await lonely.waybill("run", "hello").text.contains("there is no remote \"origin\""))
    for arguments in [["run", "-C", lonely.folder], ["-C", "..", "runs"], ["--directory=..", "--json", "why"]] {
      let outside = try await lonely.waybill(arguments)
      #expect(outside.status == 2 && outside.text.contains("is not inside a git repository"), "\(outside.text)")
    }
    #expect(try await lonely.waybill("runs", "-C", "/").text.contains("\"/\" is not inside"))
    #expect(try await lonely.waybill("runs", "-C", "./..//.").text.contains("\"\(lonely.folder)\" is not inside"))
    #expect(try await lonely.waybill("-C", ".", "runs").text.contains("no runs yet"))
  }

  @Test(arguments: [
    ("backlog: { kind: tasks }\nvalidat: [x.hurl]\n", "waybill.yaml:2:1", "did you mean \"validate\"?"),
    ("backlog: { kind: tasks }\nvalidate: [a.hurl\n", "waybill.yaml:", ""),
    ("backlog: { kind: jira }\nvalidate: [a.hurl]\n", "waybill.yaml:1:18", "jira"),
    ("backlog: { kind: tasks }\n", "waybill.yaml", "validate"),
  ])
  func `in waybill.yaml is named by line and column`(text: String, place: String, hint: String) async throws {
    var shape = Project.Shape()
    shape.files["waybill.yaml"] = text
    let project = try await Project(shape)
    let (status, output) = try await project.waybill("run", "hello")
    #expect(status == 2)
    #expect(output.contains(place), "\(output)")
    #expect(hint.isEmpty || output.contains(hint), "\(output)")
    #expect(try await project.sh("git status --porcelain") == "")
  }

  @Test(arguments: [
    ("tasks", "tasks/hello.md", "---\nid: hello\ntitle: [\n---\n", "tasks/hello.md:"),
    ("beads", ".beads/issues.jsonl", "{\"id\":\"br-1\",\n", ".beads/issues.jsonl:1:"),
    ("beads", ".beads/issues.jsonl", Project.issue("br-1", "A") + "<<<<<<< HEAD\n", ".beads/issues.jsonl:2:"),
    ("beads", ".beads/issues.jsonl", Project.issue("br-1", "A") + Project.issue("br-1", "B"), ".beads/issues.jsonl:2:"),
  ])
  func `in the backlog is named by its place, and nothing is written`(
    backlog: String, path: String, text: String, place: String
  ) async throws {
    var shape = Project.Shape()
    shape.backlog = backlog
    shape.files[path] = text
    let project = try await Project(shape)
    let (status, output) = try await project.waybill("run", backlog == "tasks" ? "hello" : "br-1")
    #expect(status == 2, "\(output)")
    #expect(output.contains(place), "\(output)")
    #expect(project.read(path) == text)
  }

  @Test func `in a validation is shown with its line and a caret`() async throws {
    var shape = Project.Shape()
    shape.attempts = 1
    shape.files["validations/hello.hurl"] = "GET {{base_url}}/hello.txt\nHTTP 200\n[Assert]\nbody contains \"x\"\n"
    let project = try await Project(shape)
    let (status, output) = try await project.waybill("run", "hello")
    #expect(status == 1)
    #expect(output.contains("--> validations/hello.hurl:3:1"))
    #expect(output.contains("there is no section \"[Assert]\"; did you mean \"[Asserts]\"?"))
  }

  @Test func `among tools is named with what to do`() async throws {
    var shape = Project.Shape()
    shape.test = "no-such-tool-at-all --version"
    shape.attempts = 1
    let project = try await Project(shape)
    let (status, output) = try await project.waybill("run", "hello")
    #expect(status == 5)
    #expect(output.contains("no-such-tool-at-all --version\" needs is missing; install it, then resume"))
    #expect(output.contains("not found"))
    let doctor = try await project.waybill("doctor")
    #expect(doctor.status == 1)
    #expect(doctor.text.contains("\"no-such-tool-at-all\" is not in PATH"))
  }

  @Test func `on the command line ends with 2`() async throws {
    let project = try await Project()
    for arguments in [
      ["frobnicate"], ["run", "--until", "lunch"], ["show", "0000"], ["logs", "--step", "x"], ["resume"],
    ] {
      let (status, text) = try await project.waybill(
        arguments[0], arguments.dropFirst().first ?? "--help-me", arguments.dropFirst(2).first ?? "--no-such-flag")
      #expect(status == 2, "\(arguments): \(status) \(text)")
    }
  }

  @Test func `such as a response that is not JSON fails the validation and is kept`() async throws {
    var shape = Project.Shape()
    shape.attempts = 1
    shape.files["validations/hello.hurl"] = "GET {{base_url}}/hello.txt\nHTTP 200\n[Asserts]\njsonpath \"$.a\" == 1\n"
    let project = try await Project(shape)
    let (status, output) = try await project.waybill("run", "hello")
    #expect(status == 1)
    #expect(output.contains("the response's body is not JSON"))
    #expect(try await project.waybill("show", "--exchanges").text.contains("\"text\": \"hello\\n\""))
  }

  @Test func `such as 64 MiB of test output passes through in bounded memory`() async throws {
    var shape = Project.Shape()
    shape.test = "yes 0123456789abcdefghijklmnopqrstuvwxyz | head -c 67108864"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    #expect(try await project.waybill("show", "--json").text.contains("\"size\":67108864"))
  }
}
