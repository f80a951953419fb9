/// The limits under which a run goes on.
package struct Policy: Hashable, Sendable {
  /// How often a coding agent may try in one run; what it may on the task is the budget's to say. nil: a person implements.
  package let agentAttempts: Int?
  /// The last step to perform now.
  package let until: Step?

  /// A tree that changes under its gates is asked about again this often.
  package static let rounds = 3
  /// A change is brought on top of others' commits this often.
  package static let rebases = 3

  package init(agentAttempts: Int?, until: Step? = nil) {
    self.agentAttempts = agentAttempts
    self.until = until
  }

  package init(_ configuration: Configuration, until: Step? = nil) {
    switch configuration.implement {
    case .person: self.init(agentAttempts: nil, until: until)
    case .agent(let agent): self.init(agentAttempts: agent.attempts, until: until)
    }
  }

  /// Whether a coding agent may make another attempt in this run.
  package func allowsAttempt(in run: Run) -> Bool {
    guard let agentAttempts else { return false }
    return run.attempts < agentAttempts
  }

  /// What follows from a failure: promise I10 keeps what is not known apart from what is wrong.
  package func consequence(of failure: Failure, in run: Run) -> Consequence {
    // A replay has nobody to give it back to.
    if run.opening.replay != nil { return .stop }
    switch failure.kind {
    case .red:
      if allowsAttempt(in: run) { return .implementAgain }
      return agentAttempts == nil ? .wait(.implementation) : .stop
    case .secret, .scope, .unchecked, .policy:
      // What the commit adds to the change, and what others have committed, is not the implementer's.
      return ![.commit, .push].contains(failure.step) && allowsAttempt(in: run) ? .implementAgain : .stop
    case .inconclusive: return .wait(.inconclusive)
    case .changedUnderneath: return run.rounds < Self.rounds ? .formatAgain : .stop
    case .moved: return run.rebases < Self.rebases ? .rebase : .stop
    case .conflict: return failure.step == .rebase ? .wait(.conflict) : .stop
    case .refused, .broken, .denied, .budget: return .stop
    }
  }
}
