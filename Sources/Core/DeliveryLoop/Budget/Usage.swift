/// What coding agents have used up on one task, over all its runs.
package struct Usage: Hashable, Sendable {
  package private(set) var attempts = 0
  private var ended = Duration.zero
  /// One sum a currency.
  package private(set) var spend: [Money] = []
  /// The attempt that is not known to have ended: when it began, and the last that is known of it.
  private var open: ClosedRange<Timestamp>?

  package init() {}

  /// For how long agents were at work.
  package var time: Duration { ended + openTime }

  /// Of the attempt that is not known to have ended.
  package var openTime: Duration {
    open.map { .nanoseconds($0.upperBound.nanoseconds - $0.lowerBound.nanoseconds) } ?? .zero
  }

  package var isUnused: Bool { attempts == 0 }

  /// Takes in the next event of a run; the runs of a task come one after the other, each as a whole.
  package mutating func take(_ event: Event, at time: Timestamp) {
    switch event {
    case .intended(.implement(let attempt)) where attempt > 0: begin(at: time)
    case .observed(.attempted(let attempt)):
      ended += attempt.time
      if let spend = attempt.spend { add(spend) }
      open = nil
    // Written by versions that did not record what an attempt took.
    case .observed(.implemented), .paused:
      see(time)
      close()
    case .failed(let failure, _):
      see(time)
      if failure.step == .implement { close() }
    // Comes from another program, at whatever time.
    case .opened, .resumed, .interrupted, .abandoned: close()
    case .intended, .observed, .decided, .waived, .masked, .swept: see(time)
    case .dropped: break
    }
  }

  /// Counts the attempt of an intent that cannot be read.
  package mutating func takeUnreadable(kind: String, at time: Timestamp) {
    if kind == Event.intended(.implement(attempt: 1)).kind { begin(at: time) }
  }

  private mutating func begin(at time: Timestamp) {
    close()
    attempts += 1
    open = time...time
  }

  /// The clock may have been set back.
  private mutating func see(_ time: Timestamp) { open = open.map { $0.lowerBound...max($0.upperBound, time) } }

  private mutating func close() {
    ended += openTime
    open = nil
  }

  private mutating func add(_ money: Money) {
    if let index = spend.firstIndex(where: { $0.currency == money.currency }) {
      spend[index].add(money)
    } else {
      spend.append(money)
    }
  }
}
