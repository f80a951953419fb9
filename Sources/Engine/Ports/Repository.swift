package import DeliveryLoop

/// The git repository in which a task is delivered: everything local.
///
/// Paths are relative to the root of the working tree, with `/`.
package protocol Repository: Sendable {
  /// Absolute path of the working tree's root.
  var root: String { get }
  /// Absolute path of the folder that all working trees of the repository share: the main working tree's root, or the
  /// bare repository itself.
  var home: String { get }

  /// The absolute path of a file beside or outside the repository's own, by a path relative to `root`.
  ///
  /// In a working tree that lacks it, the one at `home` counts: secrets and authorities are seldom in git, so that a new
  /// working tree has none.
  func located(_ path: String) -> String

  func head() throws(RepositoryError) -> Head
  /// What in index and working tree differs from HEAD, untracked files included and ignored ones not, sorted by path.
  func changes() throws(RepositoryError) -> [FileChange]
  /// Features of this repository under which the library would deliver something wrong; empty means none was found.
  func hazards() throws(RepositoryError) -> [Hazard]

  /// Writes the tree of the working tree as it is now, without touching the index of the user.
  ///
  /// `kept` paths are taken from the commit `base` instead (absent there: left out).
  func snapshot(keeping kept: [String], of base: ObjectID) throws(RepositoryError) -> ObjectID
  /// Writes the tree that differs from `tree` in just these files.
  func tree(_ tree: ObjectID, replacing files: [FileContent]) throws(RepositoryError) -> ObjectID
  func tree(of commit: ObjectID) throws(RepositoryError) -> ObjectID
  /// What differs between two trees, sorted by path, with added and removed lines counted.
  func difference(from old: ObjectID, to new: ObjectID) throws(RepositoryError) -> [FileChange]
  /// Brings what differs between `base` and `theirs` into `ours`, in memory; all three are commits or trees.
  ///
  /// Neither working tree nor index is read or written. A renamed file counts as one deleted and one added, as with git's
  /// `merge.renames=false`: a rename is guessed, and a wrong guess would change a file that nobody looked at.
  func merge(base: ObjectID, ours: ObjectID, theirs: ObjectID) throws(RepositoryError) -> Merge
  /// The same as a unified diff; a binary file is named and not shown.
  func patch(from old: ObjectID, to new: ObjectID) throws(RepositoryError) -> [UInt8]
  /// The content of a file in a commit or tree; nil when it has none there.
  func content(of path: String, at object: ObjectID) throws(RepositoryError) -> [UInt8]?

  /// The id that git gives to a blob of these bytes; nothing is written.
  func blobID(of bytes: [UInt8]) throws(RepositoryError) -> ObjectID

  /// Paths of all files in a tree, sorted.
  func paths(in tree: ObjectID) throws(RepositoryError) -> [String]

  /// Name and address from git's own configuration; throws `.noIdentity` when there is none.
  func identity() throws(RepositoryError) -> Identity
  /// Fixes the bytes of a commit, and so its id, without writing it.
  func prepareCommit(
    tree: ObjectID, parent: ObjectID, author: Identity, at time: Timestamp, message: String
  ) throws(RepositoryError) -> PreparedCommit
  /// Writes the commit object, and reads it back: the library's return code is not believed.
  func store(_ commit: PreparedCommit) throws(RepositoryError)
  /// Whether the repository holds the commit object.
  func contains(_ commit: ObjectID) throws(RepositoryError) -> Bool
  /// Moves the branch from `old` to `new` by compare-and-set, and observes it; safe to repeat.
  func advance(branch: String, from old: ObjectID, to new: ObjectID) throws(RepositoryError) -> Advance
  /// Makes the index's entries of these paths (nil: the whole index) those of HEAD's tree, so that status shows only what
  /// really differs; what somebody staged of other paths stays.
  func refreshIndex(of paths: [String]?) throws(RepositoryError)
  /// Points a ref (full name) at an object; used for what is kept for the user.
  func keep(_ commit: ObjectID, at ref: String) throws(RepositoryError)
  /// The commit to which a ref (full name) points; nil when there is none of that name.
  func commit(at ref: String) throws(RepositoryError) -> ObjectID?
  /// Makes the working tree's files equal to `tree`: changed ones are rewritten, those not in it removed; ignored files stay.
  func restore(tree: ObjectID) throws(RepositoryError)
  /// True when `ancestor` is `descendant` or reachable from it; false also when either is unknown here.
  func isAncestor(_ ancestor: ObjectID, of descendant: ObjectID) throws(RepositoryError) -> Bool
  /// The URL of a configured remote; nil when there is none of that name.
  func url(ofRemote name: String) throws(RepositoryError) -> String?
}

/// What HEAD names.
package enum Head: Hashable, Sendable {
  /// A branch by its short name, and the commit at its tip.
  case branch(String, ObjectID)
  case detached(ObjectID)
  /// A branch without a commit.
  case unborn(String)
}

/// One file that differs.
package struct FileChange: Hashable, Sendable {
  package enum Kind: String, Sendable { case added, modified, deleted, typeChanged, conflicted }
  package let path: String
  package let kind: Kind
  /// Lines; 0 for both where they were not counted or the file is binary.
  package let added: Int
  package let removed: Int

  package init(path: String, kind: Kind, added: Int = 0, removed: Int = 0) {
    self.path = path
    self.kind = kind
    self.added = added
    self.removed = removed
  }
}

/// The bytes that a file is to have; nil removes it.
package struct FileContent: Hashable, Sendable {
  package let path: String
  package let bytes: [UInt8]?

  package init(path: String, bytes: [UInt8]?) {
    self.path = path
    self.bytes = bytes
  }
}

/// Who commits.
package struct Identity: Hashable, Sendable {
  package let name: String
  package let email: String

  package init(name: String, email: String) {
    self.name = name
    self.email = email
  }
}

/// What came of a merge of three trees.
package enum Merge: Hashable, Sendable {
  case clean(tree: ObjectID)
  /// The paths on which both sides disagree, sorted; nothing was written.
  case conflicts([String])
}

/// What became of a compare-and-set on a branch.
package enum Advance: Hashable, Sendable {
  /// It points at the new commit now, whether this call or an earlier one did it.
  case done
  /// Somebody else moved it here.
  case movedBySomebodyElse(to: ObjectID)
}

/// Something about a repository under which a delivery would go wrong or unchecked.
package enum Hazard: Hashable, Sendable {
  case sparseCheckout
  /// A clean filter such as Git LFS, with the attribute's driver name.
  case cleanFilter(driver: String)
  case operationInProgress(String)
  /// A file that git was told not to look at (`update-index --assume-unchanged`, `--skip-worktree`).
  case hiddenFromStatus(path: String)
  /// A rule such as `!kept.log` in a folder's `.gitignore` that undoes a rule of a folder above.
  case undoneIgnore(rule: String, path: String)
  /// A setting of git's that switches certificate checks off.
  case certificateChecksOff(setting: String)
  /// Settings, hooks and rule files of git's own that were changed since the repository was opened here.
  case setupChanged(names: [String])
}

/// Why the repository could not answer.
package enum RepositoryError: Error, Hashable, Sendable {
  case notARepository(path: String)
  case bare(path: String)
  case unsupported(String)
  case noIdentity
  /// A lock file of git is in the way, with its path.
  case locked(path: String)
  /// The effect was reported as done, and reading it back showed otherwise.
  case notObserved(String)
  /// What was tried, and git's own words.
  case failed(doing: String, message: String)
}
