package import DeliveryLoop
package import Engine
import Redaction

extension SQLiteLedger {
  @discardableResult
  package func append(_ event: EventRecord) throws(LedgerError) -> Int64 {
    try transaction { connection in try chain(event, &connection) }
  }

  /// Appends an event within a transaction.
  func chain(_ event: EventRecord, _ connection: inout Connection) throws -> Int64 {
    let salt = ChainLink.salt()
    let seal = ChainLink.seal(event.payload.text, salt: salt, hashing).text
    let link = ChainLink(run: event.run.text, kind: event.kind, time: event.time.nanoseconds, seal: seal)
    // Read anew each time: another process may have written since.
    var (sequence, previous) = (Int64(0), ChainLink.start)
    try connection.query("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1") { row in
      (sequence, previous) = (row.integer(0), row.text(1))
    }
    let end = ChainEnd(sequence: sequence + 1, hash: link.hash(after: previous, hashing).text)
    try connection.execute(
      "INSERT INTO events (seq, run, kind, time, payload, salt, seal, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      [
        .integer(end.sequence), .text(link.run), .text(link.kind), .integer(link.time), .text(event.payload.text),
        .text(salt), .text(seal), .text(end.hash),
      ])
    try Self.project(event, end.sequence, &connection)
    connection.appended = end
    return end.sequence
  }

  private static func project(_ event: EventRecord, _ sequence: Int64, _ connection: inout Connection) throws {
    let standing = event.standing
    if let opening = event.opening {
      try connection.execute(
        """
        INSERT INTO runs (opened, run, task, title, workspace, state, step, attempts, commit_id, started, changed, replays,
          author)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          .integer(sequence), .text(event.run.text), .text(opening.task.text), .text(opening.title.text),
          .text(opening.workspace.text), .text(standing.state.rawValue), .text(standing.step.rawValue),
          .integer(Int64(standing.attempts)), Value(standing.commit?.text), .integer(event.time.nanoseconds),
          .integer(event.time.nanoseconds), Value(opening.replays?.text), .text(opening.author.text),
        ])
    } else {
      try connection.execute(
        """
        UPDATE runs SET state = ?, step = ?, attempts = ?, commit_id = ?, outcome = ?, events = events + 1,
          changed = iif(? = 'dropped', changed, ?), waivers = waivers + (? = 'waived')
        WHERE run = ?
        """,
        [
          .text(standing.state.rawValue), .text(standing.step.rawValue), .integer(Int64(standing.attempts)),
          Value(standing.commit?.text), Value(standing.outcome?.rawValue), .text(event.kind),
          .integer(event.time.nanoseconds), .text(event.kind), .text(event.run.text),
        ])
    }
  }

  /// The events of a run by sequence, each checked against its hash; one of an unknown kind is for the reader to set aside.
  package func events(of run: RunID) throws(LedgerError) -> [StoredEvent] {
    try withConnection { connection in
      let path = connection.path
      var (events, replaced): ([StoredEvent], [StoredEvent]) = ([], [])
      // Counted first: while another process writes, there may be more in the next moment, and never fewer.
      var expected: Int64 = 0
      try connection.query("SELECT events FROM runs WHERE run = ?", [.text(run.text)]) { expected = $0.integer(0) }
      try connection.query(
        """
        SELECT seq, time, kind, payload, hash, (SELECT hash FROM events AS before WHERE before.seq = events.seq - 1),
          seal, salt
        FROM events WHERE run = ? ORDER BY seq
        """, [.text(run.text)]
      ) { row in
        let event = StoredEvent(
          sequence: row.integer(0), run: run, time: Timestamp(nanoseconds: row.integer(1)), kind: row.text(2),
          payload: row.text(3), seal: Digest(row.text(6)) ?? .zero, hash: Digest(row.text(4)) ?? .zero)
        let link = ChainLink(run: run.text, kind: event.kind, time: event.time.nanoseconds, seal: event.seal.text)
        let previous = event.sequence == 1 ? ChainLink.start : row.text(5)
        let isSealed = row.isNull(7) || ChainLink.seal(event.payload, salt: row.text(7), hashing) == event.seal
        guard isSealed, link.hash(after: previous, hashing) == event.hash else {
          throw LedgerError.corrupt(path: path, message: "event \(event.sequence) does not match its hash")
        }
        if row.isNull(7) { replaced.append(event) }
        events.append(event)
      }
      try vouch(for: replaced, &connection)
      guard events.count >= expected else {
        throw LedgerError.corrupt(path: path, message: "run \(run) has \(events.count) of its \(expected) events")
      }
      return events
    }
  }

  package func end(of run: RunID) throws(LedgerError) -> HistoryEnd? {
    try withConnection { connection in
      var end: HistoryEnd?
      // The columns beside an aggregate are those of the row with the maximum (sqlite.org/lang_select.html, 2.5).
      try connection.query("SELECT count(*), max(seq), hash FROM events WHERE run = ?", [.text(run.text)]) { row in
        if row.integer(0) > 0 { end = HistoryEnd(count: Int(row.integer(0)), hash: Digest(row.text(2)) ?? .zero) }
      }
      return end
    }
  }

  package func runs(_ query: RunQuery) throws(LedgerError) -> [RunSummary] {
    let (conditions, values) = Self.conditions(of: query)
    let sql = """
      SELECT run, task, title, workspace, state, step, attempts, commit_id, started, changed, replays, outcome,
        author, waivers, events
      FROM runs WHERE \(conditions.joined(separator: " AND ")) ORDER BY opened DESC
      """
    return try withConnection { connection in
      var runs: [RunSummary] = []
      guard query.limit > 0 else { return runs }
      // Counted here and not by SQL: a row that cannot be read takes no other's place.
      try connection.scan(sql, values) { row in
        if let run = Self.summary(row) { runs.append(run) }
        return runs.count < query.limit
      }
      return runs
    }
  }

  private static func conditions(of query: RunQuery) -> ([String], [Value]) {
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
    if query.unfinished { conditions.append(Schema.unfinished) }
    if let since = query.since {
      conditions.append("started >= ?")
      values.append(.integer(since.nanoseconds))
    }
    if let until = query.until {
      conditions.append("started < ?")
      values.append(.integer(until.nanoseconds))
    }
    if let author = query.author {
      conditions.append("author = ?")
      values.append(.text(author))
    }
    if let states = query.states {
      conditions.append("state IN (\(states.map { _ in "?" }.joined(separator: ", ")))")
      values += states.map { .text($0.rawValue) }
    }
    if query.waived { conditions.append("waivers > 0") }
    switch query.replays {
    case .all: break
    case .none: conditions.append("replays IS NULL")
    case .only: conditions.append("replays IS NOT NULL")
    case .of(let original):
      conditions.append("replays = ?")
      values.append(.text(original.text))
    }
    if let commit = query.commit {
      conditions.append("commit_id >= ? AND commit_id < ?")
      values += [.text(commit.lowercased()), .text(commit.lowercased() + "g")]
    }
    if let prefix = query.prefix {
      // Ids are lower-case hexadecimal digits and hyphens, so no other text can match, and the index is used.
      conditions.append("run >= ? AND run < ?")
      values += [.text(prefix.lowercased()), .text(prefix.lowercased() + "g")]
    }
    return (conditions, values)
  }

  /// nil for a row that this version cannot read: it is left out, and its events are still there.
  private static func summary(_ row: borrowing Row) -> RunSummary? {
    guard let run = RunID(row.text(0)), let task = TaskID(row.text(1)),
      let state = Standing.State(rawValue: row.text(4)),
      let step = Step(rawValue: row.text(5))
    else { return nil }
    return RunSummary(
      run: run, task: task, title: row.text(2), workspace: row.text(3),
      standing: Standing(
        state: state, step: step, attempts: Int(clamping: row.integer(6)), commit: ObjectID(row.text(7)),
        outcome: ReplayOutcome(rawValue: row.text(11))),
      started: Timestamp(nanoseconds: row.integer(8)), changed: Timestamp(nanoseconds: row.integer(9)),
      author: row.text(12), events: Int(clamping: row.integer(14)), waivers: Int(clamping: row.integer(13)),
      replays: RunID(row.text(10)))
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
