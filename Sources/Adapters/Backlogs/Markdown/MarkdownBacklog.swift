package import DeliveryLoop
package import Engine

/// A backlog of plain files: one Markdown file a task, its state in the front matter.
package struct MarkdownBacklog: Backlog {
  private let folder: TaskFolder
  private let name: String
  private let patience: Duration

  /// `root` is the absolute path of the repository, `folder` a path below it; `patience` is how long a write waits for
  /// another writer.
  package init(root: String, folder: String = "tasks", patience: Duration = .seconds(10)) {
    self.folder = TaskFolder(path: "\(root)/\(folder)")
    name = folder
    self.patience = patience
  }

  package func tasks() throws(BacklogError) -> [BacklogTask] {
    let entries = try load()
    var tasks: [BacklogTask] = []
    for entry in entries { tasks.append(try entry.task.task(blockers: blockers(of: entry.task, in: entries))) }
    return tasks.sorted { ($0.priority ?? .max, $0.id) < ($1.priority ?? .max, $1.id) }
  }

  package func show(_ id: TaskID) throws(BacklogError) -> BacklogTask {
    let entries = try load()
    let entry = try find(id, in: entries)
    return try entry.task.task(blockers: blockers(of: entry.task, in: entries))
  }

  package func claim(_ id: TaskID, by owner: String, at time: Timestamp) throws(BacklogError) {
    try rewrite(id) { task throws(BacklogError) in
      switch task.state {
      case .claimed:
        if task.owner == owner { return nil }
        throw .conflict(id, owner: task.owner ?? "somebody who left no name")
      case .closed: throw .alreadyClosed(id)
      case .other:
        throw .failed(doing: "claim \"\(id)\"", message: "its status is \"\(task.status ?? "")\"; set it to open first")
      case .open: return try task.claimed(by: owner, at: time)
      }
    }
  }

  package func release(
    _ id: TaskID, by owner: String, at time: Timestamp, over base: [FileContent]
  ) throws(BacklogError) {
    try rewrite(id) { task throws(BacklogError) in
      switch task.state {
      case .closed: throw .alreadyClosed(id)
      case .open, .other: return nil
      case .claimed:
        guard task.owner == owner else { throw .conflict(id, owner: task.owner ?? "somebody who left no name") }
        if let bytes = base.first(where: { $0.path == task.path })?.bytes, try task.isClaim(of: bytes) { return bytes }
        return try task.released(at: time)
      }
    }
  }

  package func recordPaths(of id: TaskID) throws(BacklogError) -> [String] { [try find(id, in: load()).task.path] }

  package func closedRecord(
    of id: TaskID, reason: String, at time: Timestamp, over base: [FileContent]
  ) throws(BacklogError) -> [FileContent] {
    let task = try find(id, in: load()).task
    guard task.state != .closed else { throw .alreadyClosed(id) }
    var record = task
    if let bytes = base.first(where: { $0.path == task.path })?.bytes {
      let before = try TaskFile(bytes, path: "\(task.path) of the base commit", stem: id.text)
      record = try before.owned(by: task.owner, path: task.path, stem: id.text)
    }
    let bytes = try record.closed(because: reason, at: time.text(fraction: 0))
    return [FileContent(path: task.path, bytes: bytes)]
  }

  package func adopt(_ record: [FileContent], of id: TaskID) throws(BacklogError) {
    try rewrite(id) { task throws(BacklogError) in
      guard let bytes = record.first(where: { $0.path == task.path })?.bytes else {
        throw .failed(
          doing: "adopt the closed record of \"\(id)\"",
          message: "the commit has no \"\(task.path)\"; see whether git ignores it")
      }
      let committed = try TaskFile(bytes, path: "\(task.path) of the commit", stem: id.text)
      guard committed.id == id, committed.state == .closed else {
        throw .failed(
          doing: "adopt the closed record of \"\(id)\"", message: "the commit shows it as \(committed.status ?? "open")"
        )
      }
      // The same edit on the working copy gives the committed bytes, and keeps what somebody wrote there meanwhile.
      return try task.closed(because: committed.text("close_reason"), at: committed.text("closed_at"))
    }
  }

  /// A task beside the file that it was read from.
  private struct Entry {
    let file: LocalFile
    let task: TaskFile
  }

  private func load() throws(BacklogError) -> [Entry] {
    var entries: [Entry] = []
    var owners: [TaskID: String] = [:]
    for name in try folder.names() {
      guard let file = try LocalFile(reading: "\(folder.path)/\(name)") else { continue }
      let task = try TaskFile(file.bytes, path: "\(self.name)/\(name)", stem: String(name.dropLast(3)))
      if let other = owners.updateValue(task.path, forKey: task.id) {
        throw .malformed(
          path: task.path, line: 1, column: 1,
          message: "the id \"\(task.id)\" is that of \"\(other)\" too; rename one of the two")
      }
      entries.append(Entry(file: file, task: task))
    }
    return entries
  }

  private func find(_ id: TaskID, in entries: [Entry]) throws(BacklogError) -> Entry {
    if let entry = entries.first(where: { $0.task.id == id }) { return entry }
    throw .notFound(id, similar: Spelling.similar(to: id.text, among: entries.map(\.task.id.text)))
  }

  /// What is not there cannot be known to be done, and blocks.
  private func blockers(of task: TaskFile, in entries: [Entry]) -> [String] {
    task.dependencies.filter { id in entries.first { $0.task.id.text == id }?.task.state != .closed }
  }

  /// Reads under the lock and writes what `edit` returns; nil leaves the file as it is.
  private func rewrite(
    _ id: TaskID, _ edit: (TaskFile) throws(BacklogError) -> [UInt8]?
  ) throws(BacklogError) {
    let lock = try FolderLock(folder.path, patience: patience)
    let entry = try find(id, in: load())
    if let content = try edit(entry.task), content != entry.file.bytes {
      let name = entry.task.path.split(separator: "/").last.map { String($0.dropLast(3)) } ?? id.text
      guard try TaskFile(content, path: entry.task.path, stem: name).id == id else {
        throw .failed(doing: "change \"\(id)\"", message: "its id would have changed too; nothing was written")
      }
      try entry.file.replace(with: content)
    }
    _ = consume lock
  }
}
