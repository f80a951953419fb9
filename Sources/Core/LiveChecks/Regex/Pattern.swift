/// A regular expression that is matched in time linear in the text, whatever the pattern (Thompson, CACM 11/6, 1968; Pike's
/// simulation with captures). The syntax is that of Rust's `regex` crate, which files of checks are written for.
struct Pattern: Hashable, Sendable {
  let source: String
  let groups: Int
  private let program: [Instruction]
  private let names: [String: Int]

  /// Throws what is wrong with the pattern, as a fragment that fits after "the pattern is not valid:".
  init(_ source: String) throws(PatternError) {
    var parser = PatternParser(source)
    let node = try parser.parse()
    var compiler = PatternCompiler()
    try compiler.compile(node)
    self.source = source
    program = compiler.finish()
    groups = parser.groups
    names = parser.names
  }

  /// How many instructions it has, and so how many steps a character can take.
  var size: Int { program.count }

  /// The first match: for each group its text, or nil where it took no part; the whole match first.
  func firstMatch(in text: String) -> [String?]? {
    let scalars = Array(text.unicodeScalars)
    guard let slots = PatternMachine(program: program, slots: 2 * (groups + 1)).run(scalars, from: 0) else {
      return nil
    }
    return (0...groups).map { Self.text(of: $0, slots, scalars) }
  }

  /// Whether it matches somewhere in the text.
  func matches(_ text: String) -> Bool {
    PatternMachine(program: program, slots: 0).run(Array(text.unicodeScalars), from: 0) != nil
  }

  /// Matches the whole text and nothing less (I-Regexp, RFC 9485).
  static func anchored(_ source: String) throws(PatternError) -> Pattern {
    // By itself first, or "a)|(b" would close the group that is put around it.
    _ = try Pattern(source)
    return try Pattern("\\A(?:\(source))\\z")
  }

  /// Every match, from left to right, replaced; `$1`, `${1}` and `$$` in the replacement as in Rust.
  func replacingAll(in text: String, with replacement: String) -> String {
    let scalars = Array(text.unicodeScalars)
    let machine = PatternMachine(program: program, slots: 2 * (groups + 1))
    var result = String.UnicodeScalarView()
    var position = 0
    var lastEnd: Int?
    while position <= scalars.count, let slots = machine.run(scalars, from: position) {
      let (start, end) = (slots[0], slots[1])
      result.append(contentsOf: scalars[position..<start])
      // What is empty right behind a match belongs to that match.
      if end > start || start != lastEnd {
        result.append(contentsOf: expand(replacement, slots, scalars).unicodeScalars)
      }
      // An empty match lets one character pass, or it would match there for ever.
      if end == start, end < scalars.count { result.append(scalars[end]) }
      lastEnd = end
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

  /// A group that is not there stands for nothing.
  private func expand(_ replacement: String, _ slots: [Int], _ scalars: [Unicode.Scalar]) -> String {
    var result = ""
    var rest = replacement[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      let isBraced = rest.first == "{"
      let name = rest.dropFirst(isBraced ? 1 : 0).prefix { $0 == "_" || $0.isLetter || $0.isNumber }
      let after = rest[name.endIndex...]
      if rest.first == "$" {
        result += "$"
        rest = rest.dropFirst()
      } else if name.isEmpty || (isBraced && after.first != "}") {
        result += "$"
      } else {
        if let group = Int(name) ?? names[String(name)] { result += Self.text(of: group, slots, scalars) ?? "" }
        rest = isBraced ? after.dropFirst() : after
      }
    }
    return result + rest
  }
}

/// What is wrong with a pattern.
struct PatternError: Error, Hashable, Sendable {
  let reason: String
}
