import Engine
import Foundation
import Glibc
import Processes
import Testing

@Suite struct `The world that moves` {
  /// Does something once, whenever the tests run for the first time.
  private static func once(_ text: String) -> String {
    "test -f hello.txt && { test -e ../moved || { touch ../moved; \(text); }; }"
  }

  @Test func `under a run whose HEAD somebody moved is told, and the run goes on once it is back`() async throws {
    var shape = Project.Shape()
    shape.test = Self.once("git switch -q -c elsewhere")
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5, "\(text)")
    #expect(text.contains("on \"elsewhere\" while the run was at work; go back to"))
    #expect(try await project.sh("git rev-parse main") == project.sh("git rev-parse origin/main"))
    try await project.sh("git switch -q main")
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 0, "\(resumed.text)")
  }

  @Test func `under a run whose branch somebody committed to is told, and their commit stays`() async throws {
    var shape = Project.Shape()
    shape.test = Self.once("git commit -q --allow-empty -m mine")
    shape.extra =
      "environment: { GIT_AUTHOR_NAME: G, GIT_AUTHOR_EMAIL: g@x, GIT_COMMITTER_NAME: G, GIT_COMMITTER_EMAIL: g@x }\n"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5, "\(text)")
    #expect(text.contains("HEAD was moved to"))
    #expect(try await project.sh("git log --format=%s -1") == "mine")
  }

  @Test(arguments: [
    ("sed -i \"s/status: in_progress/status: closed/\" tasks/hello.md", "shows \"hello\" as closed"),
    ("sed -i \"s/assignee: .*/assignee: Grace/\" tasks/hello.md", "as taken by \"Grace\""),
  ])
  func `under a run whose task somebody closed or took is told before anything is committed`(
    edit: String, words: String
  ) async throws {
    var shape = Project.Shape()
    shape.test = Self.once(edit)
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5, "\(text)")
    #expect(text.contains(words), "\(text)")
    #expect(try await project.sh("git log --format=%s") == "start")
    #expect(project.leftovers().isEmpty)
  }

  @Test func `leaves other people's edits of the backlog out of the commit, and where they are`() async throws {
    var shape = Project.Shape()
    shape.backlog = "beads"
    shape.validate = "validations/hello.hurl"
    shape.files[".beads/issues.jsonl"] = Project.issue("br-1", "Say hello") + Project.issue("br-2", "Say more")
    shape.test = Self.once("sed -i \"s/Say more/Say it all/\" .beads/issues.jsonl")
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "br-1")
    #expect(status == 0, "\(text)")
    #expect(!(try await project.sh("git show HEAD:.beads/issues.jsonl")).contains("Say it all"))
    #expect(project.read(".beads/issues.jsonl").contains("Say it all"))
    #expect(try await project.sh("git status --porcelain") == "M .beads/issues.jsonl")
  }

  @Test func `with another git at work is waited for`() async throws {
    var shape = Project.Shape()
    shape.test = Self.once("touch .git/index.lock")
    let project = try await Project(shape)
    let run = try Harness(project, "run", "hello", "--json")
    // A program of its own, since the tests of this process take turns.
    let other = try Harness(
      project, running: "until grep -q intended.commit \(run.output); do sleep 0.02; done; rm .git/index.lock")
    #expect(try await other.end() == .exited(0))
    #expect(try await run.end() == .exited(0), "\(run.text)")
  }
}

@Suite struct `A harness that dies` {
  /// Holds the tests until the folder is gone.
  private static let hold =
    "trap \"\" TERM; if test -d ../hold; then touch ../hold/mark; sleep 300; fi; test -f hello.txt"

  @Test func `leaves a command behind that is stopped before the run goes on`() async throws {
    var shape = Project.Shape()
    shape.test = Self.hold
    let project = try await Project(shape)
    try await project.sh("mkdir ../hold")
    let run = try Harness(project, "run", "hello")
    try await run.leaves("\(project.folder)/hold/mark")
    kill(run.pid, SIGKILL)
    #expect(try await run.end() == .killed)
    #expect(!project.leftovers().isEmpty)
    try await project.sh("rm -r ../hold")
    let resumed = try await project.waybill("run", "hello")
    #expect(resumed.status == 0, "\(resumed.text)")
    #expect(resumed.text.contains("rests here; going on with it"))
    #expect(project.leftovers().isEmpty)
  }

  @Test func `is waited for by nobody, and a living one is named`() async throws {
    var shape = Project.Shape()
    shape.test = Self.hold
    let project = try await Project(shape)
    try await project.sh("mkdir ../hold")
    let run = try Harness(project, "run", "hello")
    try await run.leaves("\(project.folder)/hold/mark")
    for verb in [["run", "hello"], ["resume"], ["abandon"]] {
      let second = try await project.waybill(verb)
      #expect(second.status == 5)
      #expect(second.text.contains("another run holds this working tree: process \(run.pid), delivering hello"))
    }
    #expect(try await project.waybill("runs").text.contains("running"))
    #expect(try await project.waybill("why").text.contains("hello: running\nit is at test\nnext: waybill logs "))
    #expect(try await project.waybill("show").text.contains("state   running: it is at test"))
    kill(run.pid, SIGKILL)
    _ = try await run.end()
    #expect(try await project.waybill("runs").text.contains("cut-off"))
    #expect(try await project.waybill("why").text.contains("cut-off\nthe program ended in the middle of test\nnext: "))
    #expect(try await project.waybill("show", "--json").text.contains(#""state":"cut-off""#))
    try await project.sh("rm -r ../hold")
    #expect(try await project.waybill("resume").status == 0)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT]) func `by a signal stops cleanly`(signal: Int32) async throws {
    var shape = Project.Shape()
    shape.test = "if test -d ../hold; then touch ../hold/mark; exec sleep 300; fi"
    let project = try await Project(shape)
    try await project.sh("mkdir ../hold")
    let run = try Harness(project, "run", "hello")
    try await run.leaves("\(project.folder)/hold/mark")
    kill(run.pid, signal)
    #expect(try await run.end() == .exited(130), "\(run.text)")
    #expect(project.leftovers().isEmpty)
  }

