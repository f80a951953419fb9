package import DeliveryLoop

/// The hashes of the history's events, which are the leaves of its Merkle tree.
package protocol Chain: Sendable {
  /// Hands over the hash of every event in sequence, as of one moment.
  ///
  /// Each is 32 bytes.
  func hashes(_ body: ([UInt8]) -> Void) throws(LedgerError)
}

/// Looks at everything that is stored, and takes nothing for granted.
package protocol Inspection: Sendable {
  /// What is wrong with the file itself, such as an index that does not say what its table says; a few at the most.
  func damages() throws(LedgerError) -> [String]
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
