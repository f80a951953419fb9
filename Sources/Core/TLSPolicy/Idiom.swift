import SecretRules

/// A way of writing that certificates are not to be checked.
package struct Idiom: Hashable, Sendable {
  /// A name for findings: lower-case words with hyphens between.
  package let id: String
  /// What it is, as a noun phrase.
  package let what: String
  /// What does the same with the checks on, as an imperative.
  package let instead: String
  /// Samples in which it is found, and samples in which nothing is.
  package let positiveSamples: [String]
  package let negativeSamples: [String]

  /// All that are known.
  package static let all: [Idiom] = rules.rules.map(Idiom.init)

  static let rules = RuleSet(idioms: IdiomText.all)
  private static let byID = Dictionary(uniqueKeysWithValues: all.map { ($0.id, $0) })

  private init(_ rule: Rule) {
    id = rule.id
    positiveSamples = rule.positiveSamples
    negativeSamples = rule.negativeSamples
    // "what => instead"
    let words = rule.description.split(separator: " ")
    let arrow = words.lastIndex(of: "=>") ?? words.endIndex
    what = words[..<arrow].joined(separator: " ")
    instead = words[arrow...].dropFirst().joined(separator: " ")
  }

  /// All places in some bytes, in their order; none overlap.
  package static func findings(in bytes: [UInt8]) -> [IdiomFinding] {
    rules.findings(in: bytes).compactMap { finding in
      byID[finding.rule].map { IdiomFinding(idiom: $0, range: finding.range) }
    }
  }

  /// The first one that stands in a command, as a shell reads it: with its quotes and without them.
  package static func first(inCommand text: String) -> Idiom? {
    let bytes = Array(text.utf8)
    return (findings(in: bytes).first ?? findings(in: unquoted(bytes)).first)?.idiom
  }

  /// The one for which a variable of the environment stands; nil for most.
  package static func first(inVariable name: String, value: String) -> Idiom? {
    (findings(in: Array("\(name)=\(value)".utf8)).first
      ?? findings(in: Array("\(name)=\(value.lowercased())".utf8)).first)?
      .idiom
  }

  /// POSIX, "Shell Command Language", 2.2: what quotes is taken away, and so is an escaped end of a line.
  private static func unquoted(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\\"):
        index += 1
        if index < bytes.count, bytes[index] != UInt8(ascii: "\n") { result.append(bytes[index]) }
      case UInt8(ascii: "'"), UInt8(ascii: "\""): break
      case let byte: result.append(byte)
      }
      index += 1
    }
    return result
  }
}

/// Where an idiom stands.
package struct IdiomFinding: Hashable, Sendable {
  package let idiom: Idiom
  /// Offsets of the bytes.
  package let range: Range<Int>
}
