/// A regular expression over bytes in which nothing is tried twice: every quantifier is possessive, every group atomic.
///
/// Formats of tokens are unambiguous, so nothing is lost by it, and a match costs a bounded number of looks at each
/// byte. The syntax is the usual one: literals, `.`, `[a-z]`, `[^a-z]`, `\d \w \s` and their opposites, `\n \r \t
/// \xHH`, `( | )`, `? * + {n} {n,} {n,m}`, `(?=…)`, `(?!…)`, and at the beginning `(?i)` and `(?<![…])`. `.`, `\s` and
/// negated classes do not match the ends of lines. `(?<secret>…)` says what of the match is the secret; without it all
/// of it is.
final class BytePattern: Sendable {
  /// What begins at the keyword.
  private let pieces: [Piece]
  /// What every match has behind its lead, in lower case: one of these.
  let keywords: [[UInt8]]
  /// What stands before the keyword.
  let lead: Lead
  /// The bytes that must not follow, being more of what the pattern ends with.
  private let more: ByteSet?
  /// The bytes that must not stand before.
  private let notAfter: ByteSet
  /// Whether every match begins with a letter or digit and none may stand before it.
  private let beginsWithWord: Bool

  /// A run of varying length, then as many bytes as there are sets.
  struct Lead: Sendable {
    var set = ByteSet([])
    var minimum = 0
    var maximum = 0
    var fixed: [ByteSet] = []
  }

  /// With `insideWords` a match may begin in the middle of a word.
  init(_ source: String, insideWords: Bool = false) throws(PatternError) {
    var parser = PatternParser(source)
    let (pieces, notAfter) = try parser.parse()
    let start = Self.start(of: pieces)
    (lead, keywords) = (start.lead, start.keywords)
    more = Self.lastSet(pieces)
    let first = lead.fixed.isEmpty && lead.maximum == 0 ? ByteSet(keywords.compactMap(\.first)) : Self.firstSet(pieces)
    beginsWithWord = !insideWords && first?.elements.allSatisfy(\.isAlphanumeric) == true
    self.notAfter = notAfter
    self.pieces = Array(pieces[start.index...])
  }

  /// The earliest keywords that are long enough to be looked for; none where there are none.
  private static func start(of pieces: [Piece]) -> (lead: Lead, keywords: [[UInt8]], index: Int) {
    var lead = Lead()
    for index in pieces.indices {
      let strings = Beginnings(of: pieces[index...]).strings
      if strings.allSatisfy({ $0.count >= Keywords.width }) { return (lead, strings, index) }
      guard case .run(let set, let minimum, let maximum) = pieces[index] else { break }
      if minimum == maximum {
        lead.fixed += repeatElement(set, count: minimum)
      } else if index == 0 {
        (lead.set, lead.minimum, lead.maximum) = (set, minimum, maximum)
      } else {
        break
      }
    }
    return (Lead(), [], 0)
  }

  private static func firstSet(_ pieces: [Piece]) -> ByteSet? {
    if case .run(let set, _, _) = pieces.first { set } else { nil }
  }

  private static func lastSet(_ pieces: [Piece]) -> ByteSet? {
    switch pieces.last {
    case .run(let set, _, let maximum): maximum > 1 ? set : nil
    case .secret(let pieces): lastSet(pieces)
    case .choice, .repeated, .lookahead, nil: nil
    }
  }

  /// The match whose keyword stands at a place: where it begins and ends, and where the secret stands; nil where there
  /// is none.
  ///
  /// `effort` grows by the number of bytes that were looked at.
  func match(_ bytes: [UInt8], keyword: Int, effort: inout Int) -> (whole: Range<Int>, secret: Range<Int>)? {
    let fixed = keyword - lead.fixed.count
    guard fixed >= 0 else { return nil }
    var start = fixed
    while start > 0, fixed - start < lead.maximum, lead.set.contains(bytes[start - 1]) { start -= 1 }
    effort += fixed - start + 1
    guard fixed - start >= lead.minimum, start == 0 || mayFollow(start, in: bytes) else { return nil }
    for offset in lead.fixed.indices where !lead.fixed[offset].contains(bytes[fixed + offset]) { return nil }
    effort += lead.fixed.count
    var attempt = PatternAttempt(bytes: bytes)
    let end = attempt.match(pieces[...], at: keyword)
    effort += attempt.effort
    guard let end else { return nil }
    if let more, end < bytes.count, more.contains(bytes[end]) { return nil }
    return (start..<end, attempt.secret ?? start..<end)
  }

  /// Whether some bytes as a whole are a match.
  func matches(_ bytes: [UInt8], _ range: Range<Int>, effort: inout Int) -> Bool {
    var attempt = PatternAttempt(bytes: bytes)
    let end = attempt.match(pieces[...], at: range.lowerBound)
    effort += attempt.effort
    return end == range.upperBound
  }

  /// Whether what stands before a place, which is not the first, may stand before a match.
  private func mayFollow(_ start: Int, in bytes: [UInt8]) -> Bool {
    !notAfter.contains(bytes[start - 1]) && (!beginsWithWord || WordStart.isPossible(at: start, in: bytes))
  }
}

/// One attempt to match a pattern at one place.
private struct PatternAttempt {
  let bytes: [UInt8]
  var secret: Range<Int>?
  var effort = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func match(_ pieces: ArraySlice<Piece>, at start: Int) -> Int? {
    var index = start
    for piece in pieces {
      guard let end = match(piece, at: index) else { return nil }
      index = end
    }
    return index
  }

  private mutating func match(_ piece: Piece, at start: Int) -> Int? {
    switch piece {
    case .run(let set, let minimum, let maximum):
      let limit = maximum < bytes.count - start ? start + maximum : bytes.count
      var index = start
      while index < limit, set.contains(bytes[index]) { index += 1 }
      effort += index - start + 1
      return index - start >= minimum ? index : nil
    case .choice(let branches):
      let next = start < bytes.count ? bytes[start] : nil
      effort += 1
      for branch in branches where branch.mayBegin(with: next) {
        if let end = match(branch.pieces[...], at: start) { return end }
      }
      return nil
    case .repeated(let pieces, let minimum, let maximum):
      return matchRepeatedly(pieces, minimum, maximum, at: start)
    case .secret(let pieces):
      guard let end = match(pieces[...], at: start) else { return nil }
      secret = start..<end
      return end
    case .lookahead(let pieces, let expected):
      return (match(pieces[...], at: start) != nil) == expected ? start : nil
    }
  }

  private mutating func matchRepeatedly(_ pieces: [Piece], _ minimum: Int, _ maximum: Int, at start: Int) -> Int? {
    var (index, count) = (start, 0)
    while count < maximum, let end = match(pieces[...], at: index) {
      count += 1
      // What matched nothing matches nothing again, as often as is asked for.
      if end == index { return index }
      index = end
    }
    return count >= minimum ? index : nil
  }
}
