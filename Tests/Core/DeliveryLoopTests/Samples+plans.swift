import DeliveryLoop

extension Samples {
  // swift-format-ignore: NeverForceUnwrap
  static let planDigest = Digest(String(repeating: "b", count: 64))!

  static func time(_ seconds: Int64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }

  /// Made at 100 seconds and good for 60.
  static func plan(_ risk: RiskClass = .medium, times: Int = 1, count: Int = 2, on tree: ObjectID = tree) -> Plan {
    let requests = (0..<count).map { index in
      PlannedRequest(
        validation: "a.hurl", line: index + 1, times: times, method: "POST", url: "http://127.0.0.1:8080/v1/\(index)",
        headers: ["Content-Type: application/json"], body: index == 0 ? #"{"vm":"{{id}}"}"# : nil,
        environment: "service", risk: risk, rule: "rule 1: POST")
    }
    return Plan(
      digest: planDigest, tree: tree, policy: planDigest, made: time(100), lasts: .seconds(60), requests: requests)
  }

  static func decision(_ verdict: Decision.Verdict, at seconds: Int64 = 130) -> Decision {
    Decision(
      subject: .plan(planDigest), verdict: verdict, by: "Grace", reason: "looked at it", ticket: "OPS-1",
      at: time(seconds))
  }

  static func waiver(of validation: String = "a.hurl") -> Waiver {
    Waiver(validation: validation, by: "Grace", reason: "the lab is down", at: time(100), until: time(200))
  }

  /// A run that is about to validate.
  static func validating() throws -> Run {
    var run = fresh()
    for event in delivery.prefix(while: { $0 != .intended(.validate) }) { try run.apply(event) }
    try run.apply(.intended(.validate))
    return run
  }
}
