import ArgumentParser
import DeliveryLoop
import Engine
import FileSystem
import JSONText
import LiveChecks

/// `waybill replay RUN`
struct ReplayCommand: LookBack {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "Judge a run's validations again, on the exchanges that were recorded.",
    discussion: """
      Nothing is sent: it works without a network, the service and its secrets. Exit status: 0 when every verdict is borne out, \
      6 when the evidence says otherwise; with --with, 0 when the edited validation passes and 1 when it does not.
      """)

  @Argument(help: "The run, or the first characters of its id; without it the newest.") var run: String?
  @Option(help: ArgumentHelp("Judge by this file in the place of the recorded one.", valueName: "file")) var with:
    String?
  @Option(help: ArgumentHelp("The validation that --with stands for, as the run calls it.", valueName: "name"))
  var validation: String?
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    let archive = try shared.archive()
    let (ledger, summary) = try archive.find(run)
    let records = Records(ledger, libraries: Wiring.libraries)
    guard let path = with else {
      let all = try records.replay(summary.run)
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
