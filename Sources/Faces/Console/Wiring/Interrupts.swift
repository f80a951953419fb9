import Processes
import Synchronization

/// What Ctrl-C, SIGTERM and SIGHUP do: the first stops a delivery cleanly, the second ends the program at once.
package enum Interrupts {
  private static let work = Mutex<Task<Void, Never>?>(nil)

  /// Makes the next signal cancel this delivery.
  static func cancel<Success: Sendable>(_ delivery: Task<Success, any Error>) {
    let proxy = Task {
      await withTaskCancellationHandler {
        _ = try? await delivery.value
      } onCancel: {
        delivery.cancel()
      }
    }
    work.withLock { $0 = proxy }
  }

  /// Serves signals on this thread for ever. Where nothing is being delivered, one ends the program.
  package static func serve() -> Never {
    while true {
      let signal = ProcessSafety.nextInterrupt()
      let delivery = work.withLock { $0 }
      guard let delivery, !delivery.isCancelled else { ProcessSafety.endNow(128 + signal) }
      Output.complain("\nstopping; once more to end at once")
      delivery.cancel()
    }
  }
}
