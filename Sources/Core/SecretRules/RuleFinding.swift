/// Where a rule found a secret; never its value.
package struct RuleFinding: Hashable, Sendable {
  /// The rule's id.
  package var rule: String
  /// Offsets of the bytes of the secret alone, without what it was recognized by.
  package var range: Range<Int>
  /// How the secret was written there; nil when verbatim.
  package var encoding: Encoding?

  /// A way of writing that is read once before the rules look at it again.
  package enum Encoding: String, CaseIterable, Sendable {
    case base64, hex, percent, utf16
  }

  /// In order; of overlapping ones the first takes in the others, and verbatim ones come first.
  static func merged(_ findings: [RuleFinding]) -> [RuleFinding] {
    var result: [RuleFinding] = []
    let sorted = findings.sorted {
      ($0.range.lowerBound, $0.encoding == nil ? 0 : 1) < ($1.range.lowerBound, $1.encoding == nil ? 0 : 1)
    }
    for next in sorted {
      guard var last = result.last, last.range.upperBound > next.range.lowerBound else {
        result.append(next)
        continue
      }
      if last.encoding != nil, next.encoding == nil { (last.rule, last.encoding) = (next.rule, nil) }
      last.range = last.range.lowerBound..<max(last.range.upperBound, next.range.upperBound)
      result[result.count - 1] = last
    }
    return result
  }
}
