import DeliveryLoop
import JSONText
import Testing

@Suite struct `The budget of a task` {
  private static let limit = Budget(attempts: 10, time: .seconds(14_400), spend: Money("20"))

  @Test(
    arguments: [
      (usage(), .allowed(for: .seconds(14_400))),
      (usage(attempts: 9), .allowed(for: .seconds(14_400))),
      (usage(attempts: 10), .refused(.attempts(10, of: 10))),
      (usage(attempts: 11), .refused(.attempts(11, of: 10))),
      (usage(seconds: 14_399), .allowed(for: .seconds(1))),
      (usage(seconds: 14_400), .refused(.time(.seconds(14_400), of: .seconds(14_400)))),
      (usage(seconds: 15_000), .refused(.time(.seconds(15_000), of: .seconds(14_400)))),
      (usage(spend: "19.999999999999999999"), .allowed(for: .seconds(14_400))),
      (usage(spend: "20.00"), .refused(.spend(money("20"), of: money("20")))),
      (usage(spend: "2e1"), .refused(.spend(money("20"), of: money("20")))),
      (usage(spend: "0.01", currency: "EUR"), .refused(.currency(money("0.01", "EUR"), of: money("20")))),
      (usage(spend: "0", currency: "EUR"), .allowed(for: .seconds(14_400))),
      (usage(attempts: 10, seconds: 14_400, spend: "20"), .refused(.attempts(10, of: 10))),
    ] as [(Usage, Budget.Verdict)])
  func `decides about another attempt`(usage: Usage, verdict: Budget.Verdict) {
    #expect(Self.limit.verdict(on: usage) == verdict)
  }

  @Test(arguments: [0, 1, 9, 10, 1000], [0, 1, 14_399, 14_400, 99_999])
  func `that has no limit allows everything`(attempts: Int, seconds: Int) {
    let usage = Self.usage(attempts: max(attempts, 1), seconds: seconds, spend: "1000000")
    #expect(Budget().verdict(on: usage) == .allowed(for: nil))
    #expect(Budget(time: .seconds(100_000)).verdict(on: usage) == .allowed(for: .seconds(100_000 - seconds)))
  }

  @Test func `is an agent's attempts where none are named`() {
    #expect(Agent(.shell("x"), attempts: 4).budget == Budget(attempts: 4))
    #expect(Agent(.shell("x"), attempts: 4, budget: Self.limit).budget == Self.limit)
  }

  @Test func `says what is used up`() {
    #expect(
      Self.limit.counters(of: Self.usage(attempts: 3, seconds: 2470, spend: "3.2"))
        == "attempts 3 of 10, 41 min of 4 h, 3.20 of 20.00 USD")
    #expect(Self.limit.counters(of: Usage()) == "attempts 0 of 10, 0 ms of 4 h, 0.00 of 20.00 USD")
    #expect(
      Self.limit.counters(of: Self.usage(spend: "1.005", currency: "EUR"))
        == "attempts 1 of 10, 0 ms of 4 h, 0.00 of 20.00 USD, 1.005 EUR")
    #expect(Budget().counters(of: Self.usage(seconds: 61)) == "attempts 1, 1 min 1 s")
  }

  @Test(
    arguments: [
      (
        .attempts(3, of: 3),
        "the task's budget of attempts is spent: 3 of 3; raise \"implement.budget.attempts\" in waybill.yaml and commit it, then "
          + "abandon this run and begin anew; or make the change yourself, then resume"
      ),
      (
        .time(.seconds(14_700), of: .seconds(14_400)),
        "the task's budget of time is spent: 4 h 5 min of 4 h; raise \"implement.budget.time\" in waybill.yaml and commit it, then "
          + "abandon this run and begin anew; or make the change yourself, then resume"
      ),
      (
        .spend(money("20.5"), of: money("20")),
        "the task's budget of spend is spent: 20.50 of 20.00 USD; raise \"implement.budget.spend\" in waybill.yaml and commit it, "
          + "then abandon this run and begin anew; or make the change yourself, then resume"
      ),
      (
        .currency(money("3.2", "EUR"), of: money("20")),
        "3.20 EUR were spent on this task, which \"implement.budget.spend\" in USD cannot count; have the coding agent report in USD, "
          + "or write the budget in EUR, and commit it, then abandon this run and begin anew; or make the change yourself, then resume"
      ),
    ] as [(Budget.Shortage, String)])
  func `says what to do when it is spent`(shortage: Budget.Shortage, words: String) {
    #expect(shortage.wording == words)
  }

  private static func usage(attempts: Int = 1, seconds: Int = 0, spend: String? = nil, currency: String = "USD")
    -> Usage
  {
    var usage = Usage()
    for number in 1...attempts {
      usage.take(.intended(.implement(attempt: number)), at: Samples.time(0))
      let attempt = Attempt(
        number: number, time: number == 1 ? .seconds(seconds) : .zero,
        spend: number == 1 ? spend.flatMap { Money($0, currency: currency) } : nil, end: .ended)
      usage.take(.observed(.attempted(attempt)), at: Samples.time(1))
    }
    return usage
  }

  private static func usage() -> Usage { Usage() }

  // swift-format-ignore: NeverForceUnwrap
  private static func money(_ amount: String, _ currency: String = "USD") -> Money {
    Money(amount, currency: currency)!
  }
}

@Suite struct `What agents have used` {
  private let begun = Event.intended(.implement(attempt: 1))

