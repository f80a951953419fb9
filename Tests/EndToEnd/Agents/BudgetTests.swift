import Foundation
import Testing

@Suite struct `A task's budget` {
  private static let goOn =
    "in waybill.yaml and commit it, then abandon this run and begin anew; or make the change yourself, then resume"

  @Test func `of attempts counts those of all runs, and leaves the rest to a person`() async throws {
    let project = try await project(
      "echo again >> ../count; echo hello > hello.txt", attempts: 1, more: "  budget: { attempts: 2 }", test: "false")
    for _ in 1...2 {
      #expect(try await project.waybill("run", "hello").status == 1)
      #expect(try await project.waybill("abandon").status == 0)
    }
    let refused = try await project.waybill("run", "hello")
    #expect(refused.status == 4, "\(refused.text)")
    let words = "the task's budget of attempts is spent: 2 of 2; raise \"implement.budget.attempts\" \(Self.goOn)"
    #expect(refused.text.contains(words), "\(refused.text)")
    #expect(project.read("../count") == "again\nagain\n")
    let why = try await project.waybill("why").text
    #expect(why.hasPrefix("hello: budget-spent\n\(words)\n") && why.contains("\nagents: attempts 2 of 2, "), "\(why)")
    // Nothing was changed yet, so nothing is taken.
    #expect(try await project.waybill("resume").status == 3)
    try project.write("by hand\n", to: "hello.txt")
    #expect(try await project.waybill("resume").text.contains("by a person"))
    #expect(project.read("../count") == "again\nagain\n")
  }

