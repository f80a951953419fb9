import CGit2
package import DeliveryLoop
package import Engine
import Glibc

extension GitRepository {
  package func prepareCommit(
    tree: ObjectID, parent: ObjectID, author: Identity, at time: Timestamp, message: String
  ) throws(RepositoryError) -> PreparedCommit {
    guard !message.utf8.contains(0) else {
      throw .failed(doing: "prepare a commit", message: "its message holds a zero byte, which would cut it off")
    }
    return try with { repository throws(RepositoryError) in
      var (treeID, parentID) = (tree.oid, parent.oid)
      let treeObject = try Library.make("read the tree \(tree)") { git_tree_lookup(&$0, repository, &treeID) }
      defer { git_tree_free(treeObject) }
      var parents: [OpaquePointer?] = [
        try Library.make("read the commit \(parent)") { git_commit_lookup(&$0, repository, &parentID) }
      ]
      defer { git_commit_free(parents[0]) }
      var signature: UnsafeMutablePointer<git_signature>?
      try Library.check(
        git_signature_new(&signature, author.name, author.email, time.seconds, Self.minutesEastOfUTC(at: time)),
        "write the author")
      defer { git_signature_free(signature) }
      var buffer = git_buf()
      defer { git_buf_dispose(&buffer) }
      try Library.check(
        git_commit_create_buffer(&buffer, repository, signature, signature, nil, message, treeObject, 1, &parents),
        "prepare a commit")
      var id = git_oid()
      try Library.check(git_odb_hash(&id, buffer.ptr, buffer.size, GIT_OBJECT_COMMIT), "compute the id of a commit")
      let content = String(decoding: UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size), as: UTF8.self)
      return PreparedCommit(id: ObjectID(id), tree: tree, parent: parent, content: content)
    }
  }

  /// As git does it, by the time zone of this machine.
  private static func minutesEastOfUTC(at time: Timestamp) -> Int32 {
    var (seconds, local) = (time_t(time.seconds), tm())
    return localtime_r(&seconds, &local) == nil ? 0 : Int32(local.tm_gmtoff / 60)
  }

  package func store(_ commit: PreparedCommit) throws(RepositoryError) {
    let bytes = Array(commit.content.utf8)
    try with { repository throws(RepositoryError) in
      let database = try Library.make("open the object database") { git_repository_odb(&$0, repository) }
      defer { git_odb_free(database) }
      var id = git_oid()
      try Library.check(git_odb_write(&id, database, bytes, bytes.count, GIT_OBJECT_COMMIT), "write the commit")
      guard ObjectID(id) == commit.id, try Self.read(&id, from: database) == bytes else {
        throw .notObserved("the commit \(commit.id)")
      }
    }
  }

  private static func read(_ id: inout git_oid, from database: OpaquePointer) throws(RepositoryError) -> [UInt8] {
    let object = try Library.make("read the commit back") { git_odb_read(&$0, database, &id) }
    defer { git_odb_object_free(object) }
    return Array(UnsafeRawBufferPointer(start: git_odb_object_data(object), count: git_odb_object_size(object)))
  }

  package func advance(branch: String, from old: ObjectID, to new: ObjectID) throws(RepositoryError) -> Advance {
    let name = "refs/heads/\(branch)"
    if try commit(at: name) == new { return .done }
    try with { repository throws(RepositoryError) in
      var (oldID, newID) = (old.oid, new.oid)
      var reference: OpaquePointer?
      defer { git_reference_free(reference) }
      let code = git_reference_create_matching(&reference, repository, name, &newID, 1, &oldID, "waybill: deliver")
      if code != GIT_EMODIFIED.rawValue { try Library.check(code, "move \"\(branch)\" to \(new)") }
    }
    guard let now = try commit(at: name) else { throw .notObserved("the branch \"\(branch)\"") }
    return now == new ? .done : .movedBySomebodyElse(to: now)
  }

  package func keep(_ commit: ObjectID, at ref: String) throws(RepositoryError) {
    try with { repository throws(RepositoryError) in
      var id = commit.oid
      var reference: OpaquePointer?
      defer { git_reference_free(reference) }
      try Library.check(git_reference_create(&reference, repository, ref, &id, 1, "waybill: keep"), "write \"\(ref)\"")
    }
  }

  /// What a reference points at; nil when there is none of that name.
  package func commit(at name: String) throws(RepositoryError) -> ObjectID? {
    try with { repository throws(RepositoryError) in
      var id = git_oid()
      let code = git_reference_name_to_id(&id, repository, name)
      if code == GIT_ENOTFOUND.rawValue { return nil }
      try Library.check(code, "read \"\(name)\"")
      return ObjectID(id)
    }
  }

  package func refreshIndex(of paths: [String]?) throws(RepositoryError) {
    guard let commit = try head().commit else { return }
    try with { repository throws(RepositoryError) in
      let index = try Library.make("open the index") { git_repository_index(&$0, repository) }
      defer { git_index_free(index) }
      try Library.check(git_index_read(index, 1), "read the index")
      let tree = try Self.peel(commit, in: repository)
      defer { git_tree_free(tree) }
      if let paths {
        for path in paths { try Self.copy(path, from: tree, to: index) }
      } else {
        try Library.check(git_index_read_tree(index, tree), "read the tree of HEAD")
      }
      try Library.check(git_index_write(index), "write the index", lock: Self.indexLock(repository))
      try Self.noteAges(index, repository)
    }
  }

  /// Makes an index's entry that of a tree, or takes it out.
  private static func copy(
    _ path: String, from tree: OpaquePointer, to index: OpaquePointer
  ) throws(RepositoryError) {
    var found: OpaquePointer?
    let code = git_tree_entry_bypath(&found, tree, path)
    guard code != GIT_ENOTFOUND.rawValue else {
      git_index_remove(index, path, 0)
      return
    }
    try Library.check(code, "look for \"\(path)\" in HEAD")
    defer { git_tree_entry_free(found) }
    var entry = git_index_entry()
    entry.mode = UInt32(git_tree_entry_filemode(found).rawValue)
    if let id = git_tree_entry_id(found) { entry.id = id.pointee }
    let added = path.withCString { name in
      entry.path = name
      return git_index_add(index, &entry)
    }
    try Library.check(added, "add \"\(path)\" to the index")
  }

  /// Compares each file of unknown age once and notes its age: git's plumbing takes such a file for changed.
  private static func noteAges(_ index: OpaquePointer, _ repository: OpaquePointer) throws(RepositoryError) {
    var options = git_diff_options()
    try Library.check(git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)), "refresh the index")
    options.flags = GIT_DIFF_UPDATE_INDEX.rawValue
    let diff = try Library.make("refresh the index") {
      git_diff_index_to_workdir(&$0, repository, index, &options)
    }
    git_diff_free(diff)
  }

  /// What is in the way when the library says no more than that the index is locked.
  static func indexLock(_ repository: OpaquePointer) -> String {
    String(cString: git_repository_path(repository)) + "index.lock"
  }
}
