package import DeliveryLoop

/// Begins replays, and puts away those that were cut off.
package struct Replays {
  private let world: World

  package init(in world: World) { self.world = world }

  /// Which code to ask; throws `RecordProblem` where it is not there any more.
  ///
  /// - Parameter commit: nil for the code that was validated.
  package static func code(
    of round: Round, in original: Run, at commit: ObjectID?, _ repository: any Repository, _ backlog: any Backlog
  ) throws -> ObjectID {
    if let commit { return try repository.tree(of: commit) }
    if (try? repository.paths(in: round.tree)) != nil { return round.tree }
    // No ref holds a tree that was delivered, but for the backlog's record in it.
    if original.isCommitted, let delivered = original.commit?.tree {
      let record = try backlog.recordPaths(of: original.opening.task).map {
        FileContent(path: $0, bytes: try repository.content(of: $0, at: round.base))
      }
      if let tree = try? repository.tree(delivered, replacing: record), tree == round.tree { return tree }
    }
    throw RecordProblem.codeIsGone(original.id, round.tree)
  }

  /// Begins a replay in a working tree that is at the round's base, or at the commit that is asked; its files become those of
  /// the code. The opening is in the ledger when this returns.
  package func open(_ replay: Replay, of original: Run, base: ObjectID) throws -> Journal {
    guard case .branch(let branch, _) = try world.repository.head() else { throw Refusal.noBranch }
    try world.repository.restore(tree: replay.tree)
    let (opening, task) = (original.opening, original.opening.task)
    let own = Opening(
      task: task, title: opening.title, workspace: world.repository.root, branch: branch, remote: opening.remote,
      remoteBranch: opening.remoteBranch, base: base, policy: try world.policyDigest(at: base),
      owner: try world.repository.identity().name, adopts: false, hasService: world.configuration.service != nil,
      earlierAttempts: try world.ledger.attempts(on: task), replay: replay)
    if let clash = OpeningClash.find(in: own, of: world.vault.set) { throw Refusal.clash(clash) }
    return try Journal(opening: own, in: world)
  }

  /// Ends a replay that is not gone on with: nothing of it is at work after this.
  package func abandon(_ journal: Journal, reason: String) async throws {
    try await world.clear(journal.run)
    try journal.record(.abandoned(reason: reason))
    try await AtRest(world: world).sweep(journal)
  }
}
