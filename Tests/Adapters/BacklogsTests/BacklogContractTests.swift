import Backlogs
import DeliveryLoop
import Engine
import Support
import Testing

@Suite struct `Backlog contract` {
  @Test(arguments: BacklogContract.allCases) func `holds for the twin in memory`(clause: BacklogContract) throws {
    guard clause != .`keeps a foreign edit when it adopts` else { return }
    try clause.check(InMemorySubject())
  }

  @Test(arguments: BacklogContract.allCases) func `holds for beads`(clause: BacklogContract) throws {
    try clause.check(BeadsSubject())
  }

  @Test(arguments: BacklogContract.allCases) func `holds for Markdown files`(clause: BacklogContract) throws {
    try clause.check(MarkdownSubject())
  }
}

/// The tasks of the contract in memory; nobody can edit them behind its back.
private struct InMemorySubject: BacklogContract.Subject {
  private let twin: InMemoryBacklog

  init() throws {
    func task(_ id: String, _ title: String, _ state: BacklogTask.State, _ priority: Int, waitsFor: [String] = [])
      throws
      -> BacklogTask
    {
      BacklogTask(
        id: try #require(TaskID(id)), title: title, description: id == "alpha" ? "Does the first thing." : "",
        acceptance: id == "alpha" ? ["it works", "it is fast"] : [], state: state, status: "\(state)",
        priority: priority, labels: id == "alpha" ? ["core"] : [], blockers: waitsFor,
        obstacle: state == .closed ? .closed : waitsFor.isEmpty ? nil : .blocked(by: waitsFor))
    }
    twin = InMemoryBacklog([
      try task("alpha", "First", .open, 1), try task("beta", "Second", .open, 2),
      try task("gamma", "Third", .open, 0, waitsFor: ["beta"]), try task("delta", "Last", .closed, 1),
    ])
  }

  var backlog: any Backlog { twin }

  func contents() throws -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for task in try twin.tasks() { contents["backlog/\(task.id)"] = twin.file("backlog/\(task.id)") }
    return contents
  }

  func retitle(_ id: TaskID, _ title: String) throws {}
}

/// The tasks of the contract as records of `br`.
private struct BeadsSubject: BacklogContract.Subject {
  private let folder = TemporaryFolder()

  init() {
    folder.write(
      #"""
      {"id":"alpha","title":"First","description":"Does the first thing.","acceptance_criteria":"- [ ] it works\n- [ ] it is fast","status":"open","priority":1,"issue_type":"task","created_at":"2026-01-02T00:00:00Z","updated_at":"2026-01-02T00:00:00Z","compaction_level":0,"labels":["core"]}
      {"id":"beta","title":"Second","status":"open","priority":2,"issue_type":"task","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z","compaction_level":0}
      {"id":"delta","title":"Last","status":"closed","priority":1,"issue_type":"task","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z","closed_at":"2026-01-02T00:00:00Z","compaction_level":0}
      {"id":"gamma","title":"Third","status":"open","priority":0,"issue_type":"task","created_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-02T00:00:00Z","compaction_level":0,"dependencies":[{"issue_id":"gamma","depends_on_id":"beta","type":"blocks"}]}

      """#, to: ".beads/issues.jsonl")
  }

  var backlog: any Backlog { BeadsBacklog(root: folder.path, patience: .seconds(3600)) }

  func contents() throws -> [String: [UInt8]] {
    [".beads/issues.jsonl": try #require(folder.read(".beads/issues.jsonl"))]
  }

  func retitle(_ id: TaskID, _ title: String) throws {
    let lines = String(decoding: try #require(folder.read(".beads/issues.jsonl")), as: UTF8.self).split(separator: "\n")
    let edited = lines.map { line in
      line.contains("\"id\":\"\(id)\"") ? line.replacing("\"title\":\"Second\"", with: "\"title\":\"\(title)\"") : line
    }
    folder.write(edited.joined(separator: "\n") + "\n", to: ".beads/issues.jsonl")
  }
}

/// The tasks of the contract as files.
private struct MarkdownSubject: BacklogContract.Subject {
  private let folder = TemporaryFolder()

  init() {
    let acceptance = "\n## Acceptance\n- [ ] it works\n- [ ] it is fast\n"
    folder.write(
      "---\ntitle: First\nstatus: open\npriority: 1\nlabels: [core]\n---\n\nDoes the first thing.\n\(acceptance)",
      to: "tasks/alpha.md")
    folder.write("---\nid: beta\ntitle: Second\nstatus: open\npriority: 2\n---\n", to: "tasks/second.md")
    folder.write("---\ntitle: Third\nstatus: open\npriority: 0\ndependencies: [beta]\n---\n", to: "tasks/gamma.md")
    folder.write("---\ntitle: Last\nstatus: closed\npriority: 1\n---\n", to: "tasks/delta.md")
    folder.write("# How tasks are written\n", to: "tasks/README.md")
  }

  var backlog: any Backlog { MarkdownBacklog(root: folder.path, patience: .seconds(3600)) }

  func contents() throws -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for name in folder.names(in: "tasks") { contents["tasks/\(name)"] = folder.read("tasks/\(name)") }
    return contents
  }

  func retitle(_ id: TaskID, _ title: String) throws {
    folder.write("---\nid: beta\ntitle: \(title)\nstatus: open\npriority: 2\n---\n", to: "tasks/second.md")
  }
}
