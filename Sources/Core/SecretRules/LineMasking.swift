/// Masks what rules find in a stream, line by line, so that the output does not depend on where the writes were cut.
package struct LineMasking: Sendable {
  private let rules: RuleSet
  /// The beginning of a line whose end has not come yet.
  private var pending: [UInt8] = []

  package init(_ rules: RuleSet) { self.rules = rules }

  /// Takes the next bytes and returns the lines that are complete by now, each secret in them as `[redacted:RULE]`.
  package mutating func write(_ bytes: some Collection<UInt8>) -> [UInt8] {
    pending += bytes
    guard let end = pending.lastIndex(of: 0x0a) else { return [] }
    let lines = Array(pending[...end])
    pending.removeFirst(end + 1)
    return masked(lines)
  }

  /// Ends the stream and returns the rest; it is as new after it.
  package mutating func finish() -> [UInt8] {
    defer { pending = [] }
    return masked(pending)
  }

  private func masked(_ bytes: [UInt8]) -> [UInt8] {
    let findings = rules.findings(in: bytes)
    if findings.isEmpty { return bytes }
    var output: [UInt8] = []
    var index = 0
    for finding in findings {
      output += bytes[index..<finding.range.lowerBound]
      output += Array("[redacted:\(finding.rule)]".utf8)
      index = finding.range.upperBound
    }
    return output + bytes[index...]
  }
}
