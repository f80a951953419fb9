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
    return scope(of: changes)
  }

  private func scope(of changes: [FileChange]) -> Failure? {
    guard let scope = world.configuration.scope else { return nil }
    let globs = scope.paths.map { Glob($0) }
    let outside = changes.map(\.path).filter { path in !globs.isEmpty && !globs.contains { $0.matches(path) } }
    if !outside.isEmpty { return refusal("\(list(outside)) may not change under \"scope.paths\"") }
    if let most = scope.maxFiles, changes.count > most {
      return refusal("\(changes.count) files changed, and \"scope.max_files\" is \(most)")
    }
    let lines = changes.reduce(0) { $0 + $1.added + $1.removed }
    if let most = scope.maxLines, lines > most {
      return refusal("\(lines) lines changed, and \"scope.max_lines\" is \(most)")
    }
    return nil
  }

  private func refusal(_ message: String) -> Failure { Failure(step: step, kind: .scope, message: message) }
}
