import DeliveryLoop
import JSONText
import LiveChecks
import LivePlans

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
    let chosen: [ParsedValidation]
    switch try choose(in: tree, run) {
    case .success(let files): chosen = files
    case .failure(let refusal): return .failed(refusal.failure)
    }
    let plan: PlanDraft
    switch try PlanGate(world: world, journal: journal).answer(for: chosen, on: tree) {
    case .apply(let draft): plan = draft
    case .wait(let wait): return .paused(wait)
    case .refused(let failure): return .failed(failure)
    }
    return try await validate(chosen, under: plan, on: tree, journal)
  }

  private struct Refused: Error {
    let failure: Failure
  }

  /// All of them are read before the first one asks anything.
  private func choose(in tree: ObjectID, _ run: Run) throws -> Result<[ParsedValidation], Refused> {
    func refused(_ message: String, tail: [String] = []) -> Result<[ParsedValidation], Refused> {
      .failure(Refused(failure: red(message, tail: tail)))
    }
    let files: [ValidationFiles.File]
    switch try ValidationFiles(world: world, run: run).select(in: tree) {
    case .files(let found): files = found
    case .missing(let pattern):
      return refused("there is no file \"\(pattern)\" under \"validate\"; write it, or correct the configuration")
    }
    guard !files.isEmpty else {
      return refused("no file matches \(list(world.configuration.validate)); write the validation of this task")
    }
    var parsed: [ParsedValidation] = []
    for file in files {
      let source = try world.repository.content(of: file.path, at: file.tree) ?? []
      do throws(CheckSyntaxError) {
        parsed.append(ParsedValidation(file: file, checks: try CheckFile.parse(source, name: file.path)))
      } catch {
        return refused("\"\(file.name)\" is not a valid file of checks", tail: "\(error)".lines)
      }
    }
    return .success(parsed)
  }

  private func validate(
    _ chosen: [ParsedValidation], under plan: PlanDraft, on tree: ObjectID, _ journal: Journal
  ) async throws -> Outcome {
    let service = journal.run.service
    let all = chosen.map(\.file)
    var (files, waived): ([ValidatedFile], [String]) = ([], [])
    var prepared: [(setup: ValidationFiles.File, captures: Captures)] = []
    var reachedService = service == nil
    for file in chosen {
      let captures = prepared.filter { $0.setup.prepares(file.file, among: all) }.map(\.captures)
      let check = ValidationCheck(world: world, log: log, journal: journal, plan: plan, validation: file)
      switch try await judge(check, with: Captures(captures)) {
      case .passed(let passed):
        files.append(passed.summary)
        reachedService = reachedService || (passed.reachedService && !file.file.isSetup)
        if file.file.isSetup { prepared.append((file.file, passed.captures)) }
      case .missed(let failure, _) where isWaived(file.file.name, failure, plan, journal.run):
        waived.append(file.file.name)
      case .missed(let failure, _):
        // Nothing else holds the tree of a change that is not committed, and it is to be asked again.
        try world.repository.keep(tree, at: "refs/waybill/\(journal.run.id)/\(tree.short)")
        return .failed(failure)
      case .refused(let failure): return .failed(failure)
      }
    }
    guard reachedService || !waived.isEmpty else {
      return .failed(red("no validation asked the service on port \(service?.port ?? 0): nothing of it was seen live"))
    }
    if let failure = try Gates(world: world, run: journal.run).unchanged(tree, at: .validate) {
      return .failed(failure)
    }
    return .done(.validated(tree: tree, files: files, waived: waived))
  }

  /// Only what could not be asked can be waived; what has a high risk only where the base commit allows it.
  private func isWaived(_ name: String, _ failure: Failure, _ plan: PlanDraft, _ run: Run) -> Bool {
    guard failure.kind == .inconclusive, run.waiver(of: name, at: world.surroundings.now()) != nil else { return false }
    let isHigh = plan.requests.contains { $0.validation == name && $0.risk == .high }
    return !isHigh || world.configuration.approvals.waivesHigh
  }

  /// Runs a validation until it has passed often enough, or cannot any more; what each try came to is a fact of its own.
  private func judge(_ check: ValidationCheck, with captures: Captures) async throws -> ValidationCheck.Result {
    let quorum = world.configuration.quorum
    var (passes, failures): (Int, [Failure]) = (0, [])
    while true {
      let result = try await check.run(with: captures)
      switch result {
      case .passed:
        try record(.passed, of: check)
        passes += 1
        if passes == quorum.needed { return result }
      case .missed(let failure, let report):
        try record(failure.kind == .red ? .failed : .inconclusive, of: check)
        failures.append(failure)
        if failures.count > quorum.tries - quorum.needed {
          return .missed(summary(of: failures, passes, quorum), report)
        }
      case .refused: return result
      }
    }
  }

  private func record(_ verdict: Judgement.Verdict, of check: ValidationCheck) throws {
    guard let tree = check.journal.run.testedTree else { return }
    let judgement = Judgement(tree: tree, validation: check.validation.file.name, verdict: verdict)
    try check.journal.record(.observed(.judged(judgement)))
  }

  /// The last that says something about the change.
  private func summary(of failures: [Failure], _ passes: Int, _ quorum: Quorum) -> Failure {
    let failure = failures.last { $0.kind == .red } ?? failures[failures.count - 1]
    if quorum == .once { return failure }
    let count =
      "\(failures.count) of \(failures.count + passes) times, and has to pass \(quorum.needed) of \(quorum.tries)"
    return Failure(step: .validate, kind: failure.kind, message: "\(failure.message), \(count)", tail: failure.tail)
  }

  private func red(_ message: String, tail: [String] = []) -> Failure {
    Failure(step: .validate, kind: .red, message: message, tail: tail)
  }
}
