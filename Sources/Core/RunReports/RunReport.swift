package import DeliveryLoop
package import JSONText

/// All that is known of one run, as a report shows it.
package struct RunReport: Sendable {
  package let run: Run
  /// The state in a word, such as `delivered`.
  package let state: String
  package let explanation: Explanation
  package let started: Timestamp
  package let changed: Timestamp
  package let steps: [StepLine]
  package let validations: [ValidationRecord]
  package let captures: [Capture]
  /// What coding agents have used up, and what they may; nil where none had a part in it.
  package let agents: String?
  /// Events that cannot be read, each in a few words.
  package let unreadable: [String]
  /// nil where nobody has verified it.
  package var verification: Verification?

  package init(
    run: Run, state: String, explanation: Explanation, started: Timestamp, changed: Timestamp, steps: [StepLine],
    validations: [ValidationRecord], captures: [Capture], agents: String?, unreadable: [String],
    verification: Verification? = nil
  ) {
    self.run = run
    self.state = state
    self.explanation = explanation
    self.started = started
    self.changed = changed
    self.steps = steps
    self.validations = validations
    self.captures = captures
    self.agents = agents
    self.unreadable = unreadable
    self.verification = verification
  }

  /// One time of a step.
  package struct StepLine: Sendable {
    package let step: Step
    /// The coding agent's attempt to which it belongs; 0 before the first.
    package let attempt: Int
    package let began: Timestamp
    /// nil while it is open.
    package let ended: Timestamp?
    /// Such as `passed`.
    package let outcome: String
    package let message: String

    package init(
      step: Step, attempt: Int, began: Timestamp, ended: Timestamp?, outcome: String, message: String
    ) {
      (self.step, self.attempt, self.began, self.ended) = (step, attempt, began, ended)
      (self.outcome, self.message) = (outcome, message)
    }
  }

  /// One validation as it ran once.
  package struct ValidationRecord: Sendable {
    package let name: String
    package let attempt: Int
    /// In the format of `CheckReport.json`; nil where it is not whole.
    package let document: JSON?

    package init(name: String, attempt: Int, document: JSON?) {
      (self.name, self.attempt, self.document) = (name, attempt, document)
    }
  }

  /// Something that was written down besides.
  package struct Capture: Sendable {
    package enum Kind: Sendable { case log, brief, diff }

    package let kind: Kind
    package let step: Step
    package let attempt: Int
    package let name: String
    /// In bytes.
    package let size: Int64
    /// nil where it never ended.
    package let digest: Digest?
    package let excerpt: Excerpt

    package init(
      kind: Kind, step: Step, attempt: Int, name: String, size: Int64, digest: Digest?, excerpt: Excerpt
    ) {
      (self.kind, self.step, self.attempt, self.name) = (kind, step, attempt, name)
      (self.size, self.digest, self.excerpt) = (size, digest, excerpt)
    }
  }

  /// What came of verifying the run.
  package struct Verification: Sendable {
    /// What was looked at, in a sentence.
    package let scope: String
    package let findings: [Finding]

    package init(scope: String, findings: [Finding]) { (self.scope, self.findings) = (scope, findings) }

    package struct Finding: Sendable {
      /// The promise that does not hold, such as `I2`.
      package let promise: String
      package let text: String
      package let proof: String

      package init(promise: String, text: String, proof: String) {
        (self.promise, self.text, self.proof) = (promise, text, proof)
      }
    }
  }
}

/// How much of each text a page shows, so that it stays a page that a browser opens.
package struct ReportLimits: Sendable {
  /// In bytes of the page, for one body, log or diff.
  package let each: Int

  /// - Parameter texts: how many there are in all.
  package init(texts: Int) { each = min(256 << 10, max(2 << 10, (14 << 20) / max(1, texts))) }
}
