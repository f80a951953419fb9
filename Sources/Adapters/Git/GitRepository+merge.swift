import CGit2
package import DeliveryLoop
package import Engine

extension GitRepository {
  package func merge(base: ObjectID, ours: ObjectID, theirs: ObjectID) throws(RepositoryError) -> Merge {
    try with { repository throws(RepositoryError) in
      let trees = (
        try Self.peel(base, in: repository), try Self.peel(ours, in: repository), try Self.peel(theirs, in: repository)
      )
      defer {
        git_tree_free(trees.0)
        git_tree_free(trees.1)
        git_tree_free(trees.2)
      }
      var options = git_merge_options()
      try Library.check(git_merge_options_init(&options, UInt32(GIT_MERGE_OPTIONS_VERSION)), "merge")
      // A rename is guessed, and a wrong guess would put a change into a file that nobody looked at.
      options.flags = 0
      let index = try Library.make("merge \(ours) and \(theirs)") {
        git_merge_trees(&$0, repository, trees.0, trees.1, trees.2, &options)
      }
      defer { git_index_free(index) }
      if git_index_has_conflicts(index) != 0 { return .conflicts(try Self.conflicts(in: index)) }
      var id = git_oid()
      try Library.check(git_index_write_tree_to(&id, index, repository), "write the merged tree")
      return .clean(tree: ObjectID(id))
    }
  }

  private static func conflicts(in index: OpaquePointer) throws(RepositoryError) -> [String] {
    let iterator = try Library.make("list conflicts") { git_index_conflict_iterator_new(&$0, index) }
    defer { git_index_conflict_iterator_free(iterator) }
    var paths: Set<String> = []
    while true {
      var sides: (UnsafePointer<git_index_entry>?, UnsafePointer<git_index_entry>?, UnsafePointer<git_index_entry>?)
      sides = (nil, nil, nil)
      let code = git_index_conflict_next(&sides.0, &sides.1, &sides.2, iterator)
      if code == GIT_ITEROVER.rawValue { return paths.sorted() }
      try Library.check(code, "list conflicts")
      guard let entry = sides.0 ?? sides.1 ?? sides.2 else { continue }
      paths.insert(try Library.path(entry.pointee.path))
    }
  }
}
