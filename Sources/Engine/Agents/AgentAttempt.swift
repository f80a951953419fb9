import DeliveryLoop
import Redaction

/// One attempt of a coding agent: how far it may go, what it is told, and what is recorded of it.
struct AgentAttempt {
  let world: World
  let agent: Agent

  func perform(_ journal: Journal, brief: (Run) throws -> (path: String, text: String)) async throws -> Outcome {
    let timeLeft: Duration?
    switch agent.budget.verdict(on: try History(world.ledger).usage(of: journal.run.opening.task)) {
    case .allowed(let left): timeLeft = left
    case .refused(let shortage): return .failed(spent(shortage.wording, journal.run.failure?.tail ?? []))
    }
    try journal.record(.intended(.implement(attempt: journal.run.attempts + 1)))
    let (path, text) = try brief(journal.run)
    let report = try world.scratch.write([], named: reportName(of: journal.run))
    let command = command(journal.run, brief: path, report: report, input: text, timeLeft: timeLeft)
    let ending = try await end(of: command, journal)
    let spend = spend(of: journal.run)
    try record(reason(of: ending.end, timeLeft: timeLeft), ending.time, spend, in: journal)
    return try outcome(of: ending, spend, timeLeft: timeLeft, journal)
  }

  /// Records what an attempt took whose end the program did not live to see, as far as it is known.
  func settle(_ journal: Journal) throws {
    let run = journal.run
    guard run.performing == .implement, run.isCutOffAtAgent, run.endedAttempts < run.attempts else { return }
    var usage = Usage()
    for event in try world.ledger.events(of: run.id) { History.take(event, into: &usage) }
    let spend = self.spend(of: run)
    if case .unusable(let fault) = spend { world.progress.show(.note(world.vault.set.redact(unusable(fault, run)))) }
    try record(.cutOff, usage.openTime, spend, in: journal)
  }

  private typealias Ending = (end: CommandResult.End, failure: Failure?, time: Duration)

  /// What the agent says that an attempt has cost.
  private enum Spend {
    case told(Money)
    case untold
    case unusable(SpendReport.Fault)

    var money: Money? { if case .told(let money) = self { money } else { nil } }
  }

  private func command(_ run: Run, brief: String, report: String, input: String, timeLeft: Duration?) -> Command {
    var environment = world.environment(for: .implement, of: run)
    environment["WAYBILL_BRIEF"] = brief
    environment["WAYBILL_ATTEMPT"] = String(run.attemptsOnTask)
    environment["WAYBILL_REPORT"] = report
    let line = agent.command.filled(with: [
      "brief": brief, "report": report, "task.id": run.opening.task.text, "run.id": run.id.text,
      "workspace": world.repository.root,
    ])
    return Command(
      line, in: world.repository.root, environment: environment, input: Array(input.utf8),
      timeout: min(agent.timeout, timeLeft ?? agent.timeout), idle: agent.idle)
  }

  /// Runs the agent; one that is stopped because the program is has its time recorded as well.
  private func end(of command: Command, _ journal: Journal) async throws -> Ending {
    let began = ContinuousClock.now
    do {
      let gates = Gates(world: world, run: journal.run)
      switch try await gates.end(of: command, step: .implement, name: agent.command.description) {
      case .passed: return (.exited(code: 0), nil, ContinuousClock.now - began)
      case .failed(let failure, let end): return (end, failure, ContinuousClock.now - began)
      }
    } catch {
      try record(.interrupted, ContinuousClock.now - began, spend(of: journal.run), in: journal)
      throw error
    }
  }

  /// Records the end of the last attempt; its report is needed no longer then.
  private func record(_ end: Attempt.End, _ time: Duration, _ spend: Spend, in journal: Journal) throws {
    let run = journal.run
    try journal.record(
      .observed(.attempted(Attempt(number: run.attempts, time: time, spend: spend.money, end: end))))
    world.scratch.remove(named: reportName(of: run))
  }

  private func reason(of end: CommandResult.End, timeLeft: Duration?) -> Attempt.End {
    switch end {
    case .timedOut: isBudgets(timeLeft) ? .budget : .timeout
    case .idle: .idle
    case .exited, .signaled, .cancelled: .ended
    }
  }

