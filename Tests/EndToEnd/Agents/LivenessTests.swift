import Testing

@Suite struct `A coding agent` {
  /// Runs what it is fed on the ledger, past all of its triggers.
  private static let tamper = """
    import sqlite3, sys
    ledger = sqlite3.connect(".waybill/ledger.db", timeout=60)
    for (name,) in ledger.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        ledger.execute("DROP TRIGGER " + name)
    ledger.execute(sys.stdin.read())
    ledger.commit()
    """

  @Test func `that falls silent is stopped, tried again, and told why`() async throws {
    var shape = Project.Shape()
    shape.configure(
      agent:
        "cat $WAYBILL_BRIEF > ../brief-$WAYBILL_ATTEMPT; if test $WAYBILL_ATTEMPT = 1; then sleep 300; fi; echo hello > hello.txt",
      attempts: 2, more: "  idle: 300ms")
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    let words =
      "failed to hear from the coding agent for 300 ms: no output, and no CPU time in any of its processes; it was stopped after "
    #expect(text.contains(words), "\(text)")
    #expect(
      text.contains("; if it may be silent for longer, raise \"implement.idle\", or set it to off; back to implement"))
    #expect(project.read("../brief-2").contains(words))
    #expect(try await project.ends() == ["idle", "ended"])
    #expect(project.leftovers().isEmpty)
  }

  @Test func `that may be silent ends with its time`() async throws {
    var shape = Project.Shape()
    shape.configure(agent: "sleep 300", attempts: 1, more: "  idle: off\n  timeout: 300ms")
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 1, "\(text)")
    #expect(
      text.contains("was stopped after ")
        && text.contains(": \"implement.timeout\" is 300 ms; raise it, or make the task smaller"))
    #expect(try await project.ends() == ["timeout"])
  }

  @Test(arguments: [
    "printf \"DELETE FROM events WHERE seq = 2\"", "printf \"UPDATE events SET kind = 1 WHERE seq = 2\"",
    "printf \"INSERT INTO events (seq, run, kind, time, payload, seal, hash) SELECT 99, run, kind, time, payload, seal, hash FROM events WHERE seq = 1\"",
  ])
  func `cannot change the ledger without being noticed`(sql: String) async throws {
    var shape = Project.Shape()
    shape.files["tamper.py"] = Self.tamper
    shape.configure(
      agent: "\(sql) | python3 tamper.py && touch ../tampered; echo hello > hello.txt", attempts: 2, more: "")
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5, "\(text)")
    #expect(try await project.sh("test -f ../tampered && git rev-list --count HEAD") == "1")
    #expect(text.contains("ledger"), "\(text)")
  }

  @Test func `cannot have the attempts of earlier runs forgotten`() async throws {
    var shape = Project.Shape()
    shape.files["tamper.py"] = Self.tamper
    shape.test = "test -f good"
    shape.configure(
      agent: "echo $WAYBILL_ATTEMPT > hello.txt; if test $WAYBILL_ATTEMPT = 2; then touch good; "
        + "printf \"DELETE FROM runs WHERE state = \\047abandoned\\047\" | python3 tamper.py; fi",
      attempts: 1, more: "  budget: { attempts: 5 }")
    let project = try await Project(shape)
    #expect(try await project.waybill("run", "hello").status == 1)
    #expect(try await project.waybill("abandon").status == 0)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5, "\(text)")
    #expect(text.contains("the ledger was changed while the run was at work, and not by this program"), "\(text)")
  }

  @Test(arguments: [
    "rm .waybill/ledger.db*", "mv .waybill ../gone; cp -r ../gone .waybill", "rm .waybill/ledger.db-wal",
  ])
  func `cannot put another ledger in its place`(call: String) async throws {
    var shape = Project.Shape()
    shape.configure(agent: "\(call); echo hello > hello.txt", attempts: 2, more: "")
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5, "\(text)")
    #expect(text.contains("ledger"), "\(text)")
    #expect(try await project.sh("git rev-list --count HEAD") == "1")
  }
}
