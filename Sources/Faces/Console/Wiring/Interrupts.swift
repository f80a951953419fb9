import Processes
import Synchronization

/// What Ctrl-C, SIGTERM and SIGHUP do: the first stops a verb cleanly, the second ends the program at once.
package enum Interrupts {
  private static let isCareful = Mutex(false)

  /// From now on the first signal cancels, and does not end the program: something is being done that has to be stopped.
  package static func stopCleanly() { isCareful.withLock { $0 = true } }

  /// Serves signals on this thread for ever, `work` being all that the program does.
  package static func serve(cancelling work: Task<Void, Never>) -> Never {
    while true {
      let signal = ProcessSafety.nextInterrupt()
      guard isCareful.withLock(\.self), !work.isCancelled else { ProcessSafety.endNow(128 + signal) }
      Output.complain("\nstopping; once more to end at once")
      work.cancel()
    }
  }
}
