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

  /// Whether what is matched may begin in the middle of a word.
  private let insideWords: Bool

  init(_ text: String, insideWords: Bool = false) throws(RuleFileError) {
    self.insideWords = insideWords
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
    var values: [Rule.Value] = []
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
    case "match": draft.matches.append(try pattern(value, insideWords: insideWords))
    case "name": draft.name = try pattern(value, insideWords: true)
    case "vendor": draft.name = try pattern(Self.names(of: value), insideWords: true)
    case "value": draft.values.append(try self.value(value))
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

  private func pattern(
    _ source: String, insideWords: Bool = false, needsKeyword: Bool = true
  ) throws(RuleFileError) -> BytePattern {
    let result: BytePattern
    do { result = try BytePattern(source, insideWords: insideWords) } catch { throw self.error(error.description) }
    if needsKeyword, result.keywords.isEmpty {
      throw error(
        "a pattern needs \(Keywords.width) bytes that say where to look, behind one class of varying length at most")
    }
    return result
  }

  private func value(_ source: String) throws(RuleFileError) -> Rule.Value {
    switch source {
    case "random": .random
    case "password": .password
    default: .pattern(try pattern(source, needsKeyword: false))
    }
  }

  /// The names of a vendor's secrets: one of some words, and behind it a word that says that it is a secret.
  private static func names(of words: String) -> String {
    let secret = "(?:token|key|secret|pass|pwd|auth|cred|license|api)"
    return "(?i)(?:\(words))(?:(?:(?!\(secret))[\\w .-]){0,40}\(secret)){1,4}[\\w.-]{0,32}"
  }

  private mutating func finish() throws(RuleFileError) {
    guard let draft = current else { return }
    let shape: Rule.Shape
    switch (draft.matches.isEmpty, draft.name, draft.values.isEmpty) {
    case (false, nil, true): shape = .text(draft.matches)
    case (true, let name?, false): shape = .assignment(name: name, values: draft.values)
    default:
      throw RuleFileError(
        problem: "'\(draft.id)' needs 'match', or 'value' and one of 'name' and 'vendor'", line: draft.line)
    }
    rules.append(
      Rule(
        id: draft.id, description: draft.description, isForLogs: draft.isForLogs, positiveSamples: draft.yes,
        negativeSamples: draft.no, minimumEntropy: draft.entropy, shape: shape))
    current = nil
  }

  private func error(_ problem: String) -> RuleFileError { RuleFileError(problem: problem, line: line) }
}
