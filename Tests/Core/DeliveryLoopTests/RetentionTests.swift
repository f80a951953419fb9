import DeliveryLoop
import Testing

@Suite struct `A policy of what is kept` {
  private let day: Int64 = 86_400_000_000_000

  private func time(_ days: Int64) -> Timestamp { Timestamp(nanoseconds: days * day) }

  private func delivered() throws -> Run {
    var run = Samples.fresh()
    for event in Samples.delivery { try run.apply(event) }
    return run
  }

  @Test func `lets go what is over and old enough`() throws {
    let policy = Retention(keep: .seconds(90 * 86_400))
    let run = try delivered()
    #expect(policy.lets(go: run, changed: time(0), newer: 0, now: time(90)))
    #expect(!policy.lets(go: run, changed: time(1), newer: 0, now: time(90)))
    // A clock that went back keeps everything.
    #expect(!policy.lets(go: run, changed: time(100), newer: 0, now: time(90)))
    #expect(policy.wording == "keep 90d, abandoned 90d")
  }

  @Test func `keeps the newest runs, and what was given up for as long as it says`() throws {
    let policy = Retention(keep: .seconds(86_400), abandoned: .seconds(10 * 86_400), runs: 2)
    #expect(policy.wording == "keep 1d, abandoned 10d, the newest 2 runs")
    let run = try delivered()
    #expect(!policy.lets(go: run, changed: time(0), newer: 1, now: time(90)))
    #expect(policy.lets(go: run, changed: time(0), newer: 2, now: time(90)))
    var given = Samples.fresh()
    try given.apply(.abandoned(reason: "no"))
    #expect(!policy.lets(go: given, changed: time(0), newer: 2, now: time(9)))
    #expect(policy.lets(go: given, changed: time(0), newer: 2, now: time(10)))
  }

  @Test func `keeps all of what can be gone on with`() throws {
    let policy = Retention(keep: .seconds(1))
    var run = Samples.fresh()
    for event in Samples.delivery.dropLast() {
      #expect(!policy.lets(go: run, changed: time(0), newer: 9, now: time(90)))
      try run.apply(event)
      var rests = run
      if (try? rests.apply(.interrupted(rests.step))) != nil {
        #expect(!policy.lets(go: rests, changed: time(0), newer: 9, now: time(90)))
      }
    }
  }

  @Test func `has its event after the end of a run alone, and once more for what is gone already`() throws {
    let event = Event.dropped(Dropping(captures: [3, 4], bytes: 7, policy: "keep 90d"))
    var run = Samples.fresh()
    #expect(throws: IllegalTransition.self) { try run.apply(event) }
    run = try delivered()
    try run.apply(.swept(Samples.sweep))
    try run.apply(event)
    try run.apply(.dropped(Dropping(captures: [4, 5], bytes: 7, policy: "keep 1d")))
    #expect(run.dropped == [3, 4, 5] && run.rest == .delivered)
    #expect(run.sweep == Samples.sweep, "the last look at what is at rest still holds")
  }
}