  @Test func `counts an attempt that was cut off, until the last that is known of it`() {
    let events: [(Event, Int64)] = [
      (.opened(Samples.opening()), 0), (begun, 10), (.masked(Samples.masking), 25), (.interrupted(.implement), 90_000),
      (.resumed(from: .implement, by: "Ada"), 90_001),
    ]
    #expect(used(events) == [1, 15])
    // Whatever comes next: a new run, or nothing.
    #expect(used(events.prefix(3) + [(.opened(Samples.opening()), 90_000)]) == [1, 15])
    #expect(used(events.prefix(3) + [(.abandoned(reason: ""), 90_000)]) == [1, 15])
    #expect(used(Array(events.prefix(3))) == [1, 15])
  }

  @Test func `is what was recorded of an attempt, and not what the clock shows`() {
    let attempt = Event.observed(.attempted(Attempt(number: 1, time: .seconds(7), spend: nil, end: .idle)))
    #expect(
      used([(begun, 10), (attempt, 4000), (.observed(.implemented(tree: Samples.tree, by: .agent)), 5000)]) == [1, 7])
  }

  @Test(arguments: [
    Event.observed(.implemented(tree: Samples.tree, by: .agent)), .paused(.implementation),
    .failed(Failure(step: .implement, kind: .red, message: ""), .implementAgain),
  ])
  func `is told by the clock where older versions have not recorded it`(end: Event) {
    #expect(used([(begun, 10), (end, 40), (.intended(.format), 90)]) == [1, 30])
  }

  @Test func `does not shrink when the clock is set back, and leaves a person's change out`() {
    #expect(used([(begun, 10), (.observed(.implemented(tree: Samples.tree, by: .agent)), 3)]) == [1, 0])
    #expect(used([(.intended(.implement(attempt: 0)), 10), (.paused(.conflict), 30)]) == [0, 0])
  }

  @Test func `counts an attempt whose event cannot be read`() {
    var usage = Usage()
    usage.takeUnreadable(kind: "intended.implement", at: Samples.time(1))
    usage.takeUnreadable(kind: "intended.dance", at: Samples.time(2))
    #expect(usage.attempts == 1)
  }

  /// Attempts and seconds.
  private func used(_ events: [(Event, Int64)]) -> [Int64] {
    var usage = Usage()
    for (event, second) in events { usage.take(event, at: Timestamp(nanoseconds: second * 1_000_000_000)) }
    return [Int64(usage.attempts), usage.time.components.seconds]
  }
}

@Suite struct `A sum of money` {
  @Test(arguments: [
    ("1.25", "1.25"), ("0", "0.00"), ("20", "20.00"), ("20.00", "20.00"), ("3e-7", "0.0000003"), ("1E2", "100.00"),
    ("12.5e+1", "125.00"), ("0.30000000000000004", "0.30000000000000004"),
    ("0.000000000000000001", "0.000000000000000001"),
    ("999999999999999.999999999999999999", "999999999999999.999999999999999999"), ("0e999", "0.00"), ("100e-2", "1.00"),
    ("0.10000000000000000000000", "0.10"),
  ])
  func `keeps every place`(text: String, amount: String) { #expect(Money(text)?.amount == amount) }

  @Test(arguments: [
    "", "-1", "+1", ".5", "5.", "1,5", "1.2.3", "1e", "e5", "1e1e1", "0x1", "NaN", "1e-19", "0.0000000000000000001",
    "1000000000000000", "1e15", "1e99999", " 1", "1 ", "١",
  ])
  func `is nothing else`(text: String) { #expect(Money(text) == nil) }

  @Test(arguments: ["usd", "US", "USDT", "", "U$D"])
  func `has a currency of three capital letters`(code: String) { #expect(Money("1", currency: code) == nil) }
}

@Suite struct `A report of what an attempt has cost` {
  @Test func `is read exactly`() throws {
    #expect(try read(#"{"spend": 1.25, "currency": "EUR", "tokens": 7}"#) == Money("1.25", currency: "EUR"))
    #expect(try read(" {\"spend\":0.1}\n") == Money("0.1"))
  }

  @Test(
    arguments: [
      ("{", .notJSON(line: 1, column: 2, reason: "a member's name in double quotes should stand here")),
      ("[1]", .notAnObject), ("{}", .noSpend), (#"{"spent": 1}"#, .noSpend), (#"{"spend": -1.25}"#, .badSpend("-1.25")),
      (#"{"spend": "1.25"}"#, .badSpend("\"1.25\"")), (#"{"spend": null}"#, .badSpend("null")),
      (#"{"spend": 1e20}"#, .badSpend("1e20")), (#"{"spend": 1, "currency": "usd"}"#, .badCurrency("\"usd\"")),
      (#"{"spend": 1, "currency": 5}"#, .badCurrency("5")), (#"{"spend": 9, "spend": 0}"#, .writtenTwice("spend")),
      (#"{"spend": 9, "currency": "USD", "currency": "EUR"}"#, .writtenTwice("currency")),
    ] as [(String, SpendReport.Fault)])
  func `that is not understood is told of`(text: String, fault: SpendReport.Fault) {
    #expect(throws: fault) { try read(text) }
  }

  @Test func `is a small file`() {
    let bytes = [UInt8](repeating: 0x20, count: SpendReport.sizeLimit + 1)
    #expect(throws: SpendReport.Fault.tooLarge) { try SpendReport.read(bytes) }
  }

  private func read(_ text: String) throws -> Money { try SpendReport.read(Array(text.utf8)) }
}
