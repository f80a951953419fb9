/// All known secrets in all their forms, compiled: a value, cheap to copy and to share between threads.
package struct SecretSet: Sendable {
  package static let none = SecretSet([])

  package let names: [String]
  private let needles: [Needle]
  private let automaton: Automaton
  /// The mask of each needle: of one length for all values of a secret, and harmless inside JSON, XML and a shell's quotes.
  private let masks: [[UInt8]]

  package init(_ secrets: [Secret]) {
    names = secrets.map(\.name)
    needles = secrets.enumerated().flatMap { Forms.needles(of: $1, index: $0) }
    automaton = Automaton(needles)
    let names = names
    masks = needles.map { Array("[redacted:\(names[$0.secret])]".utf8) }
  }

  /// A redactor for one stream.
  package func redactor() -> Redactor { Redactor(Scan(automaton, needles), masks: masks) }

  package func redact(_ bytes: [UInt8]) -> RedactedBytes {
    var redactor = redactor()
    var result: [UInt8] = []
    redactor.write(bytes) { result += $0.bytes }
    redactor.finish { result += $0.bytes }
    return RedactedBytes(result)
  }

  package func redact(_ text: String) -> RedactedText {
    needles.isEmpty ? RedactedText(text) : RedactedText(String(decoding: redact(Array(text.utf8)).bytes, as: UTF8.self))
  }

  /// Where secrets stand, in order; overlapping ones as one, by the name of the first. Never a value.
  package func findings(in bytes: [UInt8]) -> [SecretFinding] {
    var scan = Scan(automaton, needles)
    unsafe bytes.withUnsafeBytes { _ = unsafe scan.read($0) }
    scan.end()
    return scan.matches.map { match in
      let needle = needles[match.needle]
      return SecretFinding(name: names[needle.secret], form: needle.form, range: match.start..<match.end)
    }
  }
}
