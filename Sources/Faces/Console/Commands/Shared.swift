import ArgumentParser
import DeliveryLoop
import Engine
import Glibc
import JSONText
import LiveChecks

/// What every verb takes.
struct SharedOptions: ParsableArguments {
  @Flag(help: "Print JSON, one document a line.")
  var json = false

  @Option(name: [.customShort("C"), .customLong("directory")], help: "Work in this folder.")
  var directory = "."

  func wiring() throws -> Wiring { try Wiring(at: try path()) }

  func archive() throws -> Archive { try Archive(at: try path()) }

  /// The folder's real path.
  func path() throws -> String {
    let path = directory.hasPrefix("/") ? directory : "\(ProcessEnvironment.own.directory)/\(directory)"
    guard let resolved = unsafe realpath(path, nil) else { throw Mistake.noSuchFolder(directory) }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }
}

/// A verb: parses, makes one call and prints a value; expected errors become a message and a status.
protocol Verb: AsyncParsableCommand {
  var shared: SharedOptions { get }
  func perform() async throws -> ExitStatus
}

/// A verb that only reads what is at rest: it has nothing to stop, so the first signal ends it.
protocol LookBack: Verb {}

extension Verb {
  mutating func run() async throws {
    if !(self is any LookBack) { Interrupts.stopCleanly() }
    let status: ExitStatus
    do {
      status = try await perform()
    } catch {
      let (message, code) = Wording.of(error)
      if shared.json { Output.json(["error": .string(message)], to: 2) } else { Output.complain("error: \(message)") }
      // Whatever it was that could not be finished: it was stopped on request.
      throw ExitCode(Task.isCancelled ? ExitStatus.interrupted.rawValue : code.rawValue)
    }
    if status != .delivered { throw ExitCode(status.rawValue) }
  }
}

extension Archive {
  /// The history and the run that a prefix means; without one the newest run of this working tree.
  func find(_ prefix: String?) throws -> (ledger: any Ledger, run: RunSummary) {
    guard let ledger = try history() else { throw Mistake.noRuns }
    if let prefix { return (ledger, try History(ledger).find(prefix)) }
    guard let newest = try ledger.runs(RunQuery(workspace: root, limit: 1)).first else {
      throw Mistake.noRuns
    }
    return (ledger, newest)
  }

}

extension Wiring {
  /// The commit whose configuration is in force now.
  func base() throws -> ObjectID {
    switch try repository.head() {
    case .branch(_, let commit), .detached(let commit): commit
    case .unborn: throw Mistake.noCommit
    }
  }
}

/// From when on something is asked for, as a command line has it.
struct SinceTime: ExpressibleByArgument {
  let time: Timestamp

  init?(argument: String) {
    guard let time = Timestamp(argument, ofDay: "T00:00:00Z") else { return nil }
    self.time = time
  }
}

extension Timestamp {
  /// A time as RFC 3339 has it, or a day, whose time is added.
  init?(_ argument: String, ofDay time: String) {
    guard let moment = Moment(rfc3339: argument.utf8.count == 10 ? argument + time : argument) else { return nil }
    let (nanoseconds, isTooFar) = Int64(moment.microseconds).multipliedReportingOverflow(by: 1000)
    if isTooFar { return nil }
    self.init(nanoseconds: nanoseconds)
  }
}
