package import DeliveryLoop
package import Transparency

/// All that it takes to leave a signed checkpoint of the history where this machine cannot take it back.
package struct Anchors: Sendable {
  package let signer: Signer
  package let chain: any Chain
  package let notes: any Notes
  package let hasher: TreeHasher

  package init(signer: Signer, chain: any Chain, notes: any Notes, hasher: TreeHasher) {
    self.hasher = hasher
    self.signer = signer
    self.chain = chain
    self.notes = notes
  }
}

/// The hashes of the history's events, which are the leaves of its Merkle tree.
package protocol Chain: Sendable {
  /// Hands over the hash of every event in sequence, as of one moment.
  ///
  /// Each is 32 bytes.
  func hashes(_ body: ([UInt8]) -> Void) throws(LedgerError)
}

/// Looks at everything that is stored, and takes nothing for granted.
package protocol Inspection: Sendable {
  /// Hands over every event in sequence, each checked against the one before.
  func inspect(_ body: (InspectedEvent) throws -> Void) throws
}

/// Lets evidence go that is not kept any longer; events, digests and verdicts stay.
package protocol Attic: Sendable {
  /// Lets go of the bytes of all that a run has captured, in one step with the record of it; returns how many. A run of which
  /// nothing is there any more gets no record.
  @discardableResult
  func drop(from run: RunID, record: (_ captures: [Int64], _ bytes: Int64) -> EventRecord) throws(LedgerError) -> Int64
  /// How many bytes `drop` would let go of.
  func size(of run: RunID) throws(LedgerError) -> Int64
  /// Gives the space back to the disk.
  func shrink() throws(LedgerError)
}

/// An event, and what is wrong with it.
package struct InspectedEvent: Sendable {
  package let event: StoredEvent
  /// The 32 bytes of its hash, or what stands in their place.
  package let hash: [UInt8]
  /// Nothing where it follows upon the one before, and its payload is what was sealed.
  package let fault: String?
  /// Of a payload that was replaced, since it held a secret: its SHA-256. A later event has to vouch for it.
  package let replacement: Digest?

  package init(event: StoredEvent, hash: [UInt8], fault: String?, replacement: Digest?) {
    self.event = event
    self.hash = hash
    self.fault = fault
    self.replacement = replacement
  }
}

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
