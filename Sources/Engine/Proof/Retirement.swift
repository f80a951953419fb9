package import DeliveryLoop
import JSONText
import Redaction

/// Lets evidence go by policy.
package struct Retirement {
  private let ledger: any Ledger & Attic
  private let policy: Retention

  package init(in ledger: any Ledger & Attic, by policy: Retention) { (self.ledger, self.policy) = (ledger, policy) }

  /// A run whose evidence may go, and how many bytes that is.
  package struct Candidate: Sendable {
    package let run: RunSummary
    package let bytes: Int64
    fileprivate let folded: Run
  }

  /// The oldest first; runs of which nothing is left to let go are not among them.
  package func candidates(at now: Timestamp) throws -> [Candidate] {
    let runs = try ledger.runs(RunQuery(limit: .max))
    var found: [Candidate] = []
    for (newer, summary) in runs.enumerated() {
      let bytes = try ledger.size(of: summary.run)
      guard bytes > 0 else { continue }
      let (run, unreadable) = try History(ledger).run(summary.run)
      guard unreadable.isEmpty, policy.lets(go: run, changed: summary.changed, newer: newer, now: now) else { continue }
      found.append(Candidate(run: summary, bytes: bytes, folded: run))
    }
    return found.reversed()
  }

  /// Returns how many bytes were let go.
  package func retire(_ candidate: Candidate, at now: Timestamp) throws -> Int64 {
    let (run, policy) = (candidate.folded, policy.wording)
    return try ledger.drop(from: run.id) { captures, bytes in
      let event = Event.dropped(Dropping(captures: captures, bytes: bytes, policy: policy))
      return EventRecord(
        run: run.id, time: now, kind: event.kind,
        payload: SecretSet.none.redact(document: Array(event.stored.compact.utf8)).text, standing: run.standing)
    }
  }
}
