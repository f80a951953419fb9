/// Bytes of captures that were let go by policy; their digests stay.
package struct Dropping: Hashable, Sendable {
  /// The captures, by their numbers.
  package let captures: [Int64]
  /// What they held.
  package let bytes: Int64
  /// In words, such as `keep 90d`.
  package let policy: String

  package init(captures: [Int64], bytes: Int64, policy: String) {
    self.captures = captures
    self.bytes = bytes
    self.policy = policy
  }
}

/// How long evidence is kept; events, digests and verdicts stay for ever.
package struct Retention: Hashable, Sendable {
  /// Of what was delivered, and of replays; counted from the end of the run.
  package let keep: Duration
  /// Of what was given up.
  package let abandoned: Duration
  /// So many of the newest runs keep everything.
  package let runs: Int

  package init(keep: Duration, abandoned: Duration? = nil, runs: Int = 0) {
    self.keep = keep
    self.abandoned = abandoned ?? keep
    self.runs = runs
  }

  package var wording: String {
    "keep \(Self.days(keep)), abandoned \(Self.days(abandoned))\(runs > 0 ? ", the newest \(runs) runs" : "")"
  }

  private static func days(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    return duration == .seconds(seconds) && seconds % 86_400 == 0 ? "\(seconds / 86_400)d" : "\(duration)"
  }

  /// Whether what a run has captured may go; `newer` is how many runs were begun after it.
  ///
  /// What rests and can be gone on with keeps everything.
  package func lets(go run: Run, changed: Timestamp, newer: Int, now: Timestamp) -> Bool {
    guard run.isOver, newer >= runs else { return false }
    let age = Duration.nanoseconds(now.nanoseconds - changed.nanoseconds)
    return age >= (run.rest == .abandoned ? abandoned : keep)
  }
}
