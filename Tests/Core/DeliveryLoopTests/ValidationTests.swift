import DeliveryLoop
import Testing

@Suite struct `Validations of a run` {
  /// A run whose validations came to these verdicts before they failed or passed as a whole.
  private func run(_ judgements: [Judgement]) throws -> Run {
    var run = Samples.fresh()
    for event in Samples.delivery.prefix(12) + judgements.map({ .observed(.judged($0)) }) { try run.apply(event) }
    return run
  }

  @Test func `are flaky when they pass and fail on the same tree`() throws {
    let run = try run([
      Samples.judgement(.failed), Samples.judgement(.passed, of: "b.hurl"), Samples.judgement(.inconclusive),
      Samples.judgement(.passed), Samples.judgement(.inconclusive, of: "c.hurl"),
      Samples.judgement(.passed, of: "c.hurl"),
    ])
    #expect(run.flakes.map(\.validation) == ["a.hurl"])
    #expect(run.flakes.first?.verdicts == [.failed, .inconclusive, .passed])
    #expect(
      Explanation(of: run).warnings == [
        "a.hurl is flaky: failed, inconclusive, passed on the same tree \(Samples.tree.short); find out what makes the difference"
      ])
  }

  @Test func `stay flaky when the step begins anew, and are not so on another tree`() throws {
    var run = try run([Samples.judgement(.failed)])
    try run.apply(.failed(Failure(step: .validate, kind: .red, message: "m"), .implementAgain))
    for event in [
      Event.intended(.implement(attempt: 2)), .observed(.implemented(tree: Samples.tree, by: .agent)),
      .intended(.format),
      .observed(.formatted(tree: Samples.tree)), .intended(.test), .observed(.tested(tree: Samples.tree)),
      .intended(.start), .observed(.started), .intended(.validate),
    ] { try run.apply(event) }
    #expect(run.flakes.isEmpty)
    #expect(throws: IllegalTransition.self) {
      try run.apply(.observed(.judged(Samples.judgement(.passed, Samples.other))))
    }
    try run.apply(.observed(.judged(Samples.judgement(.passed))))
    #expect(run.flakes.map(\.verdicts) == [[.failed, .passed]])
  }

  @Test(arguments: [
    ("1 of 1", (1, 1)), ("2 of 3", (2, 3)), ("10 of 10", (10, 10)), ("0 of 3", nil), ("4 of 3", nil), ("1 of 11", nil),
    ("2", nil), ("2 out of 3", nil), ("", nil), ("-1 of 3", nil), ("two of three", nil), ("2 of 3 of 4", nil),
  ]) func `have a quorum that can be reached`(text: String, expected: (Int, Int)?) {
    let quorum = Quorum(text)
    #expect(quorum?.needed == expected?.0 && quorum?.tries == expected?.1)
  }
}
