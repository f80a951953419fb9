import DeliveryLoop

/// Brings the change on top of commits that somebody else pushed first; every gate has to see it again after that.
///
/// All that it needs is in its intent, so whatever part of it was cut off is done again from the same values.
struct RebaseStep: StepPerformer {
  let world: World

  func perform(_ journal: Journal) async throws -> Outcome {
    let rebase: Rebase
    if let earlier = journal.run.rebase {
      rebase = earlier
      if let failure = try strangers(earlier) { return .failed(failure) }
    } else {
      switch try await prepare(journal.run) {
      case .ready(let made): rebase = made
      case .failed(let failure): return .failed(failure)
      }
    }
    try journal.record(.intended(.rebase(rebase)))
    return try carryOut(rebase, journal.run)
  }

  func alreadyDone(_ run: Run) async throws -> Fact? {
    guard let rebase = run.rebase, try world.repository.head() == .branch(run.opening.branch, rebase.onto),
      case let gates = Gates(world: world, run: run), try gates.tree(on: rebase.onto) == rebase.tree,
      try gates.claimed(at: .rebase) == nil
    else { return nil }
    try world.repository.refreshIndex(of: nil)
    return .rebased(onto: rebase.onto, tree: rebase.tree)
  }

  private enum Prepared {
    case ready(Rebase)
    case failed(Failure)
  }

  private func prepare(_ run: Run) async throws -> Prepared {
    let opening = run.opening
    let place = "\"\(opening.remoteBranch)\" of \"\(opening.remote)\""
    let fetched: ObjectID?
    do {
      fetched = try await world.remote.fetch(branch: opening.remoteBranch, from: opening.remote)
    } catch {
      return .failed(try Failure(step: .rebase, error))
    }
    guard let onto = fetched else { return .failed(broken("\(place) is gone; look there, then resume")) }
    if let commit = run.commit?.id, try world.repository.isAncestor(commit, of: onto) {
      return .failed(broken("\(place) has the commit after all; resume to go on from there"))
    }
    guard case .branch(opening.branch, let tip) = try world.repository.head() else {
      return .failed(conflict("HEAD is no longer on \"\(opening.branch)\"; go back there, then resume"))
    }
    let files = try world.repository.snapshot(keeping: [], of: run.base)
    let kept = try keep(files, parent: tip, run)
    if tip == run.commit?.id { return try merge(run, tip, onto: onto, files: files, kept: kept) }
    guard try world.repository.isAncestor(onto, of: tip) else {
      return .failed(conflict("\"\(opening.branch)\" was moved to \(tip.short), which is not on top of \(place)"))
    }
    // A person has brought the change on top of the others' commits: it is taken as it stands in the working tree.
    let tree = try Gates(world: world, run: run).tree(on: onto)
    return .ready(Rebase(from: tip, onto: onto, tree: tree, files: files, kept: kept))
  }

  private func merge(_ run: Run, _ tip: ObjectID, onto: ObjectID, files: ObjectID, kept: ObjectID) throws -> Prepared {
    guard let validated = run.validatedTree else { return .failed(broken("there is no validated tree to rebase")) }
    if let failure = try Gates(world: world, run: run).unchanged(validated, at: .rebase) { return .failed(failure) }
    switch try world.repository.merge(base: run.base, ours: onto, theirs: validated) {
    case .conflicts(let paths):
      let remote = "\(run.opening.remote)/\(run.opening.remoteBranch)"
      return .failed(
        conflict(
          "\(remote) is at \(onto.short), which changed the same lines of \(list(paths)); run "
            + "\"git fetch \(run.opening.remote) && git rebase --autostash \(remote)\", resolve it, then resume"))
    case .clean(let tree):
      // The record's own lines meet as well where they can; where not, the remote's count and the task is claimed again.
      var whole = tree
      if case .clean(let merged) = try world.repository.merge(base: run.base, ours: onto, theirs: files) {
        whole = merged
      }
      return .ready(Rebase(from: tip, onto: onto, tree: tree, files: whole, kept: kept))
    }
  }

  private func carryOut(_ rebase: Rebase, _ run: Run) throws -> Outcome {
    // Files before the branch: cut off in between, the branch still says where the change came from.
    try world.repository.restore(tree: rebase.files)
    if case .movedBySomebodyElse(let other) = try world.repository.advance(
      branch: run.opening.branch, from: rebase.from, to: rebase.onto)
    {
      return .failed(conflict("\"\(run.opening.branch)\" was moved to \(other.short) by somebody else"))
    }
    try world.repository.refreshIndex(of: nil)
    try world.backlog.claim(run.opening.task, by: run.opening.owner, at: world.surroundings.now())
    let gates = Gates(world: world, run: run)
    if let failure = try gates.claimed(at: .rebase) { return .failed(failure) }
    let now = try gates.tree(on: rebase.onto)
    guard now == rebase.tree else {
      let paths = try world.repository.difference(from: rebase.tree, to: now).map(\.path)
      return .failed(broken("files changed during the rebase: \(list(paths)); look at them, then resume"))
    }
    return .done(.rebased(onto: rebase.onto, tree: rebase.tree))
  }

  /// Before files are written again: what somebody changed since the rebase was begun must not be lost.
  private func strangers(_ rebase: Rebase) throws -> Failure? {
    let now = try world.repository.snapshot(keeping: [], of: rebase.onto)
    let before = try world.repository.tree(of: rebase.kept)
    let changed = try world.repository.difference(from: rebase.files, to: now).map(\.path).filter { path in
      try world.repository.content(of: path, at: now) != world.repository.content(of: path, at: before)
    }
    guard !changed.isEmpty else { return nil }
    return broken(
      "\(list(changed)) changed while a rebase was cut off; what was there before is kept at \(rebase.kept.short). "
        + "Move the files away, then resume")
  }

  /// Keeps the working tree as it is under a reference of the run.
  private func keep(_ files: ObjectID, parent: ObjectID, _ run: Run) throws -> ObjectID {
    let commit = try world.repository.prepareCommit(
      tree: files, parent: parent, author: try world.repository.identity(), at: world.surroundings.now(),
      message: "Work on \(run.opening.task) before it was rebased\n\n\(CommitMessage.runTrailer): \(run.id)\n")
    try world.repository.store(commit)
    try world.repository.keep(commit.id, at: "refs/waybill/\(run.id)/before-rebase-\(run.rebases + 1)")
    return commit.id
  }

  private func conflict(_ message: String) -> Failure { Failure(step: .rebase, kind: .conflict, message: message) }
  private func broken(_ message: String) -> Failure { Failure(step: .rebase, kind: .broken, message: message) }
}
