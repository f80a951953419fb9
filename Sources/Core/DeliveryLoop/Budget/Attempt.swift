/// What one attempt of a coding agent took, and what ended it.
package struct Attempt: Hashable, Sendable {
  /// In its run, from 1.
  package let number: Int
  /// For how long it ran, to the millisecond.
  package let time: Duration
  /// As the agent has reported it; nil where it has not, or not so that it can be understood.
  package let spend: Money?
  package let end: End

  package init(number: Int, time: Duration, spend: Money?, end: End) {
    self.number = number
    self.time = time
    self.spend = spend
    self.end = end
  }

  package enum End: String, CaseIterable, Sendable {
    /// By itself, in whatever way.
    case ended
    /// It gave no sign of life for too long.
    case idle
    /// At the time that one attempt may take.
    case timeout
    /// At the time that was left to the task.
    case budget
    /// Somebody stopped the program.
    case interrupted
    /// The program ended before it; the time is that until the last thing that is known of it.
    case cutOff = "cut-off"
  }
}
