package import DeliveryLoop

/// One step of the loop: how it is done, and how to find out whether it was.
///
/// A step records its own intent, once all that belongs to it is known, and acts only after that.
protocol StepPerformer {
  func perform(_ journal: Journal) async throws -> Outcome
  /// After a crash between intent and fact: the fact, if the effect is there to be seen; nil if it has to be done again.
  func alreadyDone(_ run: Run) async throws -> Fact?
}

extension StepPerformer {
  /// Gates and captures have no effect outside: they are done again.
  func alreadyDone(_ run: Run) async throws -> Fact? { nil }
}

/// What came of a step.
package enum Outcome: Hashable, Sendable {
  case done(Fact)
  case failed(Failure)
  case paused(Wait)
}
