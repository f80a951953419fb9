package import DeliveryLoop
package import Engine
import Glibc
import Synchronization

/// Runs the service as a process of this machine.
package final class SystemServices: Services {
  private let children = Mutex<[pid_t: Child]>([:])

  package init() {}

  package func start(_ command: Command, port: UInt16?, output: any OutputSink) async throws -> ServiceRecord {
    let child = try Child(command, sink: output)
    children.withLock { $0[child.pid] = child }
    return ServiceRecord(pid: child.pid, startTicks: child.startTicks, bootID: ProcessTable.bootID, port: port)
  }

  package func isRunning(_ service: ServiceRecord) -> Bool {
    guard service.bootID == ProcessTable.bootID, let entry = ProcessTable.entry(service.pid) else { return false }
    return entry.startTicks == service.startTicks && !entry.isZombie
  }

  package func end(of service: ServiceRecord) -> CommandResult.End? { child(of: service)?.end }

  package func holder(of port: UInt16) throws -> PortHolder? { ListeningSockets.holder(of: port) }

  package func owns(_ service: ServiceRecord, pid: Int32) -> Bool {
    family(of: service).members().contains { $0.pid == pid }
  }

  package func stop(_ service: ServiceRecord, grace: Duration) async throws {
    guard service.bootID == ProcessTable.bootID else { return }
    if let child = child(of: service) {
      child.stop(grace: grace)
      defer { children.withLock { $0[service.pid] = nil } }
      _ = try await child.finished()
      return
    }
    await withCheckedContinuation { continuation in
      Thread.run {
        self.stopStranded(service, grace: grace)
        continuation.resume()
      }
    }
  }

  package func stopAll(markedBy mark: String) async throws {
    await withCheckedContinuation { continuation in
      Thread.run {
        let family = Family(root: -1, mark: mark, notBefore: 0)
        let own = ProcessTable.ancestry(of: getpid())
        Self.end(grace: .seconds(5)) { family.members().filter { !own.contains($0.pid) } }
        continuation.resume()
      }
    }
  }

  /// Stops a service that an earlier process of this program has left: its session, while its leader is the recorded one
  /// or is gone.
  private func stopStranded(_ service: ServiceRecord, grace: Duration) {
    if let leader = ProcessTable.entry(service.pid), leader.startTicks != service.startTicks { return }
    Self.end(grace: grace) { family(of: service).members() }
  }

  private static func end(grace: Duration, _ members: () -> [ProcessEntry]) {
    let clock = ContinuousClock()
    let deadline = clock.now + grace
    // Not even SIGKILL ends what waits for a device; the caller sees that it is still there.
    let surrender = deadline + .seconds(5)
    var asked: Set<pid_t> = []
    while true {
      let alive = members().filter { !$0.isZombie }
      guard let first = alive.first, clock.now < surrender else { return }
      let isOver = clock.now >= deadline
      for member in alive where isOver || asked.insert(member.pid).inserted {
        Family.signal(member, isOver ? SIGKILL : SIGTERM)
      }
      Family.wait(for: first)
    }
  }

  private func child(of service: ServiceRecord) -> Child? {
    children.withLock { $0[service.pid] }.flatMap { $0.startTicks == service.startTicks ? $0 : nil }
  }

  private func family(of service: ServiceRecord) -> Family {
    child(of: service)?.family ?? Family(root: service.pid, mark: "", notBefore: service.startTicks)
  }
}
