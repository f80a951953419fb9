/// A commit whose bytes are fixed before it is made, so that its id is known, recorded and the same at every retry.
package struct PreparedCommit: Hashable, Sendable {
  package let id: ObjectID
  package let tree: ObjectID
  package let parent: ObjectID
  /// The commit object's content exactly as git stores it, without the object header.
  package let content: String

  package init(id: ObjectID, tree: ObjectID, parent: ObjectID, content: String) {
    self.id = id
    self.tree = tree
    self.parent = parent
    self.content = content
  }
}
