import CProcess
import Glibc

/// What this program asks of the system for itself, once, before it starts anything.
package enum ProcessSafety {
  /// No core dump can hold a secret; orphans of our children come to us; a closed pipe is an error and not our end.
  package static func arm() {
    _ = cprocess_forbid_core_dumps()
    _ = cprocess_adopt_orphans()
    _ = cprocess_hold_interrupts()
  }

  /// Calls `body` on a thread of its own for each Ctrl-C, SIGTERM or SIGHUP; after `arm` only.
  package static func onInterrupt(_ body: @escaping @Sendable (Int32) -> Void) {
    Thread.run {
      while true {
        let signal = cprocess_next_interrupt()
        if signal > 0 { body(signal) }
      }
    }
  }

  /// Ends the program without tidying up: everything durable is durable already.
  package static func endNow(_ status: Int32) -> Never { _exit(status) }
}
