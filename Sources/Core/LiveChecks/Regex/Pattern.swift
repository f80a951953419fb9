/// A regular expression that is matched in time linear in the text, whatever the pattern (Thompson, CACM 11/6, 1968; Pike's
/// simulation with captures). The syntax is that of Rust's `regex` crate, which files of checks are written for.
struct Pattern: Hashable, Sendable {
  let source: String
  let program: [Instruction]
  let groups: Int

  /// Throws what is wrong with the pattern, as a fragment that fits after "the pattern is not valid:".
  init(_ source: String) throws(PatternError) {
    var parser = PatternParser(source)
    let node = try parser.parse()
    var compiler = PatternCompiler()
    try compiler.compile(node)
    self.source = source
    program = compiler.finish()
    groups = parser.groups
  }

  /// The first match: for each group its text, or nil where it took no part; the whole match first.
  func firstMatch(in text: String) -> [String?]? {
    let scalars = Array(text.unicodeScalars)
    guard let slots = PatternMachine(program: program, slots: 2 * (groups + 1)).run(scalars, from: 0) else { return nil }
    return (0...groups).map { Self.text(of: $0, slots, scalars) }
  }

  func matches(_ text: String) -> Bool { firstMatch(in: text) != nil }

  /// Matches the whole text and nothing less (I-Regexp, RFC 9485).
  static func anchored(_ source: String) throws(PatternError) -> Pattern { try Pattern("\\A(?:\(source))\\z") }

  /// Every match, from left to right, replaced; `$1`, `${1}` and `$$` in the replacement as in Rust.
  func replacingAll(in text: String, with replacement: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var position = 0
    while position <= scalars.count,
      let slots = PatternMachine(program: program, slots: 2 * (groups + 1)).run(scalars, from: position)
    {
      let (start, end) = (slots[0], slots[1])
      result.append(contentsOf: scalars[position..<start])
      result.append(contentsOf: Self.expand(replacement, slots, scalars).unicodeScalars)
      // An empty match lets one character pass, or it would match there for ever.
      if end == start, end < scalars.count { result.append(scalars[end]) }
      position = end == start ? end + 1 : end
    }
    if position < scalars.count { result.append(contentsOf: scalars[position...]) }
    return String(result)
  }

  private static func text(of group: Int, _ slots: [Int], _ scalars: [Unicode.Scalar]) -> String? {
    guard group * 2 + 1 < slots.count, slots[group * 2] >= 0, slots[group * 2 + 1] >= 0 else { return nil }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[slots[group * 2]..<slots[group * 2 + 1]])
    return String(view)
  }

  private static func expand(_ replacement: String, _ slots: [Int], _ scalars: [Unicode.Scalar]) -> String {
    var result = ""
    var rest = replacement[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      if rest.first == "$" {
        result += "$"
        rest = rest.dropFirst()
        continue
      }
      let braced = rest.first == "{"
      let digits = rest.dropFirst(braced ? 1 : 0).prefix { $0.isASCII && $0.isNumber }
      guard let group = Int(digits) else {
        result += "$"
        continue
      }
      result += text(of: group, slots, scalars) ?? ""
      rest = rest[digits.endIndex...]
      if braced, rest.first == "}" { rest = rest.dropFirst() }
    }
    return result + rest
  }
}

/// What is wrong with a pattern.
struct PatternError: Error, Hashable, Sendable {
  let reason: String
}

/// One instruction of the machine.
enum Instruction: Hashable, Sendable {
  case scalar(ScalarSet)
  case assert(Anchor)
  case save(Int)
  /// Goes on at both places, the first preferred.
  case split(Int, Int)
  case jump(Int)
  case match
}

/// A condition on a place in the text.
enum Anchor: Hashable, Sendable {
  case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
}
