import CrashPoints
import Schedules
import Testing

@Suite(.serialized) struct `A delivery that is killed` {
  /// All the places at which an undisturbed delivery can be killed, and for each other place one scenario that comes there.
  @Test func `at any point goes on as if nothing had happened`() async throws {
    var schedules = try await Tournament.singles(.plain)
    var covered = Set(schedules.flatMap(\.kills).map(\.point))
    for scenario in Scenario.allCases {
      for single in try await Tournament.singles(scenario)
      where single.kills.allSatisfy({ !covered.contains($0.point) }) {
        schedules.append(single)
        covered.formUnion(single.kills.map(\.point))
      }
    }
    // What only a recovery comes to is killed there as well.
    let cutOff = Schedule.Kill(CrashPoint("record.intended.test", .after))
    let recovery = try await Tournament.recovery(from: Schedule(.plain, kills: [cutOff]))
    schedules += recovery.filter { !covered.contains($0.point) }.map { Schedule(.plain, kills: [cutOff, $0]) }
    let tally = try await Tournament().play(schedules)
    for verdict in tally.failed { Issue.record("\(verdict.schedule): \(verdict.violations)\n\(verdict.output)") }
    // A point that is listed and never reached is one that nobody has tested.
    let missed = CrashPoint.all.filter { !tally.reached.contains($0) }
    #expect(missed.isEmpty)
    #expect(tally.crashes == schedules.reduce(0) { $0 + $1.kills.count })
  }

  @Test func `again and again, while others push, pack and break connections, is delivered once`() async throws {
    let seed = UInt64.random(in: 1...UInt64(UInt32.max))
    let menu = try await Tournament.menu()
    let tally = try await Tournament().play((0..<200).map { Schedule.random(seed: seed, number: $0, menu: menu) })
    for verdict in tally.failed {
      Issue.record("seed \(seed): \(verdict.schedule): \(verdict.violations)\n\(verdict.output)")
    }
    #expect(tally.crashes > 200, "seed \(seed)")
  }
}

/// An oracle that could not tell a broken engine from a good one would prove nothing.
@Suite struct `The oracle` {
  static let cases: [(BrokenEngine, CrashPoint, Disturbance, String)] = [
    (.sendsUnrecorded, CrashPoint("record.observed.sending", .before), .nothing, "were sent, and 0 of them recorded"),
    (.skipsObservation, CrashPoint("push", .before), .nothing, "is not on the remote"),
    (.pushesBeforeIntent, CrashPoint("push", .after), .nothing, "pushed before that was recorded"),
    (.comparesTips, CrashPoint("push", .after), .foreignPush, "never ended with 0"),
  ]

  @Test(arguments: cases.indices) func `notices an engine that is wrong on purpose`(number: Int) async throws {
    let (broken, point, disturbance, words) = Self.cases[number]
    let scenario = broken == .sendsUnrecorded ? Scenario.changing : .plain
    func schedule(_ broken: BrokenEngine?) -> Schedule {
      Schedule(scenario, kills: [Schedule.Kill(point)], disturbances: [disturbance], broken: broken)
    }
    let stage = try await Stage(scenario)
    let bad = try await stage.play(schedule(broken))
    #expect(bad.violations.contains { $0.contains(words) }, "\(bad.violations)\n\(bad.output)")
    let good = try await stage.play(schedule(nil))
    #expect(good.violations.isEmpty, "\(good.output)")
  }
}
