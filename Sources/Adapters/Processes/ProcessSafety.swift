import CProcess
import Glibc
import Synchronization

/// What this program asks of the system for itself, once, before it starts anything.
package enum ProcessSafety {
  /// No core dump can hold a secret; orphans of our children come to us; a closed pipe is an error and not our end.
  package static func arm() {
    _ = cprocess_forbid_core_dumps()
    _ = cprocess_adopt_orphans()
    Children.adoptsOrphans.store(true, ordering: .relaxed)
    _ = cprocess_ignore_closed_pipes()
    _ = cprocess_hold_interrupts()
  }

  /// Waits for Ctrl-C, SIGTERM or SIGHUP and returns its number; they reach no other thread once `arm` was called by the first.
  package static func nextInterrupt() -> Int32 {
    while true {
      let signal = cprocess_next_interrupt()
      if signal > 0 { return signal }
    }
  }

  /// Kills what the program has started and ends it without tidying up: everything durable is durable already.
  package static func endNow(_ status: Int32) -> Never { Children.killAll { _exit(status) } }
}
