import CSQLite
import DeliveryLoop
import Engine
import Redaction

/// Values that these tests share.
enum Sample {
  static let commit = ObjectID(String(repeating: "c", count: 40))
  // swift-format-ignore: NeverForceUnwrap
  static let task = TaskID("t")!

  static func run(_ number: Int) -> RunID {
    let digits = String(number, radix: 16)
    // swift-format-ignore: NeverForceUnwrap
    return RunID("019a0000-\(String(repeating: "0", count: 4 - digits.count))\(digits)-7000-8000-000000000000")!
  }

  static func opening(
    _ run: RunID, _ task: String, at time: Int64 = 1, payload: String = "{}", replaying original: RunID? = nil,
    author: String = "Ada"
  ) -> EventRecord {
    EventRecord(
      run: run, time: Timestamp(nanoseconds: time), kind: "opened", payload: SecretSet.none.redact(payload),
      opening: .init(
        task: TaskID(task) ?? Self.task, title: SecretSet.none.redact("A title"),
        workspace: SecretSet.none.redact("/w"),
        author: SecretSet.none.redact(author),
        replays: original),
      standing: Standing(state: .running, step: .claim, attempts: 0, commit: nil))
  }

  static func event(
    _ run: RunID, _ kind: String, _ payload: String, state: Standing.State = .running, attempts: Int = 0,
    outcome: ReplayOutcome? = nil
  ) -> EventRecord {
    EventRecord(
      run: run, time: Timestamp(nanoseconds: 2), kind: kind, payload: SecretSet.none.redact(payload),
      standing: Standing(
        state: state, step: .test, attempts: attempts, commit: [.delivered, .waived].contains(state) ? commit : nil,
        outcome: outcome))
  }

  static func label(_ name: String) -> EvidenceLabel {
    EvidenceLabel(
      run: run(1), step: .test, attempt: 1, kind: .log, name: SecretSet.none.redact(name),
      time: Timestamp(nanoseconds: 3))
  }
}

/// SQL on a connection of its own, past all that the ledger does.
enum Raw {
  /// Returns the result code.
  static func run(_ sql: String, _ path: String) -> Int32 {
    var connection: OpaquePointer?
    defer { sqlite3_close(connection) }
    guard sqlite3_open(path, &connection) == SQLITE_OK else { return -1 }
    // Whoever closes last would remove the log, under a ledger that is in use.
    csqlite_leave_log_on_close(connection)
    return sqlite3_exec(connection, sql, nil, nil, nil)
  }

  /// The first column of the first row, as it is.
  static func blob(_ sql: String, _ path: String) -> [UInt8]? {
    var (connection, statement): (OpaquePointer?, OpaquePointer?) = (nil, nil)
    defer { sqlite3_close(connection) }
    guard sqlite3_open(path, &connection) == SQLITE_OK, sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == 0
    else { return nil }
    defer { sqlite3_finalize(statement) }
    guard sqlite3_step(statement) == SQLITE_ROW, let bytes = sqlite3_column_blob(statement, 0) else { return nil }
    return Array(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, 0))))
  }
}
