package import DeliveryLoop
package import Engine
import Redaction

extension SQLiteLedger {
  @discardableResult
  package func append(_ event: EventRecord) throws(LedgerError) -> Int64 {
    try transaction { connection in
      var (sequence, previous) = (Int64(0), Digest.zero.text)
      try connection.query("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1") { row in
        (sequence, previous) = (row.integer(0), row.text(1))
      }
      let link = ChainLink(
        run: event.run.text, kind: event.kind, time: event.time.nanoseconds, payload: event.payload.text)
      try connection.execute(
        "INSERT INTO events (seq, run, kind, time, payload, hash) VALUES (?, ?, ?, ?, ?, ?)",
        [
          .integer(sequence + 1), .text(event.run.text), .text(event.kind), .integer(event.time.nanoseconds),
          .text(event.payload.text), .text(link.hash(after: previous, hashing).text),
        ])
      try Self.project(event, connection)
      return sequence + 1
    }
  }

  private static func project(_ event: EventRecord, _ connection: borrowing Connection) throws {
    let standing = event.standing
    if let opening = event.opening {
      try connection.execute(
        """
        INSERT INTO runs (run, task, title, workspace, state, step, attempts, commit_id, started, changed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          .text(event.run.text), .text(opening.task.text), .text(opening.title.text), .text(opening.workspace.text),
          .text(standing.state.rawValue), .text(standing.step.rawValue), .integer(Int64(standing.attempts)),
          Value(standing.commit?.text), .integer(event.time.nanoseconds), .integer(event.time.nanoseconds),
        ])
    } else {
      try connection.execute(
        "UPDATE runs SET state = ?, step = ?, attempts = ?, commit_id = ?, changed = ? WHERE run = ?",
        [
          .text(standing.state.rawValue), .text(standing.step.rawValue), .integer(Int64(standing.attempts)),
          Value(standing.commit?.text), .integer(event.time.nanoseconds), .text(event.run.text),
        ])
    }
  }

  package func events(of run: RunID) throws(LedgerError) -> [StoredEvent] {
    try withConnection { connection in
      var events: [StoredEvent] = []
      try connection.query(
        "SELECT seq, time, kind, payload, hash FROM events WHERE run = ? ORDER BY seq", [.text(run.text)]
      ) { row in
        events.append(
          StoredEvent(
            sequence: row.integer(0), run: run, time: Timestamp(nanoseconds: row.integer(1)), kind: row.text(2),
            payload: row.text(3), hash: Digest(row.text(4)) ?? .zero))
      }
      return events
    }
  }

  package func runs(_ query: RunQuery) throws(LedgerError) -> [RunSummary] {
    var conditions = ["1"]
    var values: [Value] = []
    if let task = query.task {
      conditions.append("task = ?")
      values.append(.text(task.text))
    }
    if let workspace = query.workspace {
      conditions.append("workspace = ?")
      values.append(.text(workspace))
    }
    if query.unfinished { conditions.append("state NOT IN ('delivered', 'abandoned')") }
    if let prefix = query.prefix {
      // Ids are lower-case hexadecimal digits and hyphens, so no other text can match, and the index is used.
      conditions.append("run >= ? AND run < ?")
      values += [.text(prefix.lowercased()), .text(prefix.lowercased() + "g")]
    }
    values.append(.integer(Int64(query.limit)))
    let sql = """
      SELECT run, task, title, workspace, state, step, attempts, commit_id, started, changed FROM runs
      WHERE \(conditions.joined(separator: " AND ")) ORDER BY run DESC LIMIT ?
      """
    return try withConnection { connection in
      var runs: [RunSummary] = []
      try connection.query(sql, values) { row in if let run = Self.summary(row) { runs.append(run) } }
      return runs
    }
  }

  /// nil for a row that this version cannot read: it is left out, and its events are still there.
  private static func summary(_ row: borrowing Row) -> RunSummary? {
    guard let run = RunID(row.text(0)), let task = TaskID(row.text(1)),
      let state = Standing.State(rawValue: row.text(4)),
      let step = Step(rawValue: row.text(5))
    else { return nil }
    return RunSummary(
      run: run, task: task, title: row.text(2), workspace: row.text(3),
      standing: Standing(state: state, step: step, attempts: Int(row.integer(6)), commit: ObjectID(row.text(7))),
      started: Timestamp(nanoseconds: row.integer(8)), changed: Timestamp(nanoseconds: row.integer(9)))
  }

  package func attempts(on task: TaskID) throws(LedgerError) -> Int {
    try withConnection { connection in
      var attempts = 0
      try connection.query("SELECT coalesce(sum(attempts), 0) FROM runs WHERE task = ?", [.text(task.text)]) {
        attempts = Int($0.integer(0))
      }
      return attempts
    }
  }
}

/// What of an event goes into its hash.
struct ChainLink {
  let run: String
  let kind: String
  let time: Int64
  let payload: String

  func hash(after previous: String, _ hashing: any Hashing) -> Digest {
    var bytes = Self.bytes(ofHex: previous)
    for field in [run, kind, String(time), payload] {
      let text = Array(field.utf8)
      bytes += (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * (7 - $0))) }
      bytes += text
    }
    return hashing.sha256(bytes)
  }

  private static func bytes(ofHex text: String) -> [UInt8] {
    let digits = Array(text)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(String(digits[$0...($0 + 1)]), radix: 16) ?? 0 }
  }
}
