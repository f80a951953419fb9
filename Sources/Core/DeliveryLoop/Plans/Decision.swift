/// What somebody has decided about one thing of one run.
package struct Decision: Hashable, Sendable {
  package enum Subject: Hashable, Sendable {
    /// A plan, by its digest.
    case plan(Digest)
    /// What a change makes of its own gates, as the tree that was shown.
    case gates(ObjectID)
  }

  package enum Verdict: String, CaseIterable, Sendable { case approved, denied }

  package let subject: Subject
  package let verdict: Verdict
  package let by: String
  package let reason: String
  package let ticket: String?
  package let at: Timestamp

  package init(
    subject: Subject, verdict: Verdict, by: String, reason: String, ticket: String? = nil, at: Timestamp
  ) {
    self.subject = subject
    self.verdict = verdict
    self.by = by
    self.reason = reason
    self.ticket = ticket
    self.at = at
  }
}

/// Somebody answers for a validation that could not be asked; it has not passed and never counts as such.
package struct Waiver: Hashable, Sendable {
  package let validation: String
  package let by: String
  package let reason: String
  package let ticket: String?
  package let at: Timestamp
  /// From here on it is worth nothing.
  package let until: Timestamp

  package init(
    validation: String, by: String, reason: String, ticket: String? = nil, at: Timestamp, until: Timestamp
  ) {
    self.validation = validation
    self.by = by
    self.reason = reason
    self.ticket = ticket
    self.at = at
    self.until = until
  }

  /// Also false where the clock shows a moment before it was given.
  package func holds(at now: Timestamp) -> Bool {
    (at.nanoseconds..<max(at.nanoseconds, until.nanoseconds)).contains(now.nanoseconds)
  }

  /// Fits after the name of the validation.
  package var wording: String { "waived by \(by) until \(until.text(fraction: 0)): \(reason)" }
}

extension Approvals {
  /// Why a person may not decide about what somebody has implemented.
  package enum Objection: Hashable, Sendable {
    case implementer(String)
    case notListed(String, listed: [String])

    package var wording: String {
      switch self {
      case .implementer(let name): "\"\(name)\" is the implementer of this run; somebody else has to decide about it"
      case .notListed(let name, let listed):
        "\"\(name)\" is not among those who decide: \(listed.joined(separator: ", ")) (\"approvals.by\" of the base commit)"
      }
    }
  }

  /// nil for somebody who may; names are compared without regard to case and to blanks around and between them.
  package func objection(to person: String, implementedBy implementer: String) -> Objection? {
    if Self.plain(person) == Self.plain(implementer) { return .implementer(person) }
    if by.isEmpty || by.contains(where: { Self.plain($0) == Self.plain(person) }) { return nil }
    return .notListed(person, listed: by)
  }

  private static func plain(_ name: String) -> String {
    name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
