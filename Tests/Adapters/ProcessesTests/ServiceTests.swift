import DeliveryLoop
import Engine
import Foundation
import Glibc
import Processes
import Support
import Testing

@Suite struct `A started service` {
  let folder = TemporaryFolder()
  let services = SystemServices()
  static let listener = """
    import socket, sys, time
    family = socket.AF_INET6 if sys.argv[1] == "6" else socket.AF_INET
    s = socket.socket(family)
    s.bind(("::1" if sys.argv[1] == "6" else "127.0.0.1", 0))
    s.listen()
    print(s.getsockname()[1], flush=True)
    time.sleep(600)
    """

  @Test(arguments: ["4", "6"])
  func `is found by the port on which it listens, also when a descendant does`(family: String) async throws {
    folder.write(Array(Self.listener.utf8), to: "listener.py")
    let sink = Collector()
    let record = try await start("setsid python3 listener.py \(family) & wait", sink)
    while !sink.text.contains("\n") { try await ContinuousClock().sleep(for: .milliseconds(5)) }
    let port = try #require(UInt16(sink.text.trimmed))
    let holder = try #require(try services.holder(of: port))
    #expect(holder.command.contains("listener.py"))
    let pid = try #require(holder.pid)
    #expect(pid != record.pid)
    #expect(services.owns(record, pid: pid))
    #expect(!services.owns(record, pid: getpid()))
    try await services.stop(record, grace: .seconds(5))
    #expect(try services.holder(of: port) == nil)
    #expect(processes(in: folder.path).isEmpty)
  }

  @Test func `tells how it ended, and can be stopped again`() async throws {
    let record = try await start("exit 9", Collector())
    while services.isRunning(record) { try await ContinuousClock().sleep(for: .milliseconds(5)) }
    while services.end(of: record) == nil { try await ContinuousClock().sleep(for: .milliseconds(5)) }
    #expect(services.end(of: record) == .exited(code: 9))
    try await services.stop(record, grace: .seconds(1))
    try await services.stop(record, grace: .seconds(1))
  }

  @Test func `is not mistaken for a stranger with its number, who is never signalled`() async throws {
    let record = try await start("exec sleep 600", Collector())
    let other = SystemServices()
    for stranger in [
      ServiceRecord(pid: record.pid, startTicks: record.startTicks - 1, bootID: record.bootID, port: nil),
      ServiceRecord(pid: record.pid, startTicks: record.startTicks, bootID: "another boot", port: nil),
    ] {
      #expect(!other.isRunning(stranger))
      try await other.stop(stranger, grace: .milliseconds(50))
      #expect(services.isRunning(record))
    }
    try await services.stop(record, grace: .seconds(1))
  }

  @Test func `of an earlier process of the program is stopped by its record alone`() async throws {
    let record = try await start("trap '' TERM; sleep 600 & sleep 601", Collector())
    // Another instance knows nothing of the child but what the ledger says.
    try await SystemServices().stop(record, grace: .milliseconds(100))
    #expect(!services.isRunning(record))
    try await services.stop(record, grace: .milliseconds(100))
    #expect(processes(in: folder.path).isEmpty)
  }

  @Test func `is stopped also when the task that stops it is cancelled`() async throws {
    let record = try await start("exec sleep 600", Collector())
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      try await services.stop(record, grace: .seconds(1))
    }
    task.cancel()
    try await task.value
    #expect(!services.isRunning(record))
  }

  private func start(_ text: String, _ sink: Collector) async throws -> ServiceRecord {
    try await services.start(
      Command(.shell(text), in: folder.path, environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]),
      port: nil, output: sink)
  }
}
