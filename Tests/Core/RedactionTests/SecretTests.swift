import Testing

@testable import Redaction

@Suite struct `A secret` {
  @Test func `cannot be printed, dumped or mirrored`() throws {
    let secret = try Secret(name: "TOKEN", value: "correct-horse-battery")
    var dumped = ""
    dump([secret], to: &dumped)
    let all = "\(secret) \(String(reflecting: secret)) \(dumped) \(String(describing: Optional(secret)))"
    #expect(!all.contains("correct"))
    #expect(all.contains("[secret:TOKEN]"))
    #expect(Mirror(reflecting: secret).children.isEmpty)
  }

  @Test func `is refused when it is empty, blank or too short, by its name alone`() {
    #expect(throws: SecretRefusal.empty(name: "T")) { try Secret(name: "T", value: "") }
    #expect(throws: SecretRefusal.blank(name: "T")) { try Secret(name: "T", value: " \n\t ") }
    #expect(throws: SecretRefusal.tooShort(name: "T", minimum: 4)) { try Secret(name: "T", value: "abc") }
  }

  @Test func `of a few bytes is masked between word boundaries only`() throws {
    let set = SecretSet([try Secret(name: "PIN", value: "8642")])
    #expect(set.redact("pin=8642, 98642 and 86421").text == "pin=[redacted:PIN], 98642 and 86421")
    #expect(set.redact("8642").text == "[redacted:PIN]")
  }

  @Test func `has a mask that cannot break the text around it`() throws {
    let set = SecretSet([try Secret(name: "A\"B\\C", value: "correct-horse")])
    #expect(set.redact("x correct-horse y").text == "x [redacted:A_B_C] y")
  }
}

@Suite struct `A form of a secret` {
  static let value = "p@ss/w\"rd+<&'é\\ 100%?"

  @Test(arguments: [
    ("verbatim", value),
    ("base64 alone", "cEBzcy93InJkKzwmJ8OpXCAxMDAlPw=="),
    ("base64 after one byte", "eHBAc3MvdyJyZCs8JifDqVwgMTAwJT8="),
    ("base64 after two bytes", "eHhwQHNzL3cicmQrPCYnw6lcIDEwMCU/"),
    ("url-safe base64", "eHhwQHNzL3cicmQrPCYnw6lcIDEwMCU_"),
    ("hex", "704073732f772272642b3c2627c3a95c2031303025 3f".replacing(" ", with: "")),
    ("upper-case hex", "704073732F772272642B3C2627C3A95C20313030253F"),
    ("percent", "p%40ss%2Fw%22rd%2B%3C%26%27%C3%A9%5C%20100%25%3F"),
    ("percent with plus", "p%40ss%2Fw%22rd%2B%3C%26%27%C3%A9%5C+100%25%3F"),
    ("lower-case percent", "p%40ss%2fw%22rd%2b%3c%26%27%c3%a9%5c%20100%25%3f"),
    ("minimal JSON", #"p@ss/w\"rd+<&'é\\ 100%?"#),
    ("JSON with escaped slashes", #"p@ss\/w\"rd+<&'é\\ 100%?"#),
    ("JSON for web pages", #"p@ss/w\"rd+\u003c\u0026'é\\ 100%?"#),
    ("JSON in ASCII", #"p@ss/w\"rd+<&'\u00e9\\ 100%?"#),
    ("a shell's quotes", #"p@ss/w"rd+<&'\''é\ 100%?"#),
    ("entities", "p@ss/w&quot;rd+&lt;&amp;&#39;é\\ 100%?"),
  ])
  func `is masked whole`(name: String, written: String) throws {
    let set = SecretSet([try Secret(name: "S", value: Self.value)])
    let masked = set.redact("before \(written) after").text
    #expect(masked.hasPrefix("before "), "\(name): \(masked)")
    #expect(masked.hasSuffix(" after"), "\(name): \(masked)")
    #expect(masked.contains("[redacted:S]"), "\(name): \(masked)")
    // What is left of the base64 of neighbours and padding depends on no bit of the secret.
    #expect(masked.count <= "before [redacted:S] after".count + 3, "\(name): \(masked)")
  }

  @Test(arguments: 0..<60)
  func `in base64 leaves no character that depends on it`(seed: Int) throws {
    var random = SplitMix(UInt64(seed))
    let value = (0..<Int.random(in: 8...40, using: &random)).map { _ in UInt8.random(in: 33...255, using: &random) }
    let before = (0..<Int.random(in: 0...7, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    let after = (0..<Int.random(in: 0...7, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    let set = SecretSet([try Secret(name: "S", bytes: value)])
    let text = base64(before + value + after)
    let masked = set.redact(String(decoding: text, as: UTF8.self)).text
    // Characters wholly of the bytes before and after.
    let head = before.count * 8 / 6
    let firstAfter = ((before.count + value.count) * 8 + 5) / 6
    let expected =
      String(decoding: text[..<head], as: UTF8.self) + "[redacted:S]"
      + String(decoding: text[firstAfter...], as: UTF8.self)
    #expect(masked == expected)
  }

  @Test func `that is a line of a larger secret is masked by itself`() throws {
    let pem = "-----BEGIN KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+0\nDYYvDNgWv8DqBjQhQ4mT8x==\n-----END KEY-----\n"
    let set = SecretSet([try Secret(name: "KEY", value: pem)])
    #expect(set.redact("log> DYYvDNgWv8DqBjQhQ4mT8x==").text == "log> [redacted:KEY]")
    #expect(set.redact(pem.replacing("\n", with: "\\n")).text.contains("MC4C") == false)
    #expect(set.redact("-----BEGIN KEY----- of another").text == "-----BEGIN KEY----- of another")
  }

  @Test func `that is a string in a JSON secret is masked by itself, and a brace is not`() throws {
    let set = SecretSet([try Secret(name: "SA", value: #"{"type":"x","private":"long-enough-value"}"#)])
    #expect(set.redact("{ long-enough-value }").text == "{ [redacted:SA] }")
  }

  @Test func `is found for the gate by name, form and place, never by value`() throws {
    let set = SecretSet([try Secret(name: "S", value: "correct-horse"), try Secret(name: "T", value: "battery-staple")])
    let found = set.findings(in: Array("a battery-staple b correct-horse".utf8))
    #expect(
      found == [
        SecretFinding(name: "T", form: .verbatim, range: 2..<16),
        SecretFinding(name: "S", form: .verbatim, range: 19..<32),
      ])
  }

  private func base64(_ bytes: [UInt8]) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      text += (0...group.count).map { alphabet[bits >> (18 - 6 * $0) & 63] }
    }
    return text
  }
}
