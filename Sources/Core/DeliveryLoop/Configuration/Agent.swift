/// The coding agent that implements, and how far it may go.
package struct Agent: Hashable, Sendable {
  package let command: CommandLine
  /// How often it may try in one run.
  package let attempts: Int
  /// After this an attempt is stopped.
  package let timeout: Duration
  /// After this long without a sign of life it is stopped as well; nil: it may be silent.
  package let idle: Duration?
  /// What all attempts on a task may use up together.
  package let budget: Budget

  package static let usualAttempts = 3
  package static let usualTimeout = Duration.seconds(45 * 60)
  /// Long enough for an agent that waits for a model that thinks, or for one that is overloaded, and far from the usual
  /// time-out: what hangs early costs a quarter of it.
  package static let usualIdle = Duration.seconds(10 * 60)

  /// Without a budget's own limit, a task has as many attempts as one run.
  package init(
    _ command: CommandLine, attempts: Int = usualAttempts, timeout: Duration = usualTimeout,
    idle: Duration? = usualIdle, budget: Budget = Budget()
  ) {
    self.command = command
    self.attempts = attempts
    self.timeout = timeout
    self.idle = idle
    var budget = budget
    budget.attempts = budget.attempts ?? attempts
    self.budget = budget
  }
}
