import Testing

@Suite struct `A delivery` {
  @Test(arguments: ["tasks", "beads"])
  func `makes one commit of code and closed record, pushes it and leaves a clean tree`(backlog: String) async throws {
    var shape = Project.Shape()
    shape.backlog = backlog
    shape.validate = "validations/hello.hurl"
    let project = try await Project(shape)
    let task = backlog == "tasks" ? "hello" : "br-1"
    let base = try await project.sh("git rev-parse HEAD")
    let (status, text) = try await project.waybill("run", task)
    #expect(status == 0, "\(text)")
    #expect(try await project.sh("git status --porcelain") == "")
    #expect(try await project.sh("git rev-list --count \(base)..HEAD") == "1")
    #expect(try await project.sh("git --git-dir ../remote.git rev-parse main") == project.sh("git rev-parse HEAD"))
    let message = try await project.sh("git log -1 --format=%B")
    #expect(message.hasPrefix("Say hello (\(task))\n\nTask-Id: \(task)\nWaybill-Run: "))
    let record = backlog == "tasks" ? "tasks/hello.md" : ".beads/issues.jsonl"
    #expect(
      try await project.sh("git diff --name-only \(base) HEAD")
        == [record, "hello.txt"].sorted().joined(separator: "\n"))
    #expect(project.read(record).contains(backlog == "tasks" ? "status: closed" : #""status":"closed""#))
    #expect(project.leftovers().isEmpty)
    // Promise I1: without the record it is the tree that was validated.
    let validated = try #require(message.split(separator: "\n").last { $0.hasPrefix("Waybill-Tree: ") }).dropFirst(14)
    #expect(try await project.sh("git diff --name-only \(validated) HEAD^{tree}") == record)
  }

  @Test func `goes back to implement with feedback when a validation fails, and passes at the second attempt`()
    async throws
  {
    var shape = Project.Shape()
    shape.implement =
      "if grep -q Feedback \"$WAYBILL_BRIEF\" && grep -q 'error: Assert failure' ; then echo hello > hello.txt; else echo wrong > hello.txt; fi"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    #expect(text.contains("FAILED  validate"))
    #expect(text.contains("back to implement"))
    #expect(try await project.waybill("runs", "--json").text.contains(#""attempts":2"#))
  }

  @Test func `stops when the attempts are spent, and lets a person finish`() async throws {
    var shape = Project.Shape()
    shape.implement = "echo wrong > hello.txt; echo $WAYBILL_ATTEMPT >> ../attempts"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 1, "\(text)")
    #expect(try await project.sh("cat ../attempts") == "1\n2")
    #expect(text.contains("next: waybill resume"))
    try project.write("hello\n", to: "hello.txt")
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 0, "\(resumed.text)")
    #expect(try await project.sh("cat ../attempts") == "1\n2")
  }

  @Test func `waits for a person where no command implements`() async throws {
    var shape = Project.Shape()
    shape.implement = nil
    let project = try await Project(shape)
    let first = try await project.waybill("run")
    #expect(first.status == 3, "\(first.text)")
    #expect(first.text.contains("make the change in"))
    // Nothing was changed yet, so it waits on.
    #expect(try await project.waybill("resume").status == 3)
    try project.write("wrong\n", to: "hello.txt")
    let red = try await project.waybill("resume")
    #expect(red.status == 3, "\(red.text)")
    #expect(red.text.contains("body contains"))
    try project.write("hello\n", to: "hello.txt")
    let done = try await project.waybill("resume")
    #expect(done.status == 0, "\(done.text)")
    #expect(try await project.sh("git status --porcelain") == "")
  }

  @Test func `adopts what is in the working tree`() async throws {
    let project = try await Project()
    try project.write("hello\n", to: "hello.txt")
    let refused = try await project.waybill("run", "hello")
    #expect(refused.status == 2)
    #expect(refused.text.contains("\"hello.txt\""))
    #expect(refused.text.contains("--adopt"))
    let (status, text) = try await project.waybill("run", "hello", "--adopt")
    #expect(status == 0, "\(text)")
    #expect(text.contains("by adoption"))
  }

  @Test func `that rests is adopted by nobody: it is gone on with as it was begun`() async throws {
    let project = try await Project()
    #expect(try await project.waybill("run", "hello", "--until", "claim").status == 3)
    for task in [["hello"], []] {
      let (status, text) = try await project.waybill(["run"] + task + ["--adopt"])
      #expect(status == 2)
      #expect(
        text.contains("rests already, and --adopt is for a new one; go on with it by \"waybill resume "), "\(text)")
    }
    #expect(try await project.waybill("run", "hello").status == 0)
  }

  @Test func `stops after the step that was asked for, and goes on later`() async throws {
    let project = try await Project()
    let (status, text) = try await project.waybill("run", "hello", "--until", "test")
    #expect(status == 3, "\(text)")
    #expect(project.leftovers().isEmpty)
    #expect(try await project.waybill("why").text.contains("paused-on-request"))
    #expect(try await project.waybill("run").status == 0)
  }

  @Test func `commits a formatter's changes, and refuses one that never comes to rest`() async throws {
    var shape = Project.Shape()
    shape.format = "sed -i s/HELLO/hello/ hello.txt"
    shape.implement = "echo HELLO > hello.txt"
    let good = try await Project(shape)
    #expect(try await good.waybill("run", "hello").status == 0)
    shape.format = "echo hello >> hello.txt"
    let bad = try await Project(shape)
    let (status, text) = try await bad.waybill("run", "hello")
    #expect(status == 1)
    #expect(text.contains("formatting twice gives two results: \"hello.txt\""))
  }

  @Test func `asks again when a test changes the tree, and stops when it always does`() async throws {
    var shape = Project.Shape()
    shape.test = "date +%N >> other.txt"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 1, "\(text)")
    #expect(text.contains("files changed under the gates: \"other.txt\""))
    #expect(text.split(separator: "back to format").count == 4)
  }

  @Test func `is given up cleanly`() async throws {
    var shape = Project.Shape()
    shape.implement = "echo wrong > hello.txt"
    let project = try await Project(shape)
    #expect(try await project.waybill("run", "hello").status == 1)
    let other = try await project.waybill("run", "br-1")
    #expect(other.status == 2)
    let (status, text) = try await project.waybill("abandon", "--reason", "not now")
    #expect(status == 0, "\(text)")
    #expect(try await project.sh("git status --porcelain") == "")
    #expect(project.read("tasks/hello.md").contains("status: open"))
    let ref = try #require(text.split(whereSeparator: \.isWhitespace).last)
    #expect(try await project.sh("git show \(ref):hello.txt") == "wrong")
    #expect(try await project.waybill("resume").status == 2)
  }

  @Test func `is judged by the gates of its base commit, whatever the change says of them`() async throws {
    var shape = Project.Shape()
    shape.implement = "sed -i 's/test -f hello.txt/true/; s/hello/none/' waybill.yaml; echo x > other.txt"
    shape.attempts = 1
    let project = try await Project(shape)
    let first = try await project.waybill("run", "hello")
    #expect(first.status == 3)
    #expect(try await project.decide("approve").status == 0)
    #expect(project.read("waybill.yaml").contains("test: ['true']"))
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 1, "\(resumed.text)")
    #expect(resumed.text.contains("failed at test: \"test -f hello.txt\" exited with 1"))
  }
}
