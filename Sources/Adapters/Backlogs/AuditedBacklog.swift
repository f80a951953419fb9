import DeliveryLoop
package import Engine
package import HistoryAudit
import JSONText

/// The tasks that a commit's files hold, for those who look back on it.
package enum AuditedBacklog {
  /// The tasks of `.beads/issues.jsonl` and of `tasks/*.md`; a file without front matter is no task.
  ///
  /// - Parameter files: by their paths in the commit. Throws `.malformed` with the place.
  package static func read(
    _ files: [(path: String, bytes: [UInt8])]
  ) throws(BacklogError) -> [AuditedTask] {
    var tasks: [AuditedTask] = []
    for (path, bytes) in files {
      if Tracker.beads.holdsTasks(path) {
        tasks += Self.tasks(in: try IssueFile(bytes, path: path))
      } else if Tracker.tasks.holdsTasks(path), bytes.starts(with: Array("---".utf8)) {
        let stem = String(path.dropFirst("tasks/".count).dropLast(".md".count))
        tasks.append(try task(TaskFile(bytes, path: path, stem: stem)))
      }
    }
    return tasks
  }

  private static func tasks(in file: IssueFile) -> [AuditedTask] {
    let ids = Set(file.issues.map(\.id))
    return file.issues.filter { !$0.isTombstone }.compactMap { issue in
      guard let id = TaskID(issue.id) else { return nil }
      let dotted = issue.id.lastIndex(of: ".").map { String(issue.id[..<$0]) }
      let parent =
        issue.dependencies.first { $0.kind == "parent-child" }?.target ?? dotted.flatMap { ids.contains($0) ? $0 : nil }
      let comments = (issue.record["comments"]?.array ?? []).compactMap { $0["text"]?.string }
      return AuditedTask(
        id: id, kind: issue.kind, isClosed: !issue.isOpen, created: issue.created,
        closed: issue.text("closed_at").flatMap(InstantText.read),
        words: [issue.text("close_reason"), issue.text("notes")].compactMap(\.self) + comments,
        parent: parent.flatMap { TaskID($0) })
    }
  }

  private static func task(_ file: TaskFile) throws(BacklogError) -> AuditedTask {
    func moment(_ keys: [String]) throws(BacklogError) -> Timestamp? {
      for key in keys { if let time = try file.text(key).flatMap(InstantText.read) { return time } }
      return nil
    }
    return AuditedTask(
      id: file.id, kind: file.kind, isClosed: file.state == .closed,
      created: try moment(["created_at", "created_date", "created"]), closed: try moment(["closed_at"]),
      words: [try file.text("close_reason"), try file.text("notes")].compactMap(\.self),
      parent: try file.text("parent").flatMap { TaskID($0) })
  }
}
