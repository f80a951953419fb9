import CProcess
import Glibc
import Synchronization

/// The processes that this program has started and not yet reaped.
///
/// What was adopted from them is told from them by this list, and nobody's status is taken from whoever waits for it.
enum Children {
  private static let pids = Mutex<Set<pid_t>>([])
  /// Whether orphans come to this program; where they do not, a child that is not listed is somebody else's business.
  static let adoptsOrphans = Atomic<Bool>(false)
  private static let marks = Atomic<Int>(0)

  /// A child may stop reading what it is fed at any time.
  private static let closedPipes = cprocess_ignore_closed_pipes()

  static var known: Set<pid_t> { pids.withLock { $0 } }

  /// Starts a process and lists it in one step, so that nobody takes it for an orphan in between.
  static func start(_ spawn: () -> pid_t) -> pid_t {
    _ = closedPipes
    return pids.withLock { pids in
      let pid = spawn()
      if pid > 0 { pids.insert(pid) }
      return pid
    }
  }

  /// Kills all that came of this process, and starts nothing from then on; `end` is to end the program.
  ///
  /// What is forked between two looks at the table is killed after the second. The looks are counted: not even SIGKILL ends
  /// what waits for a device.
  static func killAll(_ end: () -> Never) -> Never {
    // Held for good: whoever wants to start another child waits here until the end.
    pids.withLock { _ in
      for _ in 0..<50 {
        let alive = Family.ours().filter { !$0.isZombie }
        guard let first = alive.first else { break }
        for member in alive { Family.signal(member, SIGKILL) }
        Family.wait(for: first)
      }
      end()
    }
  }

  static func remove(_ pid: pid_t) { pids.withLock { _ = $0.remove(pid) } }

  /// An environment entry that no other start has.
  static func makeMark() -> (name: String, value: String) {
    let number = marks.wrappingAdd(1, ordering: .relaxed).newValue
    let ticks = ProcessTable.entry(getpid())?.startTicks ?? 0
    return ("WAYBILL_PROCESS", "\(getpid())-\(ticks)-\(number)")
  }
}
