/// What is wrong with a rule file, and in which line of it.
struct RuleFileError: Error, Hashable, CustomStringConvertible {
  let problem: String
  /// From 1.
  let line: Int
  var description: String { "line \(line) of the rules: \(problem)" }
}

/// Reads rules in the language of rule files (see docs/secrets.md).
struct RuleFile {
  private(set) var rules: [Rule] = []
  private var current: Draft?
  private var line = 0

  init(_ text: String) throws(RuleFileError) {
    for content in text.split(separator: "\n", omittingEmptySubsequences: false) {
      line += 1
      try read(content)
    }
    try finish()
  }

  private struct Draft {
    let line: Int
    let id: String
    let description: String
    var matches: [BytePattern] = []
    var name: BytePattern?
    var value: BytePattern?
    var entropy = 0.0
    var isForLogs = true
    var yes: [String] = []
    var no: [String] = []
  }

  private mutating func read(_ content: Substring) throws(RuleFileError) {
    let words = content.split(separator: " ", maxSplits: 1)
    guard let key = words.first, !key.hasPrefix("#") else { return }
    let value = words.count == 2 ? String(words[1].drop { $0 == " " }) : ""
    guard !value.isEmpty else { throw error("nothing after '\(key)'") }
    if key.hasPrefix("[") {
      try finish()
      guard key.hasSuffix("]") else { throw error("no ']' after the rule's id") }
      current = Draft(line: line, id: String(key.dropFirst().dropLast()), description: value)
    } else {
      try read(key, value)
    }
  }

  private mutating func read(_ key: Substring, _ value: String) throws(RuleFileError) {
    guard var draft = current else { throw error("'\(key)' before the first rule") }
    switch key {
    case "match": draft.matches.append(try pattern(value, hasKeyword: true))
    case "name": draft.name = try pattern(value, hasKeyword: true)
    case "value": draft.value = try pattern(value, hasKeyword: false)
    case "entropy":
      guard let bits = Double(value), (0...8).contains(bits) else { throw error("an entropy is 0 to 8 bits") }
      draft.entropy = bits
    case "only":
      guard value == "files" else { throw error("'only' is followed by 'files'") }
      draft.isForLogs = false
    case "yes": draft.yes.append(value)
    case "no": draft.no.append(value)
    default: throw error("unknown key '\(key)'")
    }
    current = draft
  }

  private func pattern(_ source: String, hasKeyword: Bool) throws(RuleFileError) -> BytePattern {
    let result: BytePattern
    do { result = try BytePattern(source) } catch { throw self.error(error.description) }
    if hasKeyword, !result.keywords.allSatisfy({ $0.count >= Keywords.width }) {
      throw error("a pattern has to begin with \(Keywords.width) bytes that say where to look, after one class at most")
    }
    return result
  }

  private mutating func finish() throws(RuleFileError) {
    guard let draft = current else { return }
    let shape: Rule.Shape
    switch (draft.matches.isEmpty, draft.name, draft.value) {
    case (false, nil, nil): shape = .text(draft.matches)
    case (true, let name?, let value?): shape = .assignment(name: name, value: value)
    default: throw RuleFileError(problem: "'\(draft.id)' needs 'match', or 'name' and 'value'", line: draft.line)
    }
    rules.append(
      Rule(
        id: draft.id, description: draft.description, isForLogs: draft.isForLogs, positiveSamples: draft.yes,
        negativeSamples: draft.no, minimumEntropy: draft.entropy, shape: shape))
    current = nil
  }

  private func error(_ problem: String) -> RuleFileError { RuleFileError(problem: problem, line: line) }
}
