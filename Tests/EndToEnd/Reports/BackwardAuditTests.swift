import Foundation
import Testing

/// Histories that this program has never driven, made with git itself, with faults planted in them.
@Suite struct `A backward audit` {
  private struct Finding: Decodable, Hashable {
    let rule: String
    let task: String?
    let commit: String?
    var text = ""

    private enum CodingKeys: String, CodingKey { case rule, task, commit }
  }

  /// A record of a tracker, created at a second of one hour and closed at another.
  private static func record(
    _ id: String, kind: String = "task", opened: Int = 0, closed: Int? = nil, reason: String = "Validated live",
    more: String = ""
  ) -> String {
    func time(_ second: Int) -> String { "2026-01-01T10:\(padded(second / 60)):\(padded(second % 60)).5Z" }
    let end = closed.map { #","closed_at":"\#(time($0))","close_reason":"\#(reason)""# } ?? ""
    return #"{"id":"\#(id)","title":"\#(id)","status":"\#(closed == nil ? "open" : "closed")","issue_type":"\#(kind)","#
      + #""created_at":"\#(time(opened))"\#(end)\#(more)}"# + "\n"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private func project() async throws -> Project {
    var shape = Project.Shape()
    shape.remote = false
    let project = try await Project(shape)
    // A history of its own, without anything of this program's.
    try await project.sh(
      "rm -rf .git tasks validations .beads waybill.yaml && git init -q -b main . && git config user.name Ada && "
        + "git config user.email ada@example.org && echo 0 > start && git add start && GIT_COMMITTER_DATE=2026-01-01T09:00:00Z "
        + "git commit -qm 'Begin without a backlog'")
    return project
  }

  /// Commits all that there is at a second of the hour; returns the commit.
  private func commit(_ project: Project, _ message: String, at second: Int) async throws -> String {
    let time = "2026-01-01T10:\(Self.padded(second / 60)):\(Self.padded(second % 60))Z"
    try await project.sh(
      "git add -A -f && GIT_COMMITTER_DATE=\(time) GIT_AUTHOR_DATE=\(time) git commit -qm '\(message)'")
    return try await project.sh("git rev-parse HEAD")
  }

  private func findings(_ project: Project, _ status: Int32) async throws -> Set<Finding> {
    let audit = try await project.waybill("audit", "--history", "--json")
    #expect(audit.status == status, "\(audit.text)")
    let lines = audit.text.split(separator: "\n").filter { $0.hasPrefix("{\"rule\"") }
    let found = try lines.map { try JSONDecoder().decode(Finding.self, from: Data($0.utf8)) }
    #expect(Set(found).count == found.count, "\(audit.text)")
    return Set(found)
  }

  @Test func `finds each planted fault and nothing else`() async throws {
    let project = try await project()
    var expected: Set<Finding> = []
    func expect(_ rule: String, _ task: String?, _ commit: String? = nil) {
      expected.insert(Finding(rule: rule, task: task, commit: commit))
    }
    let records = [
      Self.record("br-good", closed: 1000), Self.record("br-none", closed: 1000), Self.record("br-many", closed: 1000),
      Self.record("br-late", opened: 900, closed: 1000), Self.record("br-quick", closed: 30),
      Self.record("br-dark", closed: 1000, reason: "Done"),
      Self.record("br-waived", closed: 1000, reason: "Live validation waived, no environment"),
      Self.record("br-agreed", closed: 1000, reason: "Live validation waived by Grace, no environment"),
      Self.record("br-epic", kind: "epic", closed: 1000),
      Self.record(
        "br-epic.1",
        more: #","dependencies":[{"issue_id":"br-epic.1","depends_on_id":"br-epic","type":"parent-child"}]"#),
      Self.record("br-far", closed: 1000), Self.record("br-leak", closed: 1000), Self.record("br-open"),
      Self.record("br-tls", closed: 1000), Self.record("br-db", closed: 1000),
      Self.record("br-shut", kind: "epic", closed: 1000), Self.record("br-shut.1", closed: 1000),
    ].joined()
    try project.write(records, to: ".beads/issues.jsonl")
    _ = try await commit(project, "Add the backlog", at: 0)
    var number = 0
    func change(_ message: String, _ files: [String: String] = [:]) async throws -> String {
      number += 1
      try project.write("\(number)\n", to: "work.txt")
      for (path, text) in files { try project.write(text, to: path) }
      return try await commit(project, message, at: 100 + number)
    }
    for id in ["br-good", "br-quick", "br-dark", "br-waived", "br-agreed", "br-shut.1"] {
      _ = try await change("Add a thing (\(id))", ["\(id).md": "curl -k is not what this text does\n"])
    }
    expect("no-commit", "br-none")
    expect("open-for-seconds", "br-quick")
    expect("closed-without-evidence", "br-dark")
    expect("waiver-without-approver", "br-waived")
    expect("epic-over-open-children", "br-epic")
    _ = try await change("br-many: one")
    _ = try await change("br-many: two")
    expect("many-commits", "br-many")
    expect("task-after-commit", "br-late", try await change("br-late"))
    expect("commit-without-task", nil, try await change("Tidy up"))
    expect("secret-in-diff", "br-leak", try await change("br-leak", ["key.txt": "token = \"\(SampleSecret.token)\"\n"]))
    expect("certificate-checks-off", "br-tls", try await change("br-tls", ["get.sh": "curl --insecure https://x\n"]))
    // What stays there is not found again.
    _ = try await change("br-open: more", ["get.sh": "# more\ncurl --insecure https://x\n"])
    expect("tracker-database", "br-db", try await change("br-db", [".beads/beads.db": "SQLite"]))
    try project.write(records + "\n", to: ".beads/issues.jsonl")
    expect("tracker-only-commit", nil, try await commit(project, "Sync", at: 300))
    try await project.sh(
      "git checkout -qb side HEAD~2 && echo 1 > side && git add side && git commit -qm 'br-open: side'")
    try await project.sh("git checkout -q main && git merge -q --no-edit side")
    try await project.sh(
      "git clone -q --bare . ../other.git && git remote add origin ../other.git && git fetch -q origin")
    expect("commit-not-on-remote", "br-far", try await change("br-far"))
    // Not closed: it may be here alone.
    _ = try await change("br-open: still at it")

    let found = try await findings(project, 1)
    #expect(found == expected, "\(found.symmetricDifference(expected))")
    let (status, text) = try await project.waybill("audit", "--history")
    #expect(status == 1 && !text.contains(SampleSecret.token), "\(text)")
    #expect(text.contains("  epics closed over open children: 1"), "\(text)")
    #expect(text.contains("17 tasks, 13 closed, of these 11 with exactly one commit"), "\(text)")
    let csv = try await project.waybill("audit", "--history", "--csv").text
    #expect(csv.contains("\r\nno-commit,br-none,,\"is closed, and no commit names it\"\r\n"), "\(csv)")
  }

  @Test func `finds nothing in a history that is as it should be, of files as well`() async throws {
    let project = try await project()
    try project.write(
      "---\nid: hello\ntitle: Say hello\nstatus: closed\nclose_reason: validations/hello.hurl passed\n---\nSay it.\n",
      to: "tasks/hello.md")
    try project.write("---\ntitle: Later\n---\nLater.\n", to: "tasks/later.md")
    try project.write("hello\n", to: "hello.txt")
    _ = try await commit(project, "Say hello\n\nTask-Id: hello", at: 100)
    #expect(try await findings(project, 0).isEmpty)
    let (status, text) = try await project.waybill("audit", "--history")
    #expect(
      status == 0 && text.contains("2 tasks, 1 closed, of these 1 with exactly one commit; 2 commits; 0 findings"),
      "\(text)")
    #expect(text.contains("unknown: nothing is known of a remote"), "\(text)")
  }

  @Test func `audits the deliveries of this program as well`() async throws {
    let project = try await delivered()
    let (status, text) = try await project.waybill("audit", "--history")
    #expect(status == 0 && text.contains("1 closed, of these 1 with exactly one commit"), "\(text)")
  }

  @Test func `says what it cannot read`() async throws {
    let project = try await project()
    let none = try await project.waybill("audit", "--history")
    #expect(
      none.status == 2 && none.text.contains("neither \".beads/issues.jsonl\" nor \"tasks/*.md\""), "\(none.text)")
    try project.write("{\"id\":\n", to: ".beads/issues.jsonl")
    _ = try await commit(project, "A broken backlog", at: 1)
    let broken = try await project.waybill("audit", "--history")
    #expect(broken.status == 2 && broken.text.contains(".beads/issues.jsonl:1:"), "\(broken.text)")
    let both = try await project.waybill("audit", "--history", "--task", "x")
    #expect(both.status == 2 && both.text.contains("takes no other filter"), "\(both.text)")
    let outside = try await project.waybill("audit", "--history", "-C", "/")
    #expect(outside.status != 0 && outside.text.contains("/"), "\(outside.text)")
  }
}
