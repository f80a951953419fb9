import DeliveryLoop
import SecretScanning
import TLSPolicy

/// Keeps certificate checks on (promise I5): no line that a change adds may switch them off.
///
/// What it may let pass stands in the base commit's allow-list (promise I9).
struct CertificateGate {
  let world: World
  let run: Run
  /// The step that asks.
  let step: Step

  /// nil when the changed files of a tree have no idiom that they had not at the base.
  func inspect(_ changes: [FileChange], in tree: ObjectID) throws -> Failure? {
    let base = try world.repository.tree(of: run.base)
    let removed = changes.filter { $0.kind == .deleted }.map(\.path)
    var found: [(path: String, finding: IdiomFinding, bytes: [UInt8])] = []
    for path in changes.filter({ $0.kind != .deleted }).map(\.path) {
      let bytes = try world.repository.content(of: path, at: tree)
      guard let new = bytes.flatMap(SourceText.utf8) else { continue }
      let old = try world.repository.content(of: path, at: base).map { SourceText.utf8(of: $0) ?? [] }
      let added = Idiom.added(by: new, to: old, path: path)
      if added.isEmpty { continue }
      // What was only moved is not new.
      if old == nil, try removed.contains(where: { try world.repository.content(of: $0, at: base) == bytes }) {
        continue
      }
      found += added.map { (path, $0, new) }
    }
    return found.isEmpty ? nil : try judge(found, allowed: try world.allowList(at: run.base))
  }

  private func judge(
    _ found: [(path: String, finding: IdiomFinding, bytes: [UInt8])], allowed: AllowList
  ) throws -> Failure? {
    var words: [String] = []
    var advice = ""
    for (path, finding, bytes) in found {
      let print = try world.scanner.fingerprinter.fingerprint(
        of: Array(path.utf8) + [0] + bytes[finding.range], as: finding.idiom.id)
      if allowed.allows(print) { continue }
      let position = Position.of([finding.range.lowerBound], in: bytes)[0]
      let place = ScanPlace(.file(path)).text(at: position)
      words.append("\(place) switches certificate checks off: \(finding.idiom.what)")
      if advice.isEmpty {
        advice =
          "\(finding.idiom.instead); or, if nothing is switched off there, commit the line \"\(print) REASON\" to "
          + "\(AllowList.path) before the run begins"
      }
    }
    guard let first = words.first else { return nil }
    return Failure(
      step: step, kind: .unchecked, message: "\(first); \(advice)", tail: words.count > 1 ? Array(words.prefix(20)) : []
    )
  }

  /// As git tells it (buffer_is_binary in xdiff-interface.c): no NUL in the first 8000 bytes.
  static func isText(_ bytes: [UInt8]) -> Bool { !bytes.prefix(8000).contains(0) }
}

/// Throws where a command, or a variable that it gets, would switch certificate checks off.
func refuseUnchecked(_ command: Command) throws(UncheckedCertificates) {
  if let idiom = Idiom.first(inCommand: command.line.description) {
    throw UncheckedCertificates(place: "the command \"\(command.line)\"", idiom: idiom)
  }
  for (name, value) in command.environment.sorted(by: { $0.key < $1.key }) {
    if let idiom = Idiom.first(inVariable: name, value: value) {
      throw UncheckedCertificates(place: "the variable \"\(name)\" of a command", idiom: idiom)
    }
  }
}

/// Something of a run's own that would switch certificate checks off.
struct UncheckedCertificates: Error, Hashable, Explained {
  /// Where it stands, as the beginning of a sentence.
  let place: String
  let idiom: Idiom

  var kind: Failure.Kind { .unchecked }
  var wording: String { "\(place) switches certificate checks off: \(idiom.what); \(idiom.instead)" }
}
