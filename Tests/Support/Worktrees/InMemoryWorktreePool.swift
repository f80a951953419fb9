package import DeliveryLoop
package import Engine
import Synchronization

/// A pool whose trees are names: for tests of what is done with trees, and not in them.
package final class InMemoryWorktreePool: WorktreePool {
  private let limit: Int
  private let held = Held()

  /// Which trees are lent, and which have ever been.
  private final class Held: Sendable {
    let roots = Mutex<Set<String>>([])
    let known = Mutex<Set<String>>([])
    let fresh = Mutex<Set<String>>([])
  }

  /// Keeps one tree until it is gone.
  private final class Hold: Sendable {
    private let root: String
    private let held: Held

    init?(_ root: String, in held: Held) {
      guard held.roots.withLock({ $0.insert(root).inserted }) else { return nil }
      (self.root, self.held) = (root, held)
      held.known.withLock { _ = $0.insert(root) }
    }

    deinit { held.roots.withLock { _ = $0.remove(root) } }
  }

  package init(limit: Int = 99) { self.limit = limit }

  package func lend(
    base: ObjectID, fresh: Bool, isOccupied: (_ root: String) async throws -> Bool
  ) async throws -> Worktree {
    for number in 1...limit {
      let root = "/pool/\(number)"
      if fresh, held.known.withLock({ $0.contains(root) }) { continue }
      guard let hold = Hold(root, in: held) else { continue }
      if try await isOccupied(root) { continue }
      if fresh { held.fresh.withLock { _ = $0.insert(root) } }
      return Worktree(root: root, branch: "waybill/\(number)", hold: hold)
    }
    throw WorktreePoolError.exhausted(limit: limit)
  }

  package func lend(again root: String) async throws(WorktreePoolError) -> Worktree {
    guard held.known.withLock({ $0.contains(root) }), let number = root.split(separator: "/").last else {
      throw .unknown(root: root)
    }
    guard let hold = Hold(root, in: held) else { throw .held(root: root, by: "somebody") }
    return Worktree(root: root, branch: "waybill/\(number)", hold: hold)
  }

  package func discardLeftovers(isOccupied: (_ root: String) async throws -> Bool) async throws {
    for root in held.fresh.withLock({ $0 }).sorted() {
      guard let hold = Hold(root, in: held) else { continue }
      if try await isOccupied(root) { continue }
      try await discard(Worktree(root: root, branch: "", hold: hold))
    }
  }

  package func discard(_ tree: Worktree) async throws(WorktreePoolError) {
    guard held.known.withLock({ $0.remove(tree.root) }) != nil else { throw .unknown(root: tree.root) }
    held.fresh.withLock { _ = $0.remove(tree.root) }
  }
}
