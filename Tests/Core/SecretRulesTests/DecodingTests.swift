import Testing

@testable import SecretRules

@Suite struct `A secret behind an encoding` {
  static let token = SampleTemplate("ghp_{alnum:36}")?.bytes ?? []

  static func found(in bytes: [UInt8]) -> [RuleFinding] { RuleSet.builtIn.findings(in: bytes, decoding: true) }

  static func base64(_ bytes: [UInt8], alphabet: String = "+/") -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\(alphabet)".utf8)
    var (result, bits, count) = ([UInt8](), UInt32(0), 0)
    for byte in bytes {
      (bits, count) = (bits << 8 | UInt32(byte), count + 8)
      while count >= 6 {
        count -= 6
        result.append(digits[Int(bits >> UInt32(count) & 63)])
      }
    }
    if count > 0 { result.append(digits[Int(bits << UInt32(6 - count) & 63)]) }
    return result
  }

  @Test(arguments: 0..<8, ["+/", "-_"])
  func `is found in base64, whatever stands before it`(before: Int, alphabet: String) {
    let text = Array("=-=:;.,=".utf8.prefix(before)) + Self.token + Array("\n".utf8)
    let start = Array("data: ".utf8)
    let encoded = Self.base64(text, alphabet: alphabet)
    let found = Self.found(in: start + encoded + Array("==\n".utf8))
    #expect(found.map(\.rule) == ["github-personal-token"])
    #expect(found.first?.encoding == .base64)
    let bits = (before * 8)..<((before + 40) * 8)
    #expect(found.first?.range == start.count + bits.lowerBound / 6..<start.count + (bits.upperBound + 5) / 6)
  }

  @Test func `is found in base64 that begins in the middle of a word`() {
    for before in ["", "a", "ab", "abc", "path/"] {
      let bytes = Array(before.utf8) + Self.base64([32] + Self.token + [32])
      #expect(Self.found(in: bytes).map(\.encoding) == [.base64], "\(before)")
    }
  }

  @Test func `is found in base64 that is wrapped, with its lines in one range`() {
    let text =
      (0..<50).map { _ in UInt8(ascii: "-") } + [32] + Self.token + [32] + (0..<50).map { _ in UInt8(ascii: ".") }
    let encoded = Self.base64(text)
    let lines = stride(from: 0, to: encoded.count, by: 76).map { Array(encoded[$0..<min(encoded.count, $0 + 76)]) }
    let found = Self.found(in: Array(lines.joined(separator: Array("\n    ".utf8))))
    #expect(found.map(\.encoding) == [.base64])
  }

  @Test func `is found in hex of either case`() {
    let hex = Self.token.flatMap { Array((String($0, radix: 16)).utf8) }
    for digits in [hex, Array(String(decoding: hex, as: UTF8.self).uppercased().utf8)] {
      let found = Self.found(in: Array("0x".utf8) + digits + [10])
      #expect(found == [RuleFinding(rule: "github-personal-token", range: 2..<82, encoding: .hex)])
    }
  }

  @Test func `is found behind percent signs`() {
    let uuid = SampleTemplate("{uuid}")?.bytes ?? []
    let bytes = Array("h=Authorization%3A%20Bearer%20".utf8) + uuid + Array("%0A&x=1".utf8)
    #expect(Self.found(in: bytes).map(\.rule) == ["authorization-header"])
    let whole = Self.token.flatMap { Array("%\(String($0, radix: 16))".utf8) }
    #expect(Self.found(in: whole) == [RuleFinding(rule: "github-personal-token", range: 0..<120, encoding: .percent)])
  }

  @Test func `is found in UTF-16 of either byte order`() {
    let text = Array("x ".utf8) + Self.token + Array(" y".utf8)
    let little = text.flatMap { [$0, 0] as [UInt8] }
    let big = text.flatMap { [0, $0] as [UInt8] }
    #expect(Self.found(in: [0xff, 0xfe] + little).map(\.range) == [6..<86])
    #expect(Self.found(in: [0xfe, 0xff] + big).map(\.range) == [6..<86])
  }

  @Test func `is one finding, by the rule that sees it as it stands`() {
    let bytes = SampleTemplate("eyJhbGciOiJIUzI1NiJ9.eyJ{alnum:70}.{alnum:43}")?.bytes ?? []
    #expect(Self.found(in: bytes) == [RuleFinding(rule: "json-web-token", range: bytes.indices)])
  }

  @Test func `is decoded once only`() {
    let twice = Self.base64(Self.base64([32] + Self.token + [32]))
    #expect(Self.found(in: twice).isEmpty)
  }
}
