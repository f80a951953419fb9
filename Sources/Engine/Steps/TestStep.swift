import DeliveryLoop

/// Runs the test commands on the formatted tree.
struct TestStep: StepPerformer {
  let world: World

  func perform(_ journal: Journal) async throws -> Outcome {
    try journal.record(.intended(.test))
    let gates = Gates(world: world, run: journal.run)
    let expected = journal.run.formattedTree
    if let failure = try gates.unchanged(expected, at: .test) { return .failed(failure) }
    if let failure = try await gates.run(world.configuration.test, step: .test) { return .failed(failure) }
    if let failure = try gates.unchanged(expected, at: .test) { return .failed(failure) }
    return .done(.tested(tree: try gates.tree()))
  }
}
