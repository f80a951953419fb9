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

  /// Delivers a task; one whose run was cut off or rests here is gone on with.
  package func run(_ name: String?, adopting: Bool) async throws -> ExitStatus {
    let base = try wiring.base()
    let (configuration, policy) = try wiring.configuration(at: base)
    let backlog = wiring.backlog(configuration.backlog)
    let task = try chosen(name, from: backlog)
    if let resting = try resting(nil), resting.task == task {
      Output.complain("run \(resting.run.short) of \(task) rests here; going on with it")
      return try await resume(resting.run.text)
    }
    let shown = try backlog.show(task)
    if let obstacle = shown.obstacle, shown.state != .claimed { throw Refusal.notReady(task, obstacle) }
    let lock = try wiring.lock(as: "delivering \(task)")
    defer { withExtendedLifetime(lock) {} }
    return try await drive(configuration) { world in
      try Deliveries(in: world).open(task, adopting: adopting, policy: policy)
    }
  }

  package func resume(_ prefix: String?) async throws -> ExitStatus {
    guard let summary = try resting(prefix) else { throw Mistake.nothingToResume }
    if summary.standing.state == .delivered || summary.standing.state == .abandoned {
      throw Mistake.finished(summary.run, summary.standing.state == .delivered ? .delivered : .abandoned)
    }
    let lock = try wiring.lock(as: "resuming \(summary.task)")
    defer { withExtendedLifetime(lock) {} }
    let run = try stored(summary.run)
    let configuration = try wiring.configuration(at: run.base).configuration
    return try await drive(configuration, picksUp: true) { world in Journal(continuing: run, in: world) }
  }

  package func abandon(_ prefix: String?, reason: String) async throws -> ExitStatus {
    guard let summary = try resting(prefix) else { throw Mistake.nothingToResume }
    if summary.standing.state == .delivered || summary.standing.state == .abandoned {
      throw Mistake.finished(summary.run, summary.standing.state == .delivered ? .delivered : .abandoned)
    }
    let lock = try wiring.lock(as: "abandoning \(summary.task)")
    defer { withExtendedLifetime(lock) {} }
    let run = try stored(summary.run)
    let world = try await wiring.world(
      try wiring.configuration(at: run.base).configuration, progress: Silence())
    let kept = try await Deliveries(in: world).abandon(Journal(continuing: run, in: world), reason: reason)
    Output.line(
      "abandoned run \(run.id.short) of \(run.opening.task)" + (kept.map { "; its work is kept at \($0)" } ?? ""))
    return .delivered
  }

  private func drive(
    _ configuration: Configuration, picksUp: Bool = false, _ begin: @escaping @Sendable (World) throws -> Journal
  ) async throws -> ExitStatus {
    let screen = Screens.choose(json: json)
    let world = try await wiring.world(configuration, progress: screen)
    let policy = Policy(configuration, until: until)
    // A task of its own, since only a task can be cancelled by a signal.
    let work = Task {
      let journal = try begin(world)
      let runner = Runner(in: world, policy: policy)
      screen.opened(journal.run)
      if picksUp { try await runner.pickUp(journal, by: try world.repository.identity().name) }
      _ = try await runner.deliver(journal)
      return journal.run
    }
    Interrupts.cancel(work)
    let run: Run
    do {
      run = try await work.value
    } catch {
      screen.close(nil)
      throw error
    }
    screen.close(run)
    return ExitStatus(run.rest ?? .interrupted)
  }

  private func chosen(_ name: String?, from backlog: any Backlog) throws -> TaskID {
    if let name {
      guard let id = TaskID(name) else { throw Mistake.notATask(name) }
      return id
    }
    if let resting = try resting(nil) { return resting.task }
    let tasks = try backlog.tasks()
    guard let ready = tasks.first(where: { $0.obstacle == nil }) else { throw Mistake.nothingReady(tasks) }
    return ready.id
  }

  /// The run that a prefix means, or the unfinished one of this working tree.
  private func resting(_ prefix: String?) throws -> RunSummary? {
    guard let ledger = try wiring.archive.history() else { return nil }
    if let prefix { return try History(ledger).find(prefix) }
    return try ledger.runs(RunQuery(workspace: wiring.repository.root, unfinished: true, limit: 1)).first
  }

  private func stored(_ id: RunID) throws -> Run {
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
