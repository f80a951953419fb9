extension Event {
  /// The stored name of the event: part of the ledger for ever, whatever the cases are called.
  package var kind: String {
    switch self {
    case .opened: "opened"
    case .intended(let intent): "intended.\(intent.step.rawValue)"
    case .observed(let fact): "observed.\(fact.name)"
    case .failed(let failure, _): "failed.\(failure.step.rawValue)"
    case .paused: "paused"
    case .resumed: "resumed"
    case .interrupted: "interrupted"
    case .abandoned: "abandoned"
    case .decided: "decided"
    case .waived: "waived"
    case .masked: "masked"
    case .swept: "swept"
    case .dropped: "dropped"
    }
  }
}

extension Fact {
  /// The stored name of the fact.
  var name: String {
    switch self {
    case .claimed: "claimed"
    case .implemented: "implemented"
    case .formatted: "formatted"
    case .tested: "tested"
    case .launched: "launched"
    case .started: "started"
    case .planned: "planned"
    case .sending: "sending"
    case .sent: "sent"
    case .expired: "expired"
    case .judged: "judged"
    case .validated: "validated"
    case .replayed: "replayed"
    case .stopped: "stopped"
    case .committed: "committed"
    case .pushed: "pushed"
    case .rebased: "rebased"
    case .closed: "closed"
    case .anchored: "anchored"
    case .attempted: "attempted"
    }
  }
}
