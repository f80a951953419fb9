import JSONText

extension Plan {
  var stored: JSON {
    object(
      ("plan", .string(digest.text)), ("tree", .string(tree.text)), ("policy", .string(policy.text)),
      ("made", .string(String(made.nanoseconds))), ("lasts", .string(String(lasts.milliseconds))),
      ("requests", .array(requests.map(\.stored))))
  }

  init(_ fields: Fields) throws(UnreadableEvent) {
    self.init(
      digest: try fields.value("plan", Digest.init), tree: try fields.value("tree", ObjectID.init),
      policy: try fields.value("policy", Digest.init), made: try fields.time("made"),
      lasts: .milliseconds(try fields.value("lasts") { Int64($0) }),
      requests: try fields.list("requests", PlannedRequest.init))
  }
}

extension PlannedRequest {
  init(_ fields: Fields) throws(UnreadableEvent) {
    self.init(
      validation: try fields.string("validation"), line: try fields.int("line"), times: try fields.int("times"),
      method: try fields.string("method"), url: try fields.string("url"), headers: try fields.strings("headers"),
      body: try fields.optional("body") { $0 }, environment: try fields.string("environment"),
      risk: try fields.value("risk", RiskClass.init), rule: try fields.string("rule"))
  }
}

extension Decision {
  var stored: JSON {
    let about: (String, JSON) =
      switch subject {
      case .plan(let digest): ("plan", .string(digest.text))
      case .gates(let tree): ("gates", .string(tree.text))
      }
    return object(
      about, ("verdict", .string(verdict.rawValue)), ("by", .string(by)), ("reason", .string(reason)),
      ("ticket", ticket.map { .string($0) } ?? .null), ("at", .string(String(at.nanoseconds))))
  }

  init(_ fields: Fields) throws(UnreadableEvent) {
    let subject: Subject =
      fields.has("plan")
      ? .plan(try fields.value("plan", Digest.init)) : .gates(try fields.value("gates", ObjectID.init))
    self.init(
      subject: subject, verdict: try fields.value("verdict", Verdict.init), by: try fields.string("by"),
      reason: try fields.string("reason"), ticket: try fields.optional("ticket") { $0 }, at: try fields.time("at"))
  }
}

extension Waiver {
  var stored: JSON {
    object(
      ("validation", .string(validation)), ("by", .string(by)), ("reason", .string(reason)),
      ("ticket", ticket.map { .string($0) } ?? .null), ("at", .string(String(at.nanoseconds))),
      ("until", .string(String(until.nanoseconds))))
  }

  init(_ fields: Fields) throws(UnreadableEvent) {
    self.init(
      validation: try fields.string("validation"), by: try fields.string("by"), reason: try fields.string("reason"),
      ticket: try fields.optional("ticket") { $0 }, at: try fields.time("at"), until: try fields.time("until"))
  }
}

extension Fields {
  /// Nanoseconds since 1970, as text: more digits than every reader of JSON keeps in a number.
  fileprivate func time(_ name: String) throws(UnreadableEvent) -> Timestamp {
    Timestamp(nanoseconds: try value(name) { Int64($0) })
  }
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }
}
