import Testing

@testable import SecretRules

@Suite struct `A byte pattern` {
  static func found(_ pattern: String, in text: String) throws -> [String] {
    let pattern = try BytePattern(pattern)
    let bytes = Array(text.utf8)
    var effort = 0
    return bytes.indices.compactMap { index in
      guard pattern.keywords.contains(where: { bytes[index...].map(\.lowercased).starts(with: $0) }) else { return nil }
      return pattern.match(bytes, keyword: index, effort: &effort).map {
        String(decoding: bytes[$0.secret], as: UTF8.self)
      }
    }
  }

  @Test(arguments: [
    ("abc", "abc", ["abc"]), ("abc\\d+", "abc12x", ["abc12"]), ("abc[x-z]{2}", "abcxy", ["abcxy"]),
    ("abc[x-z]{2}", "abcxyz", []), ("abc[^x]", "abcx abcd", ["abcd"]), ("abc(?:d|ef)g", "abcefg", ["abcefg"]),
    ("abc(?<secret>\\w{2})!", "abcde!", ["de"]), ("(?i)abc", "ABC abC", ["ABC", "abC"]), ("abc", "ABC", []),
    ("abc(?!d)", "abcd abce", ["abc"]), ("abc(?=d)", "abcd abce", ["abc"]), ("[0-9]{2,3}abc", "1abc 12abc", ["12abc"]),
    ("[0-9]{3}abc", "123abc", ["123abc"]), ("[0-9]{3}abc", "23abc", []), ("x?abc", "xabc", ["xabc"]),
    ("abc(?:de){2,}", "abcde abcdededex", ["abcdedede"]), ("abc.", "abc\n", []), ("abc\\s", "abc\n abc\t", ["abc\t"]),
    ("abc\\x2d\\.", "abc-.", ["abc-."]), ("(?<![_])abc", "_abc abc", ["abc"]),
    ("abc", "xabc 1abc _abc \\nabc %0Aabc", ["abc", "abc", "abc"]), ("abc\\-[a\\-z]+", "abc-a-zb", ["abc-a-z"]),
  ])
  func `matches what a regular expression would`(pattern: String, text: String, matches: [String]) throws {
    #expect(try Self.found(pattern, in: text) == matches)
  }

  @Test func `never gives back what a quantifier has taken`() throws {
    #expect(try Self.found("abc[a-z]*z", in: "abcxyz").isEmpty)
    #expect(try Self.found("abc(?:x|xy)z", in: "abcxyz").isEmpty)
  }

  @Test(arguments: [
    ("abcdef", ["abcdef"]), ("ab[cd]e", ["abce", "abde"]), ("(?i)ABC", ["abc"]), ("(?:abc|de)f", ["abcf", "def"]),
    ("a?bcd", ["abcd", "bcd"]), ("[0-9]{5}-[a-z]{9}xyz", ["xyz"]), ("abcd[0-9]{3}", ["abcd"]), ("[0-9]+abc", ["abc"]),
  ])
  func `knows what its matches begin with`(pattern: String, keywords: [String]) throws {
    #expect(try BytePattern(pattern).keywords.map { String(decoding: $0, as: UTF8.self) } == keywords)
  }

  @Test func `tells entropy as Shannon does`() {
    #expect(Entropy.bits(Array("aaaa".utf8)[...]) == 0)
    #expect(abs(Entropy.bits(Array("abcd".utf8)[...]) - 2) < 1e-4)
    #expect(abs(Entropy.bits(Array("aab".utf8)[...]) - 0.9183) < 1e-3)
    #expect(abs(Entropy.log2(1000) - 9.96578) < 1e-4)
  }
}
