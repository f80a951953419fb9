import CGit2
package import DeliveryLoop
package import Engine
import SecretScanning

extension GitObjects {
  /// The commit that a revision names (git-rev-parse(1)); nil for HEAD before the first one.
  package func commit(_ revision: String) throws(RepositoryError) -> ObjectID? {
    try with { repository throws(RepositoryError) in
      if revision == "HEAD", git_repository_head_unborn(repository) == 1 { return nil }
      var object: OpaquePointer?
      let code = git_revparse_single(&object, repository, revision)
      defer { git_object_free(object) }
      try Library.check(code, "find \"\(revision)\"")
      let commit = try Library.make("find the commit of \"\(revision)\"") {
        git_object_peel(&$0, object, GIT_OBJECT_COMMIT)
      }
      defer { git_object_free(commit) }
      return git_object_id(commit).map { ObjectID($0.pointee) }
    }
  }

  /// The content of a file in a commit; nil when it has none there.
  package func file(_ path: String, at commit: ObjectID) throws(RepositoryError) -> [UInt8]? {
    try with { repository throws(RepositoryError) in
      let tree = try GitRepository.peel(commit, in: repository)
      defer { git_tree_free(tree) }
      var entry: OpaquePointer?
      let code = git_tree_entry_bypath(&entry, tree, path)
      if code == GIT_ENOTFOUND.rawValue { return nil }
      try Library.check(code, "look for \"\(path)\" in \(commit)")
      defer { git_tree_entry_free(entry) }
      guard let id = git_tree_entry_id(entry), git_tree_entry_type(entry) == GIT_OBJECT_BLOB else { return nil }
      switch Self.read(PackedID(id.pointee), in: repository) {
      case .success(let bytes): return bytes
      case .failure(let reason): throw .failed(doing: "read \"\(path)\" in \(commit)", message: reason.wording)
      }
    }
  }

  /// Whether git leaves a file or a folder of the working tree out: it is ignored, and nothing of it is tracked.
  package func leavesOut(_ path: String, isFolder: Bool) -> Bool {
    guard path.hasPrefix(root) else { return false }
    let name = String(path.dropFirst(root.count)) + (isFolder ? "/" : "")
    let answer = try? with { repository throws(RepositoryError) in
      var isIgnored: Int32 = 0
      guard git_ignore_path_is_ignored(&isIgnored, repository, name) == 0, isIgnored == 1 else { return false }
      let index = try Library.make("open the index") { git_repository_index(&$0, repository) }
      defer { git_index_free(index) }
      var place = 0
      return git_index_find_prefix(&place, index, name) == GIT_ENOTFOUND.rawValue
    }
    return answer ?? false
  }
}
