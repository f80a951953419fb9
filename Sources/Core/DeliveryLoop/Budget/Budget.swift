/// What coding agents may use up on one task, over all its runs; nil: as much as they like.
package struct Budget: Hashable, Sendable {
  package var attempts: Int?
  package var time: Duration?
  package var spend: Money?

  package init(attempts: Int? = nil, time: Duration? = nil, spend: Money? = nil) {
    self.attempts = attempts
    self.time = time
    self.spend = spend
  }

  package enum Verdict: Hashable, Sendable {
    /// Another attempt may begin, and last for this long.
    case allowed(for: Duration?)
    case refused(Shortage)
  }

  /// Why no further attempt may begin.
  package enum Shortage: Hashable, Sendable {
    case attempts(Int, of: Int)
    case time(Duration, of: Duration)
    case spend(Money, of: Money)
    /// What was spent in another currency than that of the budget.
    case currency(Money, of: Money)
  }

  /// Whether another attempt may begin after all that was used up.
  package func verdict(on usage: Usage) -> Verdict {
    if let attempts, usage.attempts >= attempts { return .refused(.attempts(usage.attempts, of: attempts)) }
    if let time, usage.time >= time { return .refused(.time(usage.time, of: time)) }
    if let spend {
      for spent in usage.spend {
        if spent.currency == spend.currency, spent.reaches(spend) { return .refused(.spend(spent, of: spend)) }
        if spent.currency != spend.currency, !spent.isZero { return .refused(.currency(spent, of: spend)) }
      }
    }
    return .allowed(for: time.map { $0 - usage.time })
  }

  /// What was used up of what, such as `attempts 3 of 10, 41 min of 4 h, 3.20 of 20.00 USD`.
  package func counters(of usage: Usage) -> String {
    let attempts = "attempts \(usage.attempts)" + (attempts.map { " of \($0)" } ?? "")
    let time = usage.time.wording + (time.map { " of \($0.wording)" } ?? "")
    return ([attempts, time] + sums(of: usage)).joined(separator: ", ")
  }

  private func sums(of usage: Usage) -> [String] {
    guard let spend else { return usage.spend.map(\.description) }
    let same = usage.spend.first { $0.currency == spend.currency }
    let others = usage.spend.filter { $0.currency != spend.currency }
    return ["\(same?.amount ?? "0.00") of \(spend)"] + others.map(\.description)
  }
}

extension Budget.Shortage {
  /// What is spent, and what to do next.
  package var wording: String {
    switch self {
    case .attempts(let spent, let limit): spentUp("attempts", "\(spent) of \(limit)", "attempts")
    case .time(let spent, let limit): spentUp("time", "\(spent.wording) of \(limit.wording)", "time")
    case .spend(let spent, let limit): spentUp("spend", "\(spent.amount) of \(limit)", "spend")
    case .currency(let spent, let limit):
      "\(spent) were spent on this task, which \"implement.budget.spend\" in \(limit.currency) cannot count; have the coding agent "
        + "report in \(limit.currency), or write the budget in \(spent.currency), and " + Self.goOn
    }
  }

  private func spentUp(_ what: String, _ figures: String, _ key: String) -> String {
    "the task's budget of \(what) is spent: \(figures); raise \"implement.budget.\(key)\" in waybill.yaml and "
      + Self.goOn
  }

  /// The budget in force is that of the base commit, as every gate is.
  private static let goOn = "commit it, then abandon this run and begin anew; or make the change yourself, then resume"
}
