import Engine

/// The tables of the ledger, and the rules that they keep by themselves.
enum Schema {
  /// Written to `user_version`; a file with a higher one was made by a newer program.
  static let version = 3

  /// Makes the tables where there are none and none were, and brings those of an earlier version up to this one; the caller
  /// holds the write lock.
  static func prepare(_ connection: inout Connection, _ note: ChainEnd?) throws {
    var mode = ""
    try connection.query("PRAGMA journal_mode=WAL") { mode = $0.text(0) }
    guard mode == "wal" else {
      throw LedgerError.cannotOpen(path: connection.path, message: "its file system cannot hold a shared log")
    }
    try connection.script("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;")
    let found = try found(in: &connection)
    if (1..<version).contains(found) {
      try connection.script(
        "BEGIN IMMEDIATE; \(upgrades[(found - 1)...].joined()) PRAGMA user_version=\(version); COMMIT;")
    }
    if note == nil, found == 0 {
      var isEmpty = true
      try connection.query("SELECT 1 FROM sqlite_schema LIMIT 1") { _ in isEmpty = false }
      guard isEmpty else {
        throw LedgerError.corrupt(path: connection.path, message: "it is the database of another program")
      }
      try connection.script(
        "BEGIN IMMEDIATE; \(tables) \(runs) \(indices) \(audited) PRAGMA user_version=\(version); COMMIT;")
    }
  }

  /// Throws for a file that another version of the program made, or has changed since it was opened.
  static func check(_ connection: inout Connection) throws {
    let found = try found(in: &connection)
    if found > version { throw LedgerError.newer(path: connection.path, version: found) }
    if (1..<version).contains(found) { throw LedgerError.older(path: connection.path, version: found) }
    guard found == version else {
      throw LedgerError.cannotOpen(path: connection.path, message: "it is empty, or of another program")
    }
  }

  /// The same, and for a chain that ends before an event that was acknowledged: SQLite takes a damaged log for one that ends
  /// there, and a database without its log for one that was never written.
  static func check(_ connection: inout Connection, against note: ChainEnd?) throws {
    guard let note else { return try check(&connection) }
    if try found(in: &connection) > 0 {
      try check(&connection)
      if try holds(note, &connection) { return }
    }
    throw LedgerError.corrupt(
      path: connection.path, message: "event \(note.sequence) was written and is gone; its log was damaged or removed")
  }

  /// Whether the chain goes through this event.
  static func holds(_ end: ChainEnd, _ connection: inout Connection) throws -> Bool {
    var holds = false
    try connection.query("SELECT hash FROM events WHERE seq = ?", [.integer(end.sequence)]) {
      holds = $0.text(0) == end.hash
    }
    return holds
  }

  private static func found(in connection: inout Connection) throws -> Int {
    var version = 0
    try connection.query("PRAGMA user_version") { version = Int($0.integer(0)) }
    return version
  }
}
