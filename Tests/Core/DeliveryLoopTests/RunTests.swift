import DeliveryLoop
import Testing

@Suite struct `A run` {
  @Test func `comes to be delivered by the events of a delivery, and asks for each step in turn`() throws {
    var run = Samples.fresh()
    let policy = Policy(agentAttempts: 3)
    for event in Samples.delivery {
      if case .intended(let intent) = event { #expect(run.next(under: policy) == .perform(intent.step)) }
      try run.apply(event)
    }
    #expect(run.rest == .delivered)
    #expect(run.next(under: policy) == .rest(.delivered))
    #expect(run.pushed == Samples.commit.id)
  }

  @Test func `accepts no event out of its order`() throws {
    // Whatever has happened so far, of all events only those are taken that the loop allows; the run that refuses one stays as it was.
    var run = Samples.fresh()
    for next in Samples.delivery {
      for event in Samples.everyEvent where event != next {
        var copy = run
        guard (try? copy.apply(event)) == nil else { continue }
        #expect(copy == run, "\(event.kind) at \(run.step)")
      }
      try run.apply(next)
    }
  }

  @Test(arguments: [
    Event.intended(.push(old: Samples.base, new: Samples.commit.id)), .intended(.close),
    .intended(.commit(Samples.commit)),
    .observed(.closed(status: "closed")), .observed(.pushed(observed: Samples.commit.id)),
  ])
  func `commits nothing before its validation, pushes nothing before its commit, closes nothing before its push`(
    event: Event
  ) throws {
    for count in 0..<12 {
      var run = Samples.fresh()
      for earlier in Samples.delivery.prefix(count) { try run.apply(earlier) }
      #expect(throws: IllegalTransition.self) { try run.apply(event) }
    }
  }

  @Test func `takes no other tree through a gate than the one that passed the gate before`() throws {
    var run = Samples.fresh()
    for event in Samples.delivery.prefix(7) { try run.apply(event) }
    #expect(throws: IllegalTransition.treeDiffers(Samples.run, at: .test, expected: Samples.tree, found: Samples.other))
    {
      try run.apply(.observed(.tested(tree: Samples.other)))
    }
    for event in Samples.delivery[7..<12] { try run.apply(event) }
    #expect(
      throws: IllegalTransition.treeDiffers(Samples.run, at: .validate, expected: Samples.tree, found: Samples.other)
    ) {
      try run.apply(.observed(.validated(tree: Samples.other, files: [])))
    }
  }

  @Test func `knows of the last look at what it has left, until it goes on`() throws {
    var run = Samples.fresh()
    for event in Samples.delivery { try run.apply(event) }
    try run.apply(.masked(Samples.masking))
    try run.apply(.swept(Samples.sweep))
    #expect(run.rest == .delivered && run.sweep == Samples.sweep && run.maskings == [Samples.masking])
    var resting = Samples.fresh()
    try resting.apply(.paused(.implementation))
    try resting.apply(.swept(Samples.sweep))
    try resting.apply(.resumed(from: .claim, by: "Ada"))
    #expect(resting.sweep == nil)
  }

  @Test(arguments: [Consequence.implementAgain, .wait(.inconclusive), .stop])
  func `stops its service before anything else follows`(consequence: Consequence) throws {
    var run = Samples.fresh()
    for event in Samples.delivery.prefix(12) { try run.apply(event) }
    try run.apply(.failed(Failure(step: .validate, kind: .red, message: ""), consequence))
    #expect(run.next(under: Policy(agentAttempts: 3)) == .perform(.stop))
    try run.apply(.intended(.stop))
    try run.apply(.observed(.stopped))
    #expect(run.next(under: Policy(agentAttempts: 3)) != .perform(.stop))
    #expect(run.service == nil)
  }

  @Test func `voids every verdict when it goes back`() throws {
    var run = Samples.fresh()
    for event in Samples.delivery.prefix(12) { try run.apply(event) }
    try run.apply(.failed(Failure(step: .validate, kind: .red, message: "wrong"), .implementAgain))
    #expect(run.formattedTree == nil && run.testedTree == nil && run.validatedTree == nil && run.implementedTree == nil)
    #expect(run.failure?.message == "wrong")
    try run.apply(.intended(.stop))
    try run.apply(.observed(.stopped))
    #expect(throws: IllegalTransition.self) { try run.apply(.intended(.implement(attempt: 1))) }
    try run.apply(.intended(.implement(attempt: 2)))
    #expect(run.attempts == 2)
  }

  @Test func `that has committed is resumed at its commit, its push or its close and nowhere before`() throws {
    var run = Samples.fresh()
    for event in Samples.delivery.prefix(18) { try run.apply(event) }
    try run.apply(.interrupted(.push))
    #expect(run.resumption == .push)
    for step in Step.allCases where ![.commit, .push, .rebase, .close].contains(step) {
      var copy = run
      #expect(throws: IllegalTransition.self) { try copy.apply(.resumed(from: step, by: "Ada")) }
    }
    try run.apply(.resumed(from: .push, by: "Ada"))
    #expect(run.commit == Samples.commit)
  }

  @Test func `that is anchored goes on after its close, and is resumed there alone`() throws {
    var run = Run(id: Samples.run, opening: Samples.anchoredOpening)
    for event in Samples.delivery { try run.apply(event) }
    #expect(run.next(under: Policy(agentAttempts: 2)) == .perform(.anchor) && !run.isOver)
    try run.apply(.intended(.anchor("note")))
    #expect(throws: IllegalTransition.self) { try run.apply(.observed(.closed(status: "closed"))) }
    try run.apply(.failed(Failure(step: .anchor, kind: .refused, message: "no"), .stop))
    #expect(run.resumption == .anchor && !run.isOver)
    for step in Step.allCases where step != .anchor {
      var copy = run
      #expect(throws: IllegalTransition.self) { try copy.apply(.resumed(from: step, by: "Ada")) }
    }
    try run.apply(.resumed(from: .anchor, by: "Ada"))
    try run.apply(.intended(.anchor("another")))
    try run.apply(.observed(.anchored(Samples.onto)))
    #expect(run.rest == .delivered && run.anchor == "another")
  }

