import DeliveryLoop

/// Commits exactly the validated tree and the closed record of the task.
struct CommitStep: StepPerformer {
  let world: World

  func perform(_ journal: Journal) async throws -> Outcome {
    let run = journal.run
    guard let validated = run.validatedTree else {
      return .failed(Failure(step: .commit, kind: .broken, message: "there is no validated tree to commit"))
    }
    let gates = Gates(world: world, run: run)
    if let failure = try gates.hazard(at: .commit) { return .failed(failure) }
    if run.commit == nil, let failure = try gates.place(at: .commit) ?? gates.claimed(at: .commit) {
      return .failed(failure)
    }
    if let failure = try gates.unchanged(validated, at: .commit) { return .failed(failure) }
    if let failure = try await ChangeGate(world: world, run: run).inspect(validated) { return .failed(failure) }
    let prepared: PreparedCommit
    if let earlier = run.commit {
      // The bytes are in the ledger: the same bytes give the same id, whichever part of this was cut off before.
      prepared = earlier
    } else {
      prepared = try prepare(validated, run)
      // The record and the message are not the implementer's: nobody is sent back to write them anew.
      if let failure = try await SecretGate(world: world, run: run, step: .commit).inspect(prepared) {
        return .failed(failure)
      }
      try keepDiff(of: prepared, run)
    }
    try journal.record(.intended(.commit(prepared)))
    try world.repository.store(prepared)
    switch try world.repository.advance(branch: run.opening.branch, from: run.base, to: prepared.id) {
    case .movedBySomebodyElse(let other):
      return .failed(
        Failure(
          step: .commit, kind: .conflict,
          message: "\"\(run.opening.branch)\" was moved to \(other.short) by somebody else; nothing was overwritten. "
            + "Move it back to \(run.base.short) and resume, or abandon this run"))
    case .done: break
    }
    try refreshIndex(of: prepared, run)
    return .done(.committed(prepared.id))
  }

  func alreadyDone(_ run: Run) async throws -> Fact? {
    guard let commit = run.commit, case .branch(run.opening.branch, let tip) = try world.repository.head(),
      try world.repository.contains(commit.id), try world.repository.isAncestor(commit.id, of: tip)
    else { return nil }
    try refreshIndex(of: commit, run)
    return .committed(commit.id)
  }

  private func refreshIndex(of commit: PreparedCommit, _ run: Run) throws {
    let base = try world.repository.tree(of: run.base)
    try world.repository.refreshIndex(of: try world.repository.difference(from: base, to: commit.tree).map(\.path))
  }

  private func prepare(_ validated: ObjectID, _ run: Run) throws -> PreparedCommit {
    let task = try world.backlog.show(run.opening.task)
    let now = world.surroundings.now()
    let reason =
      run.waived.isEmpty
      ? Template(world.configuration.closeReason).filled(with: TemplateValues.of(task: task, run: run.id))
      : "Implemented, not validated live: "
        + run.waived.map { "\($0.validation) \($0.wording)" }.joined(separator: "; ")
    let record = try world.backlog.closedRecord(
      of: task.id, reason: reason, at: now, over: try world.record(of: task.id, at: run.base))
    return try world.repository.prepareCommit(
      tree: try world.repository.tree(validated, replacing: record), parent: run.base,
      author: try world.repository.identity(), at: now,
      message: CommitMessage.compose(
        world.configuration.commitMessage, task: task, run: run.id, tree: validated, waived: run.waived))
  }

  private func keepDiff(of commit: PreparedCommit, _ run: Run) throws {
    let base = try world.repository.tree(of: run.base)
    let patch = try world.repository.patch(from: base, to: commit.tree)
    try world.keep(patch, as: .diff, named: "diff", at: .commit, of: run)
  }
}
