package import DeliveryLoop
import Engine
import Redaction

/// What `run`, `resume` and `abandon` have in common: a world, a lock on the working tree, and somebody who watches.
package struct Delivery {
  let wiring: Wiring
  let json: Bool
  let until: Step?

  package init(wiring: Wiring, json: Bool, until: Step?) {
    self.wiring = wiring
    self.json = json
    self.until = until
  }

  /// Delivers a task; one whose run was cut off or rests is gone on with.
  package func run(_ name: String?, adopting: Bool) async throws -> ExitStatus {
    try wiring.refuseInsideRun()
    let configuration = try wiring.configuration(at: try wiring.base()).configuration
    let backlog = wiring.backlog(configuration.backlog)
    let task = try chosen(name, from: backlog, configuration.workspace)
    if let resting = try resting(task, configuration.workspace) {
      if adopting { throw Mistake.adoptsResting(resting) }
      Output.complain("run \(resting.run.short) of \(task) rests here; going on with it")
      return try await resume(resting.run.text)
    }
    let shown = try backlog.show(task)
    if let obstacle = shown.obstacle, shown.state != .claimed { throw Refusal.notReady(task, obstacle) }
    if adopting, configuration.workspace == .worktree { throw Mistake.adoptsNothing }
    let seat = try await Seat.make(for: task, configuration, wiring)
    let (inForce, policy) = try seat.wiring.configuration(at: try seat.wiring.base())
    return try await drive(inForce, at: seat) { world in
      try Deliveries(in: world).open(task, adopting: adopting, policy: policy, target: seat.target)
    }
  }

  package func resume(_ prefix: String?) async throws -> ExitStatus {
    try wiring.refuseInsideRun()
    let summary = try unfinished(prefix)
    let seat = try await Seat.again(for: summary, as: "resuming \(summary.task)", wiring)
    let run = try stored(summary.run)
    let configuration = try seat.wiring.configuration(at: run.base).configuration
    return try await drive(configuration, at: seat, picksUp: true) { world in Journal(continuing: run, in: world) }
  }

  package func abandon(_ prefix: String?, reason: String) async throws -> ExitStatus {
    try wiring.refuseInsideRun()
    let summary = try unfinished(prefix)
    let seat = try await Seat.again(for: summary, as: "abandoning \(summary.task)", wiring)
    defer { withExtendedLifetime(seat) {} }
    let run = try stored(summary.run)
    let world = try await seat.wiring.world(
      try seat.wiring.configuration(at: run.base).configuration, progress: Silence())
    let journal = Journal(continuing: run, in: world)
    if run.opening.replay != nil {
      try await Replays(in: world).abandon(journal, reason: reason)
      try await seat.discard()
      Output.line("abandoned replay \(run.id.short) of \(run.opening.task)")
      return .delivered
    }
    let kept = try await Deliveries(in: world).abandon(journal, reason: reason)
    Output.line(
      "abandoned run \(run.id.short) of \(run.opening.task)" + (kept.map { "; its work is kept at \($0)" } ?? ""))
    return .delivered
  }

  private func drive(
    _ configuration: Configuration, at seat: Seat, picksUp: Bool = false,
    _ begin: (World) throws -> Journal
  ) async throws -> ExitStatus {
    defer { withExtendedLifetime(seat) {} }
    let screen = Screens.choose(json: json)
    let world = try await seat.wiring.world(configuration, progress: screen, signing: true)
    for name in world.vault.shortNames { Output.complain("warning: \(Wording.shortSecret(name))") }
    let policy = Policy(configuration, until: until)
    do {
      let journal = try begin(world)
      let runner = Runner(in: world, policy: policy)
      screen.opened(journal.run)
      if picksUp { try await runner.pickUp(journal, by: try world.repository.identity().name) }
      _ = try await runner.deliver(journal)
      if journal.run.opening.replay != nil, journal.run.isOver { try await seat.discard() }
      screen.close(journal.run)
      return ExitStatus(journal.run)
    } catch {
      screen.close(nil)
      throw error
    }
  }

  private func chosen(
    _ name: String?, from backlog: any Backlog, _ workspace: Configuration.Workspace
  ) throws -> TaskID {
    if let name {
      guard let id = TaskID(name) else { throw Mistake.notATask(name) }
      return id
    }
    if workspace == .here, let resting = try resting(nil, .here) { return resting.task }
    // In working trees of our own others may be on their way.
    let taken = Set(
      try wiring.archive.history()?.runs(RunQuery(unfinished: true, replays: .none, limit: 1000)).map(\.task) ?? [])
    let tasks = try backlog.tasks()
    guard let ready = tasks.first(where: { $0.obstacle == nil && !taken.contains($0.id) }) else {
      throw Mistake.nothingReady(tasks)
    }
    return ready.id
  }

  /// The unfinished run of a task (nil: of any) in this working tree or, where those are used, in one of our own.
  private func resting(_ task: TaskID?, _ workspace: Configuration.Workspace) throws -> RunSummary? {
    guard let ledger = try wiring.archive.history() else { return nil }
    let here = try ledger.runs(RunQuery(workspace: wiring.repository.root, unfinished: true, replays: .none, limit: 1))
      .first
    if let here, task == nil || here.task == task { return here }
    guard workspace == .worktree, let task else { return nil }
    return try ledger.runs(RunQuery(task: task, unfinished: true, replays: .none, limit: 10)).first {
      wiring.archive.isOurs($0.workspace)
    }
  }

  /// The run that a prefix means; without one that of this working tree, or the only one in those of our own.
  func unfinished(_ prefix: String?) throws -> RunSummary {
    guard let ledger = try wiring.archive.history() else { throw Mistake.nothingToResume }
    let summary: RunSummary
    if let prefix {
      summary = try History(ledger).find(prefix)
    } else if let here = try resting(nil, .here) {
      summary = here
    } else {
      let ours = try ledger.runs(RunQuery(unfinished: true, replays: .none, limit: 1000)).filter {
        wiring.archive.isOurs($0.workspace)
      }
      if ours.count > 1 { throw Mistake.several(ours) }
      guard let only = ours.first else { throw Mistake.nothingToResume }
      summary = only
    }
    if summary.replays != nil, summary.standing.state != .waiting { throw ReplayMistake.isOver(summary) }
    switch summary.standing.state {
    case .delivered, .waived: throw Mistake.finished(summary.run, .delivered)
    case .abandoned: throw Mistake.finished(summary.run, .abandoned)
    case .running, .waiting, .failed, .interrupted, .replayed: return summary
    }
  }

  func stored(_ id: RunID) throws -> Run {
    guard let ledger = try wiring.archive.history() else { throw Mistake.noRuns }
    let (run, unreadable) = try History(ledger).run(id)
    // To go on without an event could repeat what it stands for.
    if let event = unreadable.first { throw Mistake.unreadable(id, kind: event.kind, sequence: event.sequence) }
    return run
  }
}

/// Shows nothing.
struct Silence: Progress {
  func show(_ update: Update) {}
}
