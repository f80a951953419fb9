import DeliveryLoop
import JSONText
import LiveChecks

/// Runs the validations against the live service and keeps every exchange.
struct ValidateStep: StepPerformer {
  let world: World
  let log: ServiceLog

  func perform(_ journal: Journal) async throws -> Outcome {
    try journal.record(.intended(.validate))
    let run = journal.run
    let gates = Gates(world: world, run: run)
    if let failure = try gates.unchanged(run.testedTree, at: .validate) { return .failed(failure) }
    guard let tree = run.testedTree else { return .failed(red("there is no tested tree to validate")) }
    let chosen: [ValidationFiles.File]
    switch try ValidationFiles(world: world, run: run).select(in: tree) {
    case .files(let files): chosen = files
    case .missing(let pattern):
      return .failed(red("there is no file \"\(pattern)\" under \"validate\"; write it, or correct the configuration"))
    }
    guard !chosen.isEmpty else {
      return .failed(red("no file matches \(list(world.configuration.validate)); write the validation of this task"))
    }
    var files: [ValidatedFile] = []
    var prepared: [(setup: ValidationFiles.File, captures: Captures)] = []
    var reachedService = run.service == nil
    for file in chosen {
      let captures = prepared.filter { $0.setup.prepares(file, among: chosen) }.map(\.captures)
      switch try await judge(file, with: Captures(captures), journal) {
      case .passed(let passed):
        files.append(passed.summary)
        reachedService = reachedService || (passed.reachedService && !file.isSetup)
        if file.isSetup { prepared.append((file, passed.captures)) }
      case .missed(let failure), .refused(let failure): return .failed(failure)
      }
    }
    guard reachedService else {
      return .failed(
        red("no validation asked the service on port \(run.service?.port ?? 0): nothing of it was seen live"))
    }
    if let failure = try gates.unchanged(run.testedTree, at: .validate) { return .failed(failure) }
    return .done(.validated(tree: tree, files: files))
  }

  /// What setups hand to those that come after them.
  private struct Captures {
    var values: [String: CheckValue] = [:]
    var secrets: Set<String> = []

    init(_ all: [Captures] = []) {
      for captures in all {
        values.merge(captures.values) { $1 }
        secrets.formUnion(captures.secrets)
      }
    }
  }

  private struct Passed {
    let summary: ValidatedFile
    let reachedService: Bool
    let captures: Captures
  }

  private enum Checked {
    case passed(Passed)
    /// It failed, or could not be asked.
    case missed(Failure)
    /// However often it were tried.
    case refused(Failure)
  }

  /// Runs a validation until it has passed often enough, or cannot any more; what each try came to is a fact of its own.
  private func judge(
    _ file: ValidationFiles.File, with captures: Captures, _ journal: Journal
  ) async throws -> Checked {
    let quorum = world.configuration.quorum
    var (passes, failures): (Int, [Failure]) = (0, [])
    while true {
      let checked = try await check(file, with: captures, journal)
      switch checked {
      case .passed:
        try record(.passed, of: file, journal)
        passes += 1
        if passes == quorum.needed { return checked }
      case .missed(let failure):
        try record(failure.kind == .red ? .failed : .inconclusive, of: file, journal)
        failures.append(failure)
        if failures.count > quorum.tries - quorum.needed { return .missed(summary(of: failures, passes, quorum)) }
      case .refused: return checked
      }
    }
  }

  private func record(_ verdict: Judgement.Verdict, of file: ValidationFiles.File, _ journal: Journal) throws {
    guard let tree = journal.run.testedTree else { return }
    try journal.record(.observed(.judged(Judgement(tree: tree, validation: file.name, verdict: verdict))))
  }

  /// The last that says something about the change.
  private func summary(of failures: [Failure], _ passes: Int, _ quorum: Quorum) -> Failure {
    let failure = failures.last { $0.kind == .red } ?? failures[failures.count - 1]
    if quorum == .once { return failure }
    let count =
      "\(failures.count) of \(failures.count + passes) times, and has to pass \(quorum.needed) of \(quorum.tries)"
    return Failure(step: .validate, kind: failure.kind, message: "\(failure.message), \(count)", tail: failure.tail)
  }

