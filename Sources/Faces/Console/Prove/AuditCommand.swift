import ArgumentParser
import DeliveryLoop
import Engine
import JSONText
import RunReports

/// `waybill audit`
struct AuditCommand: LookBack {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "All deliveries by time, task, author, verdict and waiver.",
    discussion: """
      The newest first; replays are not among them. Figures of all that is listed go to standard error. With --history it \
      is the commits and the backlog of HEAD that are looked at, whoever has made them: exit status 0 when nothing is \
      wrong with them, 1 otherwise.
      """)

  @OptionGroup var filter: RunFilter
  @Flag(help: "What a history lacks that this program has never driven, from its commits and its backlog.")
  var history = false
  @Flag(help: "Print comma-separated values (RFC 4180).") var csv = false
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if csv, shared.json { throw ValidationError("--csv and --json exclude each other") }
    if history, !filter.isEmpty { throw ValidationError("--history looks at all commits; it takes no other filter") }
  }

  func perform() async throws -> ExitStatus {
    if history {
      return try await BackwardAuditView(of: ScanSeat(at: shared.path())).print(csv: csv, json: shared.json)
    }
    var query = try filter.query()
    query.replays = .none
    let archive = try shared.archive()
    guard let ledger = try archive.history() else { throw Mistake.noRuns }
    let deliveries = try ledger.runs(query).map { run in
      Delivery(
        summary: run, verdict: Views.state(run, isAlive: archive.isAlive(run)),
        waivers: run.waivers > 0 ? try History(ledger).run(run.run).run.waivers : [])
    }
    if shared.json {
      for delivery in deliveries { Output.json(delivery.json) }
    } else if csv {
      let rows = [Delivery.columns] + deliveries.map { $0.fields.map(Output.safe) }
      Output.write(rows.map(CSV.row).joined(), to: 1)
    } else if !deliveries.isEmpty {
      Output.line(
        Table.text(
          ["RUN", "TASK", "VERDICT", "COMMIT", "AUTHOR", "STARTED (UTC)", "WAIVERS", "TITLE"], deliveries.map(\.row)))
    }
    Output.complain(Self.figures(deliveries))
    return .delivered
  }

  private static func figures(_ deliveries: [Delivery]) -> String {
    let verdicts = Dictionary(grouping: deliveries, by: \.verdict).mapValues(\.count).sorted {
      ($1.value, $0.key) < ($0.value, $1.key)
    }
    let parts = verdicts.map { "\($0.value) \($0.key)" }
    return "\(counted(deliveries.count, "run"))\(parts.isEmpty ? "" : ": ")\(parts.joined(separator: ", "))"
  }

  /// One line of the audit.
  private struct Delivery {
    let summary: RunSummary
    let verdict: String
    let waivers: [Waiver]

    static let columns = [
      "run", "task", "title", "author", "verdict", "commit", "started", "changed", "attempts", "waivers", "workspace",
    ]

    var fields: [String] {
      [
        summary.run.text, summary.task.text, summary.title, summary.author, verdict,
        summary.standing.commit?.text ?? "",
        summary.started.description, summary.changed.description, String(summary.standing.attempts),
        waivers.map { "\($0.validation) \($0.wording)" }.joined(separator: "; "), summary.workspace,
      ]
    }

    var row: [String] {
      [
        summary.run.short, summary.task.text, verdict, summary.standing.commit?.short ?? "", summary.author,
        Clocks.text(summary.started), waivers.map { "\($0.validation) by \($0.by)" }.joined(separator: "; "),
        summary.title,
      ]
    }

    var json: JSON {
      var document = Views.summary(summary, isAlive: verdict == summary.standing.word).object ?? JSONObject()
      document["waived"] = .array(waivers.map { Event.waived($0).stored })
      return .object(document)
    }
  }
}
