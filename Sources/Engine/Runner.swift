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
    do {
      let rest = try await drive(journal)
      try await AtRest(world: world).sweep(journal)
      return rest
    } catch {
      // Nothing more can be recorded, and still nothing of it may stay behind (promise I7).
      try? await world.clear(journal.run)
      throw error
    }
  }

  private func drive(_ journal: Journal) async throws -> Rest {
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
    // First of all: what an agent or a test that outlived its harness still writes would change what is observed.
    try await world.services.stopAll(markedBy: journal.run.mark)
    try Self.settle(journal, world)
    // A stop that was cut off is done again below, whatever the run was about to do after it.
    if let cutOff = journal.run.performing, cutOff != .stop {
      // What a plan has changed, or may have, is not sent again before somebody has looked.
      if let failure = journal.run.cutOffPlan {
        return try journal.record(.failed(failure, policy.consequence(of: failure, in: journal.run)))
      }
      do {
        let fact = try await performer(of: cutOff, journal.run.opening.replay).alreadyDone(journal.run)
        try journal.record(fact.map { .observed($0) } ?? .interrupted(cutOff))
      } catch RemoteError.cancelled {
        return try journal.record(.interrupted(cutOff))
      } catch is CancellationError {
        return try journal.record(.interrupted(cutOff))
      } catch let error as any Explained {
        // What cannot be asked is not known (promise I10): the run rests until it can.
        let failure = Failure(step: cutOff, kind: error.kind, message: error.wording)
        return try journal.record(.failed(failure, policy.consequence(of: failure, in: journal.run)))
      }
    }
    if journal.run.service != nil { try await perform(.stop, journal) }
    guard journal.run.service == nil else { return }
    guard let step = journal.run.resumption else { return }
    try journal.record(.resumed(from: step, by: person))
  }

  /// Counts what an attempt of a coding agent took that was cut off.
  static func settle(_ journal: Journal, _ world: World) throws {
    if case .agent(let agent) = world.configuration.implement {
      try AgentAttempt(world: world, agent: agent).settle(journal)
    }
  }

  private func perform(_ step: Step, _ journal: Journal) async throws {
    let outcome: Outcome
    do {
      outcome = try await patiently { try await performer(of: step, journal.run.opening.replay).perform(journal) }
    } catch is CancellationError {
      return try interrupt(step, journal)
    } catch RemoteError.cancelled {
      return try interrupt(step, journal)
    } catch let error as any Explained {
      outcome = .failed(Failure(step: step, kind: error.kind, message: error.wording))
    }
    switch outcome {
    case .done(let fact):
      let base = journal.run.base
      try journal.record(.observed(fact))
      // The gates in force are those of the base commit (promise I9): another base may have others.
      if journal.run.base != base, try gates(of: base) != gates(of: journal.run.base) {
        try journal.record(.paused(.newGates))
      }
    case .paused(let wait): try journal.record(.paused(wait))
    case .failed(let failure):
      try journal.record(.failed(failure, policy.consequence(of: failure, in: journal.run)))
    }
  }

  private func interrupt(_ step: Step, _ journal: Journal) throws {
    guard let failure = journal.run.cutOffPlan else { return try journal.record(.interrupted(step)) }
    try journal.record(.failed(failure, policy.consequence(of: failure, in: journal.run)))
  }

  /// Another git at work in the repository is waited for; a lock that stays is told of and never removed.
  private func patiently(_ body: () async throws -> Outcome) async throws -> Outcome {
    let clock = ContinuousClock()
    var deadline: ContinuousClock.Instant?
    while true {
      do {
        return try await body()
      } catch RepositoryError.locked where deadline.map({ clock.now < $0 }) ?? true {
        deadline = deadline ?? clock.now + Self.patience
        try await world.surroundings.wait(.milliseconds(100))
      }
    }
  }

  private static let patience = Duration.seconds(10)

  private func gates(of base: ObjectID) throws -> [UInt8]? {
    try world.repository.content(of: Configuration.path, at: base)
  }

  private func performer(of step: Step, _ replay: Replay?) -> any StepPerformer {
    switch step {
    case .claim: ClaimStep(world: world)
    case .implement: ImplementStep(world: world, policy: policy)
    case .format: FormatStep(world: world)
    case .test: TestStep(world: world)
    case .start: StartStep(world: world, log: log)
    case .validate:
      if let replay { ReplayStep(world: world, log: log, replay: replay) } else { ValidateStep(world: world, log: log) }
    case .stop: StopStep(world: world, log: log)
    case .commit: CommitStep(world: world)
    case .push: PushStep(world: world)
    case .rebase: RebaseStep(world: world)
    case .close: CloseStep(world: world)
    case .anchor: AnchorStep(world: world)
    }
  }
}