  @Test func `is anchored only when its opening says so, and never before its close`() throws {
    for count in Samples.delivery.indices {
      var run = Run(id: Samples.run, opening: Samples.anchoredOpening)
      for event in Samples.delivery.prefix(count) { try run.apply(event) }
      #expect(throws: IllegalTransition.self) { try run.apply(.intended(.anchor("note"))) }
    }
    var run = Samples.fresh()
    for event in Samples.delivery { try run.apply(event) }
    #expect(run.rest == .delivered)
    #expect(throws: IllegalTransition.self) { try run.apply(.intended(.anchor("note"))) }
  }

  @Test func `knows the digest of each capture that was vouched for, also of one that was masked since`() throws {
    var run = Samples.fresh()
    var sweep = Sweep(secrets: 0)
    sweep.captures = [Samples.capture(3), Samples.capture(4)]
    try run.apply(.swept(sweep))
    let masked = try #require(Digest(String(repeating: "a", count: 64)))
    try run.apply(.masked(Masking(target: .evidence(4), secrets: ["T"], old: .zero, new: masked)))
    try run.apply(.masked(Masking(target: .evidence(9), secrets: ["T"], old: .zero, new: masked)))
    #expect(run.captures == [3: .zero, 4: masked])
  }

  @Test func `that was rebased stands on the other commit, and no gate has seen it`() throws {
    var run = Samples.fresh()
    for event in Samples.delivery.prefix(17) + Samples.rebase { try run.apply(event) }
    #expect(run.base == Samples.onto)
    #expect(run.next(under: Policy(agentAttempts: 3)) == .perform(.format))
    #expect(run.commit == nil && !run.isCommitted && run.validatedTree == nil)
    #expect(run.rebase == nil && run.rebases == 1)
    // What stood on the old base is no commit for the new one.
    for event in Samples.again.dropLast(2) { try run.apply(event) }
    #expect(throws: IllegalTransition.self) { try run.apply(.intended(.commit(Samples.commit))) }
    try run.apply(Samples.again[Samples.again.count - 2])
  }

  @Test func `is rebased only between its commit and its push, and to what was intended`() throws {
    for count in 0...Samples.delivery.count where count != 17 && count != 18 {
      var run = Samples.fresh()
      for event in Samples.delivery.prefix(count) { try run.apply(event) }
      #expect(throws: IllegalTransition.self, "after \(count)") { try run.apply(Samples.rebase[2]) }
    }
    var run = Samples.fresh()
    for event in Samples.delivery.prefix(17) + Samples.rebase.prefix(3) { try run.apply(event) }
    #expect(throws: IllegalTransition.self) {
      try run.apply(.observed(.rebased(onto: Samples.base, tree: Samples.id("4"))))
    }
    #expect(throws: IllegalTransition.self) {
      try run.apply(.observed(.rebased(onto: Samples.onto, tree: Samples.other)))
    }
    // Cut off in the middle it is brought to its end from the same values.
    try run.apply(.interrupted(.rebase))
    #expect(run.resumption == .rebase)
    try run.apply(.resumed(from: .rebase, by: "Ada"))
    #expect(run.next(under: Policy(agentAttempts: 3)) == .perform(.rebase))
    try run.apply(Samples.rebase[2])
    try run.apply(Samples.rebase[3])
    #expect(run.base == Samples.onto)
  }

  @Test(arguments: [Step.format, .test, .start, .validate])
  func `that failed at a gate is resumed at the formatter, since whoever mended it may have changed the tree`(
    step: Step
  ) throws {
    var run = Samples.fresh()
    for event in Samples.delivery {
      try run.apply(event)
      if case .intended(let intent) = event, intent.step == step { break }
    }
    try run.apply(.failed(Failure(step: step, kind: .red, message: ""), .stop))
    #expect(run.resumption == .format)
  }

  @Test func `that ended is not resumed`() throws {
    var run = Samples.fresh()
    for event in Samples.delivery { try run.apply(event) }
    #expect(run.resumption == nil)
    #expect(throws: IllegalTransition.self) { try run.apply(.resumed(from: .close, by: "Ada")) }
    #expect(throws: IllegalTransition.self) { try run.apply(.abandoned(reason: "")) }
  }

  @Test func `pauses where it was asked to, with its service stopped`() throws {
    var run = Samples.fresh()
    let policy = Policy(agentAttempts: 3, until: .start)
    for event in Samples.delivery.prefix(11) { try run.apply(event) }
    #expect(run.next(under: policy) == .perform(.stop))
    try run.apply(.intended(.stop))
    try run.apply(.observed(.stopped))
    #expect(run.next(under: policy) == .pause(.until(.start)))
  }

  @Test func `without a service goes from the tests to the validation and on to the commit`() throws {
    var run = Samples.fresh(hasService: false)
    for event in Samples.delivery where ![.start, .stop].contains(event.step) { try run.apply(event) }
    #expect(run.rest == .delivered)
  }
}

extension Event {
  /// The step of an intent or a fact.
  fileprivate var step: Step? {
    switch self {
    case .intended(let intent): intent.step
    case .observed(let fact): fact.step
    default: nil
    }
  }
}
