/// One search for secrets in some bytes.
struct RuleSearch {
  /// A longer value that is given to a name is data.
  private static let longestValue = 2048

  private let set: RuleSet
  private let bytes: [UInt8]
  private var found: [(rule: Int, range: Range<Int>)] = []
  /// The end of the last match of each pattern: nothing before it is looked at again.
  private var reached: [Int]
  /// The assignment that was read last, by the end of its name.
  private var lastAssignment: (nameEnd: Int, assignment: Assignment?) = (-1, nil)
  /// The run of an unquoted value that was read last.
  private var lastBare = 0..<0
  /// The number of bytes that patterns have looked at.
  private(set) var effort = 0

  init(_ set: RuleSet, _ bytes: [UInt8]) {
    (self.set, self.bytes) = (set, bytes)
    reached = [Int](repeating: 0, count: set.owners.count)
  }

  mutating func findings() -> [RuleFinding] {
    set.keywords.forEach(in: bytes) { owner, place in
      attempt(owner, at: place)
      return true
    }
    return merged()
  }

  private mutating func attempt(_ owner: Int, at keyword: Int) {
    let (index, pattern) = set.owners[owner]
    guard keyword >= reached[owner], let match = pattern.match(bytes, keyword: keyword, effort: &effort) else { return }
    switch set.rules[index].shape {
    case .text:
      reached[owner] = match.whole.upperBound
      keep(match.secret, of: index)
    case .assignment(_, let values):
      guard let assignment = assignment(at: match.whole.upperBound) else { return }
      for value in values {
        if let secret = secret(of: value, in: assignment, name: match.whole) { return keep(secret, of: index) }
      }
    }
  }

  private mutating func secret(of value: Rule.Value, in assignment: Assignment, name: Range<Int>) -> Range<Int>? {
    let range = assignment.value
    guard range.count <= Self.longestValue else { return nil }
    switch value {
    case .pattern(let pattern): return pattern.matches(bytes, range, effort: &effort) ? range : nil
    case .random: return isLikely(range, name, \.isKey) ? range : nil
    case .password: return isLikely(range, name, \.isPassword) ? range : nil
    }
  }

  private mutating func isLikely(_ value: Range<Int>, _ name: Range<Int>, _ look: (Randomness) -> Bool) -> Bool {
    guard let randomness = Randomness(of: bytes[value]) else { return false }
    effort += value.count
    if !look(randomness) { return false }
    return !HarmlessName.ends(at: name, in: bytes)
  }

  private mutating func assignment(at nameEnd: Int) -> Assignment? {
    if lastAssignment.nameEnd != nameEnd {
      var reader = AssignmentReader(bytes, at: nameEnd, lastBare: lastBare)
      lastAssignment = (nameEnd, reader.read())
      lastBare = reader.lastBare
      effort += reader.index - nameEnd
    }
    return lastAssignment.assignment
  }

  private mutating func keep(_ secret: Range<Int>, of index: Int) {
    guard set.findsSecrets else { return found.append((index, secret)) }
    let value = bytes[secret]
    effort += value.count
    if Entropy.bits(value) < set.rules[index].minimumEntropy || Placeholder.isLikely(value) { return }
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
