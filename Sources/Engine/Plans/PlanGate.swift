import Codings
import DeliveryLoop
import LiveChecks
import LivePlans

/// Sees to it that there is a plan for what validations will change, and that it may be applied (promise I6).
struct PlanGate {
  let world: World
  let journal: Journal

  enum Answer {
    /// What is sent has to be what stands here.
    case apply(PlanDraft)
    case wait(Wait)
    case refused(Failure)
  }

  func answer(for files: [ParsedValidation], on tree: ObjectID) throws -> Answer {
    let draft: PlanDraft
    do {
      draft = try self.draft(files)
    } catch let failure as Unplannable {
      return .refused(Failure(step: .validate, kind: .policy, message: failure.message))
    }
    guard !draft.requests.isEmpty else { return .apply(draft) }
    let plan = try plan(of: draft.requests, on: tree)
    try expire()
    if let record = journal.run.plan, record.plan.digest == plan.digest {
      if record.state == .planned || record.state == .approved { return .apply(draft) }
      if record.state == .awaitingApproval { return .wait(.approval(plan.digest)) }
    }
    try journal.record(.observed(.planned(plan)))
    return plan.risk == .high ? .wait(.approval(plan.digest)) : .apply(draft)
  }

  /// A plan whose time is over stays so.
  private func expire() throws {
    guard let record = journal.run.plan, record.state.after(.expire) != nil,
      record.isExpired(at: world.surroundings.now())
    else { return }
    try journal.record(.observed(.expired(record.plan.digest)))
  }

  /// How often one validation may run; a replay asks each once.
  private var tries: Int { journal.run.opening.replay == nil ? world.configuration.quorum.tries : 1 }

  private struct Unplannable: Error {
    let message: String
  }

  private func draft(_ files: [ParsedValidation]) throws -> PlanDraft {
    var draft = PlanDraft(rules: world.configuration.risk, boundaries: world.boundaries)
    let variables = world.variables(of: journal.run)
    for file in files {
      let before = files.filter { $0.file.prepares(file.file, among: files.map(\.file)) }
      let captured = before.reduce(into: Set<String>()) { $0.formUnion($1.checks.capturedNames) }
      var planner = CheckPlanner(file.checks, variables: variables, unknown: world.secretVariables.union(captured))
      do {
        let drafts = try planner.drafts { name in try world.content(of: name, beside: file) }
        try draft.add(drafts, of: file.file.name, tries: tries, blanks: planner.blanks)
      } catch let failure as CheckFailure {
        let place = "\(file.file.name):\(failure.place.line):\(failure.place.column)"
        throw Unplannable(message: "\(place): failed to plan: \(planner.blanks.shown(failure.message))")
      } catch let fault as PlanDraft.Fault {
        throw Unplannable(message: "\(file.file.name):\(fault.line):1: failed to plan: \(fault.message)")
      }
    }
    return draft
  }

  private func plan(of requests: [PlannedRequest], on tree: ObjectID) throws -> Plan {
    let policy = try world.policyDigest(at: journal.run.base)
    let canonical = Plan.canonical(tree: tree, policy: policy, requests: requests)
    let approvals = world.configuration.approvals
    let isHigh = requests.contains { $0.risk == .high }
    return Plan(
      digest: Digest(sha256: Array(canonical.utf8)), tree: tree, policy: policy, made: world.surroundings.now(),
      lasts: isHigh ? approvals.highLasts : approvals.othersLast, requests: requests)
  }
}

/// A validation that has been read.
struct ParsedValidation {
  let file: ValidationFiles.File
  let checks: CheckFile
  /// The files that it read when it was recorded, where it is asked again.
  var readings: [Reading] = []
}

extension World {
  /// A file that a validation names: as it was recorded, or from the tree of the validation and from no other place.
  func content(of name: String, beside validation: ParsedValidation) throws -> [UInt8]? {
    if let recorded = validation.readings.first(where: { $0.name == name }) { return recorded.content }
    return try repository.content(of: validation.file.folder + name, at: validation.file.tree)
  }

  var boundaries: Boundaries {
    Boundaries(
      service: configuration.service?.ready.url, environments: configuration.environments,
      secrets: configuration.secrets.map(\.name))
  }

  /// Of the configuration that a commit has.
  func policyDigest(at commit: ObjectID) throws -> Digest {
    Digest(sha256: try repository.content(of: Configuration.path, at: commit) ?? [])
  }
}

extension Digest {
  init(sha256 bytes: [UInt8]) { self = Digest(bytes: SHA256.digest(bytes)) ?? .zero }
}
