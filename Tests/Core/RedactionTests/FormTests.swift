import Testing

@testable import Redaction

@Suite struct `A form of a secret` {
  static let value = "p@ss/w\"rd+<&'é\\ 100%?"

  @Test(arguments: [
    ("verbatim", value),
    ("base64 alone", "cEBzcy93InJkKzwmJ8OpXCAxMDAlPw=="),
    ("base64 after one byte", "eHBAc3MvdyJyZCs8JifDqVwgMTAwJT8="),
    ("base64 after two bytes", "eHhwQHNzL3cicmQrPCYnw6lcIDEwMCU/"),
    ("url-safe base64", "eHhwQHNzL3cicmQrPCYnw6lcIDEwMCU_"),
    ("hex", "704073732f772272642b3c2627c3a95c20313030253f"),
    ("upper-case hex", "704073732F772272642B3C2627C3A95C20313030253F"),
    ("hex with colons", "70:40:73:73:2f:77:22:72:64:2b:3c:26:27:c3:a9:5c:20:31:30:30:25:3f"),
    ("hex escapes", #"\x70\x40\x73\x73\x2f\x77\x22\x72\x64\x2b\x3c\x26\x27\xc3\xa9\x5c\x20\x31\x30\x30\x25\x3f"#),
    ("percent", "p%40ss%2Fw%22rd%2B%3C%26%27%C3%A9%5C%20100%25%3F"),
    ("percent with plus", "p%40ss%2Fw%22rd%2B%3C%26%27%C3%A9%5C+100%25%3F"),
    ("lower-case percent", "p%40ss%2fw%22rd%2b%3c%26%27%c3%a9%5c%20100%25%3f"),
    ("percent in a path", "p@ss/w%22rd+%3C&'%C3%A9%5C%20100%25%3F"),
    ("percent of every byte", "%70%40%73%73%2F%77%22%72%64%2B%3C%26%27%C3%A9%5C%20%31%30%30%25%3F"),
    ("percent twice", "p%2540ss%252Fw%2522rd%252B%253C%2526%2527%25C3%25A9%255C%2520100%2525%253F"),
    ("minimal JSON", #"p@ss/w\"rd+<&'é\\ 100%?"#),
    ("JSON with escaped slashes", #"p@ss\/w\"rd+<&'é\\ 100%?"#),
    ("JSON for web pages", #"p@ss/w\"rd+\u003c\u0026'é\\ 100%?"#),
    ("JSON in ASCII", #"p@ss/w\"rd+<&'\u00e9\\ 100%?"#),
    ("JSON in upper-case ASCII", #"p@ss\/w\"rd+<&'\u00E9\\ 100%?"#),
    ("JSON in JSON", #"p@ss/w\\\"rd+<&'é\\\\ 100%?"#),
    ("JSON with escaped slashes in the same", #"p@ss\\\/w\\\"rd+<&'é\\\\ 100%?"#),
    ("a shell's quotes", #"p@ss/w"rd+<&'\''é\ 100%?"#),
    ("a shell's double quotes", #"p@ss/w\"rd+<&'é\\ 100%?"#),
    ("printf %q", #"p@ss/w\"rd+\<\&\'é\\\ 100%\?"#),
    ("a shell's dollar quotes", #"p@ss/w"rd+<&\'\303\251\\ 100%?"#),
    ("SQL", #"p@ss/w"rd+<&''é\ 100%?"#),
    ("Python's repr of bytes", #"p@ss/w"rd+<&\'\xc3\xa9\\ 100%?"#),
    ("named entities", "p@ss/w&quot;rd+&lt;&amp;&#39;é\\ 100%?"),
    ("entities in hex", "p@ss/w&#x22;rd+&#x3c;&#x26;&#x27;é\\ 100%?"),
  ])
  func `is masked whole`(name: String, written: String) throws {
    let set = SecretSet([try Secret(name: "S", value: Self.value)])
    let masked = set.redact("before \(written) after").text
    // What is left of the base64 of neighbours and padding depends on no bit of the secret.
    let plain = masked.replacing("[redacted:S]", with: "").replacing("=", with: "").replacing("eH", with: "").replacing(
      "e[", with: "")
    #expect(plain == "before  after" || plain == "before e after", "\(name): \(masked)")
    let mask = name.hasPrefix("base64") ? masked : masked.replacing("[redacted:S]", with: "", maxReplacements: 1)
    #expect(name.hasPrefix("base64") || !mask.contains("[redacted"), "\(name) is one mask")
  }

  @Test func `in UTF-16 is masked in both byte orders`() throws {
    let set = SecretSet([try Secret(name: "S", value: Self.value)])
    let units = Array("→\(Self.value)→".utf16)
    let little = units.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] }
    let big = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
    #expect(set.redact(little).bytes == [0x92, 0x21] + Array("[redacted:S]".utf8) + [0x92, 0x21])
    #expect(set.redact(big).bytes == [0x21, 0x92] + Array("[redacted:S]".utf8) + [0x21, 0x92])
  }

  @Test(arguments: 0..<60)
  func `in base64 leaves no character that depends on it`(seed: Int) throws {
    var random = SplitMix(UInt64(seed))
    let value = (0..<Int.random(in: 8...40, using: &random)).map { _ in UInt8.random(in: 33...255, using: &random) }
    let before = (0..<Int.random(in: 0...7, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    let after = (0..<Int.random(in: 0...7, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
    let set = SecretSet([try Secret(name: "S", bytes: value)])
    let text = base64(before + value + after)
    // The characters that are wholly of the bytes before and after.
    let head = before.count * 8 / 6
    let firstAfter = ((before.count + value.count) * 8 + 5) / 6
    let expected = Array(text[..<head] + Array("[redacted:S]".utf8) + text[firstAfter...])
    for size in [1, 5, 1_000] {
      var redactor = set.redactor()
      #expect(redactor.outputs(of: text.pieces(of: 1...size, &random)).last == expected)
    }
  }

  @Test(arguments: 0..<3)
  func `in base64 within base64 is masked`(before: Int) throws {
    let set = SecretSet([try Secret(name: "S", value: "correct-horse-battery")])
    let value = [UInt8](repeating: UInt8(ascii: "x"), count: before) + Array("correct-horse-battery".utf8)
    let prefix = Array(#"{"auth":""#.utf8)
    let masked = set.redact(base64(prefix + base64(value) + Array(#""}"#.utf8))).bytes
    let head = (prefix.count * 8 + (before * 8 / 6) * 8) / 6
    #expect(masked.starts(with: base64(prefix + base64(value)).prefix(head)))
    #expect(masked.contains(Array("[redacted:S]".utf8)))
    #expect(masked.count <= head + "[redacted:S]".utf8.count + 8)
  }

  @Test func `of bytes that are no text is masked as text shows it, unless too little is left`() throws {
    let set = SecretSet([try Secret(name: "S", bytes: Array("correct".utf8) + [0xff] + Array("horse".utf8))])
    #expect(set.redact("a correct\u{fffd}horse b").text == "a [redacted:S] b")
    let binary = SecretSet([try Secret(name: "B", bytes: [UInt8](repeating: 0xff, count: 16))])
    let noise = String(repeating: "\u{fffd}", count: 40)
    #expect(binary.redact(noise).text == noise)
  }

  @Test func `is found for the gate by name, form and place, never by value`() throws {
    let set = SecretSet([try Secret(name: "S", value: "correct-horse"), try Secret(name: "T", value: "battery-staple")])
    let found = set.findings(in: Array("a battery-staple b 636f72726563742d686f727365 correct-ho".utf8))
    #expect(
      found == [
        SecretFinding(name: "T", form: .verbatim, range: 2..<16), SecretFinding(name: "S", form: .hex, range: 19..<45),
      ])
    #expect(
      try SecretSet([Secret(name: "PIN", value: "8642")]).findings(in: Array("a 8642".utf8))
        == [SecretFinding(name: "PIN", form: .verbatim, range: 2..<6)])
    #expect(SecretSet.none.findings(in: Array("anything".utf8)).isEmpty)
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

@Suite struct `A composed secret` {
  static let pem =
    "-----BEGIN KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+0\nDYYvDNgWv8DqBjQhQ4mT8x==\nq7Rt5w==\n-----END KEY-----\n"

  @Test(arguments: ["\r\n", "\r\r\n", " ", "\\n", "\\\\n", "\n2026-11-23T05:54:00Z ", "\n> ", "\n+"])
  func `that is a PEM file is masked however its lines are written one after another`(separator: String) throws {
    let set = SecretSet([try Secret(name: "KEY", value: Self.pem)])
    let masked = set.redact(Self.pem.replacing("\n", with: separator)).text
    for line in ["MC4C", "J+0", "DYYv", "8x", "q7", "5w"] { #expect(!masked.contains(line), "\(masked)") }
  }

  @Test func `that is a PEM file shares its frame with all others`() throws {
    let set = SecretSet([try Secret(name: "KEY", value: Self.pem)])
    #expect(set.redact(Self.pem + "end").text == "[redacted:KEY]\nend")
    #expect(set.redact("log> DYYvDNgWv8DqBjQhQ4mT8x==").text == "log> [redacted:KEY]")
    #expect(set.redact("-----BEGIN KEY----- of another").text == "-----BEGIN KEY----- of another")
  }

  @Test func `that is long is masked in every form, by its parts`() throws {
    var random = SplitMix(5)
    let lines = (0..<30).map { _ in
      String(decoding: (0..<64).map { _ in UInt8.random(in: 35...126, using: &random) }, as: UTF8.self)
    }
    let set = SecretSet([try Secret(name: "LONG", value: lines.joined(separator: "\n"))])
    let line = Array(lines[20].utf8)
    for form in HexForms.all(of: line)
      + Spellings.all(of: line).filter({ !["base64", "xxd", "dump"].contains(where: $0.name.contains) }).map(\.bytes)
    {
      #expect(set.redact(form).text.text.replacing("[redacted:LONG]", with: "").trimmingPrefix(" ").isEmpty)
    }
  }

  @Test func `that is a text gives away none of its longer lines`() throws {
    let set = SecretSet([try Secret(name: "ENV", value: "A=1\npassword=correct-horse\nB=2\n")])
    #expect(set.redact("- password=correct-horse").text == "- [redacted:ENV]")
    #expect(set.redact("A=1 B=2").text == "A=1 B=2")
  }

  @Test func `that is JSON gives away none of its strings, and a brace is not masked`() throws {
    let set = SecretSet([
      try Secret(
        name: "SA", value: #"{"type":"x","private":"long-enough-value","keys":["BEGIN\nanother-long-line\n"]}"#)
    ])
    #expect(set.redact("{ long-enough-value }").text == "{ [redacted:SA] }")
    #expect(set.redact("type x another-long-line").text == "type x [redacted:SA]")
  }
}