  @Test func `counts an attempt of which the program did not see the end`() async throws {
    let project = try await project(
      "echo {\\\"spend\\\": 0.5} > $WAYBILL_REPORT; touch ../begun; sleep 300", attempts: 9,
      more: "  budget: { attempts: 1, time: 4h, spend: 20.00 }")
    let run = try Harness(project, "run", "hello")
    try await run.leaves("\(project.folder)/begun")
    run.kill()
    _ = try await run.end()
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 4, "\(resumed.text)")
    #expect(resumed.text.contains("the task's budget of attempts is spent: 1 of 1"))
    #expect(try await project.waybill("show").text.contains("agents  attempts 1 of 1, 0 ms of 4 h, 0.50 of 20.00 USD"))
    #expect(project.leftovers().isEmpty)
    // Given up and begun anew, it is no other task.
    #expect(try await project.waybill("abandon").status == 0)
    #expect(try await project.waybill("run", "hello").text.contains("the task's budget of attempts is spent: 1 of 1"))
  }

  @Test func `counts an attempt that was cut off and given up without being resumed`() async throws {
    let project = try await project("touch ../begun; sleep 300", attempts: 9, more: "  budget: { attempts: 1 }")
    let run = try Harness(project, "run", "hello")
    try await run.leaves("\(project.folder)/begun")
    run.kill()
    _ = try await run.end()
    #expect(try await project.waybill("abandon").status == 0)
    #expect(try await project.waybill("run", "hello").text.contains("the task's budget of attempts is spent: 1 of 1"))
  }

  @Test func `of time ends the attempt during which it is used up`() async throws {
    let project = try await project("echo hello > hello.txt; sleep 300", more: "  budget: { time: 300ms }")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 4, "\(text)")
    #expect(text.contains("the task's budget of time is spent: ") && text.contains(" of 300 ms; raise "), "\(text)")
    #expect(try await project.ends() == ["budget"])
    #expect(project.leftovers().isEmpty)
    #expect(try await project.waybill("abandon").status == 0)
    let again = try await project.waybill("run", "hello")
    #expect(again.status == 4)
    #expect(try await project.ends().isEmpty)
  }

  @Test func `of spend adds up what the agent reports, and ends exactly`() async throws {
    let project = try await project(
      "echo {\\\"spend\\\": 0.1} > \"{{report}}\"; echo x >> ../count; echo hello > hello.txt", attempts: 9,
      more: "  budget: { attempts: 9, spend: 0.30 USD }", test: "false")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 4, "\(text)")
    #expect(
      text.contains(
        "the task's budget of spend is spent: 0.30 of 0.30 USD; raise \"implement.budget.spend\" \(Self.goOn)"),
      "\(text)")
    #expect(project.read("../count") == "x\nx\nx\n")
    #expect(try await project.waybill("why").text.contains("agents: attempts 3 of 9, "))
    let json = try await project.waybill("why", "--json").text
    #expect(json.contains(#""spend":[{"currency":"USD","used":"0.30","limit":"0.30"}]"#), "\(json)")
    // The reports are in the ledger, and their files are gone.
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: "\(project.root)/.waybill").allSatisfy {
        !$0.hasPrefix("report-")
      })
  }

  @Test(arguments: [
    (
      "true",
      "what attempt 1 has cost is not known: the coding agent left no report, which \"implement.budget.spend\" needs; have it write "
        + "{\"spend\": 1.25, \"currency\": \"USD\"} to the file that WAYBILL_REPORT names, then resume to go on with its change"
    ),
    (
      "rm $WAYBILL_REPORT; mkfifo $WAYBILL_REPORT",
      "what attempt 1 has cost is not known: the coding agent left no report"
    ),
    (
      "echo {\\\"spend\\\": -5} > $WAYBILL_REPORT",
      "what attempt 1 has cost is not known: the report of the coding agent cannot be read: \"spend\" is -5; write a number from 0 "
        + "with at most 15 digits before the point and 18 behind it, then resume to go on with its change"
    ),
    ("echo oops > $WAYBILL_REPORT", "the report of the coding agent cannot be read: 1:1: not valid JSON: "),
    ("head -c 100000 /dev/zero > $WAYBILL_REPORT", "cannot be read: it has more than 65536 bytes; write {\"spend\""),
  ])
  func `of spend needs a report that can be read`(report: String, words: String) async throws {
    let project = try await project(
      "echo hello > hello.txt; \(report)", attempts: 9, more: "  budget: { attempts: 9, spend: 20.00 }")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 4, "\(text)")
    #expect(text.contains(words), "\(text)")
    #expect(try await project.waybill("resume").status == 0)
  }

  @Test func `is held against one currency`() async throws {
    let project = try await project(
      "echo {\\\"spend\\\": 3.2, \\\"currency\\\": \\\"EUR\\\"} > $WAYBILL_REPORT; echo hello > hello.txt", attempts: 9,
      more: "  budget: { attempts: 9, spend: 20.00 }", test: "false")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 4)
    #expect(
      text.contains("3.20 EUR were spent on this task, which \"implement.budget.spend\" in USD cannot count; "),
      "\(text)")
  }

  private func project(
    _ agent: String, attempts: Int = 2, more: String, test: String = "test -f hello.txt"
  ) async throws -> Project {
    var shape = Project.Shape()
    shape.test = test
    shape.configure(agent: agent, attempts: attempts, more: more)
    return try await Project(shape)
  }
}

extension Project.Shape {
  /// An agent with more settings than a shape has.
  mutating func configure(agent: String, attempts: Int, more: String) {
    implement = nil
    extra +=
      "implement:\n  command: [sh, -c, '\(agent.replacing("'", with: "''"))']\n  attempts: \(attempts)\n\(more)\n"
  }
}

extension Project {
  /// What ended the attempts of the newest run, as its events have it.
  func ends() async throws -> [String] {
    let run = try await waybill("runs", "--json").text.split(separator: "\"run\":\"")[1].prefix(36)
    let query =
      "SELECT json_extract(payload, '$.end') FROM events WHERE run = '\(run)' AND kind = 'observed.attempted' ORDER BY seq"
    let script =
      "import sqlite3; [print(r[0]) for r in sqlite3.connect('.waybill/ledger.db').execute(\"\"\"\(query)\"\"\")]"
    return try await sh("python3 -c '\(script.replacing("'", with: "'\\''"))'").split(separator: "\n").map(String.init)
  }
}
