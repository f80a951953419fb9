package import DeliveryLoop

/// All that is said of a run in an attestation; what is not known is left out.
package struct AttestedRun: Sendable {
  package let run: Run
  /// In the history's own word, such as `delivered` or `abandoned`.
  package let result: String
  package let started: Timestamp
  package let changed: Timestamp
  package let steps: [StepTime]
  package let captures: [Sweep.Capture]
  /// What the commit changed; nil where the commits are not at hand.
  package let files: [String]?
  package let log: LogPosition?
  /// What attests it, such as `0.1.0`.
  package let version: String

  package init(
    run: Run, result: String, started: Timestamp, changed: Timestamp, steps: [StepTime], captures: [Sweep.Capture],
    files: [String]?, log: LogPosition?, version: String
  ) {
    self.run = run
    self.result = result
    self.started = started
    self.changed = changed
    self.steps = steps
    self.captures = captures
    self.files = files
    self.log = log
    self.version = version
  }

  /// One time of a step.
  package struct StepTime: Sendable {
    package let step: Step
    package let attempt: Int
    package let began: Timestamp
    package let ended: Timestamp?
    package let outcome: String

    package init(step: Step, attempt: Int, began: Timestamp, ended: Timestamp?, outcome: String) {
      self.step = step
      self.attempt = attempt
      self.began = began
      self.ended = ended
      self.outcome = outcome
    }
  }

  /// Where the run's last event is in the Merkle tree of the history, and what proves it (RFC 6962, 2.1.1).
  package struct LogPosition: Sendable {
    package let origin: String
    package let size: Int
    /// In base64, as all hashes here.
    package let root: String
    /// The place of the leaf, from 0.
    package let index: Int
    package let leaf: String
    package let proof: [String]

    package init(origin: String, size: Int, root: String, index: Int, leaf: String, proof: [String]) {
      self.origin = origin
      self.size = size
      self.root = root
      self.index = index
      self.leaf = leaf
      self.proof = proof
    }
  }
}
