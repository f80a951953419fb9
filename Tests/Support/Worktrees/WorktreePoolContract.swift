package import DeliveryLoop
package import Engine
import Synchronization
import Testing

/// What every pool of working trees has to do, one clause a case; run on the twin in memory and on the adapter.
package enum WorktreePoolContract: String, CaseIterable, Sendable {
  case `lends two lenders two trees with a branch each`
  case `lends a tree again when its lender has let go of it`
  case `passes over a tree in which a run rests`
  case `asks about a tree while it holds it`
  case `passes on what the question throws and keeps no tree`
  case `says when all trees are lent`
  case `lends a tree in which a run rests again for that run`
  case `refuses to lend a tree again while somebody has it`
  case `refuses a tree that is not its own`
  case `makes a new tree where a fresh one is asked for`
  case `forgets a tree that is discarded`
  case `removes fresh trees whose lender is gone, and no others`

  /// `pool` has room for two trees; `base` is a commit that it knows.
  package func check(_ pool: some WorktreePool, base: ObjectID) async throws {
    switch self {
    case .`lends two lenders two trees with a branch each`: try await Self.two(pool, base)
    case .`lends a tree again when its lender has let go of it`: try await Self.letGo(pool, base)
    case .`passes over a tree in which a run rests`: try await Self.rests(pool, base)
    case .`asks about a tree while it holds it`: try await Self.asks(pool, base)
    case .`passes on what the question throws and keeps no tree`: try await Self.passesOn(pool, base)
    case .`says when all trees are lent`: try await Self.exhausted(pool, base)
    case .`lends a tree in which a run rests again for that run`: try await Self.again(pool, base)
    case .`refuses to lend a tree again while somebody has it`: try await Self.held(pool, base)
    case .`refuses a tree that is not its own`: try await Self.unknown(pool)
    case .`makes a new tree where a fresh one is asked for`: try await Self.fresh(pool, base)
    case .`forgets a tree that is discarded`: try await Self.discards(pool, base)
    case .`removes fresh trees whose lender is gone, and no others`: try await Self.leftovers(pool, base)
    }
  }

  private static func two(_ pool: some WorktreePool, _ base: ObjectID) async throws {
    let one = try await pool.lend(base: base) { _ in false }
    let other = try await pool.lend(base: base) { _ in false }
    #expect(one.root != other.root && one.branch != other.branch)
    withExtendedLifetime(one) {}
  }

  private static func letGo(_ pool: some WorktreePool, _ base: ObjectID) async throws {
    func root() async throws -> String { try await pool.lend(base: base) { _ in false }.root }
    let first = try await root()
    #expect(try await root() == first)
  }

  private static func rests(_ pool: some WorktreePool, _ base: ObjectID) async throws {
    let resting = try await pool.lend(base: base) { _ in false }.root
    #expect(try await pool.lend(base: base) { $0 == resting }.root != resting)
  }

  private static func asks(_ pool: some WorktreePool, _ base: ObjectID) async throws {
    let root = try await pool.lend(base: base) { _ in false }.root
    var held: [String] = []
    _ = try await pool.lend(base: base) { root in
      if case .held? = await Self.refusal(pool, root) { held.append(root) }
      return false
    }
    #expect(held == [root])
  }

  private static func refusal(_ pool: some WorktreePool, _ root: String) async -> WorktreePoolError? {
    do {
      _ = try await pool.lend(again: root)
      return nil
    } catch {
      return error
    }
  }

  private struct Unreadable: Error {}

  private static func passesOn(_ pool: some WorktreePool, _ base: ObjectID) async throws {
    await #expect(throws: Unreadable.self) { try await pool.lend(base: base) { _ in throw Unreadable() } }
    let trees = (
      try await pool.lend(base: base) { _ in false }, try await pool.lend(base: base) { _ in false }
    )
    #expect(trees.0.root != trees.1.root)
  }

  private static func exhausted(_ pool: some WorktreePool, _ base: ObjectID) async throws {
    let trees = (
      try await pool.lend(base: base) { _ in false }, try await pool.lend(base: base) { _ in false }
    )
    await #expect(throws: WorktreePoolError.exhausted(limit: 2)) { try await pool.lend(base: base) { _ in false } }
    withExtendedLifetime(trees) {}
  }

  private static func again(_ pool: some WorktreePool, _ base: ObjectID) async throws {
    func names() async throws -> (root: String, branch: String) {
      let tree = try await pool.lend(base: base) { _ in false }
      return (tree.root, tree.branch)
    }
    let (root, branch) = try await names()
    let resumed = try await pool.lend(again: root)
    #expect(resumed.root == root && resumed.branch == branch)
    #expect(try await pool.lend(base: base) { _ in false }.root != root)
    withExtendedLifetime(resumed) {}
  }

  private static func held(_ pool: some WorktreePool, _ base: ObjectID) async throws {
    let tree = try await pool.lend(base: base) { _ in false }
    guard case .held(tree.root, _)? = await refusal(pool, tree.root) else {
      Issue.record("\(tree.root) was lent twice")
      return
    }
    withExtendedLifetime(tree) {}
  }

  private static func unknown(_ pool: some WorktreePool) async throws {
    await #expect(throws: WorktreePoolError.unknown(root: "/elsewhere")) { try await pool.lend(again: "/elsewhere") }
  }

  private static func fresh(_ pool: some WorktreePool, _ base: ObjectID) async throws {
    let used = try await pool.lend(base: base) { _ in false }.root
    #expect(try await pool.lend(base: base, fresh: true) { _ in false }.root != used)
  }

  private static func leftovers(_ pool: some WorktreePool, _ base: ObjectID) async throws {
    let kept = try await pool.lend(base: base) { _ in false }.root
    let root = try await pool.lend(base: base, fresh: true) { _ in false }.root
    try await pool.discardLeftovers { $0 == root }
    #expect(try await pool.lend(again: root).root == root, "it is occupied")
    do {
      let held = try await pool.lend(again: root)
      try await pool.discardLeftovers { _ in false }
      try await pool.discard(held)
    }
    let left = try await pool.lend(base: base, fresh: true) { _ in false }.root
    try await pool.discardLeftovers { _ in false }
    await #expect(throws: WorktreePoolError.self) { try await pool.lend(again: left) }
    #expect(try await pool.lend(again: kept).root == kept)
  }

  private static func discards(_ pool: some WorktreePool, _ base: ObjectID) async throws {
    let tree = try await pool.lend(base: base) { _ in false }
    try await pool.discard(tree)
    await #expect(throws: WorktreePoolError.self) { try await pool.lend(again: tree.root) }
    await #expect(throws: WorktreePoolError.self) {
      try await pool.discard(Worktree(root: "/elsewhere", branch: "b", hold: 0))
    }
  }
}
