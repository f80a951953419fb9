/// Tells a command that is silent and at work from one that hangs.
///
/// A sign of life is output, CPU time that any process of its family has used, a process that wants a CPU and has none, and a
/// process that came or went.
struct Liveness {
  typealias Instant = ContinuousClock.Instant

  private let limit: Duration
  /// How long no sign of life was seen, as far as anybody looked.
  private var silence = Duration.zero
  private var lastLook: Instant
  /// CPU time by pid and start, in ticks.
  private var used: [[UInt64]: UInt64] = [:]

  init(limit: Duration, from now: Instant) {
    self.limit = limit
    lastLook = now
  }

  var nextLook: Instant { lastLook + pace }

  mutating func noteOutput(at now: Instant) {
    silence = .zero
    lastLook = now
  }

  /// Takes in what the processes have done since the last look; true when the command has been without life for too long.
  ///
  /// Time in which nobody looked does not count: this machine was suspended, or this program was.
  mutating func look(at members: [ProcessEntry], now: Instant) -> Bool {
    let gap = min(now - lastLook, pace * 2)
    lastLook = now
    let before = used
    used = Dictionary(members.map { ([UInt64($0.pid), $0.startTicks], $0.cpuTicks) }) { first, _ in first }
    silence = used != before || members.contains(where: \.isRunnable) ? .zero : silence + gap
    return silence >= limit
  }

  private var pace: Duration { min(max(limit / 10, .milliseconds(20)), .seconds(15)) }
}
