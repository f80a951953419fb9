/// Something in the ledger that was found to hold a secret which became known later, and was replaced by its masked form.
package struct Masking: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    /// A capture by its number.
    case evidence(Int64)
    /// The payload of an event by its sequence; its place in the chain stays as it was.
    case event(Int64)
  }

  package let target: Target
  /// The names of the secrets.
  package let secrets: [String]
  /// Of the capture as it was, or the hash of the event; nil for a capture that was still being written.
  package let old: Digest?
  /// Of the capture as it is, or of the event's new payload; nil for a capture that is still being written.
  package let new: Digest?

  package init(target: Target, secrets: [String], old: Digest?, new: Digest?) {
    self.target = target
    self.secrets = secrets
    self.old = old
    self.new = new
  }
}
