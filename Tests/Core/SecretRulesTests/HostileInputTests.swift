import Support
import Testing

@testable import SecretRules

@Suite struct `Hostile input to the rules` {
  /// How often each byte is looked at when a piece stands in a text again and again.
  static func effort(_ set: RuleSet, for piece: [UInt8], size: Int = 6000) -> Int {
    let bytes = Array([[UInt8]](repeating: piece, count: size / piece.count + 1).joined())
    var search = RuleSearch(set, bytes)
    _ = search.findings()
    return search.effort / bytes.count
  }

  @Test(arguments: RuleSet.builtIn.rules.indices)
  func `costs a rule a bounded number of looks at each byte, whichever of its beginnings it repeats`(rule: Int) {
    let rule = RuleSet.builtIn.rules[rule]
    let set = RuleSet([rule])
    for keyword in Set(rule.patterns.flatMap(\.keywords)).sorted(by: { $0.lexicographicallyPrecedes($1) }).prefix(1) {
      for tail in ["", "="] {
        let effort = Self.effort(set, for: keyword + Array(tail.utf8))
        #expect(effort <= 150, "\(String(decoding: keyword, as: UTF8.self))\(tail)")
      }
    }
    for sample in rule.positiveSamples.prefix(2) {
      let bytes = SampleTemplate(sample)?.bytes ?? []
      #expect(Self.effort(set, for: Array(bytes.dropLast())) <= 150, "\(sample)")
    }
  }

  @Test(arguments: [
    "eyJ", "eyJh-", "\"", "=", "a", "A", "password=", "token: ", "?api_key=", "https://a:", "cookie: a=b; ",
    "cookie:a=",
    "-----BEGIN PRI\("VATE") KEY-----", "heroku ", "sntrys_eyJh", "host=a ", "curl -u a",
  ])
  func `costs no more a byte when it is longer`(text: String) {
    let short = Self.effort(.builtIn, for: Array(text.utf8), size: 5000)
    let long = Self.effort(.builtIn, for: Array(text.utf8), size: 20_000)
    #expect(long <= short + short / 8 + 8, "\(short), then \(long)")
  }

  @Test(arguments: 0..<40)
  func `of any bytes yields findings in order, inside the bytes`(seed: UInt64) {
    var random = SplitMix(seed)
    let pieces = `A rule`.positives.map(\.bytes) + RuleSet.builtIn.owners.flatMap(\.pattern.keywords)
    for _ in 0..<4 {
      var bytes: [UInt8] = []
      while bytes.count < 300 {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes += (0..<8).map { _ in UInt8.random(in: .min ... .max, using: &random) }
        case 1: bytes += pieces.randomElement(using: &random)?.prefix(Int.random(in: 1...40, using: &random)) ?? []
        case 2: bytes += Array("\"'=:;%\\n{}$<>&=\n\r\t\0 ".utf8).shuffled(using: &random).prefix(4)
        default: bytes += pieces.randomElement(using: &random) ?? []
        }
      }
      let findings = RuleSet.builtIn.findings(in: bytes, decoding: true)
      var end = 0
      for finding in findings {
        #expect(finding.range.lowerBound >= end && !finding.range.isEmpty)
        end = finding.range.upperBound
      }
      #expect(end <= bytes.count)
      var masking = LineMasking(.builtIn)
      _ = masking.write(bytes) + masking.finish()
    }
  }
}
