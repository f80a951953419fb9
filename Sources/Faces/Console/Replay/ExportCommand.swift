import ArgumentParser
import CheckReports
import DeliveryLoop
import Engine
import FileSystem
import JSONText
import LiveChecks

/// `waybill export RUN`
struct ExportCommand: LookBack {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "A run's recorded exchanges and verdicts in formats that other programs read.",
    discussion: "\"-\" stands for standard output. Secrets are masked, as they are in the evidence.")

  @Argument(help: "The run, or the first characters of its id; without it the newest.") var run: String?
  @Option(help: ArgumentHelp("An HTTP Archive 1.2.", valueName: "file")) var har: String?
  @Option(name: .customLong("hurl-json"), help: ArgumentHelp("Hurl's JSON, a document a line.", valueName: "file"))
  var hurlJSON: String?
  @Option(help: ArgumentHelp("JUnit XML.", valueName: "file")) var junit: String?
  @Option(
    help: ArgumentHelp(
      "The whole history in one new file, for a backup or for \"waybill import\", also while a run is at work.",
      valueName: "file"))
  var all: String?
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if har == nil, hurlJSON == nil, junit == nil, all == nil {
      throw ValidationError("name what to write: --har FILE, --hurl-json FILE, --junit FILE or --all FILE")
    }
    if all != nil, run != nil || har != nil || hurlJSON != nil || junit != nil {
      throw ValidationError("--all writes the whole history; it goes with no run and no other format")
    }
  }

  func perform() async throws -> ExitStatus {
    if let all {
      try shared.wiring().export(to: all)
      return .delivered
    }
    let (ledger, summary) = try shared.archive().find(run)
    let files = try Records(ledger, libraries: Wiring.libraries).replay(summary.run).map { replayed in
      let took = replayed.record.exchanges.reduce(Duration.zero) { sum, exchange in
        if case .response(let response)? = exchange.outcome { sum + response.duration } else { sum }
      }
      return CheckedFile(name: replayed.name, outcome: .ran(replayed.replay.report), duration: took)
    }
    if let har { try write(HARDocument.document(of: files, creator: Version.current).pretty(), to: har) }
    if let hurlJSON {
      try write(files.map { Output.document(HurlJSON.document(of: $0)) + "\n" }.joined(), to: hurlJSON)
    }
    if let junit { try write(JUnitReport.text(files) ?? "", to: junit) }
    return .delivered
  }

  private func write(_ text: String, to path: String) throws {
    if path == "-" { return Output.write(text, to: 1) }
    do {
      try FileWriter.write(Array(text.utf8), to: path)
    } catch {
      throw Mistake.system("write \"\(path)\"", error.message)
    }
  }
}
