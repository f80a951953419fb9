import DeliveryLoop

/// Looks at a change before it is committed: no secret in it, no certificate check off, and no more than it may touch.
struct ChangeGate {
  let world: World
  let run: Run
  /// The step that asks.
  var step: Step = .commit

  /// nil when the change may be committed.
  func inspect(_ tree: ObjectID) async throws -> Failure? {
    if let failure = try await SecretGate(world: world, run: run, step: step).inspect(tree) { return failure }
    let changes = try world.repository.difference(from: try world.repository.tree(of: run.base), to: tree)
    if let failure = try CertificateGate(world: world, run: run, step: step).inspect(changes, in: tree) {
      return failure
    }
    return try ScopeGate(world: world, run: run, step: step).inspect(changes, in: tree)
  }
}
