package import DeliveryLoop

/// A run as a list of what was done, for people to read.
package struct Timeline: Sendable {
  package struct Line: Hashable, Sendable {
    package enum Outcome: String, Sendable { case passed, failed, paused, interrupted, open }

    package let step: Step
    /// The coding agent's attempt to which it belongs; 0 before the first.
    package let attempt: Int
    package let began: Timestamp
    /// nil while it is open.
    package internal(set) var ended: Timestamp?
    package internal(set) var outcome: Outcome
    package internal(set) var message: String
  }

  package private(set) var lines: [Line] = []

  package init(_ events: [StoredEvent]) {
    var attempt = 0
    for stored in events {
      guard let event = History.event(stored) else { continue }
      if case .intended(.implement(let number)) = event, number > 0 { attempt = number }
      take(event, at: stored.time, attempt)
    }
  }

  private mutating func take(_ event: Event, at time: Timestamp, _ attempt: Int) {
    switch event {
    case .intended(let intent):
      lines.append(Line(step: intent.step, attempt: attempt, began: time, outcome: .open, message: ""))
    case .observed(.launched), .observed(.judged), .observed(.planned), .observed(.sending), .observed(.sent),
      .observed(.expired), .observed(.attempted):
      break
    case .observed(.replayed(let result)) where result.finding != .passed: close(.failed, at: time, result.wording)
    case .observed: close(.passed, at: time)
    case .failed(let failure, _):
      // It may have failed before it had an intent.
      if lines.last?.outcome != .open || lines.last?.step != failure.step {
        lines.append(Line(step: failure.step, attempt: attempt, began: time, outcome: .open, message: ""))
      }
      close(.failed, at: time, failure.message)
    case .interrupted: close(.interrupted, at: time)
    case .paused: close(.paused, at: time)
    case .opened, .resumed, .abandoned, .decided, .waived, .masked, .swept, .dropped: break
    }
  }

  private mutating func close(_ outcome: Line.Outcome, at time: Timestamp, _ message: String = "") {
    guard lines.last?.outcome == .open else { return }
    lines[lines.count - 1].ended = time
    lines[lines.count - 1].outcome = outcome
    lines[lines.count - 1].message = message
  }
}
