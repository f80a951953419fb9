import DeliveryLoop
import Testing

@Suite struct `A run that asks another again` {
  private func run(_ count: Int = .max, hasService: Bool = true) throws -> Run {
    var run = Run(id: Samples.run, opening: Samples.opening(hasService: hasService, replay: Samples.replay()))
    for event in Samples.replaying.prefix(count) { try run.apply(event) }
    return run
  }

  private let policy = Policy(agentAttempts: 3)

  @Test func `starts, validates, stops and is over, whatever it found`() throws {
    var run = try run(0)
    for event in Samples.replaying {
      if case .intended(let intent) = event { #expect(run.next(under: policy) == .perform(intent.step)) }
      try run.apply(event)
    }
    #expect(run.rest == .replayed(Samples.result) && run.isOver && run.resumption == nil)
    #expect(run.next(under: policy) == .rest(.replayed(Samples.result)))
    #expect(run.testedTree == Samples.tree && run.attemptsOnTask == 0)
  }

  @Test func `validates at once where there is no service`() throws {
    var run = try run(0, hasService: false)
    #expect(run.next(under: policy) == .perform(.validate))
    try run.apply(.intended(.validate))
    try run.apply(.observed(.replayed(Samples.result)))
    #expect(run.rest == .replayed(Samples.result))
  }

  @Test func `takes no event of a delivery, and a delivery none of a replay`() throws {
    for count in 0...Samples.replaying.count {
      for event in Samples.delivery + Samples.rebase where !Samples.replaying.contains(event) {
        var copy = try run(count)
        #expect(throws: IllegalTransition.self, "\(event.kind) after \(count)") { try copy.apply(event) }
      }
    }
    var delivery = Samples.fresh()
    for event in Samples.delivery.prefix(12) { try delivery.apply(event) }
    #expect(throws: IllegalTransition.self) { try delivery.apply(.observed(.replayed(Samples.result))) }
  }

  @Test func `is gone on with only where it waits for an approval`() throws {
    for (event, count) in [
      (Event.interrupted(.start), 1), (.failed(Failure(step: .start, kind: .red, message: "m"), .stop), 1),
      (.failed(Failure(step: .validate, kind: .policy, message: "m"), .stop), 4),
    ] {
      var run = try run(count)
      try run.apply(event)
      #expect(run.isOver && run.resumption == nil)
      #expect(throws: IllegalTransition.self) { try run.apply(.resumed(from: .start, by: "Ada")) }
    }
    var waiting = try run(4)
    try waiting.apply(.observed(.planned(Samples.plan(.high))))
    try waiting.apply(.paused(.approval(Samples.planDigest)))
    #expect(!waiting.isOver && waiting.resumption == .start)
    #expect(waiting.next(under: policy) == .perform(.stop), "no service outlives its need")
    try waiting.apply(.intended(.stop))
    try waiting.apply(.observed(.stopped))
    #expect(throws: IllegalTransition.self) { try waiting.apply(.resumed(from: .format, by: "Ada")) }
    try waiting.apply(.resumed(from: .start, by: "Ada"))
    #expect(waiting.testedTree == Samples.tree && waiting.next(under: policy) == .perform(.start))
  }

  @Test func `is never sent back to an implementer`() throws {
    let run = try run(4)
    for kind in Failure.Kind.allCases {
      #expect(policy.consequence(of: Failure(step: .validate, kind: kind, message: "m"), in: run) == .stop)
    }
  }

  private static let failed = ReplayFinding.failed(validation: "a", points: ["line 1: status == 200"])
  private static let elsewhere = ReplayFinding.failed(validation: "b", points: ["line 1: status == 200"])
  private static let otherwise = ReplayFinding.failed(validation: "a", points: ["line 2: status == 200"])
  private static let unasked = ReplayFinding.inconclusive(validation: "a")

  /// What it was, what it is, and what that is on the same code and on other code.
  @Test(arguments: [
    (ReplayFinding.passed, ReplayFinding.passed, ReplayOutcome.reproduced, ReplayOutcome.stillPassing),
    (.passed, failed, .notReproduced, .newFailure), (.passed, unasked, .inconclusive, .inconclusive),
    (failed, failed, .reproduced, .stillFailing), (failed, otherwise, .differentFailure, .newFailure),
    (failed, elsewhere, .differentFailure, .newFailure), (failed, .passed, .notReproduced, .fixed),
    (failed, unasked, .inconclusive, .inconclusive), (unasked, .passed, .notReproduced, .stillPassing),
    (unasked, failed, .notReproduced, .newFailure), (unasked, unasked, .inconclusive, .inconclusive),
  ])
  func `says what its finding is against the record`(
    recorded: ReplayFinding, now: ReplayFinding, same: ReplayOutcome, other: ReplayOutcome
  ) {
    #expect(ReplayOutcome(of: now, against: recorded, isSameCode: true) == same)
    #expect(ReplayOutcome(of: now, against: recorded, isSameCode: false) == other)
  }
}
