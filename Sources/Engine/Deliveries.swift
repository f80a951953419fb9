package import DeliveryLoop

/// Begins, picks up and gives up runs.
package struct Deliveries {
  private let world: World

  package init(in world: World) { self.world = world }

  /// Begins a run, if a delivery of this task can start from here; nothing is written when it cannot.
  package func open(_ id: TaskID, adopting: Bool, policy: Digest) throws -> Journal {
    if let run = try world.ledger.runs(RunQuery(workspace: world.repository.root, unfinished: true, limit: 1)).first {
      throw Refusal.unfinishedRun(run)
    }
    let task = try world.backlog.show(id)
    let owner = try world.repository.identity().name
    if let obstacle = task.obstacle, !(task.state == .claimed && task.owner == owner) {
      throw Refusal.notReady(id, obstacle)
    }
    guard case .branch(let branch, let base) = try world.repository.head() else { throw Refusal.noBranch }
    let remote = world.configuration.push.remote
    guard try world.repository.url(ofRemote: remote) != nil else { throw Refusal.noRemote(remote) }
    let opening = Opening(
      task: id, title: task.title, workspace: world.repository.root, branch: branch, remote: remote,
      remoteBranch: world.configuration.push.branch ?? branch, base: base, policy: policy, owner: owner,
      adopts: adopting,
      hasService: world.configuration.service != nil, earlierAttempts: try world.ledger.attempts(on: id))
    if let failure = try ClaimStep(world: world).workingTree(opening) { throw Refusal.unfit(failure.message) }
    return try Journal(opening: opening, in: world)
  }

  /// Gives a run up: what was made is kept on a ref, the files are as they were at the base, the claim is released.
  ///
  /// Returns the ref; nil when nothing differed. A commit that was made already is left alone.
  package func abandon(_ journal: Journal, reason: String) throws -> String? {
    let run = journal.run
    guard !run.isCommitted else { throw Refusal.committed(run.id) }
    let kept = try keepWork(of: run)
    try world.backlog.release(run.opening.task, by: run.opening.owner, at: world.surroundings.now())
    try world.repository.restore(tree: try world.repository.tree(of: run.opening.base))
    try journal.record(.abandoned(reason: reason))
    return kept
  }

  private func keepWork(of run: Run) throws -> String? {
    let base = run.opening.base
    guard case .branch(run.opening.branch, base) = try world.repository.head() else {
      throw Refusal.moved(run.opening.branch, base)
    }
    let tree = try Gates(world: world, run: run).tree()
    guard try tree != world.repository.tree(of: base) else { return nil }
    if let failure = try ChangeGate(world: world, run: run).secret(in: tree) { throw Refusal.unfit(failure.message) }
    let commit = try world.repository.prepareCommit(
      tree: tree, parent: base, author: try world.repository.identity(), at: world.surroundings.now(),
      message: "Work on \(run.opening.task) that was abandoned\n\n\(CommitMessage.runTrailer): \(run.id)\n")
    try world.repository.store(commit)
    let ref = "refs/waybill/\(run.id)/work"
    try world.repository.keep(commit.id, at: ref)
    return ref
  }
}

/// Why a run is not begun or not given up; nothing was changed.
package enum Refusal: Error, Hashable, Sendable {
  case unfinishedRun(RunSummary)
  case notReady(TaskID, BacklogTask.Obstacle)
  case noBranch
  case noRemote(String)
  case unfit(String)
  case committed(RunID)
  case moved(String, ObjectID)
}
