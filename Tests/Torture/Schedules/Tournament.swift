package import CrashPoints
import Synchronization

/// Plays many schedules, some at a time.
package struct Tournament: Sendable {
  package struct Tally: Sendable {
    package internal(set) var schedules = 0
    package internal(set) var crashes = 0
    package internal(set) var failed: [Verdict] = []
    package internal(set) var reached: Set<CrashPoint> = []

    mutating func add(_ verdict: Verdict) {
      schedules += 1
      crashes += verdict.crashes
      reached.formUnion(verdict.reached.keys)
      if !verdict.violations.isEmpty { failed.append(verdict) }
    }
  }

  /// How many are played at the same time.
  let width: Int

  package init(width: Int = 3) { self.width = width }

  /// Plays all of them; each scenario has as many stages as are played at the same time.
  package func play(_ schedules: [Schedule], watch: @escaping @Sendable (Verdict) -> Void = { _ in }) async throws
    -> Tally
  {
    let desk = Desk(schedules)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<width {
        group.addTask {
          var stages: [Scenario: Stage] = [:]
          while let schedule = desk.next() {
            let stage: Stage
            if let known = stages[schedule.scenario] {
              stage = known
            } else {
              stage = try await Stage(schedule.scenario)
            }
            stages[schedule.scenario] = stage
            let verdict = try await stage.play(schedule)
            desk.add(verdict)
            watch(verdict)
          }
        }
      }
      try await group.waitForAll()
    }
    return desk.tally
  }

  /// Hands out what is still to be played, and takes in what came of it.
  private final class Desk: Sendable {
    private let queue: Mutex<ArraySlice<Schedule>>
    private let state = Mutex(Tally())

    init(_ schedules: [Schedule]) { queue = Mutex(schedules[...]) }

    func next() -> Schedule? { queue.withLock { $0.popFirst() } }
    func add(_ verdict: Verdict) { state.withLock { $0.add(verdict) } }
    var tally: Tally { state.withLock { $0 } }
  }

  /// A kill at every single point to which an undisturbed run of the scenario comes, each time that it comes there.
  package static func singles(_ scenario: Scenario) async throws -> [Schedule] {
    let verdict = try await Stage(scenario).play(Schedule(scenario))
    return verdict.starts.enumerated().flatMap { index, kills in
      // A kill belongs to a start; what a second command reaches comes after the first has ended as it should.
      kills.map { Schedule(scenario, kills: [$0], startsBefore: index) }
    }
  }

  /// What random schedules choose from: the points to which undisturbed runs come.
  package static func menu() async throws -> [Scenario: [Schedule.Kill]] {
    var menu: [Scenario: [Schedule.Kill]] = [:]
    for scenario in Scenario.allCases {
      menu[scenario] = try await Stage(scenario).play(Schedule(scenario)).starts.flatMap(\.self)
    }
    return menu
  }

  /// The points to which the program comes when it is started again after a schedule's only kill.
  package static func recovery(from schedule: Schedule) async throws -> [Schedule.Kill] {
    try await Stage(schedule.scenario).play(schedule).starts.dropFirst().first ?? []
  }

  /// All ordered pairs of points: for every point, in the first scenario that comes there, a second kill at each point to
  /// which the recovery from it comes, the first time that it does.
  package static func pairs(_ singles: [Verdict]) -> [Schedule] {
    var known: Set<CrashPoint> = []
    let scenarios = Scenario.allCases.flatMap { scenario in singles.filter { $0.schedule.scenario == scenario } }
    return scenarios.flatMap { verdict -> [Schedule] in
      guard let first = verdict.schedule.kills.first, verdict.crashes == 1, first.count == 1,
        known.insert(first.point).inserted
      else { return [] }
      let recovery = verdict.starts.drop { $0.last != first }.dropFirst().first ?? []
      return recovery.filter { $0.count == 1 }.map {
        Schedule(verdict.schedule.scenario, kills: [first, $0], startsBefore: verdict.schedule.startsBefore)
      }
    }
  }
}
