import DeliveryLoop

/// Runs the format commands and notes the tree that they leave.
struct FormatStep: StepPerformer {
  let world: World

  func perform(_ journal: Journal) async throws -> Outcome {
    try journal.record(.intended(.format))
    let gates = Gates(world: world, run: journal.run)
    if let failure = try gates.hazard(at: .format) ?? gates.place(at: .format) { return .failed(failure) }
    let before = try gates.tree()
    if let failure = try await gates.run(world.configuration.format, step: .format) { return .failed(failure) }
    let tree = try gates.tree()
    guard try tree != world.repository.tree(of: journal.run.base) else {
      return .failed(red("nothing differs from \(journal.run.base.short): the change is empty"))
    }
    // Asked again before the commit; asked here too, since tests take long.
    if let failure = try await ChangeGate(world: world, run: journal.run, step: .format).inspect(tree) {
      return .failed(failure)
    }
    if let wait = try GateChange(world: world, run: journal.run).wait(for: tree) { return .paused(wait) }
    guard tree != before else { return .done(.formatted(tree: tree)) }
    // What a second run would change again was never formatted: the tree could not be told from its gates' tree.
    if let failure = try await gates.run(world.configuration.format, step: .format) { return .failed(failure) }
    let again = try gates.tree()
    guard again == tree else {
      let paths = try world.repository.difference(from: tree, to: again).map(\.path)
      return .failed(red("formatting twice gives two results: \(list(paths)); mend the format commands"))
    }
    return .done(.formatted(tree: tree))
  }

  private func red(_ message: String) -> Failure { Failure(step: .format, kind: .red, message: message) }
}
