import DeliveryLoop
import Transparency

/// The notes of a remote on deliveries, as far as they were seen, with what they say of this history.
struct Notary {
  /// A note of this history whose signature counts.
  struct Statement {
    let commit: ObjectID
    let note: DeliveryNote
  }

  private(set) var statements: [Statement] = []
  /// Notes of other histories.
  private(set) var others = 0
  /// The commits of those, by their runs.
  private(set) var foreign: [RunID: ObjectID] = [:]
  private(set) var findings: [ProofFinding] = []

  /// - Parameters:
  ///   - tip: the newest commit of the notes.
  ///   - origin: of this history; nil for one without events, of which every note may be.
  ///   - trusted: the keys that count for a delivery, by the commit on which it stands and its own.
  init(
    of notes: any Notes, at tip: ObjectID, origin: String?, signing: any Signing,
    trusted: (_ base: ObjectID, _ commit: ObjectID) throws -> [NoteKey]
  ) throws {
    for (commit, file) in try notes.alterations(in: tip) {
      // Notes that are many are spread over folders, as git-notes(1) has them.
      let target = file.filter { $0 != "/" }
      findings.append(ProofFinding("I8", "note on \(target)", "it was changed or removed by \(commit) of the notes"))
    }
    for commit in try notes.annotated(in: tip) {
      guard let text = try notes.note(on: commit, in: tip) else { continue }
      guard let signed = SignedNote(reading: text), let note = DeliveryNote(signed) else {
        findings.append(ProofFinding("I8", "note on \(commit)", "this is no note of a delivery"))
        continue
      }
      if let origin, note.checkpoint.origin != origin {
        others += 1
        if let run = RunID(note.facts.run) { foreign[run] = commit }
        continue
      }
      let base = ObjectID(note.facts.base)
      let keys = HandOver.successors(
        of: try base.map { try trusted($0, commit) } ?? [], by: note.handOvers, isSigned: signing.isSigned)
      let run = RunID(note.facts.run)
      guard keys.contains(where: { signing.isSigned(signed, by: $0) }) else {
        findings.append(
          ProofFinding("I8", run: run, "note on \(commit)", "it is not signed by a key that counted for this delivery"))
        continue
      }
      if note.facts.commit != commit.text {
        findings.append(
          ProofFinding("I8", run: run, "note on \(commit)", "it was written for the commit \(note.facts.commit)"))
      }
      statements.append(Statement(commit: commit, note: note))
    }
    statements.sort { $0.note.checkpoint.size < $1.note.checkpoint.size }
  }
}
