package import DeliveryLoop
package import Redaction

/// The history of all runs: append-only, chained by hash, and durable before a call returns.
///
/// It accepts redacted text only. A call that throws leaves it to be observed whether the write happened.
package protocol Ledger: Sendable {
  /// Appends one event and folds it into the projections; returns once it is on disk.
  @discardableResult
  func append(_ event: EventRecord) throws(LedgerError) -> Int64
  /// The events of a run by sequence.
  func events(of run: RunID) throws(LedgerError) -> [StoredEvent]
  /// How many events a run has, and the hash of the last; nil for a run that has none.
  func end(of run: RunID) throws(LedgerError) -> HistoryEnd?
  /// Runs, the newest first.
  func runs(_ query: RunQuery) throws(LedgerError) -> [RunSummary]
  /// How often coding agents were set to work on a task, over all its runs.
  func attempts(on task: TaskID) throws(LedgerError) -> Int

  /// Opens a capture; its bytes are compressed and written as they come, and memory stays bounded.
  func capture(_ label: EvidenceLabel) throws(LedgerError) -> any EvidenceWriter
  /// The captures of a run in the order in which they were begun; one that never ended is marked as incomplete.
  func evidence(of run: RunID) throws(LedgerError) -> [EvidenceSummary]
  /// Reads a capture in pieces of at most 256 KiB, from `offset` bytes on.
  func read(_ evidence: EvidenceID, from offset: Int64, _ body: ([UInt8]) throws -> Void) throws

  /// Masks secrets in what is stored of a run, of all runs that were at work beside it, and wherever else the same bytes are.
  ///
  /// Each replacement is one transaction with the record of it that `record` gives. When this returns, no copy of what was
  /// replaced is left in the ledger's files; an intent that holds a secret cannot be replaced and is a finding.
  func mask(
    _ secrets: SecretSet, besides run: RunID, record: (Masking) -> EventRecord
  ) throws(LedgerError) -> LedgerSweep
  /// Hands over the bytes of the ledger's own files, in pieces that overlap by 4 KiB: all of the log, and the database where it
  /// is no larger than `limit`. Returns how many files were left out.
  func scan(upTo limit: Int, _ body: (_ place: String, [UInt8]) throws -> Void) throws -> Int
}

/// What a look through the ledger came to.
package struct LedgerSweep: Hashable, Sendable {
  package var maskings: [Masking] = []
  /// Captures and events that were looked at, and their bytes.
  package var places = 0
  package var bytes = 0
  package var findings: [Sweep.Finding] = []

  package init() {}
}

/// One event as it is handed to the ledger.
package struct EventRecord: Sendable {
  package let run: RunID
  package let time: Timestamp
  /// The stored name of the event, such as `observed.tested`.
  package let kind: String
  /// The JSON document of the event.
  package let payload: RedactedText
  /// What the first event of a run adds to its line in the history; nil for all others.
  package let opening: Opening?
  package let standing: Standing

  package init(
    run: RunID, time: Timestamp, kind: String, payload: RedactedText, opening: Opening? = nil, standing: Standing
  ) {
    self.run = run
    self.time = time
    self.kind = kind
    self.payload = payload
    self.opening = opening
    self.standing = standing
  }

  /// What never changes about a run.
  package struct Opening: Sendable {
    package let task: TaskID
    package let title: RedactedText
    /// Absolute path of the working tree in which it runs.
    package let workspace: RedactedText
    /// Who runs it.
    package let author: RedactedText
    /// The run whose validations are asked again; nil for a delivery.
    package let replays: RunID?

    package init(
      task: TaskID, title: RedactedText, workspace: RedactedText, author: RedactedText, replays: RunID? = nil
    ) {
      self.task = task
      self.title = title
      self.workspace = workspace
      self.author = author
      self.replays = replays
    }
  }
}

/// Where a run stands after an event: a projection, the events being the truth.
package struct Standing: Hashable, Sendable {
  package enum State: String, CaseIterable, Sendable {
    case running, delivered, waiting, failed, interrupted, abandoned
    /// Delivered, and not everything was validated live.
    case waived = "delivered-with-waiver"
    /// A replay that has come to its end.
    case replayed
  }

  package let state: State
  package let step: Step
  /// Coding-agent attempts that this run has begun.
  package let attempts: Int
  package let commit: ObjectID?
  /// What a replay came to.
  package let outcome: ReplayOutcome?

  package init(state: State, step: Step, attempts: Int, commit: ObjectID?, outcome: ReplayOutcome? = nil) {
    self.outcome = outcome
    self.state = state
    self.step = step
    self.attempts = attempts
    self.commit = commit
  }
}

