package import DeliveryLoop
import JSONText

/// Reads runs back out of the ledger.
package struct History: Sendable {
  private let ledger: any Ledger

  package init(_ ledger: any Ledger) { self.ledger = ledger }

  /// The run as far as its events add up, and those that this version cannot read or that do not follow from the others.
  ///
  /// Only a run whose events are all accounted for may be gone on with.
  package func run(_ id: RunID) throws -> (run: Run, unreadable: [StoredEvent]) {
    var run: Run?
    var unreadable: [StoredEvent] = []
    for stored in try ledger.events(of: id) {
      guard let event = Self.event(stored) else {
        unreadable.append(stored)
        continue
      }
      do {
        if case .opened(let opening) = event, run == nil {
          run = Run(id: id, opening: opening)
        } else if run != nil {
          try run?.apply(event)
        } else {
          throw IllegalTransition.notOpened(id)
        }
      } catch {
        unreadable.append(stored)
      }
    }
    guard let run else { throw IllegalTransition.notOpened(id) }
    return (run, unreadable)
  }

  /// What coding agents have used up on a task.
  package func usage(of task: TaskID) throws -> Usage {
    var usage = Usage()
    for run in try ledger.runs(RunQuery(task: task, replays: .none, limit: .max)).reversed() {
      for event in try ledger.events(of: run.run) { Self.take(event, into: &usage) }
    }
    return usage
  }

  static func take(_ stored: StoredEvent, into usage: inout Usage) {
    if let event = event(stored) {
      usage.take(event, at: stored.time)
    } else {
      usage.takeUnreadable(kind: stored.kind, at: stored.time)
    }
  }

  /// The one run that a name means: a prefix of its id, its task (the newest run of it), or a prefix of its commit's id.
  package func find(_ name: String) throws -> RunSummary {
    let matches = try ledger.runs(RunQuery(prefix: name, limit: 10))
    if matches.count > 1 { throw RunLookup.ambiguous(name, matches.map(\.run)) }
    if let run = matches.first { return run }
    if let task = TaskID(name), let run = try ledger.runs(RunQuery(task: task, replays: .none, limit: 1)).first {
      return run
    }
    // As short as git itself takes it.
    let commits = name.utf8.count < 4 ? [] : try ledger.runs(RunQuery(commit: name, limit: 10))
    guard let run = commits.first else { throw RunLookup.unknown(name) }
    guard Set(commits.map(\.standing.commit)).count == 1 else { throw RunLookup.ambiguous(name, commits.map(\.run)) }
    return run
  }

  /// nil for an event that this version cannot read.
  package static func event(_ stored: StoredEvent) -> Event? {
    guard let json = try? JSON.parse(stored.payload) else { return nil }
    return try? Event(kind: stored.kind, stored: json)
  }
}

/// Why a prefix does not name one run.
package enum RunLookup: Error, Hashable, Sendable {
  case unknown(String)
  case ambiguous(String, [RunID])
}
