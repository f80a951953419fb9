import ArgumentParser
import DeliveryLoop
import Engine
import JSONText
import Transparency

/// `waybill verify [RUN]`
struct VerifyCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Prove the history: nothing was changed, and it is what git and the backlog show.",
    discussion: """
      Every event, every note on a delivery that was seen in refs/notes/delivery of the remote, and the facts of all runs or of \
      the one that is named. Exit status 0 when nothing is wrong, 1 otherwise, 3 when there is nothing to look \
      at. Where there is no history, as in another clone, \
      notes and commits are looked at.
      """)

  @Argument(help: "A run, by its id, its task or its commit: only its facts are compared.") var run: String?
  @Flag(help: "The facts of all runs, as without the name of one.") var all = false
  @Flag(help: "Ask the remote first for its notes and its branch.") var remote = false
  @Option(
    help: "A public key whose signature counts, in place of those in waybill.yaml; can be given several times.")
  var key: [String] = []
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if all, run != nil { throw ValidationError("--all and the name of a run exclude each other") }
    for text in key where NoteKey(text) == nil {
      throw ValidationError("\"\(text)\" is no public key; write it as \"waybill keys show\" prints it")
    }
  }

  func perform() async throws -> ExitStatus {
    let wiring = try shared.wiring()
    var rewritten: ProofFinding?
    if remote {
      do { try await wiring.seeRemote() } catch let error as RemoteError {
        guard case .rewritten(let ref, _) = error else { throw error }
        rewritten = ProofFinding("I8", ref, error.wording)
      }
    }
    let verification = try wiring.verification(trusting: key.compactMap { NoteKey($0) })
    var proof = try verification.prove(try run.map { try shared.archive().find($0).run.run })
    if let rewritten { proof.findings.insert(rewritten, at: 0) }
    if shared.json {
      for line in proof.json { Output.json(line) }
    } else {
      for line in proof.text { Output.line(line) }
    }
    Output.complain(proof.figures)
    if proof.isEmpty { return .waiting }
    return proof.findings.isEmpty ? .delivered : .gateFailed
  }
}

extension Proof {
  fileprivate var json: [JSON] {
    findings.map { finding in
      [
        "promise": .string(finding.promise), "run": finding.run.map { .string($0.text) } ?? .null,
        "proof": .string(finding.proof), "text": .string(finding.text),
      ]
    } + [
      [
        "findings": .number(JSONNumber(findings.count)), "unknown": .array(unknown.map { .string($0) }),
        "events": .number(JSONNumber(events)), "runs": .number(JSONNumber(runs)),
        "captures": .number(JSONNumber(captures)), "notes": .number(JSONNumber(notes)),
        "anchored": .number(JSONNumber(anchored)), "dropped": .number(JSONNumber(dropped)),
      ]
    ]
  }

  /// There was nothing to look at.
  fileprivate var isEmpty: Bool { findings.isEmpty && events == 0 && notes == 0 }

  fileprivate var text: [String] {
    findings.map { finding in
      "\(finding.promise)  \(finding.run.map { "run \($0.short), " } ?? "")\(finding.proof): \(finding.text)"
    } + unknown.map { "?   \($0)" }
  }

  fileprivate var figures: String {
    let looked = [
      counted(events, "event"), counted(runs, "run"), counted(captures, "capture"), counted(notes, "note"),
    ].joined(separator: ", ")
    let gone = dropped > 0 ? ", \(counted(dropped, "capture")) dropped by policy" : ""
    let reach = anchored > 0 ? "; the first \(anchored) events are vouched for outside" : ""
    if isEmpty { return "nothing was looked at" }
    return "\(findings.isEmpty ? "nothing is wrong" : counted(findings.count, "finding")): \(looked)\(gone)\(reach)"
  }
}
