import DeliveryLoop
import Testing

@Suite struct `A plan` {
  /// All that is legal; whatever is not listed is not.
  private static let legal: [PlanState: [PlanState.Move: PlanState]] = [
    .draft: [.allow: .planned, .ask: .awaitingApproval],
    .planned: [.send: .applying, .expire: .expired, .cancel: .cancelled],
    .awaitingApproval: [.approve: .approved, .deny: .denied, .expire: .expired, .cancel: .cancelled],
    .approved: [.send: .applying, .expire: .expired, .cancel: .cancelled],
    .applying: [.send: .applying, .succeed: .applied, .fail: .failed],
  ]

  @Test(arguments: PlanState.allCases, PlanState.Move.allCases)
  func `moves only where it may`(state: PlanState, move: PlanState.Move) {
    #expect(state.after(move) == Self.legal[state]?[move])
  }

  @Test func `has ended for good once it has ended`() {
    #expect(PlanState.allCases.filter(\.isFinal) == [.denied, .applied, .failed, .expired, .cancelled])
  }

  @Test func `waits for somebody where the risk is high, and only there`() {
    #expect(PlanRecord(Samples.plan(.low)).state == .planned)
    #expect(PlanRecord(Samples.plan(.medium)).state == .planned)
    #expect(PlanRecord(Samples.plan(.high)).state == .awaitingApproval)
  }

  @Test func `is good for its time and not a moment longer`() {
    var record = PlanRecord(Samples.plan(.high))
    let ages = [99, 100, 159, 160].map { record.isExpired(at: Samples.time($0)) }
    #expect(ages == [true, false, false, true])
    let isDecided = record.decide(Samples.decision(.approved, at: 150))
    #expect(isDecided)
    let after = [149, 150, 209, 210].map { record.isExpired(at: Samples.time($0)) }
    #expect(after == [true, false, false, true])
  }

  @Test func `lets each request pass as often as planned and no oftener`() {
    var record = PlanRecord(Samples.plan(times: 2))
    let early = [record.send(0), record.send(3), record.send(1)]
    #expect(early == [false, false, true])
    let unanswered = [record.send(1), record.send(2), record.answer(2, status: 200), record.answer(1, status: nil)]
    #expect(unanswered == [false, false, false, true], "the first has no answer yet")
    let late = [
      record.send(1), record.answer(1, status: 200), record.send(1), record.send(2),
    ]
    #expect(late == [true, true, false, true] && record.unknown == [1, 2])
    var other = PlanRecord(Samples.plan(times: 2))
    let answered = [other.send(1), other.answer(1, status: 200), other.send(2), other.answer(2, status: nil)]
    #expect(!answered.contains(false) && other.unknown == [2])
    #expect(record.sent == [1: 2, 2: 1] && record.state == .applying)
    #expect(record.hasChangedSomething)
  }

  @Test func `of low risk leaves nothing that has to be looked at`() {
    var record = PlanRecord(Samples.plan(.low))
    let isSent = record.send(1)
    #expect(isSent && !record.hasChangedSomething)
  }

  @Test func `is named by every byte of it`() {
    let plan = Samples.plan()
    let texts = [
      plan.canonical, Samples.plan(.high).canonical, Samples.plan(times: 2).canonical, Samples.plan(count: 1).canonical,
      Samples.plan(on: Samples.other).canonical,
      Plan.canonical(tree: plan.tree, policy: .zero, requests: plan.requests),
    ]
    #expect(Set(texts).count == texts.count)
    #expect(plan.canonical.hasPrefix(#"{"format":1,"tree":""#))
  }
}

@Suite struct `A run with a plan` {
  @Test func `applies it and is done with it`() throws {
    var run = try Samples.validating()
    try run.apply(.observed(.planned(Samples.plan(on: Samples.tree))))
    for number in 1...2 {
      try run.apply(.observed(.sending(number)))
      try run.apply(.observed(.sent(number, status: 200)))
    }
    try run.apply(.observed(.validated(tree: Samples.tree, files: [])))
    #expect(run.plan?.state == .applied)
  }

