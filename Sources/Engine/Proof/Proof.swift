package import DeliveryLoop

/// What does not hold, and what shows it.
package struct ProofFinding: Hashable, Sendable {
  /// Such as `I8`.
  package let promise: String
  /// nil for what concerns the whole history.
  package let run: RunID?
  /// Where to look: an event, a commit, a capture, a note.
  package let proof: String
  package let text: String

  package init(_ promise: String, run: RunID? = nil, _ proof: String, _ text: String) {
    self.promise = promise
    self.run = run
    self.proof = proof
    self.text = text
  }
}

/// What a look at everything came to.
package struct Proof: Sendable {
  package var findings: [ProofFinding] = []
  /// What could not be looked at, and why: neither proven nor wrong.
  package var unknown: [String] = []
  /// Events, runs whose facts were compared, captures whose bytes were hashed, notes of this history.
  package var events = 0
  package var runs = 0
  package var captures = 0
  package var notes = 0
  /// Captures whose bytes were let go by policy: their digests are vouched for, and nothing is left to hash.
  package var dropped = 0
  /// Up to which event the notes vouch for the history; 0 where there are none.
  package var anchored = 0

  mutating func find(_ promise: String, run: RunID? = nil, _ proof: String, _ text: String) {
    findings.append(ProofFinding(promise, run: run, proof, text))
  }
}
