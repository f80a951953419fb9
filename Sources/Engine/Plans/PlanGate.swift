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
        let drafts = try planner.drafts { name in
          try world.repository.content(of: file.file.folder + name, at: file.file.tree)
        }
        try draft.add(
          drafts, of: file.file.name, tries: world.configuration.quorum.tries, blanks: planner.blanks)
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
}

extension World {
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
