package import CrashPoints
import Support

/// Which kills and disturbances a delivery is put through.
package struct Schedule: Sendable, CustomStringConvertible {
  /// The n-th time that the program comes to a point.
  package struct Kill: Hashable, Sendable, CustomStringConvertible {
    package let point: CrashPoint
    package let count: Int

    package init(_ point: CrashPoint, _ count: Int = 1) {
      self.point = point
      self.count = count
    }

    package var description: String { "\(point):\(count)" }
  }

  package let scenario: Scenario
  /// One for each start of the program; after them it runs undisturbed.
  package let kills: [Kill]
  /// So many commands come to their end before the first kill.
  package let startsBefore: Int
  /// What happens after each kill.
  package let disturbances: [Disturbance]
  /// An engine that is wrong on purpose; nil for the real one.
  package let broken: BrokenEngine?

  package init(
    _ scenario: Scenario, kills: [Kill] = [], startsBefore: Int = 0, disturbances: [Disturbance] = [],
    broken: BrokenEngine? = nil
  ) {
    self.startsBefore = startsBefore
    self.scenario = scenario
    self.kills = kills
    self.disturbances = disturbances
    self.broken = broken
  }

  package var description: String {
    let steps = kills.enumerated().map { index, kill in
      let after = index < disturbances.count ? disturbances[index] : .nothing
      return after == .nothing ? "\(kill)" : "\(kill) then \(after.rawValue)"
    }
    let name = startsBefore == 0 ? scenario.rawValue : "\(scenario.rawValue) (command \(startsBefore + 1))"
    return ([name] + steps).joined(separator: ", ")
  }

  /// The same seed, number and menu give the same schedule; `menu` has the kills that an undisturbed run comes to.
  package static func random(seed: UInt64, number: Int, menu: [Scenario: [Kill]]) -> Schedule {
    var chance = SplitMix(seed &+ UInt64(number) &* 0x9e37_79b9_7f4a_7c15)
    let scenario = chance.pick([Scenario.plain, .plain, .red, .moved, .paused])
    let points = menu[scenario] ?? CrashPoint.all.map { Kill($0) }
    let kills = (0..<1 + chance.below(6)).map { _ in chance.pick(points) }
    // No more commits of others than a run may be rebased upon.
    var foreign = scenario == .moved ? 2 : 3
    let disturbances = kills.map { _ in
      switch chance.below(100) {
      case ..<30 where foreign > 1:
        foreign -= 1
        return Disturbance.foreignPush
      case 30..<40: return .dropBefore
      case 40..<50: return .dropAfter
      case 50..<60: return .packed
      case 60..<70: return .touched
      case _: return .nothing
      }
    }
    return Schedule(scenario, kills: kills, disturbances: disturbances)
  }
}
