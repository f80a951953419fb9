import CGit2
import DeliveryLoop
import Engine

extension GitRepository {
  /// The folder of this working tree's own files, and the one that all working trees share; without slashes at their ends.
  func folders() throws(RepositoryError) -> (own: String, common: String) {
    try with { repository throws(RepositoryError) in
      func path(_ pointer: UnsafePointer<CChar>?) -> String {
        let path = pointer.map { String(cString: $0) } ?? ""
        return path.hasSuffix("/") ? String(path.dropLast()) : path
      }
      return (path(git_repository_path(repository)), path(git_repository_commondir(repository)))
    }
  }

  /// What an object holds; nil for one of more than `limit` bytes.
  func bytes(of id: ObjectID, upTo limit: Int) throws(RepositoryError) -> [UInt8]? {
    try withStore { store throws(RepositoryError) in
      var oid = id.oid
      var (size, kind) = (0, GIT_OBJECT_INVALID)
      try Library.check(git_odb_read_header(&size, &kind, store, &oid), "read the object \(id)")
      guard size <= limit else { return nil }
      let object = try Library.make("read the object \(id)") { git_odb_read(&$0, store, &oid) }
      defer { git_odb_object_free(object) }
      return Array(UnsafeRawBufferPointer(start: git_odb_object_data(object), count: git_odb_object_size(object)))
    }
  }

  /// The objects that a tree or a commit names; none for anything else.
  func referents(of id: ObjectID) throws(RepositoryError) -> [ObjectID] {
    try with { repository throws(RepositoryError) in
      var oid = id.oid
      let object = try Library.make("read the object \(id)") {
        git_object_lookup(&$0, repository, &oid, GIT_OBJECT_ANY)
      }
      defer { git_object_free(object) }
      switch git_object_type(object) {
      case GIT_OBJECT_TREE:
        return (0..<git_tree_entrycount(object)).compactMap { index in
          git_tree_entry_byindex(object, index).flatMap { git_tree_entry_id($0) }.map { ObjectID($0.pointee) }
        }
      case GIT_OBJECT_COMMIT: return [git_commit_tree_id(object)].compactMap { $0 }.map { ObjectID($0.pointee) }
      case _: return []
      }
    }
  }

  func has(_ id: ObjectID) throws(RepositoryError) -> Bool {
    try withStore { store in
      var oid = id.oid
      git_odb_refresh(store)
      return git_odb_exists(store, &oid) == 1
    }
  }

  private func withStore<Result: Sendable>(
    _ body: (OpaquePointer) throws(RepositoryError) -> Result
  ) throws(RepositoryError) -> Result {
    try with { repository throws(RepositoryError) in
      let store = try Library.make("open the object store") { git_repository_odb(&$0, repository) }
      defer { git_odb_free(store) }
      return try body(store)
    }
  }
}
