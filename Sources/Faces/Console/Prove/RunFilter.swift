import ArgumentParser
import DeliveryLoop
import Engine

/// Which runs a verb is about.
struct RunFilter: ParsableArguments {
  @Option(help: ArgumentHelp("Only runs begun then or later: RFC 3339, or a day (UTC).", valueName: "time"))
  var since: SinceTime?
  @Option(help: ArgumentHelp("Only runs begun before then: RFC 3339, or a day, which is included.", valueName: "time"))
  var until: UntilTime?
  @Option(help: "Only runs of this task.") var task: String?

  @Option(help: "Only runs of this person, by the whole name.") var author: String?
  @Option(help: "Only runs that came to this; may be given several times.") var verdict: [Standing.State] = []
  @Flag(help: "Only runs for which a waiver was given.") var waiver = false

  var isEmpty: Bool {
    since == nil && until == nil && task == nil && author == nil && verdict.isEmpty && !waiver
  }

  func query(limit: Int = .max) throws -> RunQuery {
    let id = try task.map { name in
      guard let id = TaskID(name) else { throw Mistake.notATask(name) }
      return id
    }
    var query = RunQuery(task: id, limit: limit)
    (query.since, query.until, query.author) = (since?.time, until?.time, author)
    query.states = verdict.isEmpty ? nil : verdict
    query.waived = waiver
    return query
  }
}

extension Standing.State: ExpressibleByArgument {}

/// Up to when something is asked for, as a command line has it; the moment itself is not included.
struct UntilTime: ExpressibleByArgument {
  let time: Timestamp

  init?(argument: String) {
    guard let time = Timestamp(argument, ofDay: "T00:00:00Z") else { return nil }
    let (end, isTooFar) = time.nanoseconds.addingReportingOverflow(argument.utf8.count == 10 ? 86_400_000_000_000 : 0)
    if isTooFar { return nil }
    self.time = Timestamp(nanoseconds: end)
  }
}
