import CProcess
import Glibc
import Synchronization

/// All processes that came of one started program, wherever they went.
///
/// Three nets, because each has a hole: the session (left by setsid), the line of parents (broken by a double fork), and the
/// mark in the environment (lost when a program clears it).
struct Family {
  /// The first process, which leads the session.
  let root: pid_t
  /// `NAME=value`, as it stands in the environment of all that came of this start alone.
  let mark: String
  /// Members cannot be older than the root.
  let notBefore: UInt64
  /// The members that are alive or not reaped yet; never this process itself.
  func members() -> [ProcessEntry] {
    let me = getpid()
    let all = ProcessTable.all().filter { $0.pid != me && $0.startTicks >= notBefore }
    // Looked up after the table: a child that was started meanwhile is in both.
    let known = Children.known
    // An orphan of ours without a mark is a member when nothing else runs from which it could come.
    let claimsOrphans = Children.adoptsOrphans.load(ordering: .relaxed) && known.subtracting([root]).isEmpty
    var found = Set(
      all.filter { entry in
        entry.pid == root || entry.session == root
          || (claimsOrphans && entry.parent == me && !known.contains(entry.pid))
          || ProcessTable.environment(of: entry.pid, has: mark)
      }.map(\.pid))
    Self.addDescendants(to: &found, in: all)
    return all.filter { found.contains($0.pid) }
  }

  /// All that came of this process, for a program that adopts orphans: no line of parents is broken then.
  static func ours() -> [ProcessEntry] {
    let me = getpid()
    let all = ProcessTable.all()
    var found: Set<pid_t> = [me]
    addDescendants(to: &found, in: all)
    return all.filter { $0.pid != me && found.contains($0.pid) }
  }

  private static func addDescendants(to found: inout Set<pid_t>, in all: [ProcessEntry]) {
    var grew = true
    while grew {
      let children = all.filter { found.contains($0.parent) && !found.contains($0.pid) }
      grew = !children.isEmpty
      found.formUnion(children.map(\.pid))
    }
  }

  /// Waits for the end of a process, 20 ms at the most: others may have ended meanwhile.
  static func wait(for entry: ProcessEntry) {
    let descriptor = Descriptor(cprocess_open(entry.pid))
    var polls = [pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)]
    _ = poll(&polls, 1, 20)
  }

  /// Signals a process only while it is the one that was seen: the descriptor holds on to it, the start time proves it.
  static func signal(_ entry: ProcessEntry, _ number: Int32) {
    let descriptor = cprocess_open(entry.pid)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard ProcessTable.entry(entry.pid)?.startTicks == entry.startTicks else { return }
    _ = cprocess_signal(descriptor, number)
  }

  /// Takes the status of an adopted child that has ended; the children that others wait for are left alone.
  static func reap(_ entry: ProcessEntry) {
    guard entry.isZombie, entry.parent == getpid(), !Children.known.contains(entry.pid) else { return }
    _ = waitpid(entry.pid, nil, WNOHANG)
  }
}
