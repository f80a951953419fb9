import DeliveryLoop

/// Takes the task up, once it is sure that a delivery can start from here.
struct ClaimStep: StepPerformer {
  let world: World

  func perform(_ journal: Journal) async throws -> Outcome {
    let opening = journal.run.opening
    if let failure = try workingTree(opening) { return .failed(failure) }
    if let failure = try await remote(opening) { return .failed(failure) }
    if let failure = try task(opening) { return .failed(failure) }
    try journal.record(.intended(.claim))
    try world.backlog.claim(opening.task, by: opening.owner, at: world.surroundings.now())
    let task = try world.backlog.show(opening.task)
    guard task.state == .claimed, task.owner == opening.owner else {
      return .failed(
        conflict("the backlog shows \"\(task.id)\" as \(task.status) after the claim; look at it, then resume"))
    }
    return .done(.claimed(status: task.status))
  }

  func alreadyDone(_ run: Run) async throws -> Fact? {
    let task = try world.backlog.show(run.opening.task)
    return task.state == .claimed && task.owner == run.opening.owner ? .claimed(status: task.status) : nil
  }

  /// nil when a run can start from what is there.
  func workingTree(_ opening: Opening) throws -> Failure? {
    if let hazard = try world.repository.hazards().first { return broken(hazard.wording) }
    guard try world.repository.head() == .branch(opening.branch, opening.base) else {
      return conflict(
        "HEAD is no longer at \(opening.base.short) on \"\(opening.branch)\"; abandon this run and start anew")
    }
    if opening.adopts { return nil }
    let own = Set(try world.backlog.recordPaths(of: opening.task))
    let changes = try world.repository.changes().filter { !own.contains($0.path) }
    guard !changes.isEmpty else { return nil }
    return broken(
      "the working tree is not clean: \(list(changes.map(\.path))); commit or stash it, "
        + "or run with --adopt if it is this task's implementation")
  }

  /// What is pushed later is one commit and no more, so the remote has to be where this run starts.
  private func remote(_ opening: Opening) async throws -> Failure? {
    let tip: ObjectID?
    do {
      tip = try await world.remote.tip(of: opening.remoteBranch, on: opening.remote)
    } catch {
      return try Failure(step: .claim, error)
    }
    guard let tip, tip != opening.base else { return nil }
    let place = "\"\(opening.remoteBranch)\" of \"\(opening.remote)\""
    if try world.repository.isAncestor(tip, of: opening.base) {
      return conflict("\"\(opening.branch)\" has commits that \(place) lacks; push them first, then resume")
    }
    return conflict(
      "\(place) is at \(tip.short), which is not in \"\(opening.branch)\"; pull first, then abandon this run and start anew"
    )
  }

  private func task(_ opening: Opening) throws -> Failure? {
    let task = try world.backlog.show(opening.task)
    if task.state == .claimed, task.owner == opening.owner { return nil }
    guard let obstacle = task.obstacle else { return nil }
    return conflict("\"\(task.id)\" cannot be taken up: \(obstacle.wording)")
  }

  private func conflict(_ message: String) -> Failure { Failure(step: .claim, kind: .conflict, message: message) }
  private func broken(_ message: String) -> Failure { Failure(step: .claim, kind: .broken, message: message) }
}
