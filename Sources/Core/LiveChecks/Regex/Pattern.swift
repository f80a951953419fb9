/// A regular expression that is matched in time linear in the text, whatever the pattern (Thompson, CACM 11/6, 1968; Pike's
/// simulation with captures). The syntax is that of Rust's `regex` crate, which files of checks are written for.
struct Pattern: Hashable, Sendable {
  let source: String
  let groups: Int
  private let program: PatternProgram
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
  var size: Int { program.instructions.count }

  /// The first match: for each group its text, or nil where it took no part; the whole match first.
  func firstMatch(in text: String) -> [String?]? {
    let bytes = text.utf8Span.span
    var machine = PatternMachine(program, slots: 2 * (groups + 1))
    guard let slots = machine.run(bytes, from: 0) else { return nil }
    return (0...groups).map { group in Self.range(of: group, slots).map { Self.text(bytes, $0) } }
  }

  /// Whether it matches somewhere in the text.
  func matches(_ text: String) -> Bool { steps(on: text).matches }

  /// Whether it matches somewhere in the text, and how many instructions that took.
  func steps(on text: String) -> (matches: Bool, steps: Int) {
    var machine = PatternMachine(program, slots: 0)
    let matches = machine.run(text.utf8Span.span, from: 0) != nil
    return (matches, machine.steps)
  }

  /// Every match, from left to right, replaced; `$1`, `${1}` and `$$` in the replacement as in Rust.
  ///
  /// Where each match has to look at all the rest of a long text, an end is made with an error.
  func replacingAll(in text: String, with replacement: String) throws(PatternError) -> String {
    let bytes = text.utf8Span.span
    var machine = PatternMachine(program, slots: 2 * (groups + 1))
    var result: [UInt8] = []
    var position = 0
    var lastEnd: Int?
    while position <= bytes.count, let slots = machine.run(bytes, from: position) {
      guard machine.steps <= 1_000_000 + 4 * size * bytes.count else {
        throw PatternError(reason: "it takes too long on a text of \(bytes.count) bytes")
      }
      let (start, end) = (slots[0], slots[1])
      Self.append(bytes, position..<start, to: &result)
      // What is empty right behind a match belongs to that match.
      if end > start || start != lastEnd { result += Array(expand(replacement, slots, bytes).utf8) }
      lastEnd = end
      position = end
      // An empty match lets one character pass, or it would match there for ever.
      if end == start {
        position += 1
        while position < bytes.count, bytes[position] & 0xc0 == 0x80 { position += 1 }
        Self.append(bytes, end..<min(position, bytes.count), to: &result)
      }
    }
    if position < bytes.count { Self.append(bytes, position..<bytes.count, to: &result) }
    return String(decoding: result, as: UTF8.self)
  }

  private static func append(_ bytes: Span<UInt8>, _ range: Range<Int>, to result: inout [UInt8]) {
    for index in range { result.append(bytes[index]) }
  }

  private static func range(of group: Int, _ slots: [Int]) -> Range<Int>? {
    guard group * 2 + 1 < slots.count, slots[group * 2] >= 0, slots[group * 2 + 1] >= 0 else { return nil }
    return slots[group * 2]..<slots[group * 2 + 1]
  }

  private static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String {
    var text: [UInt8] = []
    append(bytes, range, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// A group that is not there stands for nothing.
  private func expand(_ replacement: String, _ slots: [Int], _ bytes: Span<UInt8>) -> String {
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
        if let group = Int(name) ?? names[String(name)], let range = Self.range(of: group, slots) {
          result += Self.text(bytes, range)
        }
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
