import DeliveryLoop
import Engine

/// A repository around whose writes the process can be killed.
struct CrashingRepository: Repository {
  let next: any Repository
  let crash: Crash
  /// Broken on purpose: only the very tip counts.
  var comparesTips = false

  var root: String { next.root }
  var home: String { next.home }
  func located(_ path: String) -> String { next.located(path) }

  func head() throws(RepositoryError) -> Head { try next.head() }
  func changes() throws(RepositoryError) -> [FileChange] { try next.changes() }
  func hazards() throws(RepositoryError) -> [Hazard] { try next.hazards() }
  func tree(of commit: ObjectID) throws(RepositoryError) -> ObjectID { try next.tree(of: commit) }
  func difference(from old: ObjectID, to new: ObjectID) throws(RepositoryError) -> [FileChange] {
    try next.difference(from: old, to: new)
  }
  func patch(from old: ObjectID, to new: ObjectID) throws(RepositoryError) -> [UInt8] {
    try next.patch(from: old, to: new)
  }
  func content(of path: String, at object: ObjectID) throws(RepositoryError) -> [UInt8]? {
    try next.content(of: path, at: object)
  }
  func blobID(of bytes: [UInt8]) throws(RepositoryError) -> ObjectID { try next.blobID(of: bytes) }
  func paths(in tree: ObjectID) throws(RepositoryError) -> [String] { try next.paths(in: tree) }
  func identity() throws(RepositoryError) -> Identity { try next.identity() }
  func prepareCommit(
    tree: ObjectID, parent: ObjectID, author: Identity, at time: Timestamp, message: String
  ) throws(RepositoryError) -> PreparedCommit {
    try next.prepareCommit(tree: tree, parent: parent, author: author, at: time, message: message)
  }
  func contains(_ commit: ObjectID) throws(RepositoryError) -> Bool { try next.contains(commit) }
  func commit(at ref: String) throws(RepositoryError) -> ObjectID? { try next.commit(at: ref) }
  func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws(RepositoryError) -> Bool {
    comparesTips ? ancestor == descendant : try next.isAncestor(ancestor, of: descendant)
  }
  func url(ofRemote name: String) throws(RepositoryError) -> String? { try next.url(ofRemote: name) }

  func snapshot(keeping kept: [String], of base: ObjectID) throws(RepositoryError) -> ObjectID {
    crash.reach(.snapshot, .before)
    defer { crash.reach(.snapshot, .after) }
    return try next.snapshot(keeping: kept, of: base)
  }
  func tree(_ tree: ObjectID, replacing files: [FileContent]) throws(RepositoryError) -> ObjectID {
    crash.reach(.writeTree, .before)
    defer { crash.reach(.writeTree, .after) }
    return try next.tree(tree, replacing: files)
  }
  func merge(base: ObjectID, ours: ObjectID, theirs: ObjectID) throws(RepositoryError) -> Merge {
    crash.reach(.merge, .before)
    defer { crash.reach(.merge, .after) }
    return try next.merge(base: base, ours: ours, theirs: theirs)
  }
  func store(_ commit: PreparedCommit) throws(RepositoryError) {
    crash.reach(.storeCommit, .before)
    defer { crash.reach(.storeCommit, .after) }
    return try next.store(commit)
  }
  func advance(branch: String, from old: ObjectID, to new: ObjectID) throws(RepositoryError) -> Advance {
    crash.reach(.advanceBranch, .before)
    defer { crash.reach(.advanceBranch, .after) }
    return try next.advance(branch: branch, from: old, to: new)
  }
  func refreshIndex(of paths: [String]?) throws(RepositoryError) {
    crash.reach(.refreshIndex, .before)
    defer { crash.reach(.refreshIndex, .after) }
    return try next.refreshIndex(of: paths)
  }
  func keep(_ commit: ObjectID, at ref: String) throws(RepositoryError) {
    crash.reach(.keepRef, .before)
    defer { crash.reach(.keepRef, .after) }
    return try next.keep(commit, at: ref)
  }
  func restore(tree: ObjectID) throws(RepositoryError) {
    crash.reach(.restoreFiles, .before)
    defer { crash.reach(.restoreFiles, .after) }
    return try next.restore(tree: tree)
  }
}
