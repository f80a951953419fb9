/// One attempt to deliver one task: the state that its events add up to.
package struct Run: Hashable, Sendable {
  package let id: RunID
  package let opening: Opening

  /// What comes next once nothing is being performed.
  package internal(set) var pending: Pending = .step(.claim)
  /// The step whose intent has no fact yet.
  package internal(set) var performing: Step?
  /// The step at which the run rests or last rested.
  package internal(set) var restedAt: Step = .claim
  /// Coding-agent attempts that this run has begun.
  package internal(set) var attempts = 0
  /// Those of which it is recorded what they took.
  package internal(set) var endedAttempts = 0
  /// A person was asked for the change; until it is there, no coding agent is set to work again.
  package internal(set) var awaitsPerson = false
  /// The last attempt of a coding agent was begun and never came to its end.
  package internal(set) var isCutOffAtAgent = false
  /// How often a gate had to be asked again because the tree changed under it.
  package internal(set) var rounds = 0
  /// How often the change was brought on top of others' commits.
  package internal(set) var rebases = 0
  /// What a person has agreed to of what the change makes of its own gates, as the tree that was shown.
  package internal(set) var agreedGates: ObjectID?
  /// What validations were about to change, and what became of it; the last one is in force.
  package internal(set) var plans: [PlanRecord] = []
  package internal(set) var decisions: [Decision] = []
  package internal(set) var waivers: [Waiver] = []
  /// The last failure; what an implementer gets as feedback.
  package internal(set) var failure: Failure?
  /// A service that was started and is not known to have stopped.
  package internal(set) var service: ServiceRecord?
  /// Stopping the service was tried and did not succeed; a resumed run tries it again first.
  package internal(set) var isStopStuck = false

  /// The commit on which the change stands.
  package internal(set) var base: ObjectID
  /// The rebase that was begun and whose end is not known.
  package internal(set) var rebase: Rebase?
  package internal(set) var implementedTree: ObjectID?
  package internal(set) var formattedTree: ObjectID?
  package internal(set) var testedTree: ObjectID?
  package internal(set) var validatedTree: ObjectID?
  package internal(set) var validations: [ValidatedFile] = []
  /// The validations that could not be asked before the commit, and are waived.
  package internal(set) var waived: [Waiver] = []
  /// What a replay came to.
  package internal(set) var result: ReplayResult?
  /// Every run of every validation, on whatever tree.
  package internal(set) var judgements: [Judgement] = []
  package internal(set) var commit: PreparedCommit?
  package internal(set) var isCommitted = false
  package internal(set) var pushLease: PushLease?
  package internal(set) var pushed: ObjectID?
  /// The task is closed in the backlog.
  package internal(set) var isClosed = false
  /// The signed note that goes to the remote, or went there.
  package internal(set) var anchor: String?
  /// What was replaced in the ledger since it held a secret.
  package internal(set) var maskings: [Masking] = []
  /// The digests of captures that events vouch for, by their numbers.
  package internal(set) var captures: [Int64: Digest] = [:]
  /// The numbers of captures whose bytes were let go.
  package internal(set) var dropped: Set<Int64> = []
  /// The last look at what the run has left on disk; nil where nobody has looked since it went on.
  package internal(set) var sweep: Sweep?

  package init(id: RunID, opening: Opening) {
    self.id = id
    self.opening = opening
    base = opening.base
    if let replay = opening.replay {
      restedAt = opening.firstStep
      pending = .step(opening.firstStep)
      testedTree = replay.tree
    }
  }

  /// Adds up a whole history, whose first event has to be the opening.
  package init(id: RunID, events: [Event]) throws(IllegalTransition) {
    guard case .opened(let opening)? = events.first else { throw .notOpened(id) }
    self.init(id: id, opening: opening)
    for event in events.dropFirst() { try apply(event) }
  }

  package enum Pending: Hashable, Sendable {
    case step(Step)
    case rest(Rest)
  }

  package struct PushLease: Hashable, Sendable {
    package let old: ObjectID?
    package let new: ObjectID
  }

  /// How it rests; nil while there is something to do.
  package var rest: Rest? {
    if performing != nil { return nil }
    if case .rest(let rest) = pending { return rest }
    return nil
  }

  /// The step at which it stands.
  package var step: Step {
    if let performing { return performing }
    return switch pending {
    case .step(let step): step
    case .rest: restedAt
    }
  }

  /// Whether nothing can follow any more: of a replay only what waits for an approval is gone on with.
  package var isOver: Bool {
    guard let rest else { return false }
    if opening.replay != nil, case .waiting(.approval) = rest { return false }
    return rest.isFinal || opening.replay != nil
  }

  /// The plan in force.
  package var plan: PlanRecord? { plans.last }

  /// Attempts of coding agents over the whole life of the task.
  package var attemptsOnTask: Int { opening.earlierAttempts + attempts }
}

/// An event that cannot follow upon what a run has been through.
package enum IllegalTransition: Error, Hashable, Sendable {
  case notOpened(RunID)
  case openedTwice(RunID)
  /// The event, by its stored kind, came while the run stood at this step.
  case outOfOrder(RunID, event: String, at: Step)
  /// Promise I1: a tree passed a gate that is not the one that passed the gate before.
  case treeDiffers(RunID, at: Step, expected: ObjectID?, found: ObjectID)
}
