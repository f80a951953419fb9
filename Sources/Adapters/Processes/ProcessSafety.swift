import CProcess
import Glibc
import Synchronization

/// What this program asks of the system for itself, once, before it starts anything.
package enum ProcessSafety {
  /// No dump, trace or crash report can hold a secret; orphans of our children come to us; a closed pipe is an error and not
  /// our end. To be called before there is another thread.
  package static func arm() {
    for prefix in telltales { cprocess_forget_variables(prefix) }
    _ = cprocess_forbid_dumps()
    _ = cprocess_adopt_orphans()
    Children.adoptsOrphans.store(true, ordering: .relaxed)
    _ = cprocess_ignore_closed_pipes()
    _ = cprocess_hold_interrupts()
  }

  /// Variables, by the beginnings of their names, that have libraries or children write keys, requests or memory down.
  package static let telltales = [
    "SSLKEYLOGFILE", "QLOGDIR", "CURL_", "GIT_TRACE", "GIT_CURL_VERBOSE", "MALLOC_TRACE", "OPENSSL_TRACE",
    "SWIFT_BACKTRACE",
    "SWIFT_DEBUG_", "LD_DEBUG", "LD_TRACE_", "GNUTLS_DEBUG_LEVEL", "NSS_DEBUG",
  ]

  /// The environment of this program, without what `arm` took out: nobody but the system's own user may read it in `/proc`.
  package static var environment: [String: String] {
    var variables: [String: String] = [:]
    guard var entry = cprocess_variables() else { return variables }
    while let text = entry.pointee {
      let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return variables
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
