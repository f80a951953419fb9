/// One search for secrets in some bytes.
struct RuleSearch {
  private let set: RuleSet
  private let bytes: [UInt8]
  private var found: [(rule: Int, range: Range<Int>)] = []
  /// The end of the last match of each pattern: nothing before it is looked at again.
  private var reached: [Int]
  /// The assignment that was read last, by the end of its name.
  private var lastAssignment: (nameEnd: Int, assignment: Assignment?) = (-1, nil)
  /// The number of bytes that patterns have looked at.
  private(set) var effort = 0

  init(_ set: RuleSet, _ bytes: [UInt8]) {
    (self.set, self.bytes) = (set, bytes)
    reached = [Int](repeating: 0, count: set.owners.count)
  }

  mutating func findings() -> [RuleFinding] {
    var index = 0
    while let place = set.keywords.next(from: index, in: bytes) {
      set.keywords.forEachOwner(at: place, in: bytes) { attempt($0, at: place) }
      index = place + 1
    }
    return merged()
  }

  private mutating func attempt(_ owner: Int, at keyword: Int) {
    let (index, pattern) = set.owners[owner]
    guard keyword >= reached[owner], let start = start(of: pattern, before: keyword) else { return }
    let rule = set.rules[index]
    switch rule.shape {
    case .text:
      if pattern.beginsWithWord, !WordStart.isPossible(at: start, in: bytes) { return }
      guard let match = pattern.match(bytes, at: start, effort: &effort) else { return }
      reached[owner] = match.end
      keep(match.secret, of: rule, index)
    case .assignment(_, let value):
      guard let name = pattern.match(bytes, at: start, effort: &effort) else { return }
      guard let assignment = assignment(at: name.end) else { return }
      guard let match = value.match(bytes, at: assignment.value.lowerBound, effort: &effort) else { return }
      if match.end == assignment.value.upperBound { keep(match.secret, of: rule, index) }
    }
  }

  /// Where a pattern has to begin for its keyword to stand at a place.
  private func start(of pattern: BytePattern, before keyword: Int) -> Int? {
    guard let lead = pattern.lead else { return keyword }
    var start = keyword
    while start > 0, keyword - start < lead.maximum, lead.set.contains(bytes[start - 1]) { start -= 1 }
    return keyword - start >= lead.minimum ? start : nil
  }

  private mutating func assignment(at nameEnd: Int) -> Assignment? {
    if lastAssignment.nameEnd != nameEnd {
      lastAssignment = (nameEnd, Assignment(in: bytes, nameEnd: nameEnd))
    }
    return lastAssignment.assignment
  }

  private mutating func keep(_ secret: Range<Int>, of rule: Rule, _ index: Int) {
    let value = bytes[secret]
    if Entropy.bits(value) < rule.minimumEntropy || Placeholder.isLikely(value) { return }
    found.append((index, secret))
  }

  private mutating func merged() -> [RuleFinding] {
    found.sort { ($0.range.lowerBound, $0.rule) < ($1.range.lowerBound, $1.rule) }
    var result: [(rule: Int, range: Range<Int>)] = []
    for next in found {
      if let last = result.last, last.range.upperBound > next.range.lowerBound {
        let end = max(last.range.upperBound, next.range.upperBound)
        result[result.count - 1] = (min(last.rule, next.rule), last.range.lowerBound..<end)
      } else {
        result.append(next)
      }
    }
    return result.map { RuleFinding(rule: set.rules[$0.rule].id, range: $0.range) }
  }
}
