/// All known secrets in all their forms, compiled: a value, cheap to copy and to share between threads.
package struct SecretSet: Sendable {
  package static let none = SecretSet([])

  /// The names of the secrets, in the order in which they were given.
  package let names: [String]
  private let matcher: Matcher
  /// The mask of each secret: the same for all its values and forms, and harmless inside JSON, XML and a shell's
  /// quotes.
  private let masks: [[UInt8]]

  package init(_ secrets: [Secret]) {
    self.init(
      names: secrets.map(\.name), needles: secrets.enumerated().flatMap { Forms.needles(of: $1, index: $0) })
  }

  private init(names: [String], needles: [Needle]) {
    self.names = names
    matcher = Matcher(needles)
    masks = names.map { Array("[redacted:\($0)]".utf8) }
  }

  /// This set with more secrets in it.
  package func adding(_ secrets: [Secret]) -> SecretSet {
    let more = secrets.enumerated().flatMap { Forms.needles(of: $1, index: names.count + $0) }
    return SecretSet(names: names + secrets.map(\.name), needles: matcher.needles + more)
  }

  /// A redactor for one stream.
  package func redactor() -> Redactor { Redactor(Scan(matcher), masks: masks) }

  /// Has a redactor mask these secrets from now on, in the middle of its stream; it costs nothing when it does already.
  ///
  /// What the redactor held back is looked at anew, so that no byte is lost or let go too early. Of a secret that has begun
  /// before and was not known then, what is still to come is masked as far as its beginning is remembered.
  package func takeOver(_ redactor: inout Redactor) { redactor.goOn(with: matcher, masks: masks) }

  package func redact(_ bytes: [UInt8]) -> RedactedBytes {
    if names.isEmpty { return RedactedBytes(bytes) }
    var redactor = redactor()
    var result: [UInt8] = []
    redactor.write(bytes) { result = $0.bytes }
    redactor.finish { result += $0.bytes }
    return RedactedBytes(result)
  }

  package func redact(_ text: String) -> RedactedText {
    names.isEmpty ? RedactedText(text) : redact(Array(text.utf8)).text
  }

  /// Where secrets stand, in order; overlapping ones as one, by the name of the first.
  ///
  /// These are whole secrets only: unlike a stream, a file is not cut off in the middle of one.
  package func findings(in bytes: [UInt8]) -> [SecretFinding] {
    if names.isEmpty { return [] }
    var scan = Scan(matcher)
    unsafe bytes.withUnsafeBytes { unsafe scan.read($0) }
    scan.settle()
    return scan.coverage.stretches.map { stretch in
      let needle = matcher.needles[stretch.needle]
      return SecretFinding(name: names[needle.secret], form: stretch.form, range: stretch.start..<stretch.end)
    }
  }
}
