package import CrashPoints
import Foundation

/// What came of a schedule.
package struct Verdict: Sendable {
  package let schedule: Schedule
  package internal(set) var violations: [String] = []
  /// How often the program was killed.
  package internal(set) var crashes = 0
  /// The points to which it came, with the number of times in one start at the most.
  package internal(set) var reached: [CrashPoint: Int] = [:]
  /// The points that each start reached, in their order.
  package internal(set) var starts: [[Schedule.Kill]] = []
  package internal(set) var output = ""
}

extension Stage {
  /// Plays a schedule from the beginning, and looks at the world after every kill and at the end.
  package func play(_ schedule: Schedule) async throws -> Verdict {
    try await reset()
    var verdict = Verdict(schedule: schedule)
    var theirs = 0
    for (number, (command, status)) in zip(schedule.scenario.commands, schedule.scenario.statuses).enumerated() {
      let spares = number < schedule.startsBefore
      if command == ["abandon"], schedule.scenario == .abandoned {
        try "hello\n".write(toFile: "\(root)/hello.txt", atomically: true, encoding: .utf8)
      }
      guard try await bring(command, to: status, spares: spares, &verdict, &theirs) else { break }
    }
    let outside = try await Outside(self)
    if verdict.violations.isEmpty {
      verdict.violations = Oracle.atTheEnd(outside, schedule.scenario, theirs: theirs)
    }
    for process in outside.processes.compactMap({ $0.split(separator: " ").first.flatMap { pid_t($0) } }) {
      kill(process, SIGKILL)
    }
    return verdict
  }

  /// Starts a command again and again until it ends as it does undisturbed; false when it never does.
  private func bring(_ command: [String], to status: Int32, spares: Bool, _ verdict: inout Verdict, _ theirs: inout Int)
    async throws
    -> Bool
  {
    var others = 0
    var hasEnded = false
    while others < 8 {
      let kill =
        !spares && verdict.crashes < verdict.schedule.kills.count ? verdict.schedule.kills[verdict.crashes] : nil
      let end = try await start(command, kill, &verdict)
      switch end {
      case .exited(status): return true
      case .killed where kill != nil:
        let outside = try await Outside(self)
        let wrong = Oracle.atRest(outside)
        verdict.violations += wrong.map { "after kill \(verdict.crashes + 1): \($0)" }
        guard wrong.isEmpty else { return false }
        if verdict.crashes < verdict.schedule.disturbances.count {
          let disturbance = verdict.schedule.disturbances[verdict.crashes]
          // Before it is claimed a run does not start from a base that others have left behind, and says so.
          let isEarly = outside.sequences(of: "observed.claimed").isEmpty
          if disturbance == .foreignPush, !isEarly { theirs += 1 }
          if disturbance != .foreignPush || !isEarly { try await disturb(disturbance) }
        }
        hasEnded = outside.hasEnded
        verdict.crashes += 1
      // It was killed when all was done: there is nothing left to do, and it says so.
      case .exited(2) where hasEnded: return true
      case .exited, .killed: others += 1
      case .hung(let seconds):
        verdict.violations.append("\(command) did not come to an end in \(seconds) seconds")
        return false
      }
    }
    verdict.violations.append("\(command) never ended with \(status)")
    return false
  }

  private func start(_ command: [String], _ kill: Schedule.Kill?, _ verdict: inout Verdict) async throws -> Program.End
  {
    let log = "\(folder)/reached"
    _ = FileManager.default.createFile(atPath: log, contents: nil)
    var environment = Program.environment(folder)
    environment["WAYBILL_CRASH_LOG"] = log
    environment["WAYBILL_CRASH_AT"] = kill?.description
    environment["WAYBILL_BROKEN"] = verdict.schedule.broken?.rawValue
    let end = try await Program.run(
      Program.path, command, in: root, environment, output: "\(folder)/output")
    let reached = ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").split(separator: "\n").compactMap {
      Schedule.Kill(String($0))
    }
    for kill in reached { verdict.reached[kill.point] = max(verdict.reached[kill.point] ?? 0, kill.count) }
    verdict.starts.append(reached)
    let printed = (try? String(contentsOfFile: "\(folder)/output", encoding: .utf8)) ?? ""
    verdict.output +=
      "\n$ \(command.joined(separator: " ")) (killed at \(kill?.description ?? "no point"): \(end))\n\(printed)"
    return end
  }
}

extension Outside {
  /// Whether the run has come to its end for good.
  fileprivate var hasEnded: Bool { !(sequences(of: "observed.closed") + sequences(of: "abandoned")).isEmpty }
}

extension Schedule.Kill {
  /// Reads what `description` gave.
  init?(_ text: String) {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let point = CrashPoint(String(parts[0])), let count = Int(parts[1]) else { return nil }
    self.init(point, count)
  }
}
