import ArgumentParser
import DeliveryLoop
import Engine
import JSONText

/// `waybill runs`
struct RunsCommand: LookBack {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "The history, one line each, the newest first.")

  @Argument(help: "Only this run and its replays: by the first characters of its id or its commit's, or its task.")
  var run: String?
  @OptionGroup var filter: RunFilter
  @Option(help: "At most so many.") var limit = 50
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if run != nil, !filter.isEmpty {
      throw ValidationError("a run that is named is not looked for: leave the options out")
    }
  }

  func perform() async throws -> ExitStatus {
    let query = try filter.query(limit: max(0, limit))
    let archive = try shared.archive()
    let runs: [RunSummary]
    if run != nil {
      let (ledger, found) = try archive.find(run)
      runs = try ledger.runs(RunQuery(replays: .of(found.run), limit: max(0, limit - 1))) + [found]
    } else {
      runs = try archive.history()?.runs(query) ?? []
    }
    if shared.json {
      for run in runs { Output.json(Views.summary(run, isAlive: archive.isAlive(run))) }
    } else if runs.isEmpty, !filter.isEmpty {
      Output.complain("no run is as the options say")
    } else if runs.isEmpty {
      Output.complain("no runs yet; start with \"waybill run\"")
    } else {
      let rows = runs.map { run in
        let place =
          run.standing.state == .delivered || run.standing.state == .waived
          ? run.standing.commit?.short ?? "" : run.replays.map { "of \($0.short)" } ?? run.standing.step.rawValue
        return [
          run.run.short, run.task.text, Views.state(run, isAlive: archive.isAlive(run)), place,
          Clocks.text(run.started), run.title,
        ]
      }
      Output.line(Table.text(["RUN", "TASK", "STATE", "AT", "STARTED (UTC)", "TITLE"], rows))
    }
    return .delivered
  }
}

/// `waybill show [RUN]`
struct ShowCommand: LookBack {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "One run whole: its steps, trees, validations and evidence.")

  @Argument(help: "The run, or the first characters of its id; without it the newest.") var run: String?
  @Flag(help: "Print the recorded diff as well.") var diff = false
  @Flag(help: "Print the recorded exchanges and asserts as well.") var exchanges = false
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    let archive = try shared.archive()
    let (ledger, summary) = try archive.find(run)
    let (run, unreadable) = try History(ledger).run(summary.run)
    let evidence = try ledger.evidence(of: summary.run)
    let page = RunPage(
      run: run, summary: summary, timeline: Timeline(try ledger.events(of: summary.run)), evidence: evidence,
      isAlive: archive.isAlive(summary), agents: try archive.agentUse(of: run, in: ledger))
    if shared.json { Output.json(Views.page(page)) } else { Output.line(RunText.of(page)) }
    for event in unreadable {
      Output.complain("event \(event.sequence) (\(event.kind)) was written by another version and is left out")
    }
    for item in evidence where (diff && item.kind == .diff) || (exchanges && item.kind == .validation) {
      if item.kind == .validation, !shared.json {
        var bytes: [UInt8] = []
        try ledger.read(item.id, from: 0) { bytes += $0 }
        Output.line("\n" + ((try? JSON.parse(bytes).pretty()) ?? String(decoding: bytes, as: UTF8.self)))
      } else {
        var output = RecordOutput()
        try ledger.read(item.id, from: 0) { output.write($0) }
        output.finish()
      }
    }
    return .delivered
  }
}

/// `waybill why [RUN]`
struct WhyCommand: LookBack {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Why a run stands where it stands, and the exact next command.")

  @Argument(help: "The run; without it the newest.") var run: String?
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    let archive = try shared.archive()
    let (ledger, summary) = try archive.find(run)
    let run = try History(ledger).run(summary.run).run
    let explanation = Explanation(of: run, isAlive: archive.isAlive(summary))
    let agents = try archive.agentUse(of: run, in: ledger)
    if shared.json {
      var document = Views.explanation(explanation).object ?? JSONObject()
      document["agents"] = agents?.json ?? .null
      Output.json(.object(document))
    } else {
      Output.line("\(summary.task): \(explanation.reason.rawValue)\n\(explanation.text)")
      for line in explanation.tail { Output.line("  │ \(line)") }
      for warning in explanation.warnings { Output.line(warning) }
      if let next = explanation.next { Output.line("next: \(next)") }
      if let agents { Output.line("agents: \(agents.text)") }
    }
    return .delivered
  }
}

/// `waybill logs [RUN]`
struct LogsCommand: LookBack {
  static let configuration = CommandConfiguration(
    commandName: "logs", abstract: "The captured output of a run, redacted.",
    discussion:
      "Into a file or a pipe it goes byte for byte; on a terminal control characters are shown and not obeyed.")

  @Argument(help: "The run; without it the newest.") var run: String?
  @Option(help: "Only this step.") var step: Step?
  @Flag(name: .shortAndLong, help: "Go on printing while the run goes on.") var follow = false
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    let archive = try shared.archive()
    let (ledger, summary) = try archive.find(run)
    var printed: [EvidenceID: (position: Int64, output: RecordOutput)] = [:]
    while true {
      // Asked before the logs are read: what is written last is printed.
      let now = try ledger.runs(RunQuery(prefix: summary.run.text, limit: 1)).first ?? summary
      let isAlive = archive.isAlive(now)
      for item in try ledger.evidence(of: summary.run) where item.kind == .log && (step == nil || item.step == step) {
        if printed[item.id] == nil { announce(item) }
        var (position, output) = printed[item.id] ?? (0, RecordOutput())
        if !shared.json {
          try ledger.read(item.id, from: position) { bytes in
            output.write(bytes)
            position += Int64(bytes.count)
          }
        }
        printed[item.id] = (position, output)
      }
      guard follow, isAlive else {
        for id in printed.keys { printed[id]?.output.finish() }
        if follow, now.standing.state == .running {
          Output.complain(Explanation(of: try History(ledger).run(summary.run).run).text)
        }
        return .delivered
      }
      try await ContinuousClock().sleep(for: .milliseconds(250))
    }
  }

  private func announce(_ item: EvidenceSummary) {
    if shared.json { return Output.json(Views.evidence(item)) }
    let attempt = item.attempt > 0 ? " (attempt \(item.attempt))" : ""
    Output.complain("==> \(item.step.rawValue)\(attempt): \(item.name) <==")
  }
}
