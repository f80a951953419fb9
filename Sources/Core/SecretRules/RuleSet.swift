/// Rules, compiled: a value, cheap to copy and to share between threads.
package struct RuleSet: Sendable {
  /// All rules: for files, commits, and names.
  package static let builtIn = RuleSet(RuleSet.parsed(RuleText.all))
  /// Those that speak of a format, so that what programs print has next to no false findings.
  package static let forLogs = RuleSet(builtIn.rules.filter(\.isForLogs))

  package let rules: [Rule]
  let keywords: Keywords
  /// The rule and the pattern of each owner of keywords.
  let owners: [(rule: Int, pattern: BytePattern)]

  /// Whether what is found has to look like a secret, and not like a placeholder.
  let findsSecrets: Bool

  /// Rules that find what they match, whatever it looks like, from a text in the language of rule files; stops the program
  /// where that is malformed, so the text is to be one that is built in. A match may begin in the middle of a word.
  package init(idioms text: String) { self.init(Self.parsed(text, insideWords: true), findsSecrets: false) }

  init(_ rules: [Rule], findsSecrets: Bool = true) {
    self.rules = rules
    self.findsSecrets = findsSecrets
    owners = rules.enumerated().flatMap { index, rule in rule.patterns.map { (index, $0) } }
    keywords = Keywords(
      owners.enumerated().flatMap { owner, pair in
        pair.pattern.keywords.map { Keywords.Entry(keyword: $0, owner: owner) }
      })
  }

  /// Where secrets stand in a line, a file or a blob: in order, overlapping ones as one by the name of the first rule.
  package func findings(in bytes: [UInt8]) -> [RuleFinding] {
    var search = RuleSearch(self, bytes)
    return search.findings()
  }

  /// The same, and with one decode pass: what is written in base64, hex, percent signs or UTF-16 is read once and looked
  /// at again. The range of such a finding is that of the encoded text.
  package func findings(in bytes: [UInt8], decoding: Bool) -> [RuleFinding] {
    let plain = findings(in: bytes)
    guard decoding else { return plain }
    let encoded = EncodedText.all(in: bytes).flatMap { findings(in: bytes, encoded: $0) }
    return encoded.isEmpty ? plain : RuleFinding.merged(plain + encoded)
  }

  private func findings(in bytes: [UInt8], encoded text: EncodedText) -> [RuleFinding] {
    var decoded: [UInt8] = []
    decoded.reserveCapacity(text.range.count)
    text.decode(bytes) { byte, _ in decoded.append(byte) }
    var found = findings(in: decoded)
    guard !found.isEmpty else { return [] }
    var sources: [Range<Int>] = []
    text.decode(bytes) { _, source in sources.append(source) }
    for index in found.indices {
      let range = found[index].range
      found[index].range = sources[range.lowerBound].lowerBound..<sources[range.upperBound - 1].upperBound
      found[index].encoding = text.encoding
    }
    return found
  }

  private static func parsed(_ text: String, insideWords: Bool = false) -> [Rule] {
    do { return try RuleFile(text, insideWords: insideWords).rules } catch { preconditionFailure(error.description) }
  }
}
