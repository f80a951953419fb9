/// Where a plan stands.
package enum PlanState: String, CaseIterable, Sendable {
  /// Being put together; nothing of it is recorded.
  case draft
  /// It may be applied as it is.
  case planned
  case denied
  case awaitingApproval = "awaiting-approval"
  case approved
  /// Something of it was sent, or may have been.
  case applying
  case applied
  case failed
  case expired
  case cancelled

  /// What can happen to a plan.
  package enum Move: Hashable, CaseIterable, Sendable {
    /// It is recorded, and policy lets it be applied or asks for an approval.
    case allow, ask
    case approve, deny
    /// Another of its requests is about to be sent.
    case send
    /// All validations passed, or they did not.
    case succeed, fail
    /// Its time is over.
    case expire
    /// The run, the tree or the policy went on without it.
    case cancel
  }

  /// nil for a move that is not legal here. A plan that has ended stays as it is: what is to be sent then needs a new one.
  package func after(_ move: Move) -> PlanState? {
    switch (self, move) {
    case (.draft, .allow): .planned
    case (.draft, .ask): .awaitingApproval
    case (.awaitingApproval, .deny): .denied
    case (.awaitingApproval, .approve): .approved
    case (.planned, .send), (.approved, .send), (.applying, .send): .applying
    case (.applying, .succeed): .applied
    case (.applying, .fail): .failed
    case (.planned, .expire), (.awaitingApproval, .expire), (.approved, .expire): .expired
    case (.planned, .cancel), (.awaitingApproval, .cancel), (.approved, .cancel): .cancelled
    default: nil
    }
  }

  /// Whether nothing can happen to it any more.
  package var isFinal: Bool { Move.allCases.allSatisfy { after($0) == nil } }
}

/// A plan and what became of it.
package struct PlanRecord: Hashable, Sendable {
  package let plan: Plan
  package private(set) var state = PlanState.draft
  /// What was decided about it; nil where nobody was asked or has answered.
  package private(set) var decision: Decision?
  /// How often each request was sent or may have been, by its number from 1.
  package private(set) var sent: [Int: Int] = [:]
  /// The number of the request that is on its way.
  private var onItsWay: Int?
  /// The numbers of requests to which no answer came: it is not known whether they arrived.
  private var unanswered: Set<Int> = []

  package init(_ plan: Plan) {
    self.plan = plan
    _ = move(plan.risk == .high ? .ask : .allow)
  }

  /// Whether its time is over at `now`; also where the clock shows a moment before it was made.
  package func isExpired(at now: Timestamp) -> Bool {
    let start = decision?.at ?? plan.made
    let age = Duration.nanoseconds(now.nanoseconds - start.nanoseconds)
    return age < .zero || age >= plan.lasts
  }

  /// Whether something was sent, or may have been, that is not to be sent again without a thought.
  package var hasChangedSomething: Bool {
    sent.keys.contains { number in plan.requests.indices.contains(number - 1) && plan.requests[number - 1].risk > .low }
  }

  /// False, and nothing changes, for a move that is not legal.
  package mutating func move(_ move: PlanState.Move) -> Bool {
    guard let next = state.after(move) else { return false }
    state = next
    return true
  }

  package mutating func decide(_ decision: Decision) -> Bool {
    guard move(decision.verdict == .approved ? .approve : .deny) else { return false }
    self.decision = decision
    return true
  }

  /// False for a request that the plan has not, or not as often.
  package mutating func send(_ number: Int) -> Bool {
    guard plan.requests.indices.contains(number - 1), sent[number, default: 0] < plan.requests[number - 1].times,
      onItsWay == nil, move(.send)
    else { return false }
    sent[number, default: 0] += 1
    onItsWay = number
    return true
  }

  /// What came of the request that was on its way; nil where no answer came.
  package mutating func answer(_ number: Int, status: Int?) -> Bool {
    guard onItsWay == number else { return false }
    onItsWay = nil
    if status == nil { unanswered.insert(number) }
    return true
  }

  /// The numbers of requests of which it is not known whether they arrived.
  package var unknown: [Int] { unanswered.union([onItsWay].compactMap(\.self)).sorted() }
}
