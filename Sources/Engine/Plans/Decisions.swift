package import DeliveryLoop

/// Records what people decide about a run that rests.
package struct Decisions {
  private let journal: Journal
  private let approvals: Approvals
  private let surroundings: any Surroundings

  /// - Parameter approvals: what the base commit's configuration says.
  package init(on journal: Journal, approvals: Approvals, surroundings: any Surroundings) {
    self.journal = journal
    self.approvals = approvals
    self.surroundings = surroundings
  }

  /// Approves or denies what the run waits for.
  package func decide(_ verdict: Decision.Verdict, by person: String, reason: String, ticket: String?) throws {
    let (run, now) = (journal.run, surroundings.now())
    try object(to: person)
    let subject: Decision.Subject
    switch run.rest {
    case .waiting(.approval(let digest)):
      guard let record = run.plan, record.state == .awaitingApproval else {
        throw DecisionRefusal.decidedAlready(run.id, by: run.plan?.decision?.by)
      }
      if record.isExpired(at: now) { throw DecisionRefusal.expired(run.id) }
      subject = .plan(digest)
    case .waiting(.gateChange(let tree)):
      if run.agreedGates == tree { throw DecisionRefusal.decidedAlready(run.id, by: run.decisions.last?.by) }
      subject = .gates(tree)
    default: throw DecisionRefusal.nothingToDecide(run.id)
    }
    try journal.record(
      .decided(
        Decision(subject: subject, verdict: verdict, by: person, reason: reason, ticket: ticket, at: now)))
  }

  /// Answers for a validation that could not be asked.
  package func waive(
    _ validation: String, by person: String, reason: String, ticket: String?, until: Timestamp
  ) throws {
    let (run, now) = (journal.run, surroundings.now())
    try object(to: person)
    guard run.waivable.contains(validation) else {
      throw DecisionRefusal.notWaivable(run.id, validation, waivable: run.waivable)
    }
    guard until > now else { throw DecisionRefusal.past(until) }
    let isHigh = run.plan.map { record in
      record.plan.tree == run.testedTree
        && record.plan.requests.contains { $0.validation == validation && $0.risk == .high }
    }
    if isHigh == true, !approvals.waivesHigh { throw DecisionRefusal.highRisk(validation) }
    try journal.record(
      .waived(Waiver(validation: validation, by: person, reason: reason, ticket: ticket, at: now, until: until)))
  }

  private func object(to person: String) throws {
    if let objection = approvals.objection(to: person, implementedBy: journal.run.opening.owner) {
      throw DecisionRefusal.objection(objection)
    }
  }
}

/// Why a decision is not recorded; nothing was changed.
package enum DecisionRefusal: Error, Hashable, Sendable {
  case objection(Approvals.Objection)
  case nothingToDecide(RunID)
  case decidedAlready(RunID, by: String?)
  /// Unanswered for too long.
  case expired(RunID)
  case notWaivable(RunID, String, waivable: [String])
  case past(Timestamp)
  case highRisk(String)
}
