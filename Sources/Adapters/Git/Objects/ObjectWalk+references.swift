import CGit2
import DeliveryLoop
import Engine
import SecretScanning

extension ObjectWalk {
  /// The full names of all references, and HEAD.
  func references() throws(RepositoryError) -> [String] {
    var names = git_strarray()
    try Library.check(git_reference_list(&names, repository), "list references")
    defer { git_strarray_dispose(&names) }
    let all = (0..<names.count).compactMap { names.strings[$0].map { String(cString: $0) } }
    return ["HEAD"] + all.sorted()
  }

  /// The commits at the tips of references whose names begin so.
  func tips(under prefix: String) throws(RepositoryError) -> [ObjectID] {
    var tips: [ObjectID] = []
    for name in try references() where name.hasPrefix(prefix) {
      if let tip = try commit(name) { tips.append(tip) }
    }
    return tips
  }

  /// Lists a reference's name and the annotated tags that it leads to; returns the commit at its end.
  ///
  /// nil where there is none: a branch that is not born, a tag of a tree or of a file, whose content is listed.
  mutating func reference(_ name: String) throws(RepositoryError) -> ObjectID? {
    if name != "HEAD" { items.append(ScanItem(ScanPlace(.ref(name)))) }
    var id = git_oid()
    let code = git_reference_name_to_id(&id, repository, name)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    try Library.check(code, "read \"\(name)\"")
    var next = PackedID(id)
    while true {
      let database = try Library.make("open the object database") { git_repository_odb(&$0, repository) }
      defer { git_odb_free(database) }
      var (size, kind, oid) = (0, GIT_OBJECT_ANY, next.oid)
      guard git_odb_read_header(&size, &kind, database, &oid) == 0 else { return next.id }
      switch kind {
      case GIT_OBJECT_TAG:
        guard let bytes = object(next, ScanPlace(.tag(name))) else { return nil }
        let parts = CommitParts(bytes)
        if isNew(next) { items.append(ScanItem(ScanPlace(.tag(name)), bytes: parts.whole)) }
        guard let target = parts.object else { return nil }
        next = target
      case GIT_OBJECT_TREE:
        visit(next, since: [], in: nil)
        return nil
      case GIT_OBJECT_BLOB:
        add(next, .blob, name)
        return nil
      default: return next.id
      }
    }
  }

  private func commit(_ name: String) throws(RepositoryError) -> ObjectID? {
    var object: OpaquePointer?
    guard git_revparse_single(&object, repository, "\(name)^{commit}") == 0 else { return nil }
    defer { git_object_free(object) }
    return git_object_id(object).map { ObjectID($0.pointee) }
  }
}
