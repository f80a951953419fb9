import Foundation
import Glibc
import Testing

@Suite struct `Working trees of our own` {
  /// Two tasks, each of which writes a file of its own; the tests of both wait while the folder is there.
  private static func shape() -> Project.Shape {
    var shape = Project.Shape()
    shape.extra = "workspace: worktree\n"
    shape.implement = "echo hello > $WAYBILL_TASK.txt"
    shape.test =
      "ls ../../../../hold 2> /dev/null && { touch ../../../../hold/$WAYBILL_TASK; exec sleep 300; }; test -f $WAYBILL_TASK.txt"
    shape.validate = "validations/hello.hurl"
    shape.files["validations/hello.hurl"] = "GET {{base_url}}/{{task}}.txt\nHTTP 200\n"
    shape.files["tasks/more.md"] = "---\nid: more\ntitle: Say more\nstatus: open\n---\nSay it.\n"
    return shape
  }

  /// What of the user's must stay as it is.
  private static let untouched =
    "git rev-parse HEAD; git stash list; sha256sum .git/index .git/HEAD; git status --porcelain; cat mine.txt"

  @Test func `deliver tasks side by side, and leave that of the user alone`() async throws {
    let project = try await Project(Self.shape())
    try await project.sh("echo stashed > mine.txt && git stash -q -u && echo edited > mine.txt && git add mine.txt")
    let before = try await project.sh(Self.untouched)
    async let one = project.waybill("run", "hello")
    async let two = project.waybill("run", "more")
    let (first, second) = try await (one, two)
    #expect(first.status == 0, "\(first.text)")
    #expect(second.status == 0, "\(second.text)")
    #expect(try await project.sh(Self.untouched) == before)
    let subjects = try await project.sh("git --git-dir ../remote.git log --format=%s main")
    #expect(Set(subjects.split(separator: "\n")) == ["Say hello (hello)", "Say more (more)", "start"])
    // Neither undid the other's closed record.
    #expect(
      try await project.sh("git --git-dir ../remote.git grep -h '^status' main -- tasks")
        == "status: closed\nstatus: closed"
    )
    #expect(project.leftovers().isEmpty)
    #expect(try await project.sh("git worktree list --porcelain | grep -c ^worktree") == "3")
    // A tree that was lent before is lent again.
    try await project.sh(
      "git stash -q -u && git pull -q origin main && printf -- '---\\nid: again\\ntitle: A\\nstatus: open\\n---\\n' > tasks/again.md && git add -A && git commit -q -m again && git push -q origin main"
    )
    let third = try await project.waybill("run", "again")
    #expect(third.status == 0, "\(third.text)")
    #expect(try await project.sh("git worktree list --porcelain | grep -c ^worktree") == "3")
  }

  @Test func `are found again by the task, by the run and by nothing when only one rests`() async throws {
    var shape = Self.shape()
    shape.implement = nil
    let project = try await Project(shape)
    let first = try await project.waybill("run", "hello")
    #expect(first.status == 3, "\(first.text)")
    let root = "\(project.root)/.waybill/worktrees/01"
    #expect(first.text.contains("make the change in \(root), then resume"))
    try await project.sh("echo hello > .waybill/worktrees/01/hello.txt")
    #expect(try await project.waybill("run", "more").status == 3)
    let ambiguous = try await project.waybill("resume")
    #expect(ambiguous.status == 2)
    #expect(ambiguous.text.contains("several runs rest: "))
    let done = try await project.waybill("run", "hello")
    #expect(done.status == 0, "\(done.text)")
    let waiting = try await project.waybill("resume")
    #expect(waiting.status == 3, "\(waiting.text)")
    let given = try await project.waybill("abandon")
    #expect(given.status == 0, "\(given.text)")
    #expect(try await project.sh("git status --porcelain") == "")
  }

  @Test func `of a harness that died are held by nobody, and its task is on its way only once`() async throws {
    let project = try await Project(Self.shape())
    try await project.sh("mkdir ../hold")
    let run = try Harness(project, "run", "hello")
    try await run.leaves("\(project.folder)/hold/hello")
    let second = try await project.waybill("run", "hello")
    #expect(second.status == 5)
    #expect(second.text.contains("process \(run.pid), delivering hello"), "\(second.text)")
    #expect(try await project.waybill("runs").text.contains("running"))
    kill(run.pid, SIGKILL)
    #expect(try await run.end() == .killed)
    #expect(try await project.waybill("runs").text.contains("cut-off"))
    try await project.sh("rm -r ../hold")
    let resumed = try await project.waybill("run", "hello")
    #expect(resumed.status == 0, "\(resumed.text)")
    #expect(project.leftovers().isEmpty)
    #expect(try await project.sh("git --git-dir ../remote.git log --format=%s main") == "Say hello (hello)\nstart")
  }

  @Test func `have nothing to adopt`() async throws {
    let project = try await Project(Self.shape())
    let (status, text) = try await project.waybill("run", "hello", "--adopt")
    #expect(status == 2)
    #expect(text.contains("there is nothing to adopt"))
  }
}
