import DeliveryLoop
import Testing

@Suite struct `Globs` {
  @Test(arguments: [
    ("*.hurl", "a.hurl", true), ("*.hurl", "x/a.hurl", false), ("**/*.hurl", "x/y/a.hurl", true),
    ("**/*.hurl", "a.hurl", true),
    ("cmd/**", "cmd/a/b.go", true), ("cmd/**", "cmdx/a", false), ("a?c", "abc", true), ("a?c", "a/c", false),
    ("a.c", "abc", false),
    ("validations/vm-status*.hurl", "validations/vm-status-2.hurl", true), ("**", "", true), ("a/**/b", "a/b", true),
    ("", "a", false),
    (String(repeating: "*a", count: 30) + "b", String(repeating: "a", count: 200), false),
  ])
  func `match by folders`(pattern: String, path: String, matches: Bool) {
    #expect(Glob(pattern).matches(path) == matches)
  }
}

@Suite struct `Templates` {
  @Test func `fill in what they know and leave the rest as it is`() {
    let template = Template("{{task.id}}-{{ run.id }} {{other}} {{task.id")
    #expect(template.filled(with: ["task.id": "a", "run.id": "b"]) == "a-b {{other}} {{task.id")
    #expect(template.names == ["task.id", "run.id", "other"])
  }

  @Test func `cannot be made to write a trailer by the title of a task`() {
    let task = BacklogTask(id: TaskID("t")!, title: "Good\n\nTask-Id: forged", state: .open, status: "open")
    let message = CommitMessage.compose(
      "{{task.title}} ({{task.id}})", task: task, run: Samples.run, tree: Samples.tree)
    #expect(
      message == "Good Task-Id: forged (t)\n\nTask-Id: t\nWaybill-Run: \(Samples.run)\nWaybill-Tree: \(Samples.tree)\n")
  }
}

@Suite struct `Identities` {
  @Test func `of runs are UUIDs of version 7 that sort by their time`() throws {
    let early = RunID(at: Timestamp(nanoseconds: 1_700_000_000_000_000_000), entropy: Array(0..<10))
    let late = RunID(at: Timestamp(nanoseconds: 1_700_000_000_001_000_000), entropy: Array(repeating: 0, count: 10))
    #expect(early.text == "018bcfe5-6800-7001-8203-040506070809")
    #expect(early < late)
    #expect(RunID(early.text) == early)
    for wrong in ["", "018bcfe5-6800-7001-8203-04050607080", "018BCFE5-6800-7001-8203-040506070809"] {
      #expect(RunID(wrong) == nil)
    }
  }

  @Test(arguments: ["", "-a", ".a", "a/b", "a b", "a\n", "ü", String(repeating: "a", count: 129)])
  func `of tasks hold nothing that means something in a path or a trailer`(text: String) {
    #expect(TaskID(text) == nil)
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000000000Z"), (-1, "1969-12-31T23:59:59.999999999Z"),
    (951_782_400_000_000_001, "2000-02-29T00:00:00.000000001Z"),
    (1_798_761_599_000_000_000, "2026-12-31T23:59:59.000000000Z"),
  ])
  func `of moments are RFC 3339 in UTC`(nanoseconds: Int, text: String) {
    #expect(Timestamp(nanoseconds: Int64(nanoseconds)).description == text)
  }
}

@Suite struct `A brief` {
  @Test func `says the task, its limits, its gates and what went wrong`() {
    let task = BacklogTask(
      id: TaskID("vm-1")!, title: "Show a VM", description: "By its id.", acceptance: ["it answers 200"],
      state: .claimed, status: "in_progress")
    var configuration = Configuration(
      format: [.program(["gofmt", "-w", "."])], test: [.shell("go test ./...")], validate: ["v/{{task.id}}.hurl"],
      scope: .init(paths: ["cmd/**"], maxFiles: 5, maxLines: nil))
    configuration.service = .init(
      build: nil, run: .shell("./agent"),
      ready: .init(url: "http://127.0.0.1:8080/healthz", within: .seconds(9), port: 8080))
    let brief = Brief(
      task: task, configuration: configuration, validations: ["v/vm-1.hurl"], attempt: 2,
      feedback: Failure(step: .test, kind: .red, message: "\"go test\" exited with 1", tail: ["FAIL"]))
    #expect(
      brief.text == """
        # vm-1: Show a VM

        By its id.

        ## Acceptance
        - it answers 200

        ## Constraints
        - Change the working tree only: do not commit, push, or edit the backlog; that is done for you.
        - Certificate checks stay on, and no secret is written into a file.
        - Only these paths may change: cmd/**.
        - At most 5 files may change.

        ## What will be run on your change
        - format: `gofmt -w .`
        - test: `go test ./...`
        - service: `./agent`, ready at http://127.0.0.1:8080/healthz
        - live validation: `v/vm-1.hurl`

        ## Feedback
        This is attempt 2. The last one did not pass `test`: "go test" exited with 1

        ```
        FAIL
        ```

        """)
  }
}