/// One event as the ledger gives it back.
package struct StoredEvent: Hashable, Sendable {
  package let sequence: Int64
  package let run: RunID
  package let time: Timestamp
  package let kind: String
  package let payload: String
  /// Stands for the payload in the chain, also where it was replaced.
  package let seal: Digest
  /// SHA-256 over the previous hash and this event.
  package let hash: Digest

  package init(
    sequence: Int64, run: RunID, time: Timestamp, kind: String, payload: String, seal: Digest, hash: Digest
  ) {
    self.sequence = sequence
    self.run = run
    self.time = time
    self.kind = kind
    self.payload = payload
    self.seal = seal
    self.hash = hash
  }
}

/// Up to where the history of a run goes: whatever is changed before, the hash is another one.
package struct HistoryEnd: Hashable, Sendable {
  package let count: Int
  package let hash: Digest

  package init(count: Int, hash: Digest) {
    self.count = count
    self.hash = hash
  }
}

/// One line of the history.
package struct RunSummary: Hashable, Sendable {
  package let run: RunID
  package let task: TaskID
  package let title: String
  package let workspace: String
  package let standing: Standing
  package let started: Timestamp
  package let changed: Timestamp
  /// Who runs it.
  package let author: String
  /// How many events it has.
  package let events: Int
  /// How many were given, whether they were needed in the end or not.
  package let waivers: Int
  /// The run whose validations it asks again; nil for a delivery.
  package let replays: RunID?

  package init(
    run: RunID, task: TaskID, title: String, workspace: String, standing: Standing, started: Timestamp,
    changed: Timestamp, author: String, events: Int = 0, waivers: Int = 0, replays: RunID? = nil
  ) {
    self.events = events
    self.author = author
    self.waivers = waivers
    self.replays = replays
    self.run = run
    self.task = task
    self.title = title
    self.workspace = workspace
    self.standing = standing
    self.started = started
    self.changed = changed
  }
}

/// Which runs are asked for; every condition has to hold.
package struct RunQuery: Sendable {
  package var task: TaskID?
  package var workspace: String?
  /// Only runs that can be gone on with.
  package var unfinished: Bool
  /// Only runs that were begun at this moment or later, and before that one.
  package var since: Timestamp?
  package var until: Timestamp?
  /// Only runs of somebody of exactly this name.
  package var author: String?
  /// Only runs in one of these states; nil for all.
  package var states: [Standing.State]?
  /// Only runs for which a waiver was given.
  package var waived = false
  package var replays: Replays
  /// A prefix of the run's id.
  package var prefix: String?
  /// A prefix of the id of the commit that it made.
  package var commit: String?
  package var limit: Int

  package init(
    task: TaskID? = nil, workspace: String? = nil, unfinished: Bool = false, replays: Replays = .all,
    prefix: String? = nil,
    commit: String? = nil, limit: Int = 50
  ) {
    self.replays = replays
    self.task = task
    self.workspace = workspace
    self.unfinished = unfinished
    self.prefix = prefix
    self.commit = commit
    self.limit = limit
  }
}

extension RunQuery {
  /// Whether replays are among what is asked for.
  package enum Replays: Hashable, Sendable {
    case all, none, only
    case of(RunID)
  }
}

/// Why the ledger could not do it.
package enum LedgerError: Error, Hashable, Sendable {
  case cannotOpen(path: String, message: String)
  /// Another process holds the write lock.
  case busy(path: String)
  case full(path: String)
  case readOnly(path: String)
  case corrupt(path: String, message: String)
  /// Written by a newer version of the program.
  case newer(path: String, version: Int)
  /// Written by an earlier version of the program, and not to be brought up to this one where it is.
  case older(path: String, version: Int)
  case unknownEvidence(String)
  /// Its bytes were let go by policy.
  case dropped(EvidenceID)
  case failed(doing: String, message: String)
}
