package import DeliveryLoop

/// A task as the backlog of an audited commit has it.
package struct AuditedTask: Hashable, Sendable {
  package let id: TaskID
  /// The backlog's own word, such as `task` or `epic`.
  package let kind: String
  package let isClosed: Bool
  /// nil where it is not known to the second.
  package let created: Timestamp?
  package let closed: Timestamp?
  /// What was written when it was closed and since: the reason, notes, comments.
  package let words: [String]
  package let parent: TaskID?

  package init(
    id: TaskID, kind: String, isClosed: Bool, created: Timestamp? = nil, closed: Timestamp? = nil, words: [String] = [],
    parent: TaskID? = nil
  ) {
    self.id = id
    self.kind = kind
    self.isClosed = isClosed
    self.created = created
    self.closed = closed
    self.words = words
    self.parent = parent
  }

  var isEpic: Bool { kind == "epic" }
}

/// A commit of an audited history.
package struct AuditedCommit: Hashable, Sendable {
  package let id: ObjectID
  /// When it was made, to the second.
  package let time: Timestamp
  package let message: String
  package let isMerge: Bool
  /// What differs from its first parent.
  package let changes: [Change]
  /// Whether its first parent has a backlog.
  package let followsBacklog: Bool
  /// nil where nothing is known of a remote.
  package let isOnRemote: Bool?

  package init(
    id: ObjectID, time: Timestamp, message: String, isMerge: Bool, changes: [Change], followsBacklog: Bool,
    isOnRemote: Bool?
  ) {
    self.id = id
    self.time = time
    self.message = message
    self.isMerge = isMerge
    self.changes = changes
    self.followsBacklog = followsBacklog
    self.isOnRemote = isOnRemote
  }

  package struct Change: Hashable, Sendable {
    package let path: String
    /// The blobs; nil where there is none.
    package let old: ObjectID?
    package let new: ObjectID?

    package init(path: String, old: ObjectID?, new: ObjectID?) { (self.path, self.old, self.new) = (path, old, new) }
  }
}

/// A kind of backlog that lives in its repository.
package enum Tracker: String, CaseIterable, Sendable {
  case beads, tasks

  /// Relative to the root.
  package var folder: String {
    switch self {
    case .beads: ".beads"
    case .tasks: "tasks"
    }
  }

  /// Whether a file is one of those that hold its tasks.
  package func holdsTasks(_ path: String) -> Bool {
    switch self {
    case .beads: path == ".beads/issues.jsonl"
    case .tasks: path.hasPrefix("tasks/") && path.hasSuffix(".md") && path.lowercased() != "tasks/readme.md"
    }
  }

  /// Whether a file is the tracker's and nobody else's.
  func owns(_ path: String) -> Bool { self == .beads ? path.hasPrefix(".beads/") : holdsTasks(path) }

  /// Whether it is a tracker's database, which no merge can make sense of.
  static func isDatabase(_ path: String) -> Bool {
    guard path.hasPrefix(".beads/") else { return false }
    return [".db", ".db-wal", ".db-shm", ".db-journal", ".sqlite", ".sqlite3"].contains { path.hasSuffix($0) }
  }
}
