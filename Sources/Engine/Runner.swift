package import DeliveryLoop

/// Drives one run through the loop until it rests.
package struct Runner {
  private let world: World
  private let policy: Policy
  private let log = ServiceLog()

  package init(in world: World, policy: Policy) {
    self.world = world
    self.policy = policy
  }

  /// Performs step after step. Throws only when the ledger or the program itself is broken; all else is how the run rests.
  package func deliver(_ journal: Journal) async throws -> Rest {
    while true {
      switch journal.run.next(under: policy) {
      case .rest(let rest): return rest
      case .pause(let wait): try journal.record(.paused(wait))
      case .perform(.stop): try await perform(.stop, journal)
      case .perform(let step) where Task.isCancelled: try journal.record(.interrupted(step))
      case .perform(let step): try await perform(step, journal)
      }
    }
  }

  /// Picks a run up: asks after effects whose fact is missing, and makes it ready to go on.
  package func pickUp(_ journal: Journal, by person: String) async throws {
    if let cutOff = journal.run.performing {
      if let fact = try await performer(of: cutOff).alreadyDone(journal.run) {
        try journal.record(.observed(fact))
      } else {
        try journal.record(.interrupted(cutOff))
      }
    }
    if journal.run.service != nil { try await perform(.stop, journal) }
    guard let step = journal.run.resumption else { return }
    try journal.record(.resumed(from: step, by: person))
  }

  private func perform(_ step: Step, _ journal: Journal) async throws {
    let outcome: Outcome
    do {
      outcome = try await performer(of: step).perform(journal)
    } catch is CancellationError {
      return try journal.record(.interrupted(step))
    } catch let error as any Explained {
      outcome = .failed(Failure(step: step, kind: error.kind, message: error.wording))
    }
    switch outcome {
    case .done(let fact): try journal.record(.observed(fact))
    case .paused(let wait): try journal.record(.paused(wait))
    case .failed(let failure):
      try journal.record(.failed(failure, policy.consequence(of: failure, in: journal.run)))
    }
  }

  private func performer(of step: Step) -> any StepPerformer {
    switch step {
    case .claim: ClaimStep(world: world)
    case .implement: ImplementStep(world: world, policy: policy)
    case .format: FormatStep(world: world)
    case .test: TestStep(world: world)
    case .start: StartStep(world: world, log: log)
    case .validate: ValidateStep(world: world, log: log)
    case .stop: StopStep(world: world, log: log)
    case .commit: CommitStep(world: world)
    case .push: PushStep(world: world)
    case .close: CloseStep(world: world)
    }
  }
}
