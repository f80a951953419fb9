/// Finds the first commit of a range at which a verdict turns, in as few questions as the shape of the history allows.
///
/// As with git-bisect(1), the commit that halves what is left is asked next, and a verdict is taken to turn once on each way
/// from the start to the end.
package struct Bisection: Sendable {
  /// A commit, and where it stands in the range.
  package struct Commit: Hashable, Sendable {
    package let id: ObjectID
    package let parents: [ObjectID]

    package init(id: ObjectID, parents: [ObjectID]) {
      self.id = id
      self.parents = parents
    }
  }

  package enum Answer: Hashable, Sendable {
    /// As at the start of the range.
    case old
    /// As at its end.
    case new
    /// It could not be asked.
    case unknown
  }

  package enum Result: Hashable, Sendable {
    case first(ObjectID)
    /// One of these; those that could have told could not be asked.
    case among([ObjectID])
  }

  private let commits: [Commit]
  /// By the index of a commit: those from which it descends, and itself.
  private let lineage: [BitSet]
  private var candidates: BitSet
  private var asked: BitSet

  /// - Parameter commits: all that are reachable from the end and not from the start, parents before their children; the last
  ///   is the end.
  package init(_ commits: [Commit]) {
    self.commits = commits
    var places: [ObjectID: Int] = [:]
    var lineage: [BitSet] = []
    for (place, commit) in commits.enumerated() {
      var own = BitSet(size: commits.count)
      own.insert(place)
      for parent in commit.parents.compactMap({ places[$0] }) { own.formUnion(lineage[parent]) }
      places[commit.id] = place
      lineage.append(own)
    }
    self.lineage = lineage
    candidates = lineage.last ?? BitSet(size: 0)
    asked = BitSet(size: commits.count)
    if !commits.isEmpty { asked.insert(commits.count - 1) }
  }

  /// The commit to ask next; nil when nothing can be found out any more.
  package var next: ObjectID? {
    let total = candidates.count
    let open = candidates.subtracting(asked).members
    let best = open.max { halving($0, of: total) < halving($1, of: total) }
    return best.map { commits[$0].id }
  }

  /// How many questions are still to come, about.
  package var remaining: Int {
    var (left, steps) = (candidates.count, 0)
    while left > 1 { (left, steps) = ((left + 1) / 2, steps + 1) }
    return steps
  }

  /// nil while there is something to ask.
  package var result: Result? {
    let left = candidates.members
    if left.count == 1 { return .first(commits[left[0]].id) }
    return next == nil ? .among(left.map { commits[$0].id }) : nil
  }

  package mutating func record(_ answer: Answer, of commit: ObjectID) {
    guard let place = commits.firstIndex(where: { $0.id == commit }) else { return }
    asked.insert(place)
    switch answer {
    case .old: candidates = candidates.subtracting(lineage[place])
    case .new: candidates.formIntersection(lineage[place])
    case .unknown: break
    }
  }

  /// How many are ruled out whatever the answer is.
  private func halving(_ place: Int, of total: Int) -> Int {
    var older = lineage[place]
    older.formIntersection(candidates)
    return min(older.count, total - older.count)
  }
}

/// Small numbers, a bit each: the lineages of 10,000 commits take 12 MB.
private struct BitSet: Hashable, Sendable {
  private var words: [UInt64]

  init(size: Int) { words = Array(repeating: 0, count: (size + 63) / 64) }

  var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  var members: [Int] {
    words.indices.flatMap { word in
      (0..<64).compactMap { words[word] >> UInt64($0) & 1 == 1 ? word * 64 + $0 : nil }
    }
  }

  mutating func insert(_ member: Int) { words[member / 64] |= 1 << UInt64(member % 64) }
  mutating func formUnion(_ other: BitSet) { for word in words.indices { words[word] |= other.words[word] } }
  mutating func formIntersection(_ other: BitSet) { for word in words.indices { words[word] &= other.words[word] } }

  func subtracting(_ other: BitSet) -> BitSet {
    var left = self
    for word in words.indices { left.words[word] &= ~other.words[word] }
    return left
  }
}
