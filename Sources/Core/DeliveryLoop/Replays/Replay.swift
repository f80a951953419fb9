/// What a replay asks again: the validations of an earlier run, live, on the same code or on that of another commit.
///
/// A replay is a run of its own: it starts the service, validates and stops it. The run that it goes back to is never changed.
package struct Replay: Hashable, Sendable {
  package let original: RunID
  /// The attempt of the original at which the validations ran, 0 for a change that a person made.
  package let attempt: Int
  /// The code that is asked.
  package let tree: ObjectID
  /// The commit that has this code; nil where it is the code that the original validated.
  package let commit: ObjectID?
  /// The validations to ask, by the names that the original has for them, in the order of asking.
  package let validations: [String]

  package init(original: RunID, attempt: Int, tree: ObjectID, commit: ObjectID?, validations: [String]) {
    self.original = original
    self.attempt = attempt
    self.tree = tree
    self.commit = commit
    self.validations = validations
  }
}

/// What validations came to as a whole; all of them stop at the first that does not pass.
package enum ReplayFinding: Hashable, Sendable {
  case passed
  /// The validation that failed, and where: what it asked for and did not get, one line for each.
  case failed(validation: String, points: [String])
  /// It could not be asked.
  case inconclusive(validation: String)

  package var verdict: Judgement.Verdict {
    switch self {
    case .passed: .passed
    case .failed: .failed
    case .inconclusive: .inconclusive
    }
  }
}

/// What a replay found, and what that is against the record.
package struct ReplayResult: Hashable, Sendable {
  package let outcome: ReplayOutcome
  package let finding: ReplayFinding

  package init(outcome: ReplayOutcome, finding: ReplayFinding) {
    self.outcome = outcome
    self.finding = finding
  }

  package var wording: String {
    switch finding {
    case .passed: outcome.wording
    case .failed(let validation, _): "\(outcome.wording): \(validation) fails"
    case .inconclusive(let validation): "\(outcome.wording): \(validation) could not be asked"
    }
  }

  /// What did not hold, a line each.
  package var points: [String] {
    if case .failed(_, let points) = finding { points } else { [] }
  }
}

/// What asking again came to, against what is on record.
package enum ReplayOutcome: String, CaseIterable, Sendable {
  /// The same code came to the same verdict, at the same places.
  case reproduced
  case notReproduced = "not-reproduced"
  /// The same code failed, elsewhere or otherwise.
  case differentFailure = "different-failure"
  /// At another commit: it failed and passes.
  case fixed
  case stillFailing = "still-failing"
  /// At another commit: it fails, and passed or failed otherwise.
  case newFailure = "new-failure"
  case stillPassing = "still-passing"
  /// It could not be asked, so nothing is known (promise I10).
  case inconclusive

  /// - Parameter isSameCode: false where another commit is asked.
  package init(of now: ReplayFinding, against recorded: ReplayFinding, isSameCode: Bool) {
    self =
      switch (recorded, now) {
      case (_, .inconclusive): .inconclusive
      case (.passed, .passed): isSameCode ? .reproduced : .stillPassing
      case (.failed, .passed): isSameCode ? .notReproduced : .fixed
      case (.failed, .failed) where now == recorded: isSameCode ? .reproduced : .stillFailing
      case (.failed, .failed): isSameCode ? .differentFailure : .newFailure
      case (.inconclusive, .passed): isSameCode ? .notReproduced : .stillPassing
      case (.passed, .failed), (.inconclusive, .failed): isSameCode ? .notReproduced : .newFailure
      }
  }

  /// In words.
  package var wording: String { String(rawValue.map { $0 == "-" ? " " : $0 }) }
}
