import DeliveryLoop
import Engine
import JSONText
import Testing

@Suite struct `A timeline` {
  private static let tree = ObjectID(String(repeating: "1", count: 40))

  /// Events a second apart.
  private func timeline(_ events: [Event]) throws -> Timeline {
    let run = try #require(RunID("019a0000-0000-7000-8000-000000000001"))
    return Timeline(
      events.enumerated().map { index, event in
        StoredEvent(
          sequence: Int64(index + 1), run: run, time: Timestamp(nanoseconds: Int64(index) * 1_000_000_000),
          kind: event.kind, payload: event.stored.compact, seal: .zero, hash: .zero)
      })
  }

  @Test func `has one line for each time that a step was begun`() throws {
    let tree = try #require(Self.tree)
    let red = Failure(step: .test, kind: .red, message: "it failed")
    let lines = try timeline([
      .intended(.implement(attempt: 1)), .observed(.implemented(tree: tree, by: .agent)), .intended(.format),
      .observed(.formatted(tree: tree)), .intended(.test), .failed(red, .implementAgain),
      .intended(.implement(attempt: 2)), .interrupted(.implement),
    ]).lines
    #expect(lines.map(\.step) == [.implement, .format, .test, .implement])
    #expect(lines.map(\.outcome) == [.passed, .passed, .failed, .interrupted])
    #expect(lines.map(\.attempt) == [1, 1, 1, 2])
    #expect(lines[2].message == "it failed")
    #expect(lines[2].began.nanoseconds == 4_000_000_000 && lines[2].ended?.nanoseconds == 5_000_000_000)
  }

  @Test func `shows what failed before it had an intent, and what is still open`() throws {
    let moved = Failure(step: .push, kind: .moved, message: "it has moved")
    let lines = try timeline([.failed(moved, .rebase), .intended(.format)]).lines
    #expect(lines.map(\.step) == [.push, .format])
    #expect(lines.map(\.outcome) == [.failed, .open])
    #expect(lines[1].ended == nil)
  }

  @Test func `leaves out what this version cannot read`() throws {
    let run = try #require(RunID("019a0000-0000-7000-8000-000000000001"))
    let odd = StoredEvent(
      sequence: 1, run: run, time: Timestamp(nanoseconds: 0), kind: "observed.teleported", payload: "{}", seal: .zero,
      hash: .zero)
    #expect(Timeline([odd]).lines.isEmpty)
  }
}
