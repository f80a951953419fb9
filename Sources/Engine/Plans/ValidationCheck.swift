import DeliveryLoop
import JSONText
import LiveChecks
import LivePlans

/// What setups hand to those that come after them.
struct Captures {
  var values: [String: CheckValue] = [:]
  var secrets: Set<String> = []

  init(_ all: [Captures] = []) {
    for captures in all {
      values.merge(captures.values) { $1 }
      secrets.formUnion(captures.secrets)
    }
  }
}

/// Carries one validation out, each request under the plan, and keeps what was exchanged.
struct ValidationCheck {
  let world: World
  let log: ServiceLog
  let journal: Journal
  let plan: PlanDraft
  let validation: ParsedValidation

  struct Passed {
    let summary: ValidatedFile
    let reachedService: Bool
    let captures: Captures
  }

  enum Result {
    case passed(Passed)
    /// It failed, or could not be asked.
    case missed(Failure, CheckReport)
    /// However often it were tried.
    case refused(Failure)
  }

  private var name: String { validation.file.name }

  func run(with prepared: Captures) async throws -> Result {
    try await withTaskExecutorPreference(world.transport.executor) { try await ask(with: prepared) }
  }

  private func ask(with prepared: Captures) async throws -> Result {
    let run = journal.run
    var session = CheckSession(
      file: validation.checks, variables: world.variables(of: run).merging(prepared.values) { $1 },
      secrets: prepared.secrets.union(world.secretVariables))
    let mark = log.position
    let (report, refusal) = try await drive(&session)
    // What was sent before a refusal is evidence all the same, unless it has what cannot be masked.
    if refusal?.kind != .red {
      try RecordKeeper(world: world, run: run, validation: validation).keep(report, log: log.slice(from: mark))
    }
    if let refusal { return .refused(refusal) }
    let exchanges = report.entries.flatMap(\.exchanges)
    switch report.verdict {
    case .passed where exchanges.isEmpty: return .refused(red("\"\(name)\" asked nothing; write a request into it"))
    case .passed where try isOurs(run):
      var captures = Captures([prepared])
      captures.values.merge(session.captures) { $1 }
      captures.secrets.formUnion(session.capturedSecrets.map(\.name))
      return .passed(
        Passed(
          summary: summary(of: report),
          reachedService: exchanges.contains { $0.isAnswered(by: run.service) }, captures: captures))
    case .passed: return .missed(inconclusive("the service ended or lost its port while \"\(name)\" ran"), report)
    case .failed: return .missed(red("\"\(name)\" failed", tail: report.rendering.lines), report)
    case .inconclusive where try await hasEnded(run.service):
      return .refused(red("the service ended while \"\(name)\" ran", tail: log.lines))
    case .inconclusive:
      return .missed(inconclusive("\"\(name)\" could not be asked", tail: report.rendering.lines), report)
    }
  }

  /// Ends with a failure, and asks nothing more, at a request that may not be sent and at a secret that cannot be kept out of
  /// what is stored.
  private func drive(_ session: inout CheckSession) async throws -> (CheckReport, Failure?) {
    let disclosure = Disclosure(world: world, journal: journal, log: log, path: name)
    let gate = SendGate(world: world, journal: journal, draft: plan, validation: name)
    session.functions = FunctionSource(world.surroundings)
    session.libraries = world.libraries
    while true {
      try Task.checkCancellation()
      session.functions.now = Moment(world.surroundings.now())
      switch session.next() {
      case .send(let planned):
        switch try gate.pass(planned, of: session) {
        case .refused(let failure): return (session.report, failure)
        case .open(let request, let number):
          let outcome = await world.transport.send(request)
          session.receive(outcome)
          // Before the next request: from there on the service may log what it was sent.
          if let failure = try disclosure.register(session) { return (session.report, failure) }
          if let number { try gate.passed(number, outcome) }
        }
      case .read(let file):
        session.receive(file: try world.content(of: file, beside: validation))
        if let failure = try disclosure.register(session) { return (session.report, failure) }
      case .pause(let duration): try await world.surroundings.wait(duration)
      case .finish(let report): return (report, nil)
      }
    }
  }

  /// An answer counts only while the socket belongs to the service that was started from this tree.
  private func isOurs(_ run: Run) throws -> Bool {
    guard let service = run.service else { return true }
    guard world.services.isRunning(service) else { return false }
    guard let port = service.port else { return true }
    return try world.services.holder(of: port)?.pid.map { world.services.owns(service, pid: $0) } ?? false
  }

  /// Whether the service has ended, or does so within a second: its sockets are closed before the process is seen to end.
  private func hasEnded(_ service: ServiceRecord?) async throws -> Bool {
    guard let service else { return false }
    for _ in 0..<50 where world.services.isRunning(service) { try await world.surroundings.wait(.milliseconds(20)) }
    return !world.services.isRunning(service)
  }

  private func summary(of report: CheckReport) -> ValidatedFile {
    let captures = report.entries.flatMap(\.captures).map {
      ValidatedFile.Capture(name: $0.name, value: $0.value)
    }
    return ValidatedFile(
      path: name, exchanges: report.entries.reduce(0) { $0 + $1.exchanges.count },
      asserts: report.entries.reduce(0) { $0 + $1.asserts.count }, captures: captures)
  }

  private func red(_ message: String, tail: [String] = []) -> Failure {
    Failure(step: .validate, kind: .red, message: message, tail: tail)
  }

  private func inconclusive(_ message: String, tail: [String] = []) -> Failure {
    Failure(step: .validate, kind: .inconclusive, message: message, tail: tail)
  }
}

extension Exchange {
  /// Whether the answer came from the port that the service owns; one without a port cannot be told.
  fileprivate func isAnswered(by service: ServiceRecord?) -> Bool {
    guard let port = service?.port else { return true }
    return response?.peer?.hasSuffix(":\(port)") ?? false
  }
}

extension String {
  /// Its lines, the last 40 of them at the most.
  var lines: [String] { split(separator: "\n", omittingEmptySubsequences: false).suffix(40).map(String.init) }
}
