import DeliveryLoop
import Engine
import JSONText

/// What coding agents have used up on the task of a run, and what they may.
struct AgentUse {
  let usage: Usage
  /// Without limits where the configuration of the run's base cannot be read, or names no agent.
  let budget: Budget

  var text: String { budget.counters(of: usage) }

  /// Each counter with `used` and, where there is one, `limit`.
  var json: JSON {
    [
      "attempts": counter(.number(JSONNumber(usage.attempts)), budget.attempts.map { .number(JSONNumber($0)) }),
      "seconds": counter(seconds(usage.time), budget.time.map(seconds)),
      "spend": .array(usage.spend.map(sum) + unspent),
    ]
  }

  private var unspent: [JSON] {
    guard let limit = budget.spend, !usage.spend.contains(where: { $0.currency == limit.currency }) else { return [] }
    return Money("0", currency: limit.currency).map { [sum($0)] } ?? []
  }

  private func sum(_ money: Money) -> JSON {
    let limit = budget.spend.flatMap { $0.currency == money.currency ? JSON.string($0.amount) : nil }
    return ["currency": .string(money.currency), "used": .string(money.amount), "limit": limit ?? .null]
  }

  private func counter(_ used: JSON, _ limit: JSON?) -> JSON { ["used": used, "limit": limit ?? .null] }

  private func seconds(_ duration: Duration) -> JSON { .number(JSONNumber(Int(duration.components.seconds))) }
}

extension Archive {
  /// nil where no coding agent is configured and none was ever at work on the task.
  func agentUse(of run: Run, in ledger: any Ledger) throws -> AgentUse? {
    let usage = try History(ledger).usage(of: run.opening.task)
    // A configuration that this version cannot read is no reason not to show what was used.
    let configuration = try? configuration(of: run)
    if case .agent(let agent)? = configuration?.implement { return AgentUse(usage: usage, budget: agent.budget) }
    return usage.isUnused ? nil : AgentUse(usage: usage, budget: Budget())
  }
}
