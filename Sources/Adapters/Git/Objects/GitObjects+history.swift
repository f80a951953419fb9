import CGit2
package import DeliveryLoop
package import Engine

extension GitObjects {
  /// The commits that are reachable from `end` and not from `start`, parents before their children, each with its subject.
  package func history(
    from start: ObjectID, to end: ObjectID
  ) throws(RepositoryError) -> [(commit: Bisection.Commit, subject: String)] {
    try with { repository throws(RepositoryError) in
      var found: [(Bisection.Commit, String)] = []
      for id in try CommitOrder(repository).oldestFirst([end], except: [start]) {
        var oid = id.oid
        // In a shallow clone the last is not here.
        guard let commit = try? Library.make("read the commit", { git_commit_lookup(&$0, repository, &oid) }) else {
          continue
        }
        defer { git_commit_free(commit) }
        let parents = (0..<git_commit_parentcount(commit)).compactMap { number in
          git_commit_parent_id(commit, number).flatMap { ObjectID($0.pointee) }
        }
        let subject = git_commit_summary(commit).map { String(cString: $0) } ?? ""
        let id = ObjectID(oid)
        found.append((Bisection.Commit(id: id, parents: parents), subject))
      }
      return found
    }
  }
}
