import DeliveryLoop
import Redaction

/// Has the change made: by the configured coding agent, or by a person who is waited for.
struct ImplementStep: StepPerformer {
  let world: World
  let policy: Policy

  func perform(_ journal: Journal) async throws -> Outcome {
    let run = journal.run
    if case .agent(let agent) = world.configuration.implement, policy.allowsAttempt(in: run),
      !run.awaitsPerson,
      !(run.opening.adopts && run.attempts == 0 && run.failure == nil)
    {
      return try await AgentAttempt(world: world, agent: agent).perform(journal) { try keepBrief(for: $0) }
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
