import Testing

@testable import LiveChecks

@Suite struct `Patterns` {
  @Test(
    arguments: [
      ("abc", "xabcx", ["abc"]), ("a(b)(c)?", "ab", ["ab", "b", nil]), ("^a$", "a", ["a"]), ("^b", "a\nb", nil),
      ("(?m)^b$", "a\nb", ["b"]),
      ("a.c", "a\nc", nil), ("(?s)a.c", "a\nc", ["a\nc"]), ("a+?", "aaa", ["a"]), ("a+", "aaa", ["aaa"]),
      ("a{2,3}", "aaaa", ["aaa"]), ("a{2}", "aaaa", ["aa"]),
      ("a{2,}?", "aaaa", ["aa"]), ("(a|ab)(c|bcd)", "abcd", ["abcd", "a", "bcd"]), ("(?i)ÄB", "äb", ["äb"]),
      ("(?i:a)b", "Ab", ["Ab"]), ("(?i:a)b", "AB", nil),
      ("[^a-c]+", "abcdef", ["def"]), ("[]a]+", "a]", ["a]"]), ("[a\\]]+", "]a", ["]a"]), ("[\\d-]+", "1-2", ["1-2"]),
      ("\\bfoo\\b", "a foo b", ["foo"]), ("\\Boo", "foo", ["oo"]),
      ("\\d+", "a١٢", ["١٢"]), ("\\w+", "é_1-", ["é_1"]), ("\\s", "a\u{a0}", ["\u{a0}"]), ("\\p{L}+", "1été2", ["été"]),
      ("\\pN", "a5", ["5"]), ("\\P{Lu}", "Ab", ["b"]),
      ("\\x41\\u{1F600}", "A😀", ["A😀"]), ("[[:alpha:]]+", "1ab", ["ab"]),
      ("(?<y>\\d{4})-(?P<m>\\d\\d)", "2026-03", ["2026-03", "2026", "03"]), ("(?:a|b)*c", "ababc", ["ababc"]),
      ("(a*)*b", "aab", ["aab", "aa"]), ("", "x", [""]), ("a|", "b", [""]), ("(?x) a b # c\n c", "abc", ["abc"]),
      ("\\Aa\\z", "a", ["a"]), ("\\$\\.\\/", "$./", ["$./"]),
      ("(?U)a+", "aa", ["a"]), ("[a-z&&x]", "x", nil), ("a{,2}", "a", nil),
    ] as [(String, String, [String?]?)])
  func `match as those of the regex crate`(source: String, text: String, groups: [String?]?) {
    #expect((try? Pattern(source))?.firstMatch(in: text) == groups)
  }

  @Test(arguments: [
    "(", ")", "a)", "[", "[b-a]", "*a", "a{3,2}", "\\", "\\q", "(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", "(?P=n)", "\\1",
    "a{99999}{99999}", "(?:){999999}{999999}",
    "\\p{Greek}", "\\x{110000}", "[a&&b]", "x{", "(?<>a)",
  ])
  func `are refused when they are none or too large`(source: String) {
    #expect(throws: PatternError.self) { try Pattern(source) }
  }

  @Test func `end even where backtracking would not`() throws {
    let text = String(repeating: "a", count: 2000)
    #expect(try !Pattern("(a*)*(a|aa)+b").matches(text))
    #expect(try !Pattern("(?:a?){60}a{60}c").matches(text))
    #expect(throws: PatternError.self) { try Pattern(String(repeating: "(", count: 100_000)) }
    #expect(throws: PatternError.self) { try Pattern("a" + String(repeating: "*", count: 100_000)) }
    #expect(throws: PatternError.self) { try Pattern(String(repeating: "[", count: 100_000)) }
  }

  @Test(arguments: [
    ("a", "-", "banana", "b-n-n-"), ("", "-", "ab", "-a-b-"), ("(?<x>.)(.)", "$2$x", "abcd", "badc"),
    ("a", "$$1", "a", "$1"), ("(a)", "${1}1", "a", "a1"),
    ("(a)", "$1x$", "a", "$"), ("é", "$0$0", "é", "éé"), ("a*", "x", "baac", "xbxcx"),
  ])
  func `replace every match`(source: String, new: String, text: String, expected: String) throws {
    #expect(try Pattern(source).replacingAll(in: text, with: new) == expected)
  }

  @Test(arguments: [
    ("", "-a-é-😀-"), ("a*", "-é-😀-"), ("é", "a-😀"), ("\\b", "-aé-😀"), ("$", "aé😀-"), ("😀?", "-a-é-"), (".", "---"),
    ("[^a]", "a--"), ("\\A", "-aé😀"),
  ]) func `replace at the borders of characters alone`(source: String, expected: String) throws {
    #expect(try Pattern(source).replacingAll(in: "aé😀", with: "-") == expected)
  }

  /// Another implementation agrees on what is matched.
  @Test func `match what Swift's own expressions match`() throws {
    let pieces = [
      "a", "b", "é", ".", "[ab]", "[^a]", "(a|ab)", "(?:b|)", "(a*)", "a*", "b+", "a?", "b+?", "a*?", "(ab){1,2}", "^",
      "$",
      "\\b", "\\w", "|", "(?i:B)",
    ]
    var random = Random(5)
    for _ in 0..<4000 {
      let source = (0...random.below(5)).map { _ in random.pick(pieces) }.joined()
      let text = (0..<random.below(8)).map { _ in random.pick(["a", "b", "é", "B", " "]) }.joined()
      let theirs = try Regex(source).matchingSemantics(.unicodeScalar).wordBoundaryKind(.simple)
      let expected = try theirs.firstMatch(in: text).map { String(text[$0.range]) }
      #expect(try Pattern(source).firstMatch(in: text)?[0] == expected, "/\(source)/ in \"\(text)\"")
    }
  }

  /// Steps are counted, so that nothing depends on how fast the machine is.
  @Test(arguments: [
    "(a*)*(a|aa)+b", "(?:a?){30}a{30}c", "(.*)(.*)(.*)x", "a.*b.*c", "^(a+)+$", "\\w+\\b!", "(?i)[^b]+B", "é|a*é",
  ]) func `take steps in proportion to the text`(source: String) throws {
    let pattern = try Pattern(source)
    let few = pattern.steps(on: String(repeating: "aé", count: 500)).steps
    let many = pattern.steps(on: String(repeating: "aé", count: 5000)).steps
    #expect(many <= 11 * few + 100, "\(few) steps, then \(many)")
    #expect(many <= 10_001 * (pattern.size + 1))
  }

  @Test func `look no further than there can be a match`() throws {
    let text = String(repeating: "a", count: 100_000)
    #expect(try Pattern("^b").steps(on: text).steps < 10)
    #expect(try Pattern("x[0-9]+").steps(on: text).steps < 10)
  }

  @Test func `give up where every match has to see the whole text`() throws {
    let text = String(repeating: "a", count: 20_000)
    #expect(throws: PatternError.self) { try Pattern("a(?:.*b)?").replacingAll(in: text, with: "x") }
    #expect(try Pattern("a").replacingAll(in: text, with: "b") == String(repeating: "b", count: 20_000))
  }
}
