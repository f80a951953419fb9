import CGit2
package import DeliveryLoop
package import Engine
package import HistoryAudit

extension GitObjects: CommitHistory {
  package func audited(to tip: ObjectID, of tracker: Tracker) throws(RepositoryError) -> [AuditedCommit] {
    try with { repository throws(RepositoryError) in
      let order = CommitOrder(repository)
      let remotes = try ObjectWalk(repository, objects: self, once: true).tips(under: "refs/remotes/")
      let pushed = remotes.isEmpty ? nil : Set(try order.oldestFirst(remotes, except: []))
      var found: [AuditedCommit] = []
      for id in try order.oldestFirst([tip], except: []) {
        var oid = id.oid
        // In a shallow clone the last is not here.
        guard let commit = try? Library.make("read the commit", { git_commit_lookup(&$0, repository, &oid) }) else {
          continue
        }
        defer { git_commit_free(commit) }
        let (changes, followsBacklog) = try Self.changes(of: commit, tracker, in: repository)
        found.append(
          AuditedCommit(
            id: id.id, time: Self.time(of: commit),
            message: git_commit_message(commit).map { String(cString: $0) } ?? "",
            isMerge: git_commit_parentcount(commit) > 1, changes: changes, followsBacklog: followsBacklog,
            isOnRemote: pushed.map { $0.contains(id) }))
      }
      return found
    }
  }

  package func messages(to tip: ObjectID, _ body: (ObjectID, String) -> Void) throws(RepositoryError) {
    try with { repository throws(RepositoryError) in
      for id in try CommitOrder(repository).oldestFirst([tip], except: []) {
        var oid = id.oid
        // In a shallow clone the last is not here.
        guard let commit = try? Library.make("read the commit", { git_commit_lookup(&$0, repository, &oid) }) else {
          continue
        }
        defer { git_commit_free(commit) }
        body(id.id, git_commit_message(commit).map { String(cString: $0) } ?? "")
      }
    }
  }

  package func blob(_ id: ObjectID) throws(RepositoryError) -> [UInt8]? {
    try with { repository throws(RepositoryError) in try? Self.read(PackedID(id), in: repository).get() }
  }

  /// The paths of the files that stand in a folder of a commit; none where there is no such folder.
  package func paths(in folder: String, at commit: ObjectID) throws(RepositoryError) -> [String] {
    try with { repository throws(RepositoryError) in
      let root = try GitRepository.peel(commit, in: repository)
      defer { git_tree_free(root) }
      guard let entry = git_tree_entry_byname(root, folder), git_tree_entry_type(entry) == GIT_OBJECT_TREE,
        let id = git_tree_entry_id(entry), case .success(let bytes) = Self.read(PackedID(id.pointee), in: repository)
      else { return [] }
      return TreeEntry.list(bytes).filter { $0.kind == .blob }.map {
        "\(folder)/\(String(decoding: $0.name, as: UTF8.self))"
      }
    }
  }

  /// What differs from the first parent, and whether that has a backlog; of a parent that is not here, nothing is known.
  private static func changes(
    of commit: OpaquePointer, _ tracker: Tracker, in repository: OpaquePointer
  ) throws(RepositoryError) -> ([AuditedCommit.Change], Bool) {
    let new = try Library.make("read a commit's tree") { git_commit_tree(&$0, commit) }
    defer { git_tree_free(new) }
    var old: OpaquePointer?
    defer { git_tree_free(old) }
    if git_commit_parentcount(commit) > 0 {
      var parent: OpaquePointer?
      guard git_commit_parent(&parent, commit, 0) == 0 else { return ([], false) }
      defer { git_commit_free(parent) }
      old = try Library.make("read a commit's tree") { git_commit_tree(&$0, parent) }
    }
    let diff = try Library.make("compare a commit with its parent") {
      git_diff_tree_to_tree(&$0, repository, old, new, nil)
    }
    defer { git_diff_free(diff) }
    let changes = (0..<git_diff_num_deltas(diff)).compactMap { index -> AuditedCommit.Change? in
      guard let delta = git_diff_get_delta(diff, index)?.pointee, let path = delta.new_file.path ?? delta.old_file.path
      else { return nil }
      func blob(_ file: git_diff_file) -> ObjectID? {
        file.mode == 0 || file.mode == UInt16(GIT_FILEMODE_COMMIT.rawValue) ? nil : ObjectID(file.id)
      }
      return AuditedCommit.Change(
        path: String(cString: path), old: blob(delta.old_file), new: blob(delta.new_file))
    }
    return (changes, old.map { git_tree_entry_byname($0, tracker.folder) != nil } ?? false)
  }

  /// When it was made; a moment out of reach is the farthest in reach.
  private static func time(of commit: OpaquePointer) -> Timestamp {
    let (nanoseconds, isTooFar) = Int64(git_commit_time(commit)).multipliedReportingOverflow(by: 1_000_000_000)
    return Timestamp(nanoseconds: isTooFar ? .max : nanoseconds)
  }
}
