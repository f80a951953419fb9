import Testing

@testable import SecretRules

@Suite struct `A rule` {
  struct Sample: Sendable, CustomStringConvertible {
    let rule: String
    let template: String
    var description: String { "\(rule): \(template)" }
    var bytes: [UInt8] { SampleTemplate(template)?.bytes ?? [] }
  }

  static let positives = RuleSet.builtIn.rules.flatMap { rule in
    rule.positiveSamples.map { Sample(rule: rule.id, template: $0) }
  }
  static let negatives = RuleSet.builtIn.rules.flatMap { rule in
    rule.negativeSamples.map { Sample(rule: rule.id, template: $0) }
  }

  @Test(arguments: positives)
  func `finds each of its positive samples`(sample: Sample) {
    let found = RuleSet.builtIn.findings(in: sample.bytes)
    #expect(found.map(\.rule) == [sample.rule], "\(String(decoding: sample.bytes, as: UTF8.self))")
  }

  @Test(arguments: positives)
  func `finds what its samples stand for, whatever the values`(sample: Sample) {
    let count = 8
    let missed = (0..<count).count { seed in
      let bytes = SampleTemplate(sample.template, seed: UInt64(seed))?.bytes ?? []
      return RuleSet.builtIn.findings(in: bytes).isEmpty
    }
    // A value may happen to look like words, or like nothing at all.
    let mayMiss = ["generic-secret", "generic-password", "token-header", "secret-pair-in-json"].contains(sample.rule)
    #expect(missed <= (mayMiss ? 2 : 0), "\(missed) of \(count)")
  }

  @Test(arguments: negatives)
  func `finds none of its negative samples`(sample: Sample) {
    let found = RuleSet.builtIn.findings(in: sample.bytes)
    #expect(found.isEmpty, "\(String(decoding: sample.bytes, as: UTF8.self))")
  }

  @Test(arguments: RuleSet.builtIn.rules.map(\.id))
  func `has samples of its own, and no other has its name`(id: String) throws {
    let rules = RuleSet.builtIn.rules.filter { $0.id == id }
    #expect(rules.count == 1)
    #expect(!rules[0].positiveSamples.isEmpty && !rules[0].negativeSamples.isEmpty)
  }
}
