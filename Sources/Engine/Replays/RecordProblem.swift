package import DeliveryLoop

/// Why there is nothing to go through again, or to ask again; nothing was changed.
package enum RecordProblem: Error, Hashable, Sendable {
  /// The run has validated nothing.
  case none(RunID)
  /// The program ended while it was written, or a mask went through its form.
  case incomplete(RunID, String)
  case unreadable(RunID, String, String)
  /// With the names that there are.
  case noSuchValidation(String, [String])
  /// With the attempts at which something was validated.
  case noSuchAttempt(RunID, Int, [Int])
  /// The tree that was validated is in this repository no more.
  case codeIsGone(RunID, ObjectID)
  /// It was never asked again.
  case noReplay(RunID)
  /// It is a replay itself.
  case isReplay(RunID, of: RunID)
}

extension RecordProblem: Explained {
  package var kind: Failure.Kind { .broken }

  package var wording: String {
    switch self {
    case .none(let run): "run \(run.short) has validated nothing so far: there is no record to go through"
    case .incomplete(let run, let name):
      "the record of \"\(name)\" in run \(run.short) is not whole: the program ended while it was written"
    case .unreadable(let run, let name, let reason): "the record of \"\(name)\" in run \(run.short) \(reason)"
    case .noSuchValidation(let name, let names):
      "the run has no record of \"\(name)\"; name one of \(names.joined(separator: ", ")) with --validation"
    case .noSuchAttempt(let run, let attempt, let attempts):
      "run \(run.short) has validated nothing at attempt \(attempt); name one of "
        + "\(attempts.map(String.init).joined(separator: ", ")) with --attempt"
    case .codeIsGone(let run, let tree):
      "the code that run \(run.short) validated, tree \(tree.short), is not in this repository any more; ask that of a commit "
        + "with --at"
    case .noReplay(let run):
      "run \(run.short) has no replay; name the run to compare it with, or make one with \"waybill replay \(run.short) --live\""
    case .isReplay(let run, let original):
      "run \(run.short) is itself a replay; name the run that it goes back to, \(original.short)"
    }
  }
}
