package import DeliveryLoop
package import Engine
import JSONText

/// The backlog of `br`: `.beads/issues.jsonl`, read and written line by line without the program.
package struct BeadsBacklog: Backlog {
  private let folder: BeadsFolder
  private let now: @Sendable () -> Timestamp
  private let patience: Duration

  /// `root` is the absolute path of the repository; `now` decides what is still deferred; `patience` is how long a
  /// write waits for another writer.
  package init(
    root: String, now: @escaping @Sendable () -> Timestamp = SystemClock.now, patience: Duration = .seconds(10)
  ) {
    folder = BeadsFolder(path: "\(root)/.beads")
    self.now = now
    self.patience = patience
  }

  package func tasks() throws(BacklogError) -> [BacklogTask] {
    let graph = IssueGraph(try load().records, now: now())
    return graph.ordered().compactMap(graph.task)
  }

  package func show(_ id: TaskID) throws(BacklogError) -> BacklogTask {
    let records = try load().records
    let issue = try records.issue(id)
    guard let task = IssueGraph(records, now: now()).task(issue) else { throw .notFound(id, similar: []) }
    return task
  }

  package func claim(_ id: TaskID, by owner: String, at time: Timestamp) throws(BacklogError) {
    try rewrite(id) { issue, record throws(BacklogError) in
      switch issue.status {
      case "in_progress":
        if issue.assignee == owner { return }
        throw .conflict(id, owner: issue.assignee ?? "somebody who left no name")
      case "closed": throw .alreadyClosed(id)
      case "open": break
      case let other:
        throw .failed(doing: "claim \"\(id)\"", message: "its status is \"\(other)\"; set it to open first")
      }
      record.set("status", to: "in_progress")
      record.set("assignee", to: .string(owner))
      record.set("updated_at", to: .string(InstantText.write(Self.next(after: issue, at: time))))
    }
  }

  package func release(
    _ id: TaskID, by owner: String, at time: Timestamp, over base: [FileContent]
  ) throws(BacklogError) {
    // Never the line of the base: br may have imported the claim, and of two records it takes the later.
    try rewrite(id) { issue, record throws(BacklogError) in
      switch issue.status {
      case "closed": throw .alreadyClosed(id)
      case "in_progress" where issue.assignee == owner: break
      case "in_progress": throw .conflict(id, owner: issue.assignee ?? "somebody who left no name")
      case _: return
      }
      record.set("status", to: "open")
      record.remove("assignee")
      record.set("updated_at", to: .string(InstantText.write(Self.next(after: issue, at: time))))
    }
  }

  package func recordPaths(of id: TaskID) throws(BacklogError) -> [String] { [".beads/" + (try folder.recordsName())] }

  package func closedRecord(
    of id: TaskID, reason: String, at time: Timestamp, over base: [FileContent]
  ) throws(BacklogError) -> [FileContent] {
    try folder.refuseUnflushedChanges()
    let (name, _, records) = try load()
    let issue = try records.issue(id)
    guard issue.isOpen else { throw .alreadyClosed(id) }
    let moment = InstantText.write(Self.next(after: issue, at: time))
    let path = ".beads/\(name)"
    var file = records
    if let bytes = base.first(where: { $0.path == path })?.bytes {
      file = try IssueFile(bytes, path: "\(path) of the base commit")
    }
    var record = file[id.text].map { RecordText(file.bytes[$0.bytes]) } ?? RecordText(records.bytes[issue.bytes])
    record.set("status", to: "closed")
    if let owner = issue.assignee { record.set("assignee", to: .string(owner)) }
    record.set("updated_at", to: .string(moment))
    record.set("closed_at", to: .string(moment))
    record.set("close_reason", to: .string(reason))
    return [FileContent(path: path, bytes: file.with(record.bytes, as: id))]
  }

  package func adopt(_ record: [FileContent], of id: TaskID) throws(BacklogError) {
    let path = ".beads/" + (try folder.recordsName())
    guard let bytes = record.first(where: { $0.path == path })?.bytes else {
      throw .failed(
        doing: "adopt the closed record of \"\(id)\"",
        message: "the commit has no \"\(path)\"; see whether git ignores it")
    }
    let committed = try IssueFile(bytes, path: "\(path) of the commit")
    let closed = try committed.issue(id)
    guard closed.status == "closed" else {
      throw .failed(doing: "adopt the closed record of \"\(id)\"", message: "the commit shows it as \(closed.status)")
    }
    try rewrite(id) { issue, record throws(BacklogError) in
      let before = record.bytes
      let source = RecordText(committed.bytes[closed.bytes])
      for name in ["status", "closed_at", "close_reason"] {
        if let value = source[name] { record.set(name, to: value) }
      }
      guard let mine = issue.updated, let theirs = closed.updated, mine >= theirs else {
        if let value = source["updated_at"] { record.set("updated_at", to: value) }
        return
      }
      // Somebody wrote to this very issue after it was committed: that stays, and the close counts as the later change.
      if record.bytes != before {
        record.set("updated_at", to: .string(InstantText.write(Self.next(after: issue, at: theirs))))
      }
    }
  }

  /// At `time`, or one nanosecond after the issue's last change: br takes the later of two records.
  private static func next(after issue: Issue, at time: Timestamp) -> Timestamp {
    guard let last = issue.updated, last >= time else { return time }
    return Timestamp(nanoseconds: last.nanoseconds + 1)
  }

  private func load() throws(BacklogError) -> (name: String, file: LocalFile, records: IssueFile) {
    let name = try folder.recordsName()
    guard let file = try LocalFile(reading: "\(folder.path)/\(name)") else {
      throw .missing(path: "\(folder.path)/\(name)")
    }
    return (name, file, try IssueFile(file.bytes, path: ".beads/\(name)"))
  }

  /// Reads under the lock, changes the one record, and writes only if that alone has changed.
  private func rewrite(
    _ id: TaskID, _ edit: (Issue, inout RecordText) throws(BacklogError) -> Void
  ) throws(BacklogError) {
    let lock = try FolderLock(folder.path, lockFile: "\(folder.path)/.write.lock", patience: patience)
    try folder.refuseUnflushedChanges()
    let (name, file, records) = try load()
    let issue = try records.issue(id)
    var record = RecordText(records.bytes[issue.bytes])
    try edit(issue, &record)
    let content = records.replacing(issue, with: record.bytes)
    if content != file.bytes {
      guard try IssueFile(content, path: ".beads/\(name)").differs(from: records, onlyIn: id.text) else {
        throw .failed(doing: "change \"\(id)\"", message: "other records would have changed too; nothing was written")
      }
      try file.replace(with: content)
    }
    _ = consume lock
  }
}
