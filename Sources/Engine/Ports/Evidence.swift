package import DeliveryLoop
package import Redaction

/// Takes one capture; what is not finished stays in the ledger and is marked as incomplete.
package protocol EvidenceWriter: Sendable {
  var id: EvidenceID { get }
  func write(_ bytes: RedactedBytes) throws(LedgerError)
  /// Hands all that was written to the ledger, where it can be masked.
  func flush() throws(LedgerError)
  /// Ends the capture and returns size and digest of all its bytes; to finish again gives the same.
  @discardableResult
  func finish() throws(LedgerError) -> EvidenceSummary
}

/// Names a capture within its ledger.
package struct EvidenceID: Hashable, Sendable {
  package let number: Int64
  package init(_ number: Int64) { self.number = number }
}

/// What a capture is of.
package struct EvidenceLabel: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// The output of a command or a service.
    case log
    /// The brief that an implementer got, with the feedback in it.
    case brief
    /// Exchanges, asserts and captures of one validation file, as JSON.
    case validation
    /// What a request or an answer of a validation held, where it is large.
    case body
    /// The unified diff of the task's change.
    case diff
  }

  package let run: RunID
  package let step: Step
  package let attempt: Int
  package let kind: Kind
  /// Such as `go test ./...` or `validations/smoke.hurl`.
  package let name: RedactedText
  package let time: Timestamp

  package init(run: RunID, step: Step, attempt: Int, kind: Kind, name: RedactedText, time: Timestamp) {
    self.time = time
    self.run = run
    self.step = step
    self.attempt = attempt
    self.kind = kind
    self.name = name
  }
}

/// A capture as the history lists it.
package struct EvidenceSummary: Hashable, Sendable {
  package let id: EvidenceID
  package let run: RunID
  package let step: Step
  package let attempt: Int
  package let kind: EvidenceLabel.Kind
  package let name: String
  package let began: Timestamp
  /// Bytes before compression.
  package let size: Int64
  /// SHA-256 of those bytes; nil while the capture is not finished.
  package let digest: Digest?

  package init(
    id: EvidenceID, run: RunID, step: Step, attempt: Int, kind: EvidenceLabel.Kind, name: String, began: Timestamp,
    size: Int64, digest: Digest?
  ) {
    self.id = id
    self.run = run
    self.step = step
    self.attempt = attempt
    self.kind = kind
    self.name = name
    self.began = began
    self.size = size
    self.digest = digest
  }
}
