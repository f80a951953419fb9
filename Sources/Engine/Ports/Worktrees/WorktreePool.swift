package import DeliveryLoop

/// Working trees of our own, in which several tasks of one repository are delivered side by side.
///
/// The user's working tree, index and stash are never touched. A tree is kept for the next run after its run has ended:
/// putting it back to a commit takes a fraction of the time in which a new one is checked out.
package protocol WorktreePool: Sendable {
  /// Lends a tree that nobody holds and in which no unfinished run rests.
  ///
  /// Its files are those of the commit `base`, and so is the tip of its own branch, which is checked out. Files that the
  /// repository ignores are as the last run left them, so that a service's build cache survives; all others are gone.
  ///
  /// `isOccupied` answers for the root of a tree whether a run rests there. It is asked while the tree's lock is held: who
  /// looked before could miss a run that has begun and paused meanwhile.
  ///
  /// A fresh tree is one that has just been made: nothing of any run is in it, caches included.
  ///
  /// Throws `WorktreePoolError`, and passes on what `isOccupied` throws. Cut off at any point, it leaves nothing that the
  /// next call cannot use.
  func lend(
    base: ObjectID, fresh: Bool, isOccupied: (_ root: String) async throws -> Bool
  ) async throws -> Worktree

  /// Lends the tree at `root` just as it stands, to go on with the run that rests there.
  func lend(again root: String) async throws(WorktreePoolError) -> Worktree

  /// Removes a tree that is lent, with its branch, whatever is in it: a commit of its own is the lender's to keep.
  func discard(_ tree: Worktree) async throws(WorktreePoolError)

  /// Removes trees that were lent fresh and never discarded, since their lender was killed; not those that are held, worked in
  /// or occupied.
  func discardLeftovers(isOccupied: (_ root: String) async throws -> Bool) async throws
}

extension WorktreePool {
  /// Lends a tree with the caches of earlier runs in it, or a new one.
  package func lend(
    base: ObjectID, isOccupied: (_ root: String) async throws -> Bool
  ) async throws -> Worktree {
    try await lend(base: base, fresh: false, isOccupied: isOccupied)
  }
}

/// A working tree that was lent: kept from everybody else, in this process and others, for as long as this value lives.
package struct Worktree: Sendable {
  /// Absolute path of its root.
  package let root: String
  /// The short name of the branch that is checked out in it and nowhere else.
  package let branch: String
  private let hold: any Sendable

  /// `hold` is what keeps others away until it is gone.
  package init(root: String, branch: String, hold: any Sendable) {
    self.root = root
    self.branch = branch
    self.hold = hold
  }
}

/// Why no working tree was lent.
package enum WorktreePoolError: Error, Hashable, Sendable {
  /// Every tree is held by somebody or occupied by a run.
  case exhausted(limit: Int)
  /// The tree that was asked for again is held, with its holder's own words.
  case held(root: String, by: String)
  /// The tree that was asked for again is none of the pool's.
  case unknown(root: String)
  /// The tree that was asked for again was removed or damaged beyond repair; what a run keeps is on its refs.
  case lost(root: String)
  /// The branch that a tree needs for itself is checked out by somebody else.
  case branchInUse(branch: String, root: String)
  case programMissing(String)
  case timedOut(doing: String, after: Duration)
  case cancelled
  /// What was tried, and the words of who refused it.
  case failed(doing: String, message: String)
}