  private func check(
    _ chosen: ValidationFiles.File, with prepared: Captures, _ journal: Journal
  ) async throws -> Checked {
    let run = journal.run
    let path = chosen.name
    let source = try world.repository.content(of: chosen.path, at: chosen.tree) ?? []
    let file: CheckFile
    do {
      file = try CheckFile.parse(source, name: chosen.path)
    } catch {
      return .refused(red("\"\(path)\" is not a valid file of checks", tail: "\(error)".lines))
    }
    var session = CheckSession(
      file: file, variables: variables(of: run).merging(prepared.values) { $1 },
      secrets: prepared.secrets.union(world.vault.environment(for: .validate).keys))
    let (report, secret) = try await drive(&session, chosen, journal)
    if let secret { return .refused(secret) }
    try world.keep(Array(report.json.compact.utf8), as: .validation, named: path, at: .validate, of: run)
    let exchanges = report.entries.flatMap(\.exchanges)
    switch report.verdict {
    case .passed where exchanges.isEmpty: return .refused(red("\"\(path)\" asked nothing; write a request into it"))
    case .passed where try isOurs(run):
      var captures = Captures([prepared])
      captures.values.merge(session.captures) { $1 }
      captures.secrets.formUnion(session.capturedSecrets.map(\.name))
      return .passed(
        Passed(
          summary: summary(of: report, path),
          reachedService: exchanges.contains { $0.isAnswered(by: run.service) }, captures: captures))
    case .passed: return .missed(inconclusive("the service ended or lost its port while \"\(path)\" ran"))
    case .failed: return .missed(red("\"\(path)\" failed", tail: report.rendering.lines))
    case .inconclusive where run.service.map(world.services.isRunning) == false:
      return .refused(red("the service ended while \"\(path)\" ran", tail: log.lines))
    case .inconclusive: return .missed(inconclusive("\"\(path)\" could not be asked", tail: report.rendering.lines))
    }
  }

  /// Ends with a failure, and asks nothing more, at a secret that cannot be kept out of what is stored.
  private func drive(
    _ session: inout CheckSession, _ chosen: ValidationFiles.File, _ journal: Journal
  ) async throws -> (CheckReport, Failure?) {
    let disclosure = Disclosure(world: world, journal: journal, log: log, path: chosen.name)
    session.functions = FunctionSource(world.surroundings)
    session.libraries = world.libraries
    while true {
      try Task.checkCancellation()
      session.functions.now = Moment(world.surroundings.now())
      switch session.next() {
      case .send(let request):
        session.receive(await world.transport.send(request))
        // Before the next request: from there on the service may log what it was sent.
        if let failure = try disclosure.register(session) { return (session.report, failure) }
      // From the tree that was tested and from no other place.
      case .read(let name):
        session.receive(file: try world.repository.content(of: chosen.folder + name, at: chosen.tree))
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

  /// What validations may name: the environment declared for them, their secrets, the run, on which commit which tree
  /// stands, and where the service is.
  private func variables(of run: Run) -> [String: CheckValue] {
    var variables: [String: CheckValue] = [:]
    for (name, value) in world.configuration.environment { variables[name] = .string(value) }
    for (name, value) in world.vault.environment(for: .validate) { variables[name] = .string(value) }
    variables["run"] = .string(run.id.text)
    variables["task"] = .string(run.opening.task.text)
    variables["commit"] = .string(run.base.text)
    if let tree = run.testedTree { variables["tree"] = .string(tree.text) }
    if let ready = world.configuration.service?.ready { variables["base_url"] = .string(ready.origin) }
    return variables
  }

  private func summary(of report: CheckReport, _ path: String) -> ValidatedFile {
    let captures = report.entries.flatMap(\.captures).map {
      ValidatedFile.Capture(name: $0.name, value: $0.value)
    }
    return ValidatedFile(
      path: path, exchanges: report.entries.reduce(0) { $0 + $1.exchanges.count },
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

extension Configuration.Readiness {
  /// Scheme, host and port of the address, without a path.
  var origin: String {
    guard let scheme = url.firstRange(of: "://") else { return url }
    let end = url[scheme.upperBound...].firstIndex { $0 == "/" || $0 == "?" } ?? url.endIndex
    return String(url[..<end])
  }
}

extension String {
  /// Its lines, the last 40 of them at the most.
  var lines: [String] { split(separator: "\n", omittingEmptySubsequences: false).suffix(40).map(String.init) }
}
