import DeliveryLoop
import Redaction

/// Has the change made: by the configured coding agent, or by a person who is waited for.
struct ImplementStep: StepPerformer {
  let world: World
  let policy: Policy

  func perform(_ journal: Journal) async throws -> Outcome {
    let run = journal.run
    if case .command(let line, _, let timeout) = world.configuration.implement, policy.allowsAttempt(in: run),
      !run.awaitsPerson,
      !(run.opening.adopts && run.attempts == 0 && run.failure == nil)
    {
      return try await agent(line, timeout: timeout, journal)
    }
    let gates = Gates(world: world, run: run)
    let tree = try gates.tree()
    // What a coding agent has left half done is nobody's implementation until a person says so.
    if run.isCutOffAtAgent, !run.awaitsPerson {
      try keepBrief(for: run)
      return .paused(.implementation)
    }
    if try tree == world.repository.tree(of: run.base) {
      guard !run.opening.adopts else {
        return .failed(
          Failure(step: .implement, kind: .broken, message: "there is no change to adopt; make it, then resume"))
      }
      try keepBrief(for: run)
      return .paused(.implementation)
    }
    try journal.record(.intended(.implement(attempt: 0)))
    return .done(.implemented(tree: tree, by: run.opening.adopts ? .adopted : .person))
  }

  private func agent(_ line: CommandLine, timeout: Duration, _ journal: Journal) async throws -> Outcome {
    try journal.record(.intended(.implement(attempt: journal.run.attempts + 1)))
    let run = journal.run
    let brief = try keepBrief(for: run)
    let command = Command(
      line.filled(with: [
        "brief": brief.path, "task.id": run.opening.task.text, "run.id": run.id.text,
        "workspace": world.repository.root,
      ]),
      in: world.repository.root, environment: environment(for: run, brief: brief.path), input: Array(brief.text.utf8),
      timeout: timeout)
    let gates = Gates(world: world, run: run)
    switch try await gates.end(of: command, step: .implement, name: line.description) {
    case .passed: break
    // The number with which this program itself says that it waits.
    case .failed(let failure, end: .exited(code: 3)):
      let words = failure.tail.last { !$0.trimmed.isEmpty } ?? "it said nothing"
      world.progress.show(.note(world.vault.set.redact("the coding agent asks for a person: \(words)")))
      return .paused(.implementation)
    case .failed(let failure, end: _): return .failed(failure)
    }
    guard try world.repository.head() == .branch(run.opening.branch, run.base) else {
      return .failed(
        Failure(
          step: .implement, kind: .conflict,
          message:
            "the coding agent moved HEAD; undo its commit (git reset --soft \(run.base.short)), then resume"))
    }
    let tree = try gates.tree()
    guard try tree != world.repository.tree(of: run.base) else {
      return .failed(Failure(step: .implement, kind: .red, message: "the coding agent changed nothing"))
    }
    return .done(.implemented(tree: tree, by: .agent))
  }

  private func environment(for run: Run, brief: String) -> [String: String] {
    var environment = world.environment(for: .implement, of: run)
    environment["WAYBILL_BRIEF"] = brief
    environment["WAYBILL_ATTEMPT"] = String(run.attemptsOnTask)
    return environment
  }

  /// Writes the brief where the implementer can read it, and into the evidence.
  @discardableResult
  private func keepBrief(for run: Run) throws -> (path: String, text: String) {
    let task = try world.backlog.show(run.opening.task)
    let values = TemplateValues.of(task: task, run: run.id)
    let text = world.vault.set.redact(
      Brief(
        task: task, configuration: world.configuration,
        validations: world.configuration.validate.map { Template($0).filled(with: values) },
        attempt: max(1, run.attemptsOnTask), feedback: run.failure
      ).text
    ).text
    let bytes = Array(text.utf8)
    try world.keep(bytes, as: .brief, named: "brief", at: .implement, of: run)
    return (try world.scratch.write(bytes, named: "brief-\(run.opening.task).md"), text)
  }
}

extension CommandLine {
  /// Names filled in; in a shell's text as they are, so a value there has to be quoted by whoever wrote it.
  func filled(with values: [String: String]) -> CommandLine {
    switch self {
    case .shell(let text): .shell(Template(text).filled(with: values))
    case .program(let words): .program(words.map { Template($0).filled(with: values) })
    }
  }
}
