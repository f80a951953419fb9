import Backlogs
import DeliveryLoop
import Testing

@Suite struct `Beads readiness` {
  @Test func `takes urgent ones first and then the oldest`() throws {
    let backlog = try BeadsFixture([
      record("a", #""priority":2,"created_at":"2026-01-01T00:00:00Z""#),
      record("b", #""priority":1,"created_at":"2026-01-05T00:00:00Z""#),
      record("c", #""priority":0,"created_at":"2026-01-06T00:00:00Z""#),
      // 03:00 in UTC: later than d, although its text is smaller.
      record("e", #""priority":4,"created_at":"2025-12-31T22:00:00-05:00""#),
      record("d", #""priority":3,"created_at":"2026-01-01T02:59:59.999999999Z""#),
    ])
    #expect(try backlog.adapter.tasks().map(\.id.text) == ["b", "c", "a", "d", "e"])
  }

  @Test(arguments: [
    (#""dependencies":[{"depends_on_id":"open","type":"blocks"}]"#, ["open"]),
    (#""dependencies":[{"depends_on_id":"open","type":"conditional-blocks"}]"#, ["open"]),
    (#""dependencies":[{"depends_on_id":"open","type":"waits-for"}]"#, ["open"]),
    (#""dependencies":[{"depends_on_id":"missing","type":"blocks"}]"#, ["missing"]),
    (#""dependencies":[{"depends_on_id":"started","type":"blocks"}]"#, ["started"]),
    (#""dependencies":[{"depends_on_id":"below","type":"parent-child"}]"#, ["open"]),
    (#""dependencies":[{"depends_on_id":"deeper","type":"parent-child"}]"#, ["open"]),
    (#""dependencies":[{"depends_on_id":"open","type":"parent-child"}]"#, []),
    (#""dependencies":[{"depends_on_id":"open","type":"related"}]"#, []),
    (#""dependencies":[{"depends_on_id":"open","type":"discovered-from"}]"#, []),
    (#""dependencies":[{"depends_on_id":"done","type":"blocks"}]"#, []),
    (#""dependencies":[{"depends_on_id":"gone","type":"blocks"}]"#, []),
    (#""dependencies":[{"depends_on_id":"external:x:y","type":"blocks"}]"#, []),
    (#""dependencies":[{"depends_on_id":"ring","type":"parent-child"}]"#, []),
  ]) func `waits for blockers, its own and those of its ancestors`(member: String, blockers: [String]) throws {
    let backlog = try BeadsFixture([
      record("open"), record("started", status: "in_progress"), record("done", status: "closed"),
      record("gone", status: "tombstone"),
      record("below", #""dependencies":[{"depends_on_id":"open","type":"blocks"}]"#),
      record("deeper", #""dependencies":[{"depends_on_id":"below","type":"parent-child"}]"#),
      record("ring", #""dependencies":[{"depends_on_id":"ring","type":"parent-child"}]"#),
      record("task", member),
    ])
    let task = try backlog.adapter.show(backlog.id("task"))
    #expect(task.blockers == blockers)
    #expect(task.obstacle == (blockers.isEmpty ? nil : .blocked(by: blockers)))
  }

  @Test(arguments: [
    (#""issue_type":"epic""#, BacklogTask.Obstacle.epic), (#""pinned":true"#, .setAside(status: "pinned")),
    (#""is_template":true"#, .setAside(status: "template")), (#""ephemeral":true"#, .setAside(status: "ephemeral")),
    (#""defer_until":"2027-01-15T08:00:00.000000001Z""#, .setAside(status: "deferred")),
    (#""defer_until":"2027-01-15T08:00:00Z""#, nil), (#""pinned":false"#, nil),
    (#""status":"deferred""#, .setAside(status: "deferred")), (#""status":"pinned""#, .setAside(status: "pinned")),
    (#""status":"review""#, .setAside(status: "review")), (#""status":"blocked""#, .setAside(status: "blocked")),
    (#""status":"in_progress","assignee":"bob""#, .claimed(by: "bob")),
  ]) func `leaves out what is not to be taken up`(member: String, obstacle: BacklogTask.Obstacle?) throws {
    let text = member.contains("\"status\"") ? "{\"id\":\"task\",\(member)}" : record("task", member)
    let backlog = try BeadsFixture([text])
    #expect(try backlog.adapter.show(backlog.id("task")).obstacle == obstacle)
  }

  @Test func `waits for open children`() throws {
    let child = #""dependencies":[{"depends_on_id":"parent","type":"parent-child"}]"#
    let backlog = try BeadsFixture([record("parent"), record("one", child), record("two", status: "closed", child)])
    #expect(try backlog.adapter.show(backlog.id("parent")).obstacle == .blocked(by: ["one"]))
    #expect(try backlog.adapter.show(backlog.id("one")).obstacle == nil)
  }

  @Test func `shows a record whole, and no deleted one`() throws {
    let backlog = try BeadsFixture([
      #"{"id":"br-1","title":"T","description":"D","design":"How","notes":"N","acceptance_criteria":"1. one\n   and more\n2) two\n* [x] #3 three\nfour","status":"closed","close_reason":"r","priority":0,"labels":["x","y"]}"#,
      record("br-2", status: "tombstone"), record("not/an id"),
    ])
    let task = try backlog.adapter.show(backlog.id("br-1"))
    #expect(task.description == "D\n\n## Design\nHow\n\n## Notes\nN")
    #expect(task.acceptance == ["one and more", "two", "three", "four"])
    #expect(task.closeReason == "r" && task.labels == ["x", "y"] && task.priority == 0)
    #expect(try backlog.adapter.tasks().map(\.id.text) == ["br-1"])
    #expect(throws: (any Error).self) { try backlog.adapter.show(backlog.id("br-2")) }
  }
}

private func record(_ id: String, status: String = "open", _ member: String? = nil) -> String {
  "{\"id\":\"\(id)\",\"status\":\"\(status)\"\(member.map { "," + $0 } ?? "")}"
}
