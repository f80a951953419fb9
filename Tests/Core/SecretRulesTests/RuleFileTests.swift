import Testing

@testable import SecretRules

@Suite struct `A rule file` {
  @Test func `is read into rules`() throws {
    let rules = try RuleFile(
      """
      # A comment.
      [one] What one is
      match  abc[0-9]{4}
      match xyz_(?<secret>[a-z]{3})!
      entropy 1.5
      yes abc1234

      [two] What two is
      name (?i)two[_-]?key
      value [0-9a-f]{8}
      only files
      no two_key=0
      """
    ).rules
    #expect(rules.map(\.id) == ["one", "two"])
    #expect(rules.map(\.description) == ["What one is", "What two is"])
    #expect(rules.map(\.isForLogs) == [true, false])
    #expect(rules[0].positiveSamples == ["abc1234"] && rules[1].negativeSamples == ["two_key=0"])
    let set = RuleSet(rules)
    #expect(
      set.findings(in: Array("xyz_abc! abc1234 TWO-KEY: 0123abcd".utf8)).map(\.range) == [4..<7, 9..<16, 26..<34])
  }

  @Test(arguments: [
    ("match abc", "line 1 of the rules: 'match' before the first rule"),
    ("[one] One\nmatch", "line 2 of the rules: nothing after 'match'"),
    ("[one One\n", "line 1 of the rules: no ']' after the rule's id"),
    ("[one] One\nyes a", "line 1 of the rules: 'one' needs 'match', or 'value' and one of 'name' and 'vendor'"),
    (
      "[one] One\nmatch abc\nvalue a",
      "line 1 of the rules: 'one' needs 'match', or 'value' and one of 'name' and 'vendor'"
    ),
    (
      "[one] One\nmatch ab",
      "line 2 of the rules: a pattern needs 3 bytes that say where to look, behind one class of varying length at most"
    ),
    ("[one] One\nmatch abc[", "line 2 of the rules: no ']' that closes a class at byte 5 of the pattern"),
    ("[one] One\nmatch abc(d", "line 2 of the rules: no ')' that closes a group at byte 6 of the pattern"),
    ("[one] One\nmatch abc{2,1}", "line 2 of the rules: a malformed quantifier at byte 9 of the pattern"),
    ("[one] One\nmatch abc\\q", "line 2 of the rules: an unknown escape at byte 6 of the pattern"),
    ("[one] One\nentropy 9", "line 2 of the rules: an entropy is 0 to 8 bits"),
    ("[one] One\nonly logs", "line 2 of the rules: 'only' is followed by 'files'"),
    ("[one] One\nmach abc", "line 2 of the rules: unknown key 'mach'"),
  ])
  func `with a mistake is refused, with its line`(text: String, message: String) {
    let error = #expect(throws: RuleFileError.self) { try RuleFile(text) }
    #expect(error?.description == message)
  }

  @Test func `of this program has 60 kinds of secrets or more, each with its samples`() {
    let rules = RuleSet.builtIn.rules
    #expect(rules.count >= 60)
    #expect(Set(rules.map(\.id)).count == rules.count)
    for rule in rules {
      #expect(rule.id.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "-") || $0.isLetter && $0 == $0.lowercased })
      #expect(!rule.positiveSamples.isEmpty && !rule.negativeSamples.isEmpty, "\(rule.id)")
    }
  }

  @Test func `finds nothing that goes on over a line in logs, but private keys`() {
    for rule in RuleSet.forLogs.rules where rule.id != "private-key" {
      #expect(!rule.positiveSamples.contains { $0.contains("\\n") }, "\(rule.id)")
    }
  }
}
