import CGit2
import DeliveryLoop
import Engine

/// Puts commits in order: parents before their children.
struct CommitOrder {
  private let repository: OpaquePointer

  init(_ repository: OpaquePointer) { self.repository = repository }

  /// All that can be reached from the tips and from none of the others; in a shallow clone also the first that is not here.
  func oldestFirst(_ tips: [ObjectID], except: [ObjectID]) throws(RepositoryError) -> [PackedID] {
    // The library's walk ends with an error where a clone is cut off.
    if git_repository_is_shallow(repository) == 1 {
      let hidden = Set(walk(except.map { PackedID($0) }, except: []))
      return walk(tips.map { PackedID($0) }, except: hidden)
    }
    let walk = try Library.make("walk through commits") { git_revwalk_new(&$0, repository) }
    defer { git_revwalk_free(walk) }
    try Library.check(
      git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_REVERSE.rawValue), "walk through commits")
    for tip in tips {
      var oid = tip.oid
      try Library.check(git_revwalk_push(walk, &oid), "find the commit \(tip)")
    }
    for other in except {
      var oid = other.oid
      try Library.check(git_revwalk_hide(walk, &oid), "find the commit \(other)")
    }
    var found: [PackedID] = []
    var oid = git_oid()
    while true {
      let code = git_revwalk_next(&oid, walk)
      if code == GIT_ITEROVER.rawValue { return found }
      try Library.check(code, "walk through commits")
      found.append(PackedID(oid))
    }
  }

  /// The same without the library.
  private func walk(_ tips: [PackedID], except: Set<PackedID>) -> [PackedID] {
    var (found, seen): ([PackedID], Set<PackedID>) = ([], except)
    var stack: [(id: PackedID, isDone: Bool)] = tips.reversed().map { ($0, false) }
    while let (id, isDone) = stack.popLast() {
      if isDone {
        found.append(id)
      } else if seen.insert(id).inserted {
        stack.append((id, true))
        stack += parents(of: id).reversed().map { ($0, false) }
      }
    }
    return found
  }

  /// None of a commit that is not here.
  private func parents(of id: PackedID) -> [PackedID] {
    var oid = id.oid
    var commit: OpaquePointer?
    guard git_commit_lookup(&commit, repository, &oid) == 0 else { return [] }
    defer { git_commit_free(commit) }
    return (0..<git_commit_parentcount(commit)).compactMap { number in
      git_commit_parent_id(commit, number).map { PackedID($0.pointee) }
    }
  }
}
