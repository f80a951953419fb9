import CProcess
import DeliveryLoop
import Engine
import Glibc
import Synchronization

/// The thread of one child: moves its bytes and ends it.
final class ChildLoop: @unchecked Sendable {
  // Everything here belongs to the one thread that runs the loop.
  private let child: Child
  private let command: Command
  private let sink: any OutputSink
  private var output: Descriptor?
  /// Standard error, where it is kept apart.
  private var errors: Descriptor?
  private var input: Descriptor?
  private let bell: Int32
  private let process: Descriptor
  private var toFeed: ArraySlice<UInt8>
  private var buffer = [UInt8](repeating: 0, count: 65_536)
  private let clock = ContinuousClock()
  private let started: ContinuousClock.Instant
  private var failure: (any Error)?
  /// Why it is being stopped, when it is.
  private var stopping: CommandResult.End?
  private var killAt: ContinuousClock.Instant?
  private var liveness: Liveness?

  init(
    child: Child, command: Command, sink: any OutputSink, output: consuming Descriptor, errors: consuming Descriptor?,
    input: consuming Descriptor, bell: Int32
  ) {
    self.child = child
    self.command = command
    self.sink = sink
    self.output = consume output
    self.errors = consume errors
    self.input = consume input
    self.bell = bell
    process = Descriptor(cprocess_open(child.pid))
    toFeed = command.input[...]
    started = clock.now
    liveness = command.idle.map { [started] in Liveness(limit: $0, from: started) }
  }

  func run() {
    let end = untilEnd()
    child.noteEnd(end)
    sweep()
    drain()
    output = nil
    errors = nil
    input = nil
    let result = CommandResult(end: stopping ?? end, duration: clock.now - started)
    child.complete(failure.map { .failure($0) } ?? .success(result))
  }

  /// Serves the child until its own process has ended.
  private func untilEnd() -> CommandResult.End {
    while true {
      let ready = poll(timeout: nextDeadline())
      if ready.output { readOutput() }
      if ready.errors { readErrors() }
      if ready.input { feedSome() }
      if ready.process, let end = reap() { return end }
      if ready.bell, child.isStopRequested { beginStop(.cancelled) }
      if let timeout = command.timeout, clock.now - started >= timeout { beginStop(.timedOut) }
      if isLifeless() { beginStop(.idle) }
      if failure != nil { beginStop(.cancelled) }
      if let killAt, clock.now >= killAt { signalFamily(SIGKILL) }
    }
  }

  /// Whether the command has given no sign of life for too long.
  private func isLifeless() -> Bool {
    guard stopping == nil, let liveness, clock.now >= liveness.nextLook else { return false }
    let members = child.family.members()
    return self.liveness?.look(at: members, now: clock.now) ?? false
  }

  private func reap() -> CommandResult.End? {
    var status: Int32 = 0
    guard waitpid(child.pid, &status, WNOHANG) == child.pid else { return nil }
    return status & 0x7f == 0 ? .exited(code: status >> 8 & 0xff) : .signaled(status & 0x7f)
  }

  private func beginStop(_ reason: CommandResult.End) {
    guard stopping == nil else { return }
    stopping = reason
    killAt = clock.now + child.grace
    signalFamily(SIGTERM)
  }

  private func signalFamily(_ number: Int32) {
    for member in child.family.members() where !member.isZombie {
      Family.signal(member, number)
    }
  }

  /// Stops what outlived the child's own process.
  private func sweep() {
    let deadline = clock.now + child.grace
    var asked: Set<pid_t> = []
    while true {
      let members = child.family.members()
      members.forEach(Family.reap)
      let alive = members.filter { !$0.isZombie }
      guard !alive.isEmpty else { return }
      let isOver = clock.now >= deadline
      for member in alive where isOver || asked.insert(member.pid).inserted {
        Family.signal(member, isOver ? SIGKILL : SIGTERM)
      }
      wait(for: alive[0])
    }
  }

  /// Waits until a process ends, reading on meanwhile; looks up at the latest after 20 ms, for others may have ended.
  private func wait(for member: ProcessEntry) {
    let descriptor = cprocess_open(member.pid)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    var polls = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
    // A negative number is passed over (poll(2)).
    for number in [output?.number ?? -1, errors?.number ?? -1] {
      polls.append(pollfd(fd: number, events: Int16(POLLIN), revents: 0))
    }
    _ = Glibc.poll(&polls, nfds_t(polls.count), 20)
    if polls[1].revents != 0 { readOutput() }
    if polls[2].revents != 0 { readErrors() }
  }

  /// Takes what is still in the pipes; the writers are gone.
  private func drain() {
    while failure == nil {
      let ready = poll(timeout: 0)
      guard ready.output || ready.errors else { return }
      if ready.output { readOutput() }
      if ready.errors { readErrors() }
    }
  }

  private func readOutput() {
    if let number = output?.number, !pass(number, to: sink) { output = nil }
  }

  private func readErrors() {
    if let number = errors?.number, !pass(number, to: command.errors ?? sink) { errors = nil }
  }

  /// Hands on what there is to read; false when there will never be more.
  private func pass(_ number: Int32, to sink: any OutputSink) -> Bool {
    let count = read(number, &buffer, buffer.count)
    if count > 0 {
      liveness?.noteOutput(at: clock.now)
      do {
        if failure == nil {
          try buffer.withUnsafeBytes { try sink.write(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
      } catch {
        failure = error
      }
      return true
    }
    return count < 0 && (errno == EAGAIN || errno == EINTR)
  }

  private func feedSome() {
    guard let number = input?.number else { return }
    guard !toFeed.isEmpty else {
      input = nil
      return
    }
    let count = toFeed.withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
    if count > 0 {
      toFeed.removeFirst(count)
      if toFeed.isEmpty { input = nil }
    } else if errno != EAGAIN && errno != EINTR {
      // The child has closed its end; what it did not want to read is no failure.
      input = nil
    }
  }

  private func nextDeadline() -> Int32 {
    let timeoutAt = stopping == nil ? command.timeout.map { started + $0 } : nil
    let lookAt = stopping == nil ? liveness?.nextLook : nil
    guard let deadline = [timeoutAt, lookAt, killAt].compactMap(\.self).min() else { return -1 }
    let left = (deadline - clock.now).components
    // A member that was killed may take a moment to go.
    return Int32(clamping: max(left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1, 10))
  }

  private func poll(timeout: Int32) -> (
    output: Bool, errors: Bool, input: Bool, process: Bool, bell: Bool
  ) {
    var polls = [
      pollfd(fd: output?.number ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: errors?.number ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: input?.number ?? -1, events: Int16(POLLOUT), revents: 0),
      pollfd(fd: process.number, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stopping == nil ? bell : -1, events: Int16(POLLIN), revents: 0),
    ]
    _ = Glibc.poll(&polls, nfds_t(polls.count), timeout)
    let ready = polls.map { $0.revents != 0 }
    return (ready[0], ready[1], ready[2], ready[3], ready[4])
  }
}
