package import Engine
import Glibc

/// What became of taking a history in.
package enum Adoption: Hashable, Sendable {
  /// So many events are here now, and so many of them were not before.
  case taken(events: Int, new: Int)
  /// Neither is the beginning of the other.
  case diverged
  /// What is here goes on where the other ends.
  case behind
}

extension SQLiteLedger {
  /// Writes all of it into one new file, as it is at this moment, whoever writes beside; the file is there whole or not at all.
  package func export(to path: String) throws(LedgerError) {
    let draft = "\(path).\(getpid()).part"
    defer { for name in [draft, "\(draft)-journal", "\(draft)-wal", "\(draft)-shm"] { unlink(name) } }
    let file = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw LedgerError(opening: draft, errno) }
    defer { close(file) }
    try withConnection { connection in try connection.copy(to: draft) }
    guard fsync(file) == 0 else { throw LedgerError(opening: draft, errno) }
    // A link never takes the place of what is there.
    guard link(draft, path) == 0 else { throw LedgerError(opening: path, errno) }
  }

  /// Takes in a history of which this one is the beginning, in one transaction; the caller has looked through it.
  package func adopt(_ path: String) throws(LedgerError) -> Adoption {
    let adoption = try transaction { here in
      var there = try Connection(path, .read, patience: 1000)
      try Schema.check(&there)
      let (old, new) = (try Self.end(of: &here), try Self.end(of: &there))
      guard let new else { return Adoption.behind }
      if let old {
        if old.sequence > new.sequence { return try Schema.holds(new, &here) ? .behind : .diverged }
        guard try Schema.holds(old, &there) else { return .diverged }
      }
      try Self.takeEvents(after: old?.sequence ?? 0, from: &there, into: &here)
      for (table, columns) in Self.others { try Self.replace(table, columns, from: &there, into: &here) }
      here.appended = new
      return .taken(events: Int(new.sequence), new: Int(new.sequence - (old?.sequence ?? 0)))
    }
    // What was masked there is not to stay here.
    if case .taken = adoption { try forget() }
    return adoption
  }

  private static func end(of connection: inout Connection) throws -> ChainEnd? {
    var end: ChainEnd?
    try connection.query("SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1") {
      end = ChainEnd(sequence: $0.integer(0), hash: $0.text(1))
    }
    return end
  }

  private static func takeEvents(
    after last: Int64, from there: inout Connection, into here: inout Connection
  ) throws {
    // Payloads that were masked since.
    try there.query("SELECT payload, seq FROM events WHERE seq <= ? AND salt IS NULL", [.integer(last)]) { row in
      try here.execute(
        "UPDATE events SET payload = ?, salt = NULL WHERE seq = ?", [.text(row.text(0)), .integer(row.integer(1))])
    }
    try there.query(
      "SELECT seq, run, kind, time, payload, salt, seal, hash FROM events WHERE seq > ? ORDER BY seq", [.integer(last)]
    ) { row in
      try here.execute(
        "INSERT INTO events (seq, run, kind, time, payload, salt, seal, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
          .integer(row.integer(0)), .text(row.text(1)), .text(row.text(2)), .integer(row.integer(3)),
          .text(row.text(4)), row.isNull(5) ? .null : .text(row.text(5)), .text(row.text(6)), .text(row.text(7)),
        ])
    }
  }

  /// The other tables, with their columns in an order in which one can hang on the one before.
  private static let others = [
    ("contents", "digest, bytes"), ("evidence", "id, run, step, attempt, kind, name, began, size, masked, digest"),
    ("pieces", "evidence, number, size, digest"),
    (
      "runs",
      "opened, run, task, title, workspace, state, step, attempts, events, commit_id, started, changed, replays, outcome, author, "
        + "waivers"
    ),
  ]

  private static func replace(
    _ table: String, _ columns: String, from there: inout Connection, into here: inout Connection
  ) throws {
    try here.execute("DELETE FROM \(table)")
    let count = Int32(columns.split(separator: ",").count)
    let marks = (0..<count).map { _ in "?" }.joined(separator: ", ")
    try there.query("SELECT \(columns) FROM \(table)") { row in
      try here.execute("INSERT INTO \(table) (\(columns)) VALUES (\(marks))", (0..<count).map { row.value($0) })
    }
  }
}
