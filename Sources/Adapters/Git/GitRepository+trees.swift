import CGit2
package import DeliveryLoop
package import Engine
import Glibc

extension GitRepository {
  package func snapshot(keeping kept: [String], of base: ObjectID) throws(RepositoryError) -> ObjectID {
    // The status counts from HEAD, which need not be the base any more.
    let start = try head().commit ?? base
    let executableBits = try isOn("core.filemode", unset: true)
    return try with { repository throws(RepositoryError) in
      let edit = try TreeEdit(tree: start, in: repository)
      var present: [String] = []
      // What is gone goes first: a file may have become a folder, and the other way round.
      try Self.eachStatus(repository) { path, status throws(RepositoryError) in
        // An embedded repository is listed with a slash at its end, and is not ours to add.
        if path.hasSuffix("/") { return }
        if Self.isGone(status) { edit.remove(path) } else { present.append(path) }
      }
      for path in present { try edit.add(path, fromWorkingTree: root, executableBits: executableBits) }
      let original = try TreeEdit(tree: base, in: repository)
      for path in kept { try edit.take(path, from: original) }
      return try edit.write()
    }
  }

  package func tree(_ tree: ObjectID, replacing files: [FileContent]) throws(RepositoryError) -> ObjectID {
    try with { repository throws(RepositoryError) in
      let edit = try TreeEdit(tree: tree, in: repository)
      for file in files { try edit.set(file) }
      return try edit.write()
    }
  }

  package func tree(of commit: ObjectID) throws(RepositoryError) -> ObjectID {
    try with { repository throws(RepositoryError) in
      let tree = try Self.peel(commit, in: repository)
      defer { git_tree_free(tree) }
      guard let id = git_tree_id(tree) else {
        throw .failed(doing: "read the tree of \(commit)", message: "it has none")
      }
      return ObjectID(id.pointee)
    }
  }

  package func paths(in tree: ObjectID) throws(RepositoryError) -> [String] {
    try with { repository throws(RepositoryError) in
      let object = try Self.peel(tree, in: repository)
      defer { git_tree_free(object) }
      let index = try Library.make("make an index") { git_index_new(&$0) }
      defer { git_index_free(index) }
      try Library.check(git_index_read_tree(index, object), "read the tree \(tree)")
      return (0..<git_index_entrycount(index)).compactMap { number in
        git_index_get_byindex(index, number).map { String(cString: $0.pointee.path) }
      }
    }
  }

  package func content(of path: String, at object: ObjectID) throws(RepositoryError) -> [UInt8]? {
    try with { repository throws(RepositoryError) in
      let tree = try Self.peel(object, in: repository)
      defer { git_tree_free(tree) }
      var entry: OpaquePointer?
      let code = git_tree_entry_bypath(&entry, tree, path)
      if code == GIT_ENOTFOUND.rawValue { return nil }
      try Library.check(code, "look for \"\(path)\" in \(object)")
      defer { git_tree_entry_free(entry) }
      guard git_tree_entry_type(entry) == GIT_OBJECT_BLOB else { return nil }
      let blob = try Library.make("read \"\(path)\" in \(object)") {
        git_blob_lookup(&$0, repository, git_tree_entry_id(entry))
      }
      defer { git_blob_free(blob) }
      return Array(UnsafeRawBufferPointer(start: git_blob_rawcontent(blob), count: Int(git_blob_rawsize(blob))))
    }
  }

  package func difference(from old: ObjectID, to new: ObjectID) throws(RepositoryError) -> [FileChange] {
    try withDiff(from: old, to: new, GIT_DIFF_INCLUDE_TYPECHANGE) { diff throws(RepositoryError) in
      var changes: [FileChange] = []
      for index in 0..<git_diff_num_deltas(diff) {
        guard let delta = git_diff_get_delta(diff, index)?.pointee, let name = delta.new_file.path else { continue }
        let path = try Library.path(name)
        let (added, removed) = try Self.lines(of: diff, index)
        changes.append(
          FileChange(path: path, kind: Self.kind(delta.status), added: added, removed: removed))
      }
      return changes.sorted { $0.path < $1.path }
    }
  }

  package func patch(from old: ObjectID, to new: ObjectID) throws(RepositoryError) -> [UInt8] {
    try withDiff(from: old, to: new) { diff throws(RepositoryError) in
      var buffer = git_buf()
      defer { git_buf_dispose(&buffer) }
      try Library.check(git_diff_to_buf(&buffer, diff, GIT_DIFF_FORMAT_PATCH), "write the diff")
      return Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
    }
  }

  package func restore(tree: ObjectID) throws(RepositoryError) {
    try with { repository throws(RepositoryError) in
      let object = try Self.peel(tree, in: repository)
      defer { git_tree_free(object) }
      var options = git_checkout_options()
      try Library.check(git_checkout_options_init(&options, UInt32(GIT_CHECKOUT_OPTIONS_VERSION)), "restore files")
      options.checkout_strategy = GIT_CHECKOUT_FORCE.rawValue | GIT_CHECKOUT_REMOVE_UNTRACKED.rawValue
      try Library.check(
        git_checkout_tree(repository, object, &options), "restore the files of \(tree)",
        lock: Self.indexLock(repository))
    }
  }

  /// The tree of a commit, or the tree itself; the caller frees it.
  static func peel(_ object: ObjectID, in repository: OpaquePointer) throws(RepositoryError) -> OpaquePointer {
    var id = object.oid
    let found = try Library.make("read \(object)") { git_object_lookup(&$0, repository, &id, GIT_OBJECT_ANY) }
    defer { git_object_free(found) }
    return try Library.make("read the tree of \(object)") { git_object_peel(&$0, found, GIT_OBJECT_TREE) }
  }

  private func withDiff<Result: Sendable>(
    from old: ObjectID, to new: ObjectID, _ flag: git_diff_option_t = GIT_DIFF_NORMAL,
    _ body: (OpaquePointer) throws(RepositoryError) -> Result
  ) throws(RepositoryError) -> Result {
    try with { repository throws(RepositoryError) in
      let trees = (try Self.peel(old, in: repository), try Self.peel(new, in: repository))
      defer {
        git_tree_free(trees.0)
        git_tree_free(trees.1)
      }
      var options = git_diff_options()
      try Library.check(git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)), "compare trees")
      options.flags = flag.rawValue
      let diff = try Library.make("compare \(old) and \(new)") {
        git_diff_tree_to_tree(&$0, repository, trees.0, trees.1, &options)
      }
      defer { git_diff_free(diff) }
      return try body(diff)
    }
  }

  private static func lines(of diff: OpaquePointer, _ index: Int) throws(RepositoryError) -> (added: Int, removed: Int)
  {
    var patch: OpaquePointer?
    try Library.check(git_patch_from_diff(&patch, diff, index), "count lines")
    defer { git_patch_free(patch) }
    var (added, removed) = (0, 0)
    // A binary file has no patch.
    if patch != nil { try Library.check(git_patch_line_stats(nil, &added, &removed, patch), "count lines") }
    return (added, removed)
  }

  private static func kind(_ status: git_delta_t) -> FileChange.Kind {
    switch status {
    case GIT_DELTA_ADDED, GIT_DELTA_COPIED: .added
    case GIT_DELTA_DELETED: .deleted
    case GIT_DELTA_TYPECHANGE: .typeChanged
    case GIT_DELTA_CONFLICTED: .conflicted
    default: .modified
    }
  }
}