  @Test func `waits for an approval, goes on with the same tree, and sends nothing before`() throws {
    var run = try Samples.validating()
    try run.apply(.observed(.planned(Samples.plan(.high))))
    #expect(throws: IllegalTransition.self) { try run.apply(.observed(.sending(1))) }
    try run.apply(.paused(.approval(Samples.planDigest)))
    #expect(run.next(under: Policy(agentAttempts: 1)) == .perform(.stop))
    try run.apply(.intended(.stop))
    try run.apply(.observed(.stopped))
    #expect(run.resumption == .format)
    #expect(Explanation(of: run).reason == .waitingForApproval)
    try run.apply(.decided(Samples.decision(.approved)))
    #expect(run.resumption == .start && Explanation(of: run).reason == .approved)
    #expect(throws: IllegalTransition.self) { try run.apply(.decided(Samples.decision(.denied))) }
    try run.apply(.resumed(from: .start, by: "Ada"))
    #expect(run.testedTree == Samples.tree)
    for event in [
      Event.intended(.start), .observed(.launched(Samples.service)), .observed(.started), .intended(.validate),
      .observed(.sending(1)),
    ] { try run.apply(event) }
    #expect(run.plan?.state == .applying)
  }

  @Test func `rests when it is denied`() throws {
    var run = try Samples.validating()
    try run.apply(.observed(.planned(Samples.plan(.high))))
    try run.apply(.paused(.approval(Samples.planDigest)))
    try run.apply(.decided(Samples.decision(.denied)))
    #expect(run.rest == .failed(.denied) && run.plan?.state == .denied)
    #expect(Explanation(of: run).text == "Grace has denied the plan: looked at it")
    #expect(throws: IllegalTransition.self) { try run.apply(.decided(Samples.decision(.approved))) }
  }

  @Test func `takes no decision about anything but what it waits for`() throws {
    var run = try Samples.validating()
    #expect(throws: IllegalTransition.self) { try run.apply(.decided(Samples.decision(.approved))) }
    try run.apply(.observed(.planned(Samples.plan(.high))))
    #expect(throws: IllegalTransition.self) { try run.apply(.decided(Samples.decision(.approved))) }
    try run.apply(.paused(.approval(Samples.planDigest)))
    let other = Decision(subject: .plan(.zero), verdict: .approved, by: "Grace", reason: "", at: Samples.time(1))
    let gates = Decision(
      subject: .gates(Samples.tree), verdict: .approved, by: "Grace", reason: "", at: Samples.time(1))
    #expect(throws: IllegalTransition.self) { try run.apply(.decided(other)) }
    #expect(throws: IllegalTransition.self) { try run.apply(.decided(gates)) }
  }

  @Test func `takes only what is planned for its tree, and no second plan while one is applied`() throws {
    var run = try Samples.validating()
    #expect(throws: IllegalTransition.self) {
      try run.apply(.observed(.planned(Samples.plan(on: Samples.other))))
    }
    try run.apply(.observed(.planned(Samples.plan())))
    try run.apply(.observed(.planned(Samples.plan())))
    #expect(run.plans.map(\.state) == [.cancelled, .planned])
    try run.apply(.observed(.sending(1)))
    #expect(throws: IllegalTransition.self) { try run.apply(.observed(.planned(Samples.plan()))) }
  }

  @Test(arguments: [
    Event.failed(Failure(step: .validate, kind: .red, message: ""), .implementAgain), .interrupted(.validate),
    .abandoned(reason: ""),
  ])
  func `has failed when what it sent for did not pass`(event: Event) throws {
    var run = try Samples.validating()
    try run.apply(.observed(.planned(Samples.plan())))
    try run.apply(.observed(.sending(1)))
    try run.apply(event)
    #expect(run.plan?.state == .failed)
  }

  @Test func `is done with a plan of which nothing was sent`() throws {
    var run = try Samples.validating()
    try run.apply(.observed(.planned(Samples.plan())))
    var given = run
    try given.apply(.abandoned(reason: ""))
    #expect(given.plan?.state == .cancelled)
    try run.apply(.observed(.validated(tree: Samples.tree, files: [])))
    #expect(run.plan?.state == .cancelled)
  }

  @Test func `knows that a plan was not applied in time`() throws {
    var run = try Samples.validating()
    #expect(throws: IllegalTransition.self) { try run.apply(.observed(.expired(Samples.planDigest))) }
    try run.apply(.observed(.planned(Samples.plan())))
    #expect(throws: IllegalTransition.self) { try run.apply(.observed(.expired(.zero))) }
    try run.apply(.observed(.expired(Samples.planDigest)))
    #expect(run.plan?.state == .expired)
    #expect(throws: IllegalTransition.self) { try run.apply(.observed(.sending(1))) }
  }
}

