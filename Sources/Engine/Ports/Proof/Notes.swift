package import DeliveryLoop

/// Notes on deliveries in `refs/notes/delivery` of the remote, as git-notes(1) has them.
package protocol Notes: Sendable {
  /// Brings the remote's notes here, and returns the newest commit of theirs; nil when it has none.
  func fetch(from remote: String) async throws(RemoteError) -> ObjectID?
  /// What was seen last of a remote's notes; nil when nothing was.
  func seen(of remote: String) throws(RepositoryError) -> ObjectID?
  /// The note on a commit; nil when it has none.
  func note(on commit: ObjectID, in notes: ObjectID) throws(RepositoryError) -> String?
  /// The commits that have notes.
  func annotated(in notes: ObjectID) throws(RepositoryError) -> [ObjectID]
  /// Where the notes' own history has changed or removed a note: the commit of theirs that did it, and the file of the note.
  func alterations(in notes: ObjectID) throws(RepositoryError) -> [(by: ObjectID, file: String)]
  /// Writes a commit of notes that has one more than `notes` (nil: this one alone); no ref is touched.
  func write(
    _ note: String, on commit: ObjectID, over notes: ObjectID?, by author: Identity, at time: Timestamp
  ) throws(RepositoryError) -> ObjectID
  /// Asks the remote to set its notes to a commit of them if they still are `expected` (nil: if there are none).
  ///
  /// The answer is what the remote said, to be observed and not believed.
  func push(_ notes: ObjectID, to remote: String, expecting expected: ObjectID?)
    async throws(RemoteError) -> PushAnswer
}
