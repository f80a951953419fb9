package import DeliveryLoop
import JSONText
import Redaction

/// The open history of one run: every event goes through here into the ledger, redacted, before it counts.
package final class Journal {
  package private(set) var run: Run
  /// When the run was opened.
  let began: Timestamp
  /// What is in the ledger of this run as far as this program knows; nil before it has written anything.
  private var end: HistoryEnd?
  private let ledger: any Ledger
  private let vault: SecretVault
  private let surroundings: any Surroundings
  private let progress: any Progress

  /// Begins a run: the opening is in the ledger when this returns.
  package init(opening: Opening, in world: World) throws {
    let now = world.surroundings.now()
    began = now
    run = Run(id: RunID(at: now, entropy: world.surroundings.entropy(10)), opening: opening)
    ledger = world.ledger
    vault = world.vault
    surroundings = world.surroundings
    progress = world.progress
    try write(.opened(opening), at: now, run: run)
  }

  /// Goes on with a run from its history.
  package convenience init(continuing run: Run, in world: World) {
    self.init(
      continuing: run, ledger: world.ledger, vault: world.vault, surroundings: world.surroundings,
      progress: world.progress)
  }

  /// Goes on with a run from its history where no delivery is to be made, only something to be written down.
  package init(
    continuing run: Run, ledger: any Ledger, vault: SecretVault, surroundings: any Surroundings, progress: any Progress
  ) {
    self.run = run
    began = run.id.time
    self.ledger = ledger
    self.vault = vault
    self.surroundings = surroundings
    self.progress = progress
  }

  /// Records an event: checked against the loop's rules first, durable when this returns, applied last.
  package func record(_ event: Event) throws {
    let event = try redacted(event)
    var next = run
    try next.apply(event)
    try refuseForeignHand(before: event)
    try write(event, at: surroundings.now(), run: next)
    run = next
    progress.show(.recorded(event, run))
  }

  /// Masks secrets in what the ledger holds already; every replacement is an event of this run.
  func mask(_ secrets: SecretSet) throws -> LedgerSweep {
    let (run, time) = (run, surroundings.now())
    let sweep = try ledger.mask(secrets, besides: run.id) { masking in
      EventRecord(
        run: run.id, time: time, kind: Event.masked(masking).kind,
        payload: vault.set.redact(document: Array(Event.masked(masking).stored.compact.utf8)).text,
        standing: run.standing)
    }
    end = try ledger.end(of: run.id)
    for masking in sweep.maskings {
      try self.run.apply(.masked(masking))
      progress.show(.recorded(.masked(masking), self.run))
    }
    return sweep
  }

  /// Throws when the history is not as this program has left it: the commands of a run can reach the ledger's files.
  private func refuseForeignHand(before event: Event) throws {
    let found = try ledger.end(of: run.id)
    let known = end
    // Told of once; that it happened is recorded next.
    end = found
    if known != nil, known != found { throw ForeignHand() }
    guard case .intended = event else { return }
    // What was changed without its hash shows when all of it is read.
    _ = try ledger.events(of: run.id)
    // Nor may earlier runs be forgotten, whose attempts count. A replay makes none, and others may beside it.
    if run.opening.replay == nil, try ledger.attempts(on: run.opening.task) != run.attemptsOnTask {
      throw ForeignHand()
    }
  }

  /// The event as it may be kept.
  private func redacted(_ event: Event) throws -> Event {
    let plain = event.stored.compact
    let kept = vault.set.redact(document: Array(plain.utf8)).text.text
    if kept == plain { return event }
    // What is executed is never the redacted copy: such bytes have to be stopped before they are written anywhere.
    if case .intended = event { throw UnrecordableIntent(kind: event.kind) }
    return try Event(kind: event.kind, stored: try JSON.parse(kept))
  }

  private func write(_ event: Event, at time: Timestamp, run: Run) throws {
    var opening: EventRecord.Opening?
    if case .opened(let value) = event {
      opening = .init(
        task: value.task, title: vault.set.redact(value.title), workspace: vault.set.redact(value.workspace),
        author: vault.set.redact(value.owner), replays: value.replay?.original)
    }
    try ledger.append(
      EventRecord(
        run: run.id, time: time, kind: event.kind,
        payload: vault.set.redact(document: Array(event.stored.compact.utf8)).text, opening: opening,
        standing: run.standing))
    end = try ledger.end(of: run.id)
  }
}

/// An intent whose bytes hold a secret's value; the step that made it should have refused them.
package struct UnrecordableIntent: Error, Hashable, Sendable {
  package let kind: String
}

/// Something other than this program has written into the history of the run on which it is at work.
struct ForeignHand: Explained {
  var kind: Failure.Kind { .broken }
  var wording: String {
    "the ledger was changed while the run was at work, and not by this program; keep a copy of .waybill, find out which command of "
      + "the run did it, then abandon this run"
  }
}

extension Run {
  /// The line that the history shows.
  package var standing: Standing {
    Standing(
      state: state, step: step, attempts: attempts, commit: isCommitted ? commit?.id : nil,
      outcome: state == .replayed ? result?.outcome : nil)
  }

  private var state: Standing.State {
    guard case .rest(let rest) = pending else { return .running }
    return switch rest {
    case .delivered: waived.isEmpty ? .delivered : .waived
    case .abandoned: .abandoned
    case .waiting: .waiting
    case .failed: .failed
    case .interrupted: .interrupted
    case .replayed: .replayed
    }
  }
}
