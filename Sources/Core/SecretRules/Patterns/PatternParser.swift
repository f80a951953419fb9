/// What is wrong with a pattern, and at which byte of it.
struct PatternError: Error, Hashable, CustomStringConvertible {
  let problem: String
  let offset: Int
  var description: String { "\(problem) at byte \(offset + 1) of the pattern" }
}

/// Reads the syntax that `BytePattern` describes.
struct PatternParser {
  /// Stands for "no upper limit".
  static let unlimited = Int.max

  private let source: [UInt8]
  private var index = 0
  private var ignoresCase = false

  init(_ source: String) { self.source = Array(source.utf8) }

  /// The pieces, and the bytes that must not stand before them.
  mutating func parse() throws(PatternError) -> (pieces: [Piece], notAfter: ByteSet) {
    ignoresCase = skip("(?i)")
    var notAfter = ByteSet([])
    if skip("(?<![") {
      notAfter = try characterClass()
      guard skip(")") else { throw error("no ')' after the class in '(?<![…])'") }
    }
    let pieces = try choice()
    if index < source.count { throw error("an unexpected ')'") }
    return (pieces, notAfter)
  }

  private mutating func choice() throws(PatternError) -> [Piece] {
    var branches = [try sequence()]
    while skip("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : [.choice(branches.map(Branch.init))]
  }

  private mutating func sequence() throws(PatternError) -> [Piece] {
    var pieces: [Piece] = []
    while let next, next != UInt8(ascii: "|"), next != UInt8(ascii: ")") { pieces += try quantified() }
    return pieces
  }

  private mutating func quantified() throws(PatternError) -> [Piece] {
    let atom = try atom()
    guard let (minimum, maximum) = try quantifier() else { return atom }
    if atom.count == 1, case .run(let set, 1, 1) = atom[0] { return [.run(set, minimum: minimum, maximum: maximum)] }
    if atom.contains(where: { if case .secret = $0 { true } else { false } }) {
      throw error("a quantifier after (?<secret>…)")
    }
    return [.repeated(atom, minimum: minimum, maximum: maximum)]
  }

  private mutating func quantifier() throws(PatternError) -> (Int, Int)? {
    if skip("?") { return (0, 1) }
    if skip("*") { return (0, Self.unlimited) }
    if skip("+") { return (1, Self.unlimited) }
    guard skip("{") else { return nil }
    guard let minimum = number() else { throw error("no number after '{'") }
    var maximum = minimum
    if skip(",") { maximum = number() ?? Self.unlimited }
    guard skip("}"), minimum <= maximum else { throw error("a malformed quantifier") }
    return (minimum, maximum)
  }

  private mutating func number() -> Int? {
    var result: Int?
    while let next, next.isDigit, (result ?? 0) < 1_000_000 {
      result = (result ?? 0) * 10 + Int(next - UInt8(ascii: "0"))
      index += 1
    }
    return result
  }

  private mutating func atom() throws(PatternError) -> [Piece] {
    if skip("(") { return try group() }
    let set: ByteSet
    if skip("[") {
      set = try characterClass()
    } else if skip(".") {
      set = ByteSet.lineEnds.inverted
    } else if skip("\\") {
      set = try escape()
    } else if let next, !"?*+{}]".utf8.contains(next) {
      index += 1
      set = ByteSet([next])
    } else {
      throw error("nothing to repeat, or a bracket that has to be escaped,")
    }
    return [.run(ignoresCase ? set.ignoringCase : set, minimum: 1, maximum: 1)]
  }

  private mutating func group() throws(PatternError) -> [Piece] {
    let kind = ["?:", "?<secret>", "?=", "?!"].first { skip($0) }
    let pieces = try choice()
    guard skip(")") else { throw error("no ')' that closes a group") }
    switch kind {
    case "?<secret>": return [.secret(pieces)]
    case "?=": return [.lookahead(pieces, expected: true)]
    case "?!": return [.lookahead(pieces, expected: false)]
    default: return pieces
    }
  }

  private mutating func characterClass() throws(PatternError) -> ByteSet {
    let isNegated = skip("^")
    var set = ByteSet([])
    while !skip("]") {
      let (low, members) = try classMember()
      guard let low, index + 1 < source.count, next == UInt8(ascii: "-"), source[index + 1] != UInt8(ascii: "]") else {
        set.formUnion(members)
        continue
      }
      index += 1
      guard let high = try classMember().byte, low <= high else { throw error("a malformed range") }
      set.formUnion(ByteSet(low...high))
    }
    if ignoresCase { set = set.ignoringCase }
    if isNegated {
      set.formUnion(.lineEnds)
      set = set.inverted
    }
    return set
  }

  /// A byte that may begin or end a range, or a class such as `\d`.
  private mutating func classMember() throws(PatternError) -> (byte: UInt8?, members: ByteSet) {
    if skip("\\") {
      let set = try escape()
      let elements = set.elements
      return (elements.count == 1 ? elements[0] : nil, set)
    }
    guard let next else { throw error("no ']' that closes a class") }
    index += 1
    return (next, ByteSet([next]))
  }

  private mutating func escape() throws(PatternError) -> ByteSet {
    guard let next else { throw error("nothing after a backslash") }
    index += 1
    switch next {
    case UInt8(ascii: "d"): return .digits
    case UInt8(ascii: "w"): return .word
    case UInt8(ascii: "s"): return .blanks
    case UInt8(ascii: "S"):
      var set = ByteSet.blanks
      set.formUnion(.lineEnds)
      return set.inverted
    case UInt8(ascii: "n"): return ByteSet([0x0a])
    case UInt8(ascii: "r"): return ByteSet([0x0d])
    case UInt8(ascii: "t"): return ByteSet([0x09])
    case UInt8(ascii: "x"):
      let digits = source[index...].prefix(2)
      guard let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16), digits.count == 2 else {
        throw error("no two hex digits after '\\x'")
      }
      index += 2
      return ByteSet([value])
    case _ where next.isAlphanumeric: throw error("an unknown escape")
    default: return ByteSet([next])
    }
  }

  private var next: UInt8? { index < source.count ? source[index] : nil }

  private mutating func skip(_ text: String) -> Bool {
    guard source[index...].starts(with: text.utf8) else { return false }
    index += text.utf8.count
    return true
  }

  private func error(_ problem: String) -> PatternError { PatternError(problem: problem, offset: index) }
}
