package import DeliveryLoop
package import Engine
import Glibc

/// A pool of linked working trees (git-worktree(1)), made and put back by the `git` program: libgit2 takes twice as long, and
/// knows neither clean filters nor repair.
///
/// The trees are `worktrees/01` and so on in the program's own folder, each with the branch `waybill/01` and a lock file beside
/// it. Locking is handed in, as an adapter knows no other: the pool decides what is locked, and somebody else how.
package struct GitWorktreePool: WorktreePool {
  /// Takes the lock that a file stands for, without waiting.
  package typealias Lock = @Sendable (_ path: String) throws -> Locking

  /// What became of taking a lock.
  package enum Locking: Sendable {
    /// Held for as long as the value lives.
    case taken(any Sendable)
    case held(by: String)
  }

  private let repository: GitRepository
  private let program: GitProgram
  private let folder: String
  private let limit: Int
  private let lock: Lock

  /// `folder` is the program's own folder in the repository, which is there and which git ignores. `timeout` is for each
  /// call of git: a first checkout of 100,000 files takes half a minute on a slow disk.
  package init(
    _ repository: GitRepository, folder: String, commands: any Commands, environment: [String: String],
    timeout: Duration = .seconds(600), limit: Int = 99, lock: @escaping Lock
  ) {
    self.repository = repository
    self.folder = "\(GitPlace.absolute(folder) ?? folder)/worktrees"
    self.limit = min(max(limit, 1), 99)
    self.lock = lock
    program = GitProgram(repository, commands: commands, environment: environment, timeout: timeout)
  }

  package func lend(
    base: ObjectID, fresh: Bool, isOccupied: (_ root: String) async throws -> Bool
  ) async throws -> Worktree {
    guard (try? repository.contains(base)) == true else {
      throw WorktreePoolError.failed(doing: "make a working tree", message: "there is no commit \(base)")
    }
    if mkdir(folder, 0o700) != 0, errno != EEXIST {
      throw WorktreePoolError.failed(doing: "make \"\(folder)\"", message: String(cString: strerror(errno)))
    }
    // Those that are there come first: they are put back sooner than a new one is made.
    for slot in (fresh ? [] : slots.filter(\.isThere)) + slots.filter({ !$0.isThere }) {
      guard case .taken(let hold) = try lock(slot.lockPath), !fresh || !slot.isThere else { continue }
      if try await isOccupied(slot.root) || slot.isWorkedIn { continue }
      if fresh { try slot.markFresh() }
      try await prepare(slot, base)
      return Worktree(root: slot.root, branch: slot.branch, hold: hold)
    }
    throw WorktreePoolError.exhausted(limit: limit)
  }

  package func lend(again root: String) async throws(WorktreePoolError) -> Worktree {
    guard let slot = slots.first(where: { $0.root == root }) else {
      throw .unknown(root: root)
    }
    guard slot.isThere else { throw .lost(root: root) }
    let locking: Locking
    do {
      locking = try lock(slot.lockPath)
    } catch {
      throw .failed(doing: "lock \"\(slot.lockPath)\"", message: "\(error)")
    }
    switch locking {
    case .held(let holder): throw .held(root: root, by: holder)
    case .taken(let hold):
      guard try await repaired(slot) != nil else { throw .lost(root: root) }
      return Worktree(root: root, branch: slot.branch, hold: hold)
    }
  }

  package func discard(_ tree: Worktree) async throws(WorktreePoolError) {
    guard let slot = slots.first(where: { $0.root == tree.root }) else { throw .unknown(root: tree.root) }
    let doing = "remove the working tree \"\(slot.root)\""
    if slot.isThere { try await makeRemovable(slot) }
    let answer = try await git(["worktree", "remove", "--force", "--force", "--", slot.root], for: slot, doing)
    if !answer.succeeded {
      try await remove([slot.root])
      _ = try await git(["worktree", "prune"], for: slot, doing)
    }
    let branch = try await git(["update-ref", "-d", slot.ref], for: slot, doing)
    guard branch.succeeded, !slot.isThere else {
      throw .failed(doing: doing, message: branch.succeeded ? "it is still there" : branch.reason)
    }
    slot.unmark()
  }

  package func discardLeftovers(isOccupied: (_ root: String) async throws -> Bool) async throws {
    for slot in slots where slot.isFresh {
      guard case .taken(let hold) = try lock(slot.lockPath) else { continue }
      if try await isOccupied(slot.root) || slot.isWorkedIn { continue }
      try await discard(Worktree(root: slot.root, branch: slot.branch, hold: hold))
    }
  }

  private var slots: [Slot] { (1...limit).map { Slot($0, in: folder) } }

  /// Every act here is safe to repeat, and the tree is looked at when all are done: a crash in between leaves a tree that the
  /// next call puts back or replaces.
  private func prepare(_ slot: Slot, _ base: ObjectID) async throws(WorktreePoolError) {
    try await refuseOthersBranch(slot)
    if try await !putBack(slot, base) { try await replace(slot, base) }
    guard let administration = slot.administration else {
      throw .failed(doing: "make a working tree at \"\(slot.root)\"", message: "git made none")
    }
    try await takeBranch(slot, base, administration)
    guard let made = try? GitRepository(at: slot.root), made.root == slot.root,
      (try? made.head()) == .branch(slot.branch, base)
    else { throw .failed(doing: "make a working tree at \"\(slot.root)\"", message: "it is not at \(base)") }
  }

  /// False when there is nothing to put back, or git could not.
  private func putBack(_ slot: Slot, _ base: ObjectID) async throws(WorktreePoolError) -> Bool {
    guard let administration = try await repaired(slot) else { return false }
    slot.removeLeftovers(in: administration, common: common)
    let doing = "put \"\(slot.root)\" back"
    // Detached first: a reset would move the branch on which the last run committed.
    for arguments in [
      ["checkout", "--quiet", "--force", "--detach", "--no-recurse-submodules", base.text],
      // Twice: also a repository that was made in here is of a run that has ended. No -x: caches are ignored, and kept.
      ["clean", "--quiet", "-d", "--force", "--force"],
    ] {
      guard try await git(arguments, in: slot, administration, doing).succeeded else { return false }
    }
    try await remove(Slot.operations.map { "\(administration)/\($0)" })
    return true
  }

  /// git's folder for the tree; where a move of the repository has cut the two, git is asked to join them again.
  private func repaired(_ slot: Slot) async throws(WorktreePoolError) -> String? {
    if let administration = slot.administration { return administration }
    guard GitPlace.firstLine(of: "\(slot.root)/.git") != nil else { return nil }
    _ = try await git(["worktree", "repair", slot.root], for: slot, "repair \"\(slot.root)\"")
    return slot.administration
  }

  /// Makes the tree anew in place of whatever is there.
  private func replace(_ slot: Slot, _ base: ObjectID) async throws(WorktreePoolError) {
    if slot.isThere {
      try await makeRemovable(slot)
      try await remove([slot.root])
    }
    let doing = "make a working tree at \"\(slot.root)\""
    // Forced twice: what git remembers of a tree that is gone, or that was never finished, is not in the way.
    let answer = try await git(
      ["worktree", "add", "--force", "--force", "--detach", "--", slot.root, base.text], for: slot, doing)
    guard answer.succeeded else { throw .failed(doing: doing, message: answer.reason) }
  }

  /// The module caches of some tools are read-only.
  private func makeRemovable(_ slot: Slot) async throws(WorktreePoolError) {
    _ = try await run("make \"\(slot.root)\" removable") { program throws(GitProgram.Failure) in
      try await program.run(program: ["chmod", "-R", "u+rwX", "--", slot.root], in: folder)
    }
  }

  private func refuseOthersBranch(_ slot: Slot) async throws(WorktreePoolError) {
    let doing = "list working trees"
    let answer = try await git(["worktree", "list", "--porcelain", "-z"], for: slot, doing)
    guard answer.succeeded else { throw .failed(doing: doing, message: answer.reason) }
    var root = ""
    for line in answer.text.split(separator: "\0") {
      if line.hasPrefix("worktree ") { root = String(line.dropFirst(9)) }
      guard line == "branch \(slot.ref)", root != slot.root, access("\(root)/.git", F_OK) == 0 else { continue }
      throw .branchInUse(branch: slot.branch, root: root)
    }
  }

  /// Points the tree's branch at the base by compare-and-set, and checks it out; a commit that nothing else holds is kept.
  private func takeBranch(_ slot: Slot, _ base: ObjectID, _ administration: String) async throws(WorktreePoolError) {
    let doing = "set the branch \"\(slot.branch)\" to \(base)"
    do {
      let old = try repository.commit(at: slot.ref)
      if let old, try !repository.isAncestor(old, of: base) { try repository.keep(old, at: "refs/waybill/lent/\(old)") }
      let before = old?.text ?? String(repeating: "0", count: 40)
      for arguments in [
        ["update-ref", "--create-reflog", "-m", "waybill: lend", slot.ref, base.text, before],
        ["symbolic-ref", "-m", "waybill: lend", "HEAD", slot.ref],
      ] {
        let answer = try await git(arguments, in: slot, administration, doing)
        guard answer.succeeded else { throw WorktreePoolError.failed(doing: doing, message: answer.reason) }
      }
    } catch let error as WorktreePoolError {
      throw error
    } catch {
      throw .failed(doing: doing, message: "\(error)")
    }
  }

  private func remove(_ paths: [String]) async throws(WorktreePoolError) {
    let doing = "remove \"\(paths[0])\""
    let answer = try await run(doing) { program throws(GitProgram.Failure) in
      try await program.run(program: ["rm", "-rf", "--"] + paths, in: folder)
    }
    guard answer.succeeded else { throw .failed(doing: doing, message: answer.reason) }
  }

  /// The folder that all working trees of the repository share: not every repository has it in its home.
  private var common: String {
    access("\(repository.home)/.git", F_OK) == 0 ? "\(repository.home)/.git" : repository.home
  }

  /// Neither the hooks nor the monitor of the user's are for trees of ours; what was written outlives a loss of power.
  private static let settings = ["core.hooksPath=/dev/null", "core.fsmonitor=false", "core.fsync=all"]

  /// In one tree: git is told where it is, and looks for nothing.
  private func git(
    _ arguments: [String], in slot: Slot, _ administration: String, _ doing: String
  ) async throws(WorktreePoolError) -> GitProgram.Answer {
    try await run(doing) { program throws(GitProgram.Failure) in
      try await program.run(
        ["--git-dir=\(administration)", "--work-tree=\(slot.root)"] + arguments, with: Self.settings, in: slot.root)
    }
  }

  /// In the repository as a whole, on behalf of a tree whose lock is held.
  ///
  /// git reads what it keeps of all trees, and stops at one that somebody is just making, or that was cut off while it was
  /// made: the one is waited for, the other removed.
  private func git(
    _ arguments: [String], for slot: Slot, _ doing: String
  ) async throws(WorktreePoolError) -> GitProgram.Answer {
    var tries = 0
    while true {
      let answer = try await run(doing) { program throws(GitProgram.Failure) in
        try await program.run(["--git-dir=\(common)"] + arguments, with: Self.settings, in: folder)
      }
      tries += 1
      if answer.succeeded || tries == 50 || !answer.text.contains("failed to read") { return answer }
      try await removeHalfMade(holding: slot)
      guard (try? await Task.sleep(for: .milliseconds(100))) != nil else { throw .cancelled }
    }
  }

  private func removeHalfMade(holding own: Slot) async throws(WorktreePoolError) {
    for name in Directory.names("\(common)/worktrees") {
      let entry = "\(common)/worktrees/\(name)"
      guard GitPlace.firstLine(of: "\(entry)/commondir") == nil,
        let slot = slots.first(where: { GitPlace.firstLine(of: "\(entry)/gitdir") == "\($0.root)/.git" })
      else { continue }
      if slot.name == own.name {
        try await remove([entry])
      } else if case .taken(let hold)? = try? lock(slot.lockPath), !slot.isWorkedIn {
        try await remove([entry])
        withExtendedLifetime(hold) {}
      }
    }
  }

  private func run(
    _ doing: String, _ body: (GitProgram) async throws(GitProgram.Failure) -> GitProgram.Answer
  ) async throws(WorktreePoolError) -> GitProgram.Answer {
    do {
      return try await body(program)
    } catch {
      switch error {
      case .missing(let name): throw .programMissing(name)
      case .timedOut(let limit): throw .timedOut(doing: doing, after: limit)
      case .cancelled: throw .cancelled
      case .signaled(let number): throw .failed(doing: doing, message: "git was ended by signal \(number)")
      }
    }
  }
}
