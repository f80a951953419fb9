import CrashPoints
import Foundation
import Schedules
import Synchronization

/// `torture [--singles] [--pairs] [--random N] [--seed S] [--width N]`: kills deliveries and tells what was wrong after it.
@main
enum Main {
  static func main() async throws {
    let arguments = CommandLine.arguments
    func number(_ name: String) -> UInt64? {
      arguments.firstIndex(of: name).flatMap { $0 + 1 < arguments.count ? UInt64(arguments[$0 + 1]) : nil }
    }
    let seed = number("--seed") ?? UInt64.random(in: 1...UInt64(UInt32.max))
    let tournament = Tournament(width: number("--width").map { Int($0) } ?? 3)
    var total = Count()
    if arguments.contains("--singles") || arguments.contains("--pairs") {
      let singles = Verdicts()
      var schedules: [Schedule] = []
      for scenario in Scenario.allCases { schedules += try await Tournament.singles(scenario) }
      total.add(
        try await play(schedules, "single kills", tournament) { singles.add($0) })
      if arguments.contains("--pairs") {
        let pairs = Tournament.pairs(singles.all)
        total.add(try await play(pairs, "ordered pairs", tournament))
      }
    }
    if let count = number("--random") {
      say("seed \(seed)")
      let menu = try await Tournament.menu()
      let schedules = (0..<Int(count)).map { Schedule.random(seed: seed, number: $0, menu: menu) }
      total.add(try await play(schedules, "random schedules", tournament))
    }
    say("\(total.schedules) schedules, \(total.crashes) crashes, \(total.violations) violations")
    exit(total.violations == 0 ? 0 : 1)
  }

  private struct Count {
    var schedules = 0
    var crashes = 0
    var violations = 0

    mutating func add(_ tally: Tournament.Tally) {
      schedules += tally.schedules
      crashes += tally.crashes
      violations += tally.failed.count
    }
  }

  private static func play(
    _ schedules: [Schedule], _ name: String, _ tournament: Tournament,
    watch: @escaping @Sendable (Verdict) -> Void = { _ in }
  ) async throws -> Tournament.Tally {
    let done = Verdicts()
    let tally = try await tournament.play(schedules) { verdict in
      watch(verdict)
      if !verdict.violations.isEmpty {
        say("VIOLATION \(verdict.schedule)\n  \(verdict.violations.joined(separator: "\n  "))\n\(verdict.output)")
      }
      let count = done.add(verdict)
      if count % 100 == 0 { FileHandle.standardError.write(Data("\(name): \(count) of \(schedules.count)\n".utf8)) }
    }
    say("\(name): \(tally.schedules) schedules, \(tally.crashes) crashes, \(tally.failed.count) violations")
    return tally
  }
}

/// Says it at once, also into a file: what runs for hours is watched.
private func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

/// Takes in verdicts from several schedules at once.
private final class Verdicts: Sendable {
  private let state = Mutex<[Verdict]>([])

  var all: [Verdict] { state.withLock { $0 } }

  /// Returns how many there are now.
  @discardableResult
  func add(_ verdict: Verdict) -> Int {
    state.withLock { state in
      state.append(verdict)
      return state.count
    }
  }
}
