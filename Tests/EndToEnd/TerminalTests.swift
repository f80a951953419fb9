import Foundation
import Glibc
import Testing

/// On a real pseudo-terminal, made by script(1).
@Suite struct `A terminal` {
  @Test func `gets a live list that is drawn over itself, and no colours where none are wanted`() async throws {
    let project = try await Project()
    let coloured = try await project.sh("TERM=xterm script -qec '\(Program.path) run hello' /dev/null")
    #expect(coloured.contains("\u{1b}[J"), "it is drawn anew")
    #expect(coloured.contains("\u{1b}[32m✓\u{1b}[0m"))
    #expect(coloured.contains("delivered hello as"))
    let plain = try await Project()
    let uncoloured = try await plain.sh("NO_COLOR=1 TERM=xterm script -qec '\(Program.path) run hello' /dev/null")
    #expect(!uncoloured.contains("\u{1b}[32m"))
    #expect(uncoloured.contains("✓ close"))
  }

  @Test func `shows how far a test of many files is, and a pipe is not told`() async throws {
    let project = try await Project()
    try project.write("GET http://127.0.0.1:1/x\nHTTP 200\n", to: "../many/a.hurl")
    try project.write("GET http://127.0.0.1:1/x\n[Options]\nskip: true\n", to: "../many/b.hurl")
    let command = "\(Program.path) check --test --jobs 1 ../many"
    let shown = try await project.sh("TERM=xterm script -qc '\(command)' /dev/null")
    #expect(shown.contains("0 of 2, running ../many/a.hurl\u{1b}[K\r\u{1b}[K"), "\(shown)")
    #expect(shown.contains("\r1 of 2, running ../many/b.hurl\u{1b}[K\r\u{1b}[K../many/b.hurl: Success"), "\(shown)")
    #expect(!(try await project.sh("\(command) 2>&1 || true")).contains("running"))
  }

  @Test func `is not written to by what a child prints`() async throws {
    var shape = Project.Shape()
    shape.test = "printf \"\\033]0;title\\007\\033[2Jhidden\\n\"; test -f hello.txt"
    let project = try await Project(shape)
    let text = try await project.sh("TERM=xterm script -qec '\(Program.path) run hello' /dev/null")
    #expect(!text.contains("\u{1b}]0;") && !text.contains("\u{1b}[2J"))
  }

  @Test func `obeys no title and no output of a failed test, and neither does a pipe`() async throws {
    var shape = Project.Shape()
    shape.attempts = 1
    shape.test = "printf \"\\033]0;title\\007\\302\\2332Jred\\n\"; exit 1"
    shape.files["tasks/hello.md"] = "---\nid: hello\ntitle: \"Say \\eehello\"\nstatus: open\n---\nSay it.\n"
    let project = try await Project(shape)
    let run = try await project.waybill("run", "hello")
    #expect(run.status == 1)
    #expect(run.text.contains("Say ␛ehello") && run.text.contains("  │ ␛]0;title␇\u{fffd}2Jred\n"), "\(run.text)")
    let screen = try await project.sh("TERM=xterm script -qec '\(Program.path) resume' /dev/null || true")
    #expect(screen.contains("Say ␛ehello"), "\(screen)")
    var page = screen.replacing("\u{1b}[", with: "")
    for verb in [["why"], ["show"], ["runs"], ["tasks"], ["why", "--json"], ["show", "--json"], ["run", "h\u{1b}x"]] {
      page += try await project.waybill(verb).text
    }
    #expect(!page.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{7}" || $0 == "\u{9b}" }, "\(page)")
    // The log itself is a record: byte for byte into a pipe, and nothing that a terminal obeys onto one.
    #expect(try await project.waybill("logs", "--step", "test").text.contains("\u{1b}]0;title\u{7}\u{9b}2Jred\n"))
    let shown = try await project.sh("script -qec '\(Program.path) logs --step test' /dev/null")
    #expect(shown.contains("␛]0;title␇\u{fffd}2Jred") && !shown.contains("\u{1b}"), "\(shown)")
  }

  @Test func `that is none gets plain lines, and JSON lines on request`() async throws {
    let project = try await Project()
    let (status, text) = try await project.waybill("run", "hello", "--json")
    #expect(status == 0)
    let lines = try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
    #expect(lines.first?["event"] as? String == "opened")
    #expect(lines.last?["state"] as? String == "delivered")
    #expect(lines.compactMap { $0["event"] as? String }.contains("intended.commit"))
    for verb in ["runs", "show", "why", "tasks", "doctor"] {
      let output = try await project.waybill(verb, "--json").text
      for line in output.split(separator: "\n") {
        #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil, "\(verb): \(line)")
      }
    }
    #expect(!(try await project.waybill("runs").text.contains("\u{1b}")))
  }

  @Test func `reads the logs of a run while it goes on`() async throws {
    var shape = Project.Shape()
    shape.test = "echo first; while ! test -f ../go; do sleep 0.05; done; echo last; test -f hello.txt"
    let project = try await Project(shape)
    async let delivery = project.waybill("run", "hello")
    while try await !project.waybill("logs", "--step", "test").text.contains("==> test") {
      try await ContinuousClock().sleep(for: .milliseconds(50))
    }
    async let followed = project.waybill("logs", "--follow")
    try await project.sh("touch ../go")
    #expect(try await delivery.status == 0)
    let text = try await followed.text
    #expect(text.contains("first\nlast"), "\(text)")
  }

  @Test func `follows the logs of a run to the end of the program that was at it`() async throws {
    var shape = Project.Shape()
    shape.test = "echo first; touch ../mark; sleep 300"
    let project = try await Project(shape)
    let run = try Harness(project, "run", "hello")
    try await run.leaves("\(project.folder)/mark")
    let logs = try Harness(project, "logs", "--follow")
    try await logs.says("first")
    kill(run.pid, SIGKILL)
    #expect(try await run.end() == .killed)
    #expect(try await logs.end() == .exited(0))
    #expect(logs.text.contains("the program ended in the middle of test"), "\(logs.text)")
    #expect(try await project.waybill("abandon").status == 0)
  }
}
