import ArgumentParser
import Attestations
import DeliveryLoop
import Engine
import FileSystem
import JSONText

/// `waybill attest [RUN]`
struct AttestCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "attest", abstract: "Sign what is known of a run, for the verifiers of others.",
    discussion: """
      A bundle of in-toto statements in DSSE envelopes, one a line: tests and live validation, attributes of the tree, the \
      delivery itself. Signed with the key of "waybill keys". With --links and --layout also what in-toto-verify reads.
      """)

  @Argument(help: "The run, by its id, its task or its commit; without it the newest.") var run: String?
  @Option(name: .shortAndLong, help: ArgumentHelp("The bundle; standard output without it.", valueName: "file"))
  var output: String?
  @Option(help: ArgumentHelp("Write a link for each step into this folder.", valueName: "folder")) var links: String?
  @Option(help: ArgumentHelp("Write the layout that the links have to follow.", valueName: "file")) var layout: String?
  @Option(help: "When the layout expires: a day, in UTC.") var expires = "2036-01-01"
  @Option(
    name: .customLong("p256"),
    help: ArgumentHelp("Sign with this key on the curve P-256 (PEM), for verifiers without Ed25519.", valueName: "file")
  )
  var p256: String?
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard expires.wholeMatch(of: /\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/) != nil else {
      throw ValidationError("\"\(expires)\" is no day; write it as 2036-01-01")
    }
  }

  func perform() async throws -> ExitStatus {
    let wiring = try shared.wiring()
    let (_, summary) = try shared.archive().find(run)
    let attested = try wiring.attested(summary)
    let signer = try wiring.attestationSigner(p256: p256)
    let lines = try attested.statements.map { try signer.sign(Envelope($0)).json.compact + "\n" }
    if let output { try write(lines.joined(), to: output) } else { Output.write(lines.joined(), to: 1) }
    if let links {
      guard let steps = attested.links else { throw AttestMistake.notDelivered(summary) }
      for (step, link) in steps {
        let file = "\(links)/\(AttestedRun.file(of: step, by: signer.key))"
        try write(try signer.sign(Envelope(link)).json.compact + "\n", to: file)
      }
    }
    if let layout {
      let document = AttestedRun.layout(for: signer.key, expiry: "\(expires)T00:00:00Z")
      try write(try signer.sign(Envelope(document)).json.compact + "\n", to: layout)
    }
    if let output {
      Output.complain("\(output): \(counted(lines.count, "statement")), signed by \(signer.key.id.prefix(8))")
    }
    return .delivered
  }

  private func write(_ text: String, to path: String) throws {
    do { try FileWriter.write(Array(text.utf8), to: path) } catch {
      throw Mistake.system("write \"\(path)\"", error.message)
    }
  }
}

/// Why there is nothing to attest.
enum AttestMistake: Error {
  case isReplay(RunSummary)
  case isUnderWay(RunSummary)
  case notDelivered(RunSummary)
  case noSuchKey(String)
  case unusable(String, SigningError)

  var wording: String {
    switch self {
    case .isReplay(let run): "run \(run.run.short) is a replay and delivers nothing; name the run that it goes back to"
    case .isUnderWay(let run):
      "run \(run.run.short) of \(run.task) is not over; finish it with \"waybill resume \(run.run.short)\", or give it up with "
        + "\"waybill abandon \(run.run.short)\""
    case .notDelivered(let run):
      "run \(run.run.short) of \(run.task) delivered nothing, so its steps have no links; leave --links out"
    case .noSuchKey(let path): "there is no readable key \"\(path)\""
    case .unusable(let path, .wrongPassphrase):
      "the passphrase does not open \"\(path)\"; put it into WAYBILL_PASSPHRASE"
    case .unusable(let path, .notAKey): "\"\(path)\" holds no key on the curve P-256 in PEM form"
    case .unusable(let path, .failed(let doing, let message)): "failed to \(doing) with \"\(path)\": \(message)"
    }
  }
}
