/// How the change of a run is brought on top of commits that somebody else pushed first.
package struct Rebase: Hashable, Sendable {
  /// Where the branch points before.
  package let from: ObjectID
  /// The remote's commit that becomes the base.
  package let onto: ObjectID
  /// The change on top of it, the backlog's own record as it is there.
  package let tree: ObjectID
  /// What the working tree's files are to be: `tree`, with what the record of the backlog held besides.
  package let files: ObjectID
  /// A commit that keeps the working tree as it was before.
  package let kept: ObjectID

  package init(from: ObjectID, onto: ObjectID, tree: ObjectID, files: ObjectID, kept: ObjectID) {
    self.from = from
    self.onto = onto
    self.tree = tree
    self.files = files
    self.kept = kept
  }
}
