import DeliveryLoop

/// A plan, and what was decided about it, as text.
enum PlanText {
  static func of(_ record: PlanRecord) -> [String] {
    let plan = record.plan
    var lines = [
      "plan \(plan.digest.text.prefix(12)) · \(record.state.rawValue) · \(plan.risk.rawValue) risk · made "
        + "\(Clocks.text(plan.made)) UTC, good for \(Clocks.text(plan.lasts))",
      "tree \(plan.tree.short), policy \(plan.policy.text.prefix(12))",
    ]
    for (index, request) in plan.requests.enumerated() { lines += text(of: request, index + 1, record) }
    if let decision = record.decision { lines.append(of(decision)) }
    return lines
  }

  static func of(_ decision: Decision) -> String {
    let what =
      switch decision.subject {
      case .plan(let digest): "plan \(digest.text.prefix(12))"
      case .gates(let tree): "gates as in \(tree.short)"
      }
    let ticket = decision.ticket.map { " (\($0))" } ?? ""
    return
      "\(what) \(decision.verdict.rawValue) by \(decision.by) at \(Clocks.text(decision.at)) UTC: \(decision.reason)\(ticket)"
  }

  private static func text(of request: PlannedRequest, _ number: Int, _ record: PlanRecord) -> [String] {
    let sent = record.sent[number].map { ", sent \(times($0))" } ?? ""
    let unknown = record.unknown.contains(number) ? ", not known whether it arrived" : ""
    let most = request.times == 1 ? "once" : "up to \(times(request.times))"
    let lead = String(repeating: " ", count: 5)
    return [
      "\(Table.padded(" \(number).", 5))\(request.method) \(request.url)",
      "\(lead)\(request.risk.rawValue) risk in \(request.environment) by \(request.rule); \(most)\(sent)\(unknown)",
    ] + request.headers.map { lead + $0 } + (request.body.map { $0.split(separator: "\n").map { lead + $0 } } ?? [])
      + ["\(lead)\(request.validation):\(request.line)"]
  }

  private static func times(_ count: Int) -> String { count == .max ? "any number of times" : counted(count, "time") }
}
