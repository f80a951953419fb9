import Backlogs
import DeliveryLoop
import Engine
import Glibc
import Support
import Testing

/// 2027-01-15T08:00:00.123456789Z
private let moment = Timestamp(nanoseconds: 1_800_000_000_123_456_789)

@Suite struct `Beads bytes` {
  /// Lines of other encoders: escapes of Go, keys in another order, blanks, local offsets, unknown keys, raw non-ASCII.
  private static let foreign = [
    #"{"id":"bd-1","title":"a \u003c b \u0026 c","content_hash":"ab","status":"open","created_at":"2026-01-20T10:00:00.5-05:00","updated_at":"2026-01-20T10:00:00-05:00"}"#,
    #"{"updated_at": "2026-01-20T10:00:00Z", "status": "open", "title": "Größe ✓", "id": "bd-2", "x": {"b": [1, 2.50, "}"], "a": null}}"#,
    #"{"id":"bd-3","title":"t/\"u\", {\\","status":"open","priority":2,"issue_type":"task","created_at":"2026-01-20T10:00:00.000000001Z","created_by":"é","updated_at":"2026-01-20T10:00:00.000000001Z","source_repo":".","compaction_level":0,"original_size":0,"labels":["a"],"zz":1}"#,
  ]

  @Test(arguments: [
    (
      "bd-1",
      #"{"id":"bd-1","title":"a \u003c b \u0026 c","content_hash":"ab","status":"in_progress","assignee":"Jürg <j@x>","created_at":"2026-01-20T10:00:00.5-05:00","updated_at":"2027-01-15T08:00:00.123456789Z"}"#
    ),
    (
      "bd-2",
      #"{"updated_at": "2027-01-15T08:00:00.123456789Z", "status": "in_progress", "assignee": "Jürg <j@x>", "title": "Größe ✓", "id": "bd-2", "x": {"b": [1, 2.50, "}"], "a": null}}"#
    ),
    (
      "bd-3",
      #"{"id":"bd-3","title":"t/\"u\", {\\","status":"in_progress","priority":2,"issue_type":"task","assignee":"Jürg <j@x>","created_at":"2026-01-20T10:00:00.000000001Z","created_by":"é","updated_at":"2027-01-15T08:00:00.123456789Z","source_repo":".","compaction_level":0,"original_size":0,"labels":["a"],"zz":1}"#
    ),
  ]) func `change in one line and there only where the claim is written`(id: String, expected: String) throws {
    let backlog = try BeadsFixture(Self.foreign)
    try backlog.adapter.claim(backlog.id(id), by: "Jürg <j@x>", at: moment)
    let lines = Self.foreign.map { $0.contains("\"\(id)\"") ? expected : $0 }
    #expect(backlog.text == lines.joined(separator: "\n") + "\n")
  }

  @Test func `come back when a claim is released, the time of change apart`() throws {
    let backlog = try BeadsFixture(Self.foreign)
    for id in ["bd-1", "bd-2", "bd-3"] {
      try backlog.adapter.claim(backlog.id(id), by: "me", at: moment)
      try backlog.adapter.release(backlog.id(id), by: "me", at: moment, over: [])
    }
    let stamp = "2027-01-15T08:00:00.123456790Z"
    let expected = [
      Self.foreign[0].replacing("10:00:00-05:00", with: "@").replacing("2026-01-20T@", with: stamp),
      Self.foreign[1].replacing("2026-01-20T10:00:00Z", with: stamp),
      Self.foreign[2].replacing(
        "\"updated_at\":\"2026-01-20T10:00:00.000000001Z\"", with: "\"updated_at\":\"\(stamp)\""),
    ]
    #expect(backlog.text == expected.joined(separator: "\n") + "\n")
  }

