import ArgumentParser
import DeliveryLoop
import Engine
import FileSystem
import JSONText
import RunReports

/// `waybill report [RUN]`
struct ReportCommand: LookBack {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "A run, or several, as one HTML page that needs nothing from elsewhere.",
    discussion:
      "\"-\" stands for standard output. Secrets are masked, as they are in the evidence; the page runs no script.")

  @Argument(help: "The run, or the first characters of its id; without it the newest.") var run: String?
  @OptionGroup var filter: RunFilter
  @Option(name: .shortAndLong, help: ArgumentHelp("The page.", valueName: "file")) var output: String
  @Flag(inversion: .prefixedNo, help: "Verify the history, and say on the page what came of it.") var verify = true
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if run != nil, !filter.isEmpty {
      throw ValidationError("name a run, or say which with --since, --until and --task")
    }
    if output.isEmpty { throw ValidationError("name the file: -o FILE.html") }
  }

  func perform() async throws -> ExitStatus {
    let archive = try shared.archive()
    let (ledger, runs) = try chosen(archive)
    var (reports, limits) = try ReportReader(archive: archive, ledger: ledger).reports(of: runs)
    if verify {
      let proof = try shared.wiring().verification(trusting: []).prove(runs.count == 1 ? runs[0].run : nil)
      for index in reports.indices { reports[index].verification = RunReport.Verification(proof, of: runs[index].run) }
    }
    let page = ReportPage.bytes(
      of: reports, limits: limits, made: archive.now, by: "waybill \(Version.current)")
    if output == "-" {
      Output.write(page, to: 1)
      return .delivered
    }
    do {
      try FileWriter.write(page, to: output)
    } catch {
      throw Mistake.system("write \"\(output)\"", error.message)
    }
    if shared.json {
      Output.json([
        "file": .string(output), "runs": .number(JSONNumber(runs.count)), "bytes": .number(JSONNumber(page.count)),
      ])
    } else {
      Output.line("\(output): \(counted(runs.count, "run")), \(page.count) bytes")
    }
    return .delivered
  }

  private func chosen(_ archive: Archive) throws -> (any Ledger, [RunSummary]) {
    if filter.isEmpty {
      let (ledger, summary) = try archive.find(run)
      return (ledger, [summary])
    }
    guard let ledger = try archive.history() else { throw Mistake.noRuns }
    let runs = try ledger.runs(filter.query())
    if runs.isEmpty { throw Mistake.noSuchRuns }
    return (ledger, runs)
  }
}

extension RunReport.Verification {
  /// What concerns the run, and what concerns the whole history.
  fileprivate init(_ proof: Proof, of run: RunID) {
    let outside =
      proof.anchored > 0 ? "a note vouches for the first \(proof.anchored)" : "no note vouches for any of them"
    self.init(
      scope:
        "\(counted(proof.events, "event")) of the history were looked at, and \(outside); of this run, its captures, its "
        + "commit and its task.",
      findings: proof.findings.filter { $0.run == nil || $0.run == run }.map {
        Finding(promise: $0.promise, text: $0.text, proof: $0.proof)
      })
  }
}
