/// A regular expression over bytes in which nothing is tried twice: every quantifier is possessive, every group atomic.
///
/// Formats of tokens are unambiguous, so nothing is lost by it, and a match costs a bounded number of looks at each
/// byte. The syntax is the usual one: literals, `.`, `[a-z]`, `[^a-z]`, `\d \w \s` and their opposites, `\n \r \t
/// \xHH`, `( | )`, `? * + {n} {n,} {n,m}`, `(?=…)`, `(?!…)`, and `(?i)` at the beginning. `.`, `\s` and negated classes do
/// not match the ends of lines. `(?<secret>…)` says what of the match is the secret; without it all of it is.
struct BytePattern: Sendable {
  let pieces: [Piece]
  /// The run of bytes before the keyword, for a pattern that begins with a class.
  let lead: Lead?
  /// What every match has after the lead, in lower case, three bytes or more: one of these.
  let keywords: [[UInt8]]
  /// The bytes that must not follow, being more of what the pattern ends with.
  let more: ByteSet?
  /// Whether a match begins with a letter or digit, so that none may stand before it.
  let beginsWithWord: Bool

  struct Lead: Sendable {
    let set: ByteSet
    let minimum: Int
    let maximum: Int
  }

  init(_ source: String) throws(PatternError) {
    var parser = PatternParser(source)
    pieces = try parser.parse()
    var rest = pieces[...]
    if case .run(let set, let minimum, let maximum)? = rest.first, set.elements.count > 4 {
      lead = Lead(set: set, minimum: minimum, maximum: maximum)
      rest = rest.dropFirst()
    } else {
      lead = nil
    }
    keywords = Beginnings(of: rest).strings.map { $0.map(\.lowercased) }
    more = Self.lastSet(pieces)
    let first = lead.map(\.set.elements) ?? keywords.compactMap(\.first)
    beginsWithWord = first.allSatisfy(\.isAlphanumeric)
  }

  private static func lastSet(_ pieces: [Piece]) -> ByteSet? {
    switch pieces.last {
    case .run(let set, _, let maximum): maximum > 1 ? set : nil
    case .secret(let pieces): lastSet(pieces)
    case .choice, .repeated, .lookahead, nil: nil
    }
  }

  /// The match that begins at a place: its end, and where the secret stands; nil where there is none.
  ///
  /// `effort` grows by the number of bytes that were looked at.
  func match(_ bytes: [UInt8], at start: Int, effort: inout Int) -> (end: Int, secret: Range<Int>)? {
    var attempt = PatternAttempt(bytes: bytes)
    let end = attempt.match(pieces[...], at: start)
    effort += attempt.effort
    guard let end else { return nil }
    if let more, end < bytes.count, more.contains(bytes[end]) { return nil }
    return (end, attempt.secret ?? start..<end)
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
      for branch in branches { if let end = match(branch[...], at: start) { return end } }
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
