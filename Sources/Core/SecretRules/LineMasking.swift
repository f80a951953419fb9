/// Masks what rules find in a stream, line by line: the same output wherever the writes are cut.
///
/// What it holds back is an unfinished line, a private key until its last line has come, and of a line that is longer
/// than a window the end of that window.
package struct LineMasking: Sendable {
  /// A line that is longer is looked at in windows of as many bytes.
  static let window = 65_536
  /// What is looked at again in the next window, so that no secret up to this length is cut in two.
  static let overlap = 4096
  /// A private key that is longer is not waited for.
  static let longestKey = 32_768

  private let rules: RuleSet
  /// Whole lines of a private key that goes on, and the beginning of a line.
  private var pending: [UInt8] = []
  var heldBytes: Int { pending.count }
  /// The end of the last whole line in `pending`.
  private var examined = 0
  /// Where in `pending` the line stands with which a private key begins.
  private var openKey: Int?
  /// A secret was longer than a window, and its rest is still to come.
  private var isInsideSecret = false

  package init(_ rules: RuleSet = .forLogs) { self.rules = rules }

  /// Takes the next bytes and returns what is decided by now, each secret in it as `[redacted:RULE]`.
  package mutating func write(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let newline = Array(bytes).lastIndex(of: .newline).map { pending.count + $0 }
    pending += bytes
    var output: [UInt8] = []
    if let newline {
      examine(upTo: newline + 1)
      if let key = openKey, examined - key > Self.longestKey { openKey = nil }
      output = handOn(openKey ?? examined)
    }
    // Only a line that goes on can be that long now.
    if pending.count - examined >= Self.window {
      output += handOn(examined)
      let end = handOnWindows(0..<pending.count, to: &output)
      pending.removeFirst(end)
    }
    return output
  }

  /// Ends the stream and returns the rest; it is as new after it.
  package mutating func finish() -> [UInt8] {
    defer { self = LineMasking(rules) }
    return handOn(pending.count)
  }

  /// Looks for beginnings and ends of private keys in lines that have become whole.
  private mutating func examine(upTo end: Int) {
    var index = examined
    // Five hyphens cover one of every five places.
    while index < end {
      guard pending[index] == UInt8(ascii: "-") else {
        index += 5
        continue
      }
      var start = index
      while start > examined, pending[start - 1] == UInt8(ascii: "-") { start -= 1 }
      var stop = index
      while stop < end, pending[stop] == UInt8(ascii: "-") { stop += 1 }
      if stop - start >= 5 { note(markerAt: start, label: stop, end) }
      index = stop + 5
    }
    examined = end
  }

  private mutating func note(markerAt start: Int, label: Int, _ end: Int) {
    let text = pending[label..<min(end, label + 48)]
    if text.starts(with: "END ".utf8) {
      openKey = nil
    } else if openKey == nil, text.starts(with: "BEGIN ".utf8), text.contains(Array("PRIVATE KEY".utf8)) {
      openKey = pending[examined..<start].lastIndex(of: .newline).map { $0 + 1 } ?? examined
    }
  }

  /// Hands on the bytes before a place; those after it stay.
  private mutating func handOn(_ end: Int) -> [UInt8] {
    var output: [UInt8] = []
    var (start, line) = (0, 0)
    // A whole line that is longer than a window is looked at as if it had come in pieces.
    while end - line >= Self.window {
      let lineEnd = pending[line..<end].firstIndex(of: .newline) ?? end
      if lineEnd - line >= Self.window {
        output += masked(start..<line)
        start = handOnWindows(line..<lineEnd, to: &output)
      }
      line = lineEnd + 1
    }
    output += masked(start..<end)
    pending.removeFirst(end)
    examined -= end
    openKey = openKey.flatMap { $0 >= end ? $0 - end : nil }
    return output
  }

  /// Hands on a part of a line, until what is left is shorter than a window, and returns where that begins.
  private mutating func handOnWindows(_ range: Range<Int>, to output: inout [UInt8]) -> Int {
    var start = afterSecret(range)
    while range.upperBound - start >= Self.window {
      let bytes = Array(pending[start..<start + Self.window])
      let findings = rules.findings(in: bytes)
      var cut = Self.window - Self.overlap
      if let secret = findings.first(where: { $0.range.lowerBound < cut && cut < $0.range.upperBound })?.range {
        isInsideSecret = secret == bytes.indices
        cut = isInsideSecret || secret.upperBound < bytes.count ? secret.upperBound : max(1, secret.lowerBound)
      }
      output += RuleSet.masked(bytes[..<cut], findings.prefix { $0.range.lowerBound < cut })
      start = afterSecret(start + cut..<range.upperBound)
    }
    return start
  }

  private mutating func masked(_ range: Range<Int>) -> [UInt8] {
    let start = afterSecret(range)
    guard start < range.upperBound else { return [] }
    let bytes = Array(pending[start..<range.upperBound])
    return RuleSet.masked(bytes[...], rules.findings(in: bytes)[...])
  }

  /// Where the rest of a secret that was longer than a window ends.
  private mutating func afterSecret(_ range: Range<Int>) -> Int {
    guard isInsideSecret else { return range.lowerBound }
    let end = pending[range].firstIndex { !Self.goesOn.contains($0) }
    if end != nil { isInsideSecret = false }
    return end ?? range.upperBound
  }

  private static let goesOn = ByteSet.word.union(ByteSet("+/=.~%:-".utf8))
}

extension RuleSet {
  /// The bytes with each secret as `[redacted:RULE]`; the findings are those in them.
  package static func masked(_ bytes: ArraySlice<UInt8>, _ findings: ArraySlice<RuleFinding>) -> [UInt8] {
    if findings.isEmpty { return Array(bytes) }
    var output: [UInt8] = []
    var index = bytes.startIndex
    for finding in findings {
      output += bytes[index..<finding.range.lowerBound]
      output += Array("[redacted:\(finding.rule)]".utf8)
      index = finding.range.upperBound
    }
    return output + bytes[index...]
  }
}

extension UInt8 {
  static let newline: UInt8 = 0x0a
}
