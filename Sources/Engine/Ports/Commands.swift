package import DeliveryLoop

/// Runs configured commands to their end, and leaves nothing of them behind.
///
/// A non-zero exit is a result, not an error. However the call ends (exit, time-out, cancellation of the task), every process
/// of the command's session and every descendant that left it is gone before it returns.
package protocol Commands: Sendable {
  /// Runs `command` and hands what it prints to `output`, in the order of arrival and on one thread.
  ///
  /// Standard error goes to `command.errors` instead where there is one, on the same thread. Throws when the program cannot
  /// be started, and passes on what a sink throws, the command then being stopped.
  func run(_ command: Command, output: any OutputSink) async throws -> CommandResult

  /// The absolute path of the executable that `name` means under `path` (a `PATH` value); nil when there is none.
  func locate(_ name: String, path: String) -> String?
}

/// What is to be run, where, and with which environment: nothing is inherited but what stands here.
package struct Command: Sendable {
  package let line: CommandLine
  /// Absolute path of the working directory.
  package let directory: String
  /// The whole environment of the child, secrets included.
  package let environment: [String: String]
  /// What the child reads on its standard input; empty means end of file at once.
  package let input: [UInt8]
  /// After this long the command is stopped: SIGTERM to its group, `grace` later SIGKILL.
  package let timeout: Duration?
  /// After this long without a sign of life it is stopped in the same way: no output came, and no process of it used CPU time,
  /// waited for a CPU, began or ended. nil: it may be silent.
  package let idle: Duration?
  package let grace: Duration
  /// Takes standard error apart from standard output; nil: the two are merged.
  package let errors: (any OutputSink)?

  package init(
    _ line: CommandLine, in directory: String, environment: [String: String], input: [UInt8] = [],
    timeout: Duration? = nil, idle: Duration? = nil, grace: Duration = .seconds(5), errors: (any OutputSink)? = nil
  ) {
    self.line = line
    self.directory = directory
    self.environment = environment
    self.input = input
    self.timeout = timeout
    self.idle = idle
    self.grace = grace
    self.errors = errors
  }
}

/// How a command ended and what it took.
package struct CommandResult: Sendable, Hashable {
  package enum End: Sendable, Hashable {
    case exited(code: Int32)
    case signaled(Int32)
    case timedOut
    /// It gave no sign of life for as long as `idle`.
    case idle
    /// The task that ran it was cancelled, and the command was stopped for that.
    case cancelled
  }

  package let end: End
  package let duration: Duration

  package init(end: End, duration: Duration) {
    self.end = end
    self.duration = duration
  }

  package var succeeded: Bool { end == .exited(code: 0) }
}

/// Takes the raw output of a process as it comes.
package protocol OutputSink: Sendable {
  /// Called with 1 byte or more; the streams of a sink that takes both arrive merged in the order in which they were read.
  func write(_ bytes: UnsafeRawBufferPointer) throws
}
