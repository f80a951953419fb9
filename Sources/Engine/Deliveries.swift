package import DeliveryLoop

/// Begins, picks up and gives up runs.
package struct Deliveries {
  private let world: World

  package init(in world: World) { self.world = world }

  /// Begins a run, if a delivery of this task can start from here; nothing is written when it cannot.
  ///
  /// `target` is the branch of the remote where the configuration names none; nil for the one that is checked out.
  package func open(_ id: TaskID, adopting: Bool, policy: Digest, target: String? = nil) throws -> Journal {
    let root = world.repository.root
    if let run = try world.ledger.runs(RunQuery(workspace: root, unfinished: true, replays: .none, limit: 1)).first {
      throw Refusal.unfinishedRun(run)
    }
    if let run = try world.ledger.runs(RunQuery(task: id, unfinished: true, replays: .none, limit: 1)).first {
      throw Refusal.unfinishedElsewhere(run)
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
      task: id, title: task.title, workspace: root, branch: branch, remote: remote,
      remoteBranch: world.configuration.push.branch ?? target ?? branch, base: base, policy: policy, owner: owner,
      adopts: adopting,
      hasService: world.configuration.service != nil, earlierAttempts: try world.ledger.attempts(on: id),
      isAnchored: !world.configuration.anchorKeys.isEmpty)
    if let clash = OpeningClash.find(in: opening, of: world.vault.set) { throw Refusal.clash(clash) }
    if let failure = try ClaimStep(world: world).workingTree(opening) { throw Refusal.unfit(failure.message) }
    return try Journal(opening: opening, in: world)
  }

  /// Gives a run up: what was made is kept on a ref, branch and files are as they were at the base, the claim is released.
  ///
  /// Returns the ref; nil when nothing differed. Cut off anywhere, it can be asked for again.
  package func abandon(_ journal: Journal, reason: String) async throws -> String? {
    let run = journal.run
    try await world.clear(run)
    try Runner.settle(journal, world)
    try await refusePushed(run)
    let kept = try await keepWork(of: run)
    try world.repository.restore(tree: try base(of: run))
    if let commit = run.commit {
      let moved = try world.repository.advance(branch: run.opening.branch, from: commit.id, to: run.base)
      if case .movedBySomebodyElse = moved { throw Refusal.moved(run.opening.branch, run.base) }
    }
    try world.repository.refreshIndex(of: nil)
    try release(run)
    try journal.record(.abandoned(reason: reason))
    try await AtRest(world: world).sweep(journal)
    return kept
  }

  /// A claim that is no longer ours is left alone.
  private func release(_ run: Run) throws {
    let (task, owner) = (run.opening.task, run.opening.owner)
    let shown = try world.backlog.show(task)
    guard shown.state == .claimed, shown.owner == owner else { return }
    try world.backlog.release(
      task, by: owner, at: world.surroundings.now(), over: try world.record(of: task, at: run.base))
  }

  /// What others may have built upon is not taken back.
  private func refusePushed(_ run: Run) async throws {
    guard run.isCommitted, run.pushLease != nil, let commit = run.commit else { return }
    let tip = try await world.remote.fetch(branch: run.opening.remoteBranch, from: run.opening.remote)
    if let tip, try world.repository.isAncestor(commit.id, of: tip) { throw Refusal.pushed(run.id) }
  }

  /// The files of the base, with the backlog's record as it is now: whoever else wrote there is not undone.
  private func base(of run: Run) throws -> ObjectID {
    let tree = try world.repository.tree(of: run.base)
    let now = try world.repository.snapshot(keeping: [], of: run.base)
    return try world.repository.tree(tree, replacing: try world.record(of: run.opening.task, at: now))
  }

  private func keepWork(of run: Run) async throws -> String? {
    let ref = "refs/waybill/\(run.id)/work"
    guard case .branch(run.opening.branch, let tip) = try world.repository.head(),
      tip == run.base || tip == run.commit?.id
    else { throw Refusal.moved(run.opening.branch, run.base) }
    let tree = try Gates(world: world, run: run).tree()
    guard try tree != world.repository.tree(of: run.base) else {
      return try world.repository.commit(at: ref) == nil ? nil : ref
    }
    // What a rule takes for a secret, or cannot be looked at, may be given up: it stays in this repository.
    if let failure = try await SecretGate(world: world, run: run, step: .commit).declared(in: tree) {
      throw Refusal.unfit(failure.message)
    }
    let commit = try world.repository.prepareCommit(
      tree: tree, parent: run.base, author: try world.repository.identity(), at: world.surroundings.now(),
      message: "Work on \(run.opening.task) that was abandoned\n\n\(CommitMessage.runTrailer): \(run.id)\n")
    try world.repository.store(commit)
    try world.repository.keep(commit.id, at: ref)
    return ref
  }
}

/// Why a run is not begun or not given up; nothing was changed.
package enum Refusal: Error, Hashable, Sendable {
  case unfinishedRun(RunSummary)
  /// The task is being delivered, or waits, in another working tree.
  case unfinishedElsewhere(RunSummary)
  case notReady(TaskID, BacklogTask.Obstacle)
  case noBranch
  case noRemote(String)
  case unfit(String)
  /// The run could be kept with masks only, and would then not be found again.
  case clash(OpeningClash)
  /// The remote has its commit.
  case pushed(RunID)
  case moved(String, ObjectID)
}
