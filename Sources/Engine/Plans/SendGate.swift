import DeliveryLoop
import LiveChecks
import LivePlans
import Redaction

/// Looks at each request of a validation before it is sent: one that changes something has to be in the plan, and no secret
/// leaves the environment to which it belongs. What is let through is in the ledger first.
struct SendGate {
  let world: World
  let journal: Journal
  let draft: PlanDraft
  /// The validation's name.
  let validation: String

  enum Passage {
    /// The number of the request in the plan; nil for one that reads.
    case open(HTTPRequest, number: Int?)
    case refused(Failure)
  }

  func pass(_ request: HTTPRequest, of session: CheckSession) throws -> Passage {
    let (entry, hops) = session.sending ?? (0, 0)
    switch draft.verdict(on: request, of: validation, entry: entry, hops: hops) {
    case .refused(let message): return refused(message)
    case .reads(let environment):
      if let failure = secret(in: request, goingTo: environment) { return .refused(failure) }
      return .open(trusting(request, in: environment), number: nil)
    case .planned(let number, let environment):
      if let failure = secret(in: request, goingTo: environment) { return .refused(failure) }
      if let message = obstacle(to: number) { return refused(message) }
      try journal.record(.observed(.sending(number)))
      return .open(trusting(request, in: environment), number: number)
    }
  }

  /// Records what came of a request of the plan.
  func passed(_ number: Int, _ outcome: TransferOutcome) throws {
    let status = if case .response(let response) = outcome { response.status } else { Int?.none }
    try journal.record(.observed(.sent(number, status: status)))
  }

  private func obstacle(to number: Int) -> String? {
    guard let record = journal.run.plan, [.planned, .approved, .applying].contains(record.state) else {
      return "request \(number) of the plan cannot be sent: the plan is not in force"
    }
    if record.isExpired(at: world.surroundings.now()) {
      return "request \(number) of the plan cannot be sent: the plan has expired; resume, which makes a new one"
    }
    let planned = record.plan.requests[number - 1]
    guard record.sent[number, default: 0] < planned.times else {
      return "request \(number) of the plan was sent \(planned.times) times, and may not be sent again"
    }
    return nil
  }

  /// A failure that names a secret which is about to leave its environment.
  private func secret(in request: HTTPRequest, goingTo environment: String) -> Failure? {
    let names = world.boundaries.secrets(keptFrom: environment)
    if names.isEmpty { return nil }
    let kept = world.vault.set(of: names)
    var bytes = Array("\(request.method) \(request.url)\n".utf8)
    for header in request.headers { bytes += Array("\(header.name): \(header.value)\n".utf8) }
    for text in [request.options.credentials, request.options.proxy, request.options.certificatePassword] {
      bytes += Array("\(text ?? "")\n".utf8)
    }
    guard let name = kept.findings(in: bytes + (request.body ?? [])).first?.name else { return nil }
    let owners = world.boundaries.owners(of: name).joined(separator: ", ")
    return failure(
      "the secret \"\(name)\" belongs to \(owners) and would be sent to \(environment): \(request.method) \(request.url); "
        + "list it under \"environments\" in waybill.yaml if it belongs there")
  }

  /// Trusts the authority of the environment, where the request names none of its own.
  private func trusting(_ request: HTTPRequest, in environment: String) -> HTTPRequest {
    guard request.options.caFile == nil, let file = world.boundaries.caFile(of: environment) else { return request }
    return request.trusting(world.repository.located(file))
  }

  private func refused(_ message: String) -> Passage { .refused(failure(message)) }

  private func failure(_ message: String) -> Failure {
    Failure(step: .validate, kind: .policy, message: "\"\(validation)\" is stopped before it sends: \(message)")
  }
}

extension Run {
  /// What is to be said of a plan that was cut off while it was applied; nil where nothing was sent that matters.
  var cutOffPlan: Failure? {
    guard let record = plan, record.state == .applying, record.hasChangedSomething else { return nil }
    let (sent, planned) = (record.sent.values.reduce(0, +), record.plan.requests)
    let places = Set(planned.map(\.environment)).sorted().joined(separator: ", ")
    let advice =
      "look at \(places), put right what is half done, then resume, which makes a new plan and sends all of it"
    let message =
      record.unknown.last.map { number in
        "the run was cut off while request \(number) of the plan, \(planned[number - 1].method) \(planned[number - 1].url), "
          + "was being sent, and it is not known whether it arrived"
      } ?? "the run was cut off when \(sent) of the plan's requests had been sent"
    return Failure(step: .validate, kind: .inconclusive, message: "\(message); \(advice)")
  }
}
