extension Run {
  /// What a resumed run goes on with where nothing that was found before is void: an approved plan is applied on the tree for
  /// which it was made.
  func isOnItsWay(to step: Step) -> Bool { step == .start || step == .validate }

  mutating func plan(_ fact: Fact) throws(IllegalTransition) {
    switch fact {
    case .planned(let plan):
      guard plan.tree == testedTree, self.plan?.state != .applying else { throw outOfOrder(.observed(fact)) }
      move(ofPlan: .cancel)
      plans.append(PlanRecord(plan))
    case .sending(let number): try change(fact) { $0.send(number) }
    case .sent(let number, let status): try change(fact) { $0.answer(number, status: status) }
    case .expired(let digest):
      guard plan?.plan.digest == digest else { throw outOfOrder(.observed(fact)) }
      try change(fact) { $0.move(.expire) }
    default: throw outOfOrder(.observed(fact))
    }
  }

  private mutating func change(
    _ fact: Fact, _ body: (inout PlanRecord) -> Bool
  ) throws(IllegalTransition) {
    guard var record = plans.popLast() else { throw outOfOrder(.observed(fact)) }
    let isLegal = body(&record)
    plans.append(record)
    if !isLegal { throw outOfOrder(.observed(fact)) }
  }

  /// Moves the plan where that is legal; one that has ended stays as it is.
  mutating func move(ofPlan move: PlanState.Move) {
    guard !plans.isEmpty else { return }
    _ = plans[plans.count - 1].move(move)
  }

  /// Answers what the run waits for, and nothing else.
  mutating func decide(_ decision: Decision) throws(IllegalTransition) {
    guard case .rest(.waiting(let wait)) = pending, performing == nil else { throw outOfOrder(.decided(decision)) }
    switch (decision.subject, wait) {
    case (.plan(let digest), .approval(let awaited)) where digest == awaited && plan?.plan.digest == digest:
      guard plans[plans.count - 1].decide(decision) else { throw outOfOrder(.decided(decision)) }
    case (.gates(let tree), .gateChange(let shown)) where tree == shown:
      if decision.verdict == .approved { agreedGates = tree }
    default: throw outOfOrder(.decided(decision))
    }
    decisions.append(decision)
    guard decision.verdict == .denied else { return }
    let what = if case .plan = decision.subject { "the plan" } else { "what the change makes of its gates" }
    failure = Failure(
      step: restedAt, kind: .denied, message: "\(decision.by) has denied \(what): \(decision.reason)")
    move(to: .rest(.failed(.denied)))
  }

  /// The validations that a waiver can be given for: those whose last word on the tested tree was that they could not be asked.
  package var waivable: [String] {
    guard case .rest(.waiting(.inconclusive)) = pending, restedAt == .validate else { return [] }
    var last: [String: Judgement.Verdict] = [:]
    var names: [String] = []
    for judgement in judgements where judgement.tree == testedTree {
      if last.updateValue(judgement.verdict, forKey: judgement.validation) == nil { names.append(judgement.validation) }
    }
    return names.filter { last[$0] == .inconclusive }
  }

  mutating func waive(_ waiver: Waiver) throws(IllegalTransition) {
    guard waivable.contains(waiver.validation) else { throw outOfOrder(.waived(waiver)) }
    waivers.append(waiver)
  }

  /// The waiver of a validation that holds at a moment; the last one given counts.
  package func waiver(of validation: String, at now: Timestamp) -> Waiver? {
    waivers.last { $0.validation == validation }.flatMap { $0.holds(at: now) ? $0 : nil }
  }

  mutating func conclude(waiving names: [String], with fact: Fact) throws(IllegalTransition) {
    let given = names.compactMap { name in waivers.last { $0.validation == name } }
    guard given.count == names.count else { throw outOfOrder(.observed(fact)) }
    waived = given
    move(ofPlan: .succeed)
    // Nothing of it had to be sent after all.
    move(ofPlan: .cancel)
  }
}
