import CGit2
package import DeliveryLoop
package import Engine

/// Notes on deliveries: their objects by libgit2, their way to the remote by the `git` program.
package struct GitNotes: Notes {
  private let repository: GitRepository
  private let remote: GitRemote

  private static let ref = "refs/notes/delivery"

  package init(_ repository: GitRepository, _ remote: GitRemote) {
    (self.repository, self.remote) = (repository, remote)
  }

  package func fetch(from remote: String) async throws(RemoteError) -> ObjectID? {
    let seen: ObjectID?
    do { seen = try self.seen(of: remote) } catch { throw .unknown(message: error.wording) }
    let tip = try await self.remote.fetch(ref: Self.ref, from: remote, to: Self.kept(remote), grows: true)
    if tip == nil, seen != nil { throw .rewritten(ref: Self.ref, remote: remote) }
    return tip
  }

  package func seen(of remote: String) throws(RepositoryError) -> ObjectID? {
    try repository.commit(at: Self.kept(remote))
  }

  /// Where what was seen last of a remote's notes is kept.
  private static func kept(_ remote: String) -> String { "refs/waybill/notes/\(remote)" }

  package func note(on commit: ObjectID, in notes: ObjectID) throws(RepositoryError) -> String? {
    try repository.with { repository throws(RepositoryError) in
      let parent = try Self.commit(notes, repository)
      defer { git_commit_free(parent) }
      var id = commit.oid
      var note: OpaquePointer?
      let code = git_note_commit_read(&note, repository, parent, &id)
      if code == GIT_ENOTFOUND.rawValue { return nil }
      try Library.check(code, "read the note on \(commit)")
      defer { git_note_free(note) }
      return git_note_message(note).map { String(cString: $0) }
    }
  }

  package func annotated(in notes: ObjectID) throws(RepositoryError) -> [ObjectID] {
    try repository.with { repository throws(RepositoryError) in
      let parent = try Self.commit(notes, repository)
      defer { git_commit_free(parent) }
      let iterator = try Library.make("read the notes") { git_note_commit_iterator_new(&$0, parent) }
      defer { git_note_iterator_free(iterator) }
      var commits: [ObjectID] = []
      var (note, commit) = (git_oid(), git_oid())
      while true {
        let code = git_note_next(&note, &commit, iterator)
        if code == GIT_ITEROVER.rawValue { return commits }
        try Library.check(code, "read the notes")
        commits.append(ObjectID(commit))
      }
    }
  }

  package func alterations(in notes: ObjectID) throws(RepositoryError) -> [(by: ObjectID, file: String)] {
    try repository.with { repository throws(RepositoryError) in
      var found: [(by: ObjectID, file: String)] = []
      var (ahead, seen): ([ObjectID], Set<ObjectID>) = ([notes], [notes])
      while let id = ahead.popLast() {
        let commit = try Self.commit(id, repository)
        defer { git_commit_free(commit) }
        for number in 0..<git_commit_parentcount(commit) {
          found += try Self.alterations(by: commit, id, since: number, repository)
          guard let parent = git_commit_parent_id(commit, number).map({ ObjectID($0.pointee) }) else { continue }
          if seen.insert(parent).inserted { ahead.append(parent) }
        }
      }
      return found
    }
  }

  private static func alterations(
    by commit: OpaquePointer, _ id: ObjectID, since number: UInt32, _ repository: OpaquePointer
  ) throws(RepositoryError) -> [(by: ObjectID, file: String)] {
    let parent = try Library.make("read the notes") { git_commit_parent(&$0, commit, number) }
    defer { git_commit_free(parent) }
    let old = try Library.make("read the notes") { git_commit_tree(&$0, parent) }
    defer { git_tree_free(old) }
    let new = try Library.make("read the notes") { git_commit_tree(&$0, commit) }
    defer { git_tree_free(new) }
    let diff = try Library.make("compare notes") { git_diff_tree_to_tree(&$0, repository, old, new, nil) }
    defer { git_diff_free(diff) }
    return (0..<git_diff_num_deltas(diff)).compactMap { index in
      guard let delta = git_diff_get_delta(diff, index)?.pointee, delta.status != GIT_DELTA_ADDED else { return nil }
      return (id, delta.old_file.path.map { String(cString: $0) } ?? "")
    }
  }

  package func write(
    _ note: String, on commit: ObjectID, over notes: ObjectID?, by author: Identity, at time: Timestamp
  ) throws(RepositoryError) -> ObjectID {
    let written = try repository.with { repository throws(RepositoryError) in
      let parent = try notes.map { notes throws(RepositoryError) in try Self.commit(notes, repository) }
      defer { git_commit_free(parent) }
      var signature: UnsafeMutablePointer<git_signature>?
      try Library.check(
        git_signature_new(&signature, author.name, author.email, time.seconds, 0), "write the author of a note")
      defer { git_signature_free(signature) }
      var (made, blob, target) = (git_oid(), git_oid(), commit.oid)
      try Library.check(
        git_note_commit_create(&made, &blob, repository, parent, signature, signature, &target, note, 0),
        "write the note on \(commit)")
      return ObjectID(made)
    }
    guard try self.note(on: commit, in: written) == note else { throw .notObserved("the note on \(commit)") }
    return written
  }

  package func push(
    _ notes: ObjectID, to remote: String, expecting expected: ObjectID?
  ) async throws(RemoteError) -> PushAnswer {
    // Nothing of a note is for the user's hooks to judge.
    try await self.remote.push(notes, to: Self.ref, on: remote, expecting: expected, ["--no-verify"])
  }

  private static func commit(_ id: ObjectID, _ repository: OpaquePointer) throws(RepositoryError) -> OpaquePointer {
    var id = id.oid
    return try Library.make("read the notes") { git_commit_lookup(&$0, repository, &id) }
  }
}
