import ArgumentParser
import DeliveryLoop
import Engine
import JSONText
import LiveChecks

/// `waybill plan [RUN]`
struct PlanCommand: LookBack {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "What a run's validations are about to change, request by request.")

  @Argument(help: "The run; without it the newest.") var run: String?
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    let archive = try shared.archive()
    let (ledger, summary) = try archive.find(run)
    let run = try History(ledger).run(summary.run).run
    if shared.json {
      for record in run.plans.suffix(1) { Output.json(Views.plan(record)) }
    } else if let record = run.plan {
      for line in PlanText.of(record) { Output.line(line) }
      if run.waits(for: record) {
        Output.line(
          "next: waybill approve \(run.id.short) --reason \"…\", or waybill deny \(run.id.short) --reason \"…\"")
      }
    } else {
      Output.complain("run \(run.id.short) has no plan: nothing that it has validated so far changes anything")
    }
    return .delivered
  }
}

/// What all decisions take.
struct DecisionOptions: ParsableArguments {
  @Option(help: "Why; it is kept with the decision.") var reason: String
  @Option(help: "A ticket that says more.") var ticket: String?
  @Option(help: ArgumentHelp("Who decides; without it the name that git has.", valueName: "name")) var by: String?

  func validate() throws {
    for (name, text) in [("--reason", reason), ("--by", by ?? "-"), ("--ticket", ticket ?? "-")]
    where text.trimmed.isEmpty { throw ValidationError("\(name) is empty; write who decides and why") }
  }

  /// Opens the run for the decision, and keeps everybody else from it meanwhile.
  func record(
    on run: String, _ shared: SharedOptions, _ body: (Decisions, _ person: String) throws -> Void
  ) async throws -> Run {
    let wiring = try shared.wiring()
    try wiring.refuseInsideRun()
    let delivery = Delivery(wiring: wiring, json: shared.json, until: nil)
    let summary = try delivery.unfinished(run)
    let seat = try await Seat.again(for: summary, as: "deciding about \(summary.task)", wiring)
    defer { withExtendedLifetime(seat) {} }
    let stored = try delivery.stored(summary.run)
    let configuration = try seat.wiring.configuration(at: stored.base).configuration
    let journal = try await seat.wiring.journal(of: stored, configuration)
    let person = try by ?? seat.wiring.repository.identity().name
    try body(
      Decisions(on: journal, approvals: configuration.approvals, surroundings: seat.wiring.surroundings), person)
    return journal.run
  }
}

/// `waybill approve RUN`
struct ApproveCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Approve what a run waits for: its plan, or what it makes of its own gates.",
    discussion: """
      An approval is for exactly what "waybill plan RUN" shows, for one use and for a limited time. The implementer of the \
      run cannot give it.
      """)

  @Argument(help: "The run, or the first characters of its id.") var run: String
  @OptionGroup var decision: DecisionOptions
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    try await decide(.approved, decision, on: run, shared)
  }
}

/// `waybill deny RUN`
struct DenyCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "deny", abstract: "Deny what a run waits for; nothing of it is sent.")

  @Argument(help: "The run, or the first characters of its id.") var run: String
  @OptionGroup var decision: DecisionOptions
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    try await decide(.denied, decision, on: run, shared)
  }
}

extension Verb {
  fileprivate func decide(
    _ verdict: Decision.Verdict, _ options: DecisionOptions, on run: String, _ shared: SharedOptions
  ) async throws -> ExitStatus {
    let decided = try await options.record(on: run, shared) { decisions, person in
      try decisions.decide(verdict, by: person, reason: options.reason, ticket: options.ticket)
    }
    guard let decision = decided.decisions.last else { return .broken }
    if shared.json {
      Output.json(Event.decided(decision).stored)
    } else {
      Output.line(PlanText.of(decision))
      if let next = Explanation(of: decided).next { Output.line("next: \(next)") }
    }
    return .delivered
  }
}

/// `waybill waive RUN VALIDATION`
struct WaiveCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "waive", abstract: "Answer for a validation that could not be asked; it never counts as passed.")

  @Argument(help: "The run, or the first characters of its id.") var run: String
  @Argument(help: "The validation, as \"waybill why RUN\" names it.") var validation: String
  @Option(help: "Until when: a day such as 2026-12-31, which counts whole (UTC), or a time as in RFC 3339.")
  var until: WaiverEnd
  @OptionGroup var decision: DecisionOptions
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    let decided = try await decision.record(on: run, shared) { decisions, person in
      try decisions.waive(
        validation, by: person, reason: decision.reason, ticket: decision.ticket, until: until.time)
    }
    guard let waiver = decided.waivers.last else { return .broken }
    if shared.json {
      Output.json(Event.waived(waiver).stored)
    } else {
      Output.line("\(waiver.validation) \(waiver.wording)")
      if let next = Explanation(of: decided).next { Output.line("next: \(next)") }
    }
    return .delivered
  }
}

/// The end of a waiver as a command line has it.
struct WaiverEnd: ExpressibleByArgument {
  let time: Timestamp

  init?(argument: String) {
    guard let time = Timestamp(argument, ofDay: "T23:59:59Z") else { return nil }
    self.time = time
  }
}

extension Run {
  /// Whether somebody is to decide about a plan.
  func waits(for record: PlanRecord) -> Bool {
    rest == .waiting(.approval(record.plan.digest)) && record.state == .awaitingApproval
  }
}