  @Test func `of a closed record have the order and the escapes of br`() throws {
    let backlog = try BeadsFixture(Self.foreign)
    let record = try backlog.adapter.closedRecord(
      of: backlog.id("bd-3"), reason: "a \"b\" \\ </é>\n\t\u{1}", at: Timestamp(nanoseconds: 1_800_000_000_120_000_000),
      over: [])
    let expected =
      #"{"id":"bd-3","title":"t/\"u\", {\\","status":"closed","priority":2,"issue_type":"task","created_at":"2026-01-20T10:00:00.000000001Z","created_by":"é","updated_at":"2027-01-15T08:00:00.120Z","closed_at":"2027-01-15T08:00:00.120Z","close_reason":"a \"b\" \\ </é>\n\t\u0001","source_repo":".","compaction_level":0,"original_size":0,"labels":["a"],"zz":1}"#
    let lines = [Self.foreign[0], Self.foreign[1], expected]
    #expect(
      record == [FileContent(path: ".beads/issues.jsonl", bytes: Array((lines.joined(separator: "\n") + "\n").utf8))])
  }

  @Test func `stamp a change later than the last one even when the clock is behind`() throws {
    let backlog = try BeadsFixture([
      #"{"id":"a","title":"A","status":"open","updated_at":"2030-01-01T00:00:00.999999999Z"}"#
    ])
    try backlog.adapter.claim(backlog.id("a"), by: "me", at: moment)
    #expect(backlog.text.contains(#""updated_at":"2030-01-01T00:00:01Z""#))
    let record = try backlog.adapter.closedRecord(of: backlog.id("a"), reason: "r", at: moment, over: [])
    let closed = String(decoding: try #require(record.first?.bytes), as: UTF8.self)
    let stamp = "2030-01-01T00:00:01.000000001Z"
    #expect(closed.contains("\"updated_at\":\"\(stamp)\",\"closed_at\":\"\(stamp)\""))
  }

  @Test func `keep carriage returns, blank lines and a missing last line break`() throws {
    let backlog = try BeadsFixture()
    backlog.write("{\"id\":\"a\",\"status\":\"open\"}\r\n\n{\"id\":\"b\",\"status\":\"open\"}")
    try backlog.adapter.claim(backlog.id("b"), by: "me", at: moment)
    let stamp = "2027-01-15T08:00:00.123456789Z"
    let claimed = "{\"id\":\"b\",\"status\":\"in_progress\",\"assignee\":\"me\",\"updated_at\":\"\(stamp)\"}"
    #expect(backlog.text == "{\"id\":\"a\",\"status\":\"open\"}\r\n\n\(claimed)")
  }

  @Test func `of 271 other records stay in a file of 272`() throws {
    let lines = (0..<272).map { number in
      let id = "br-\(String(number * 7919 % 46_656, radix: 36)).\(number)"
      return
        "{\"id\":\"\(id)\",\"title\":\"Task \(number) · ü/<\(number)>\",\"description\":\"\\u003cp\\u003e \(number)\","
        + "\"status\":\"\(number % 3 == 0 ? "open" : "closed")\",\"priority\":\(number % 5),\"issue_type\":\"task\","
        + "\"created_at\":\"2026-01-0\(number % 9 + 1)T00:00:00.\(100_000_000 + number)-05:00\","
        + "\"updated_at\":\"2026-02-01T00:00:00.000000001Z\",\"compaction_level\":0,\"original_size\":0}"
    }
    let backlog = try BeadsFixture(lines)
    let task = try #require(try backlog.adapter.tasks().first { $0.obstacle == nil })
    try backlog.adapter.claim(task.id, by: "me", at: moment)
    let after = backlog.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let changed = lines.indices.filter { after[$0] != lines[$0] }
    #expect(after.count == 273 && after.last == "")
    #expect(changed.count == 1 && changed.allSatisfy { lines[$0].contains("\"\(task.id)\"") })
  }

  @Test func `are replaced by a rename that keeps the mode and leaves nothing behind`() throws {
    let backlog = try BeadsFixture(Self.foreign, mode: 0o664)
    let before = backlog.status
    try backlog.adapter.claim(backlog.id("bd-1"), by: "me", at: moment)
    let after = backlog.status
    #expect(before.st_ino != after.st_ino)
    #expect(after.st_mode & 0o7777 == 0o664)
    #expect(backlog.folder.names(in: ".beads") == ["issues.jsonl"])
  }

  @Test func `of an edit to the very task survive the adoption of its closed record`() throws {
    let backlog = try BeadsFixture(Self.foreign)
    try backlog.adapter.claim(backlog.id("bd-3"), by: "me", at: moment)
    let record = try backlog.adapter.closedRecord(
      of: backlog.id("bd-3"), reason: "done", at: Timestamp(nanoseconds: moment.nanoseconds + 5), over: [])
    backlog.write(backlog.text.replacing("\"zz\":1", with: "\"zz\":2"))
    try backlog.adapter.adopt(record, of: backlog.id("bd-3"))
    let committed = String(decoding: try #require(record.first?.bytes), as: UTF8.self)
    #expect(backlog.text == committed.replacing("\"zz\":1", with: "\"zz\":2"))
  }
}
