import DeliveryLoop
import Engine

/// Where a run takes place: a working tree that is kept from everybody else for as long as this lives.
struct Seat: Sendable {
  let wiring: Wiring
  /// The remote's branch where the configuration names none; nil for the branch that is checked out.
  let target: String?
  private let hold: any Sendable
  /// nil for the user's own.
  private let tree: Worktree?

  private init(wiring: Wiring, target: String?, hold: any Sendable) {
    (self.wiring, self.target, self.hold, tree) = (wiring, target, hold, nil)
  }

  private init(_ tree: Worktree, in wiring: Wiring, target: String? = nil) throws {
    (self.wiring, self.target, hold, self.tree) = (try wiring.at(tree.root), target, tree, tree)
  }

  /// The user's working tree, or one of our own at the newest commit of the remote.
  static func make(for task: TaskID, _ configuration: Configuration, _ wiring: Wiring) async throws -> Seat {
    let purpose = "delivering \(task)"
    guard configuration.workspace == .worktree else {
      return Seat(wiring: wiring, target: nil, hold: try wiring.lock(as: purpose))
    }
    guard case .branch(let branch, let commit) = try wiring.repository.head() else { throw Refusal.noBranch }
    let (remote, target) = (configuration.push.remote, configuration.push.branch ?? branch)
    guard try wiring.repository.url(ofRemote: remote) != nil else { throw Refusal.noRemote(remote) }
    // One at a time: a fetch looks at every working tree, and cannot make sense of one that is just being made.
    _ = try wiring.pool(as: purpose)
    let turn = try await wiring.turns(Silence())("seat")
    defer { withExtendedLifetime(turn) {} }
    let base = try await wiring.remote.fetch(branch: target, from: remote) ?? commit
    let archive = wiring.archive
    let tree = try await wiring.pool(as: purpose).lend(base: base) { root in
      try archive.isOccupied(root)
    }
    return try Seat(tree, in: wiring, target: target)
  }

  /// The working tree in which a run rests.
  static func again(for run: RunSummary, as purpose: String, _ wiring: Wiring) async throws -> Seat {
    if run.workspace == wiring.repository.root {
      return Seat(wiring: wiring, target: nil, hold: try wiring.lock(as: purpose))
    }
    guard wiring.archive.isOurs(run.workspace) else { throw Mistake.elsewhere(run.run, run.workspace) }
    let tree = try await wiring.pool(as: purpose).lend(again: run.workspace)
    return try Seat(tree, in: wiring)
  }

  /// A new working tree at a commit, in which nothing of any run is.
  static func fresh(at commit: ObjectID, as purpose: String, _ wiring: Wiring) async throws -> Seat {
    _ = try wiring.pool(as: purpose)
    let turn = try await wiring.turns(Silence())("seat")
    defer { withExtendedLifetime(turn) {} }
    let archive = wiring.archive
    let tree = try await wiring.pool(as: purpose).lend(base: commit, fresh: true) { try archive.isOccupied($0) }
    return try Seat(tree, in: wiring)
  }

  /// Removes a working tree of our own, also when the program is being stopped.
  func discard() async throws {
    guard let tree else { return }
    let pool = try wiring.pool(as: "removing a working tree")
    try await Task { try await pool.discard(tree) }.value
  }
}
