import ArgumentParser
import DeliveryLoop
import Engine
import FileSystem
import JSONText
import LiveChecks

/// `waybill replay RUN`
struct ReplayCommand: LookBack {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Go through a run's validations again: on what was recorded, or live.",
    discussion: """
      Without --live nothing is sent: it works without a network, the service and its secrets. Exit status: 0 when every \
      verdict is borne out, 6 when the evidence says otherwise; with --with, 0 when the edited validation passes and 1 when it \
      does not.

      With --live the same validations are asked in a fresh working tree of the same code, or of another commit with --at, by a \
      service that is built and started as it was then. Exit status: 0 when they pass now, 1 when one fails, 3 when it could \
      not be asked or waits for an approval, 4 when policy forbids it.

      With --failed it goes through every failed validation that has not passed since, a line each.
      """)

  @Argument(help: "The run, or the first characters of its id; without it the newest.") var run: String?
  @Option(help: ArgumentHelp("Judge by this file in the place of the recorded one.", valueName: "file")) var with:
    String?
  @Option(help: ArgumentHelp("Only this validation, as the run calls it.", valueName: "name")) var validation: String?
  @Option(
    help: ArgumentHelp("With --with: judge by the exchanges of this HTTP Archive, and by no run's.", valueName: "file"))
  var har: String?
  @Option(help: ArgumentHelp("With --har: a variable with which the file begins.", valueName: "name=value"))
  var variable: [String] = []
  @Flag(help: "Ask again, live.") var live = false
  @Option(help: ArgumentHelp("Live: ask the code of this commit.", valueName: "commit")) var at: String?
  @Option(help: "Live: ask up to so many times, until it comes to the same.") var tries = 1
  @Option(help: "Live: what this attempt of the implementation came to; without it the last.") var attempt: Int?
  @Flag(help: "All open failures in the place of one run.") var failed = false
  @Option(help: "Failures: only of this task.") var task: TaskID?
  @Option(help: "Failures: only on this branch.") var branch: String?
  @Option(help: ArgumentHelp("Failures: only since this day or time.", valueName: "time")) var since: SinceTime?
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    func refuse(_ options: [(String, Bool)], without other: String) throws {
      for (name, isGiven) in options where isGiven { throw ValidationError("\(name) goes with \(other)") }
    }
    if !live {
      try refuse([("--at", at != nil), ("--tries", tries != 1), ("--attempt", attempt != nil)], without: "--live")
    }
    if !failed {
      try refuse(
        [("--task", task != nil), ("--branch", branch != nil), ("--since", since != nil)], without: "--failed")
    }
    guard 1...100 ~= tries else { throw ValidationError("--tries has to be between 1 and 100") }
    if har != nil, with == nil || run != nil {
      throw ValidationError("--har goes with --with, and takes the place of a run")
    }
    if har == nil, !variable.isEmpty { throw ValidationError("--variable goes with --har") }
    if with != nil, live || failed {
      throw ValidationError("--with judges what was recorded: leave --live and --failed out")
    }
    if failed, run != nil || validation != nil || attempt != nil {
      throw ValidationError("--failed goes through all: leave the run, --validation and --attempt out")
    }
  }

  func perform() async throws -> ExitStatus {
    if failed { return try await replayFailures() }
    if live { return try await replayLive() }
    if let har, let with { return try replay(archive: har, with: with) }
    let archive = try shared.archive()
    let (ledger, summary) = try archive.find(run)
    let records = Records(ledger, libraries: Wiring.libraries)
    guard let path = with else {
      let all = try records.replay(summary.run, only: validation)
      for replayed in all { show(replayed) }
      return all.allSatisfy(\.replay.differences.isEmpty) ? .delivered : .unsupported
    }
    guard let bytes = FileReader.contents(path) else { throw Mistake.noSuchFile(path) }
    let replayed = try records.replay(
      summary.run, with: try CheckFile.parse(bytes, name: path), of: validation)
    show(replayed, isEdited: true)
    if !replayed.replay.differences.isEmpty { return .unsupported }
    return replayed.replay.report.verdict == .passed ? .delivered : .gateFailed
  }

  /// Judges a file of checks on exchanges that somebody else has recorded.
  private func replay(archive path: String, with file: String) throws -> ExitStatus {
    guard let bytes = FileReader.contents(path) else { throw Mistake.noSuchFile(path) }
    guard let source = FileReader.contents(file) else { throw Mistake.noSuchFile(file) }
    let checks = try CheckFile.parse(source, name: file)
    let variables = Dictionary(try variable.map { try CheckBindings.pair($0, of: "variable") }) { $1 }
    let replay: OfflineReplay
    do {
      let record = try RecordedValidation(
        archive: try JSON.parse(bytes), named: file, variables: variables.mapValues { CheckValue(guessing: $0) })
      replay = try OfflineReplay(record, with: checks, Wiring.libraries)
    } catch let error as RecordedValidation.Unreadable {
      throw ReplayMistake.unreadableArchive(path, error.reason)
    } catch let error as JSONError {
      throw ReplayMistake.unreadableArchive(path, "is no JSON: \(error)")
    }
    let (report, differences) = (replay.report, replay.differences)
    if shared.json {
      Output.json([
        "validation": .string(file), "archive": .string(path), "replayed": .string(report.verdict.rawValue),
        "differences": .array(differences.map { .string($0) }),
      ])
    } else {
      Output.line("\(file): \(report.verdict.rawValue) on \(path)")
      for difference in differences { Output.line("  \(difference)") }
      if !report.failures.isEmpty { Output.line(report.rendering) }
    }
    if !differences.isEmpty { return .unsupported }
    return report.verdict == .passed ? .delivered : .gateFailed
  }

  private func replayLive() async throws -> ExitStatus {
    let (wiring, replay) = try await begin()
    let (_, summary) = try wiring.archive.find(run)
    let question = try replay.question(
      about: summary, attempt: attempt, validation: validation, at: try at.map { try wiring.commit($0) })
    var run: Run
    var asked = 0
    repeat {
      asked += 1
      run = try await replay.ask(question, watching: Screens.choose(json: shared.json))
    } while asked < tries && run.result.map { $0.outcome != .reproduced && $0.outcome != .stillFailing } ?? false
    if run.result != nil { try show(run, against: summary, wiring) }
    return ExitStatus(run)
  }

  /// What is not as it was recorded, call by call.
  private func show(_ run: Run, against original: RunSummary, _ wiring: Wiring) throws {
    guard let ledger = try wiring.archive.history() else { return }
    let difference = try RunDifference(
      original.run, run.id, in: ledger, wiring.repository, libraries: Wiring.libraries, ignoring: wiring.ignored)
    if shared.json { return Output.json(DifferenceText.json(difference, original.run, run.id)) }
    for line in DifferenceText.calls(difference) { Output.line(line) }
  }

  private func replayFailures() async throws -> ExitStatus {
    let archive = try shared.archive()
    guard let ledger = try archive.history() else { throw Mistake.noRuns }
    let query = FailureQuery(task: task, branch: branch, since: since?.time)
    let failures = try Records(ledger, libraries: Wiring.libraries).openFailures(query)
    if failures.isEmpty, !shared.json { Output.complain("no validation that failed is open") }
    guard live else {
      for failure in failures { show(failure, "open since \(Clocks.text(failure.run.started))") }
      return failures.isEmpty ? .delivered : .gateFailed
    }
    let (wiring, replay) = try await begin()
    let commit = try at.map { try wiring.commit($0) }
    var worst = ExitStatus.delivered
    for failure in failures {
      let question = try replay.question(
        about: failure.run, attempt: failure.round.attempt, validation: failure.validation, at: commit)
      let run = try await replay.ask(question, watching: NoScreen())
      show(failure, run.result?.outcome.wording ?? Explanation(of: run).text, by: run)
      if ExitStatus(run).rawValue > worst.rawValue { worst = ExitStatus(run) }
      if worst == .interrupted { break }
    }
    return worst
  }

  /// What is asked live has to be stopped cleanly.
  private func begin() async throws -> (Wiring, LiveReplay) {
    Interrupts.stopCleanly()
    let wiring = try shared.wiring()
    try wiring.refuseInsideRun()
    let replay = LiveReplay(wiring: wiring)
    try await replay.putAwayCutOff()
    return (wiring, replay)
  }

  private func show(_ failure: OpenFailure, _ outcome: String, by run: Run? = nil) {
    if shared.json {
      return Output.json([
        "run": .string(failure.run.run.text), "task": .string(failure.run.task.text),
        "validation": .string(failure.validation), "tree": .string(failure.round.tree.text),
        "points": .array(failure.points.map { .string($0) }), "replay": run.map { .string($0.id.text) } ?? .null,
        "outcome": run?.result.map { .string($0.outcome.rawValue) } ?? .null,
      ])
    }
    let point = failure.points.first.map { " (\($0))" } ?? ""
    Output.line("\(failure.run.run.short) \(failure.run.task) \(failure.validation)\(point): \(outcome)")
  }

  private func show(_ replayed: Records.Replayed, isEdited: Bool = false) {
    let (report, differences) = (replayed.replay.report, replayed.replay.differences)
    if shared.json {
      return Output.json([
        "validation": .string(replayed.name), "attempt": JSON(integerLiteral: replayed.attempt),
        "recorded": .string(replayed.record.verdict.rawValue), "replayed": .string(report.verdict.rawValue),
        "edited": .bool(isEdited), "differences": .array(differences.map { .string($0) }),
      ])
    }
    let asserts = report.entries.reduce(0) { $0 + $1.asserts.count }
    let count = "\(counted(asserts, "assert")), \(counted(replayed.record.exchanges.count, "exchange"))"
    let outcome =
      differences.isEmpty
      ? (isEdited
        ? "\(report.verdict.rawValue), recorded as \(replayed.record.verdict.rawValue)"
        : "\(report.verdict.rawValue), as recorded")
      : "recorded as \(replayed.record.verdict.rawValue), which the evidence does not bear out"
    Output.line("\(replayed.name): \(outcome) (\(count))")
    for difference in differences { Output.line("  \(difference)") }
    if isEdited, !report.failures.isEmpty { Output.line(report.rendering) }
  }
}

extension TaskID: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

/// For what is told of in another way.
final class NoScreen: Screen {
  func opened(_ run: Run) {}
  func show(_ update: Update) {}
  func close(_ run: Run?) {}
}
