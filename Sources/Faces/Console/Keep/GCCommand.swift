import ArgumentParser
import DeliveryLoop
import Engine
import JSONText

/// `waybill gc`
struct GCCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "gc", abstract: "Let evidence go that is not kept any longer.",
    discussion: """
      The bytes of what runs that are over have captured: bodies, logs, briefs, diffs. Events, digests and verdicts stay, and \
      "verify" tells what was let go from what is missing. How long is said by "retention" of waybill.yaml, or here.
      """)

  @Option(help: "Keep evidence this long after a run's end, such as 90d.") var keep: Days?
  @Option(help: "The same for runs that were given up.") var keepAbandoned: Days?
  @Option(help: "The newest runs keep everything, so many.") var keepRuns: Int?
  @Flag(help: "Say what would go, and let nothing go.") var dryRun = false
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if let keepRuns, keepRuns < 0 { throw ValidationError("--keep-runs is a number from 0") }
  }

  func perform() async throws -> ExitStatus {
    let wiring = try shared.wiring()
    let policy = try policy(wiring)
    let now = Wiring.now()
    guard let ledger = try wiring.attic() else { throw Mistake.noRuns }
    let retirement = Retirement(in: ledger, by: policy)
    var (runs, bytes) = (0, Int64(0))
    for candidate in try retirement.candidates(at: now) {
      try Task.checkCancellation()
      let gone = dryRun ? candidate.bytes : try retirement.retire(candidate, at: now)
      (runs, bytes) = (runs + 1, bytes + gone)
      let run = candidate.run
      if shared.json {
        Output.json([
          "run": .string(run.run.text), "task": .string(run.task.text), "bytes": .number(JSONNumber(Int(gone))),
        ])
      } else {
        Output.line("run \(run.run.short)  \(gone) B  \(run.task)  \(Clocks.text(run.changed))")
      }
    }
    if !dryRun {
      if runs > 0 { try ledger.shrink() }
      try await wiring.discardLeftovers()
    }
    Output.complain(
      "\(dryRun ? "would let go of" : "let go of") \(bytes) bytes of \(counted(runs, "run")) (\(policy.wording))")
    return .delivered
  }

  /// What the command line says, and for the rest the configuration of what is checked out.
  private func policy(_ wiring: Wiring) throws -> Retention {
    let configured = (try? wiring.base()).flatMap { try? wiring.configuration(at: $0).configuration.retention }
    guard let keep = keep?.duration ?? configured?.keep else { throw KeepMistake.noPolicy }
    return Retention(
      keep: keep, abandoned: keepAbandoned?.duration ?? (self.keep == nil ? configured?.abandoned : nil),
      runs: keepRuns ?? configured?.runs ?? 0)
  }
}

/// A duration as a command line has it, such as `90d`.
struct Days: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    guard let duration = Wiring.duration(argument) else { return nil }
    self.duration = duration
  }
}

/// Why evidence is not let go, written out or taken in.
enum KeepMistake: Error {
  case noPolicy
  case exists(String)
  case noFile(String)
  /// A file that is no whole history, with what is wrong in it.
  case unsound(String, String)
  case diverged(String)
  case older(String)

  var wording: String {
    switch self {
    case .noPolicy:
      "nothing says how long evidence is kept; write \"retention: { keep: 90d }\" into waybill.yaml and commit it, or give --keep 90d"
    case .exists(let path): "\"\(path)\" exists; choose another file or remove it"
    case .noFile(let path): "there is no file \"\(path)\""
    case .unsound(let path, let what):
      "\"\(path)\" is not taken in: \(what); have it exported again where it comes from"
    case .diverged(let path):
      "\"\(path)\" and the history here have gone on apart: neither is the beginning of the other; nothing was changed. Take it into "
        + "another clone"
    case .older(let path): "\"\(path)\" is behind the history here; nothing was changed"
    }
  }
}
