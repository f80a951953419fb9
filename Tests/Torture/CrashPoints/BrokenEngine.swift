import DeliveryLoop
package import Engine
import Redaction
import Synchronization

/// Engines that are wrong on purpose: what the oracle has to notice, or its word would be worth nothing.
package enum BrokenEngine: String, CaseIterable, Sendable {
  /// Takes what was intended for done, and asks nobody.
  case skipsObservation = "skips-observation"
  /// Acts first and records its intent afterwards.
  case pushesBeforeIntent = "pushes-before-intent"
  /// Sends what changes something first and records it afterwards.
  case sendsUnrecorded = "sends-unrecorded"
  /// Takes a commit for lost when others have pushed on top of it.
  case comparesTips = "compares-tips"

  /// The world as this engine would see it or act on it.
  package func distort(_ world: World, _ crash: Crash) -> World {
    var broken = world
    switch self {
    case .skipsObservation: broken.remote = CredulousRemote(next: world.remote, repository: world.repository)
    case .pushesBeforeIntent: broken.ledger = TardyLedger(world.ledger, holding: "intended.push")
    case .sendsUnrecorded: broken.ledger = TardyLedger(world.ledger, holding: "observed.sending")
    case .comparesTips: broken.repository = CrashingRepository(next: world.repository, crash: crash, comparesTips: true)
    }
    return broken
  }
}

/// Says that the remote has whatever is at HEAD here.
private struct CredulousRemote: Remote {
  let next: any Remote
  let repository: any Repository

  func tip(of branch: String, on remote: String) async throws(RemoteError) -> ObjectID? {
    guard case .branch(_, let commit)? = try? repository.head() else {
      return try await next.tip(of: branch, on: remote)
    }
    return commit
  }
  func fetch(branch: String, from remote: String) async throws(RemoteError) -> ObjectID? {
    try await tip(of: branch, on: remote)
  }
  func push(commit: ObjectID, to branch: String, on remote: String, expecting expected: ObjectID?)
    async throws(RemoteError) -> PushAnswer
  {
    try await next.push(commit: commit, to: branch, on: remote, expecting: expected)
  }
}

/// Keeps one kind of event until something else is recorded.
private final class TardyLedger: Ledger {
  private let next: any Ledger
  private let held = Mutex<EventRecord?>(nil)

  private let kind: String

  init(_ next: any Ledger, holding kind: String) {
    self.next = next
    self.kind = kind
  }

  @discardableResult
  func append(_ event: EventRecord) throws(LedgerError) -> Int64 {
    if event.kind == kind {
      held.withLock { $0 = event }
      return 0
    }
    let late = held.withLock { held in
      defer { held = nil }
      return held
    }
    if let late { try next.append(late) }
    return try next.append(event)
  }

  func events(of run: RunID) throws(LedgerError) -> [StoredEvent] { try next.events(of: run) }
  func runs(_ query: RunQuery) throws(LedgerError) -> [RunSummary] { try next.runs(query) }
  func end(of run: RunID) throws(LedgerError) -> HistoryEnd? { try next.end(of: run) }
  func attempts(on task: TaskID) throws(LedgerError) -> Int { try next.attempts(on: task) }
  func capture(_ label: EvidenceLabel) throws(LedgerError) -> any EvidenceWriter { try next.capture(label) }
  func evidence(of run: RunID) throws(LedgerError) -> [EvidenceSummary] { try next.evidence(of: run) }
  func read(_ evidence: EvidenceID, from offset: Int64, _ body: ([UInt8]) throws -> Void) throws {
    try next.read(evidence, from: offset, body)
  }
  func mask(
    _ secrets: SecretSet, besides run: RunID, record: (Masking) -> EventRecord
  ) throws(LedgerError) -> LedgerSweep { try next.mask(secrets, besides: run, record: record) }
  func scan(upTo limit: Int, _ body: (_ place: String, [UInt8]) throws -> Void) throws -> Int {
    try next.scan(upTo: limit, body)
  }
}