  private func outcome(of ending: Ending, _ spend: Spend, timeLeft: Duration?, _ journal: Journal) throws -> Outcome {
    let (run, tail) = (journal.run, ending.failure?.tail ?? [])
    switch spend {
    case .told: break
    case .unusable(let fault): return .failed(spent(unusable(fault, run), tail))
    case .untold:
      if agent.budget.spend != nil { return .failed(spent(untold(run), tail)) }
    }
    switch ending.end {
    case .exited(code: 0): return try change(run)
    // The number with which this program itself says that it waits.
    case .exited(code: 3):
      let words = tail.last { !$0.trimmed.isEmpty } ?? "it said nothing"
      world.progress.show(.note(world.vault.set.redact("the coding agent asks for a person: \(words)")))
      return .paused(.implementation)
    case .timedOut where isBudgets(timeLeft):
      let usage = try History(world.ledger).usage(of: run.opening.task)
      return .failed(spent(Budget.Shortage.time(usage.time, of: agent.budget.time ?? .zero).wording, tail))
    case .timedOut: return .failed(red(tooLong(ending.time), tail))
    case .idle: return .failed(red(silent(ending.time), tail))
    case .exited, .signaled, .cancelled: return .failed(ending.failure ?? red("the coding agent failed", tail))
    }
  }

  /// What the agent has made of the working tree.
  private func change(_ run: Run) throws -> Outcome {
    guard try world.repository.head() == .branch(run.opening.branch, run.base) else {
      return .failed(
        Failure(
          step: .implement, kind: .conflict,
          message:
            "the coding agent moved HEAD; undo its commit (git reset --soft \(run.base.short)), then resume"))
    }
    let tree = try Gates(world: world, run: run).tree()
    guard try tree != world.repository.tree(of: run.base) else {
      return .failed(red("the coding agent changed nothing", []))
    }
    return .done(.implemented(tree: tree, by: .agent))
  }

  /// The report of the run's last attempt.
  private func spend(of run: Run) -> Spend {
    let bytes = world.scratch.read(named: reportName(of: run), upTo: SpendReport.sizeLimit + 1)
    guard let bytes, !bytes.isEmpty else { return .untold }
    do {
      return .told(try SpendReport.read(bytes))
    } catch {
      return .unusable(error)
    }
  }

  private func reportName(of run: Run) -> String { "report-\(run.id)-\(run.attempts).json" }

  private func isBudgets(_ timeLeft: Duration?) -> Bool { timeLeft.map { $0 < agent.timeout } ?? false }
}

extension AgentAttempt {
  private func spent(_ message: String, _ tail: [String]) -> Failure {
    Failure(step: .implement, kind: .budget, message: message, tail: tail)
  }

  private func red(_ message: String, _ tail: [String]) -> Failure {
    Failure(step: .implement, kind: .red, message: message, tail: tail)
  }

  private func tooLong(_ time: Duration) -> String {
    "\"\(agent.command)\" was stopped after \(time.wording): \"implement.timeout\" is \(agent.timeout.wording); raise it, or "
      + "make the task smaller"
  }

  private func silent(_ time: Duration) -> String {
    let idle = agent.idle?.wording ?? "off"
    return
      "failed to hear from the coding agent for \(idle): no output, and no CPU time in any of its processes; it was stopped "
      + "after \(time.wording); if it may be silent for longer, raise \"implement.idle\", or set it to off"
  }

  private func untold(_ run: Run) -> String {
    "what attempt \(run.attempts) has cost is not known: the coding agent left no report, which \"implement.budget.spend\" needs; "
      + "have it write {\"spend\": 1.25, \"currency\": \"USD\"} to the file that WAYBILL_REPORT names, then resume to go on with "
      + "its change"
  }

  private func unusable(_ fault: SpendReport.Fault, _ run: Run) -> String {
    "what attempt \(run.attempts) has cost is not known: the report of the coding agent cannot be read: \(fault.wording), then "
      + "resume to go on with its change"
  }
}
