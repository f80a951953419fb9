package import DeliveryLoop
import LiveChecks

/// A validation that failed and has not passed since.
package struct OpenFailure: Sendable {
  package let run: RunSummary
  package let round: Round
  package let validation: String
  /// What did not hold, a line each.
  package let points: [String]
}

/// Which failures are asked for; every condition has to hold.
package struct FailureQuery: Sendable {
  package var task: TaskID?
  /// The branch on which the run stood, or to which it was to be pushed.
  package var branch: String?
  package var since: Timestamp?

  package init(task: TaskID? = nil, branch: String? = nil, since: Timestamp? = nil) {
    self.task = task
    self.branch = branch
    self.since = since
  }
}

extension Records {
  /// The newest first. A failure is settled by any later run of the task that delivered it, or in which the validation passed.
  package func openFailures(_ query: FailureQuery) throws -> [OpenFailure] {
    var (open, delivered): ([OpenFailure], Set<TaskID>) = ([], [])
    var settled: [TaskID: Set<String>] = [:]
    for summary in try ledger.runs(RunQuery(task: query.task, replays: .none, limit: .max)) {
      let task = summary.task
      if summary.standing.state == .delivered || summary.standing.state == .waived { delivered.insert(task) }
      if delivered.contains(task) { continue }
      if let since = query.since, summary.started < since { continue }
      let opening = try History(ledger).run(summary.run).run.opening
      if let branch = query.branch, ![opening.branch, opening.remoteBranch].contains(branch) { continue }
      for round in try rounds(of: summary.run).reversed() {
        for name in round.names.reversed() {
          guard let record = round.last(name), record.verdict != .inconclusive,
            settled[task, default: []].insert(name).inserted, record.verdict == .failed
          else { continue }
          open.append(OpenFailure(run: summary, round: round, validation: name, points: record.points))
        }
      }
    }
    return open
  }
}
