/// A Merkle tree (RFC 6962, 2.1) that grows at its end, of which only the roots of its full subtrees are kept: 64 at the most.
package struct MerkleTree: Sendable {
  private let hasher: TreeHasher
  package private(set) var size = 0
  /// Of the full subtrees from left to right, as the ones in the size's binary digits have them.
  private var roots: [TreeHash] = []

  package init(_ hasher: TreeHasher) { self.hasher = hasher }

  package mutating func append(leaf: TreeHash) {
    var hash = leaf
    var full = size
    while full & 1 == 1 {
      hash = hasher.node(roots.removeLast(), hash)
      full >>= 1
    }
    roots.append(hash)
    size += 1
  }

  package var root: TreeHash {
    guard var root = roots.last else { return hasher.empty }
    for left in roots.dropLast().reversed() { root = hasher.node(left, root) }
    return root
  }
}

/// The proofs that RFC 6962, 2.1.1 and 2.1.2 define, over leaves that are at hand.
package struct MerkleProofs: Sendable {
  private let hasher: TreeHasher
  private let leaves: [TreeHash]

  package init(of leaves: [TreeHash], _ hasher: TreeHasher) {
    self.hasher = hasher
    self.leaves = leaves
  }

  /// Of the first `size` leaves; nil where there are not so many.
  package func root(of size: Int) -> TreeHash? {
    (0...leaves.count).contains(size) ? root(0..<size) : nil
  }

  /// That the leaf at `index`, from 0, is in the tree of the first `size`; nil where it is not.
  package func inclusion(of index: Int, in size: Int) -> [TreeHash]? {
    guard (0..<size).contains(index), size <= leaves.count else { return nil }
    return path(index, 0..<size)
  }

  /// That the tree of the first `old` leaves is the beginning of that of the first `new`; nil where it is not.
  package func consistency(from old: Int, to new: Int) -> [TreeHash]? {
    guard (0...new).contains(old), new <= leaves.count else { return nil }
    return old == 0 || old == new ? [] : subproof(old, 0..<new, isWhole: true)
  }

  private func root(_ range: Range<Int>) -> TreeHash {
    switch range.count {
    case 0: return hasher.empty
    case 1: return leaves[range.lowerBound]
    case let count:
      let middle = range.lowerBound + Self.split(count)
      return hasher.node(root(range.lowerBound..<middle), root(middle..<range.upperBound))
    }
  }

  private func path(_ index: Int, _ range: Range<Int>) -> [TreeHash] {
    if range.count == 1 { return [] }
    let middle = range.lowerBound + Self.split(range.count)
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    return index < middle ? path(index, left) + [root(right)] : path(index, right) + [root(left)]
  }

  private func subproof(_ old: Int, _ range: Range<Int>, isWhole: Bool) -> [TreeHash] {
    if old == range.upperBound { return isWhole ? [] : [root(range)] }
    let middle = range.lowerBound + Self.split(range.count)
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    return old <= middle
      ? subproof(old, left, isWhole: isWhole) + [root(right)] : subproof(old, right, isWhole: false) + [root(left)]
  }

  /// The largest power of two below a number of at least 2.
  private static func split(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }
}

/// Checks proofs without the tree (RFC 9162, 2.1.3.2 and 2.1.4.2, which are the algorithms for those of RFC 6962).
extension TreeHasher {
  /// Whether a leaf is at `index` of the tree of that size and root.
  package func includes(_ leaf: TreeHash, at index: Int, in size: Int, _ root: TreeHash, by proof: [TreeHash]) -> Bool {
    guard (0..<size).contains(index) else { return false }
    var (place, last) = (index, size - 1)
    var hash = leaf
    for step in proof {
      if last == 0 { return false }
      if place & 1 == 1 || place == last {
        hash = node(step, hash)
        while place & 1 == 0, place != 0 { (place, last) = (place >> 1, last >> 1) }
      } else {
        hash = node(hash, step)
      }
      (place, last) = (place >> 1, last >> 1)
    }
    return last == 0 && hash == root
  }

  /// Whether a tree is the beginning of another.
  package func extends(
    _ old: (size: Int, root: TreeHash), to new: (size: Int, root: TreeHash), by proof: [TreeHash]
  ) -> Bool {
    guard (0...new.size).contains(old.size) else { return false }
    if old.size == new.size { return proof.isEmpty && old.root == new.root }
    if old.size == 0 { return proof.isEmpty && old.root == empty }
    // A full tree is its own first step.
    var steps = old.size & (old.size - 1) == 0 ? [old.root] + proof : proof
    guard !steps.isEmpty else { return false }
    var (place, last) = (old.size - 1, new.size - 1)
    while place & 1 == 1 { (place, last) = (place >> 1, last >> 1) }
    var (first, second) = (steps[0], steps[0])
    steps.removeFirst()
    for step in steps {
      if last == 0 { return false }
      if place & 1 == 1 || place == last {
        (first, second) = (node(step, first), node(step, second))
        while place & 1 == 0, place != 0 { (place, last) = (place >> 1, last >> 1) }
      } else {
        second = node(second, step)
      }
      (place, last) = (place >> 1, last >> 1)
    }
    return last == 0 && first == old.root && second == new.root
  }
}