@Suite struct `A waiver` {
  private func unasked(_ verdicts: [Judgement.Verdict]) throws -> Run {
    var run = try Samples.validating()
    for verdict in verdicts { try run.apply(.observed(.judged(Samples.judgement(verdict)))) }
    try run.apply(.failed(Failure(step: .validate, kind: .inconclusive, message: ""), .wait(.inconclusive)))
    return run
  }

  @Test(
    arguments: [
      ([.inconclusive], true), ([.failed, .inconclusive], true), ([.inconclusive, .failed], false), ([.passed], false),
      ([], false),
    ] as [([Judgement.Verdict], Bool)])
  func `is given for what could not be asked, and for nothing else`(verdicts: [Judgement.Verdict], may: Bool) throws {
    var run = try unasked(verdicts)
    let waiver = Samples.waiver(of: Samples.judgement(.passed).validation)
    if may {
      try run.apply(.waived(waiver))
      #expect(run.waivers == [waiver])
    } else {
      #expect(throws: IllegalTransition.self) { try run.apply(.waived(waiver)) }
    }
  }

  @Test func `is never a pass`() throws {
    var run = try unasked([.inconclusive])
    let name = Samples.judgement(.passed).validation
    try run.apply(.waived(Samples.waiver(of: name)))
    try run.apply(.resumed(from: .format, by: "Ada"))
    let again: [Event] = [
      .intended(.format), .observed(.formatted(tree: Samples.tree)), .intended(.test),
      .observed(.tested(tree: Samples.tree)), .intended(.start), .observed(.launched(Samples.service)),
      .observed(.started), .intended(.validate),
    ]
    for event in again { try run.apply(event) }
    #expect(throws: IllegalTransition.self) {
      try run.apply(.observed(.validated(tree: Samples.tree, files: [], waived: ["other.hurl"])))
    }
    try run.apply(.observed(.validated(tree: Samples.tree, files: [], waived: [name])))
    #expect(run.waived.map(\.validation) == [name])
  }

  @Test func `given later takes the place of the one before`() throws {
    var run = try unasked([.inconclusive])
    let name = Samples.judgement(.passed).validation
    let later = Waiver(
      validation: name, by: "Ken", reason: "longer", at: Samples.time(110), until: Samples.time(300))
    try run.apply(.waived(Samples.waiver(of: name)))
    try run.apply(.waived(later))
    #expect(run.waiver(of: name, at: Samples.time(150)) == later)
    #expect(run.waiver(of: name, at: Samples.time(250)) == later)
    #expect(run.waiver(of: name, at: Samples.time(300)) == nil && run.waiver(of: "other", at: Samples.time(150)) == nil)
  }

  @Test func `holds from when it was given until its end`() {
    let waiver = Samples.waiver()
    #expect([99, 100, 199, 200].map { waiver.holds(at: Samples.time($0)) } == [false, true, true, false])
    let backwards = Waiver(validation: "", by: "", reason: "", at: Samples.time(2), until: Samples.time(1))
    #expect([1, 2, 3].map { backwards.holds(at: Samples.time($0)) } == [false, false, false])
  }
}

@Suite struct `Those who decide` {
  @Test(
    arguments: [
      ("Grace", [], nil), ("Ada", [], .implementer("Ada")), (" ada ", [], .implementer(" ada ")),
      ("Grace  Hopper", ["grace hopper"], nil), ("Ada", ["Ada", "Grace"], .implementer("Ada")),
      ("Linus", ["Grace"], .notListed("Linus", listed: ["Grace"])),
    ] as [(String, [String], Approvals.Objection?)])
  func `are not the implementer, and are those who are listed`(
    person: String, listed: [String], objection: Approvals.Objection?
  ) {
    #expect(Approvals(by: listed).objection(to: person, implementedBy: "Ada") == objection)
  }

  @Test func `are told why they may not`() {
    #expect(
      Approvals.Objection.implementer("Ada").wording
        == "\"Ada\" is the implementer of this run; somebody else has to decide about it")
    #expect(
      Approvals.Objection.notListed("Linus", listed: ["Grace", "Ken"]).wording
        == "\"Linus\" is not among those who decide: Grace, Ken (\"approvals.by\" of the base commit)")
  }
}