  @Test func `by a second Ctrl-C ends at once and leaves nothing running, wherever it went`() async throws {
    var shape = Project.Shape()
    shape.test =
      "trap \"\" TERM; test -d ../hold && { (setsid sh -c \"sleep 300 & sleep 301\" &); env -i setsid sleep 302 & }; "
      + Self.hold
    let project = try await Project(shape)
    try await project.sh("mkdir ../hold")
    let run = try Harness(project, "run", "hello")
    try await run.leaves("\(project.folder)/hold/mark")
    kill(run.pid, SIGINT)
    try await run.says("once more to end at once")
    kill(run.pid, SIGINT)
    #expect(try await run.end() == .exited(130), "\(run.text)")
    #expect(project.leftovers().isEmpty)
    // Cut off, or interrupted where the first had come to its end before the second was typed.
    let why = try await project.waybill("why").text
    #expect(why.contains("cut-off") || why.contains("interrupted"), "\(why)")
    try await project.sh("rm -r ../hold")
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 0, "\(resumed.text)")
    #expect(project.leftovers().isEmpty)
  }
}

@Suite struct `A ledger in trouble` {
  /// Runs a shell's text where `.waybill` is a disk of 1 MB of its own.
  private func onSmallDisk(_ project: Project, _ text: String) async throws -> String {
    try await project.sh(
      "mkdir -p .waybill; unshare -Urm sh -c 'mount -t tmpfs -o size=1m none .waybill && { \(text); }' 2>&1 || true")
  }

  @Test func `on a full disk is a clear stop with nothing left running, and goes on when there is room`() async throws {
    let project = try await Project()
    guard try await onSmallDisk(project, "echo yes") == "yes" else {
      return print("skipped: this system lets nobody mount a disk of its own")
    }
    var shape = Project.Shape()
    shape.validate = "validations/hello.hurl"
    shape.service = "head -c 2000000 /dev/zero > .waybill/fill; exec python3 service.py"
    let full = try await Project(shape)
    let program = Program.path
    let text = try await onSmallDisk(
      full,
      "\(program) run hello; echo status $?; rm .waybill/fill; sed -i s/x/x/ hello.txt; \(program) why; echo status $?")
    #expect(text.contains("the disk is full"), "\(text)")
    #expect(text.contains("status 5"))
    #expect(full.leftovers().isEmpty)
    #expect(try SystemServices().holder(of: full.port) == nil)
    #expect(text.contains("cut-off") || text.contains("the program ended in the middle of"), "\(text)")
    #expect(try await full.sh("git log --format=%s") == "start")
  }

  @Test func `that cannot be written is named before anything is changed`() async throws {
    let project = try await Project()
    try await project.sh("mkdir -p .waybill/ledger.db")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5)
    #expect(text.contains(".waybill/ledger.db\""), "\(text)")
    #expect(project.read("tasks/hello.md").contains("status: open"))
  }

  @Test func `with an event of a newer version shows what it can read, and goes on with nothing blindly`() async throws
  {
    var shape = Project.Shape()
    shape.implement = nil
    let project = try await Project(shape)
    #expect(try await project.waybill("run", "hello").status == 3)
    try await project.sh(
      """
      python3 - <<'END'
      import hashlib, sqlite3
      ledger = sqlite3.connect(".waybill/ledger.db")
      run = ledger.execute("SELECT run FROM runs").fetchone()[0]
      number, before = ledger.execute("SELECT seq, hash FROM events ORDER BY seq DESC").fetchone()
      link = bytes.fromhex(before)
      salt = "0" * 32
      seal = hashlib.sha256((salt + "{}").encode()).hexdigest()
      for field in (run, "observed.teleported", "0", seal):
          link += len(field).to_bytes(8, "big") + field.encode()
      ledger.execute("INSERT INTO events (seq, run, kind, time, payload, salt, seal, hash) VALUES (?, ?, 'observed.teleported', 0, '{}', ?, ?, ?)",
          (number + 1, run, salt, seal, hashlib.sha256(link).hexdigest()))
      ledger.commit()
      END
      """)
    #expect(try await project.waybill("runs").status == 0)
    let shown = try await project.waybill("show")
    #expect(shown.status == 0)
    #expect(shown.text.contains("observed.teleported"), "\(shown.text)")
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 5)
    #expect(resumed.text.contains("cannot read (\"observed.teleported\""), "\(resumed.text)")
  }
}
