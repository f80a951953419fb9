import DeliveryLoop
import Engine
import Foundation
import Support
import Testing

@testable import Processes

@Suite struct `A silent command` {
  let folder = TemporaryFolder()

  /// Uses CPU time, not wall time, so that a machine under load does not end it early.
  private static let busy = "python3 -c 'import time\nwhile time.process_time() < 1: pass'"

  @Test(arguments: [
    ("itself", busy), ("a child for which it waits", "\(busy) & wait"),
    (
      "a process that has left its session",
      "setsid sh -c \"\(busy); touch done\" & while ! test -e done; do sleep 0.02; done"
    ),
    ("its output", "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do echo $i; sleep 0.05; done"),
  ])
  func `is left alone while there is life in`(who: String, text: String) async throws {
    #expect(try await run(text, idle: .milliseconds(300)) == .exited(code: 0))
  }

  @Test(arguments: [
    "sleep 300", "sleep 300 & wait", "setsid sleep 300 & sleep 300", "echo on; exec 1>&- 2>&-; sleep 300",
  ])
  func `is stopped when all of it sleeps`(text: String) async throws {
    #expect(try await run(text, idle: .milliseconds(100)) == .idle)
  }

  @Test func `that may be silent is waited for until its time is over`() async throws {
    #expect(try await run("sleep 300", idle: nil, timeout: .milliseconds(200)) == .timedOut)
  }

  private func run(_ text: String, idle: Duration?, timeout: Duration? = nil) async throws -> CommandResult.End {
    let command = Command(
      .shell(text), in: folder.path, environment: ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""],
      timeout: timeout, idle: idle)
    return try await SystemCommands().run(command, output: Collector()).end
  }
}

@Suite struct `The watch for life` {
  private let start = ContinuousClock.now

  @Test func `ends after as much silence as is allowed, and no sooner`() {
    var liveness = Liveness(limit: .seconds(60), from: start)
    // The first look is the first at which the processes are seen.
    let ends = (1...11).map { liveness.look(at: [entry(1)], now: start + .seconds(6 * $0)) }
    #expect(ends == [Bool](repeating: false, count: 10) + [true])
  }

  @Test(arguments: ["CPU", "queue", "birth", "death", "output"])
  func `begins anew at each sign`(sign: String) {
    var liveness = Liveness(limit: .seconds(60), from: start)
    let pair = [entry(1), entry(2)]
    for look in 1...10 { _ = liveness.look(at: pair, now: start + .seconds(6 * look)) }
    let last = start + .seconds(65)
    switch sign {
    case "CPU": _ = liveness.look(at: [entry(1), entry(2, ticks: 1)], now: last)
    case "queue": _ = liveness.look(at: [entry(1), entry(2, state: "R")], now: last)
    case "birth": _ = liveness.look(at: pair + [entry(3)], now: last)
    case "death": _ = liveness.look(at: [entry(1)], now: last)
    default: liveness.noteOutput(at: last)
    }
    let ends = liveness.look(at: pair, now: last + .seconds(6))
    #expect(!ends)
  }

  @Test func `does not count the time for which the machine was suspended`() {
    var liveness = Liveness(limit: .seconds(600), from: start)
    let ends = (1...5).map { liveness.look(at: [entry(1)], now: start + .seconds(3600 * $0)) }
    #expect(!ends.contains(true))
  }

  private func entry(_ pid: pid_t, state: Character = "S", ticks: UInt64 = 0) -> ProcessEntry {
    ProcessEntry(
      pid: pid, state: state.asciiValue ?? 0, parent: 1, group: 1, session: 1, cpuTicks: ticks, startTicks: 5)
  }
}
