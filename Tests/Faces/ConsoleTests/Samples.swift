import DeliveryLoop
import Engine
import JSONText
import Redaction

@testable import Console

/// Runs and what the ledger says of them, for tests of their rendering.
enum Samples {
  // swift-format-ignore: NeverForceUnwrap
  static let id = RunID("019a0000-0000-7000-8000-000000000001")!
  static let (base, tree) = (object("b"), object("1"))
  static let commit = PreparedCommit(id: object("c"), tree: object("3"), parent: object("b"), content: "")

  // swift-format-ignore: NeverForceUnwrap
  static func object(_ digit: Character) -> ObjectID { ObjectID(String(repeating: digit, count: 40))! }

  // swift-format-ignore: NeverForceUnwrap
  static let opening = Opening(
    task: TaskID("br-1")!, title: "Say \u{1b}[31mhello", workspace: "/w", branch: "main", remote: "origin",
    remoteBranch: "main", base: base, policy: Digest(String(repeating: "d", count: 64))!, owner: "Ada", adopts: false,
    hasService: false, earlierAttempts: 0)

  static let untilTest: [Event] = [
    .intended(.claim), .observed(.claimed(status: "in_progress")), .intended(.implement(attempt: 1)),
    .observed(.implemented(tree: tree, by: .agent)), .intended(.format), .observed(.formatted(tree: tree)),
    .intended(.test),
  ]

  static func run(_ events: [Event]) throws -> Run { try Run(id: id, events: [.opened(opening)] + events) }

  /// A page with one second between the events.
  static func page(_ events: [Event], isAlive: Bool) throws -> RunPage {
    let run = try run(events)
    let stored = ([.opened(opening)] + events).enumerated().map { number, event in
      StoredEvent(
        sequence: Int64(number), run: id, time: Timestamp(nanoseconds: Int64(number) * 1_000_000_000), kind: event.kind,
        payload: event.stored.compact, seal: .zero, hash: opening.policy)
    }
    let summary = RunSummary(
      run: id, task: opening.task, title: opening.title, workspace: opening.workspace, standing: run.standing,
      started: Timestamp(nanoseconds: 0), changed: Timestamp(nanoseconds: Int64(events.count) * 1_000_000_000),
      author: opening.owner)
    return RunPage(run: run, summary: summary, timeline: Timeline(stored), evidence: [], isAlive: isAlive)
  }
}
