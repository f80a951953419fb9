/// What a look at everything that a run has left on disk came to.
package struct Sweep: Hashable, Sendable {
  /// Where a secret stands, in whatever form; never its value.
  package struct Finding: Hashable, Sendable {
    package let secret: String
    /// Such as `.git/objects/ab/cdef…` or `ledger.db-wal`.
    package let place: String

    package init(secret: String, place: String) {
      self.secret = secret
      self.place = place
    }
  }

  /// How many secrets were looked for.
  package var secrets: Int
  /// Files, objects, captures and events.
  package var places = 0
  /// Once decompressed.
  package var bytes = 0
  /// Places that were too large to be looked at.
  package var leftOut = 0
  /// Objects of git to which nothing led, and that were taken away since they held a secret or led to one that did.
  package var removed = 0
  package var findings: [Finding] = []
  /// The captures that have ended and are vouched for by this event; nil in events of versions that did not do so.
  package var captures: [Capture]?

  /// A capture as it was when it had ended.
  package struct Capture: Hashable, Sendable {
    package let number: Int64
    package let step: Step
    package let attempt: Int
    /// Such as `log`.
    package let kind: String
    package let name: String
    package let began: Timestamp
    /// Of its bytes.
    package let digest: Digest

    package init(
      number: Int64, step: Step, attempt: Int, kind: String, name: String, began: Timestamp, digest: Digest
    ) {
      self.number = number
      self.step = step
      self.attempt = attempt
      self.kind = kind
      self.name = name
      self.began = began
      self.digest = digest
    }

    /// What it is once secrets in it were masked, the name perhaps among them.
    package func masked(name: String, digest: Digest) -> Capture {
      Capture(number: number, step: step, attempt: attempt, kind: kind, name: name, began: began, digest: digest)
    }
  }

  package init(secrets: Int) { self.secrets = secrets }

  /// Names and places in one line; empty where nothing was found.
  package var wording: String {
    if findings.isEmpty { return "" }
    let shown = findings.prefix(5).map { "\"\($0.secret)\" in \($0.place)" }.joined(separator: ", ")
    return "secrets are at rest: \(shown)" + (findings.count > 5 ? " and \(findings.count - 5) more" : "")
  }
}
