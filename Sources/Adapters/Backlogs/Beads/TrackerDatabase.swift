import CSQLite
import Glibc

/// Looks into br's cache, and never writes to it.
enum TrackerDatabase {
  /// How many issues are marked as changed since the last export; nil when that cannot be read.
  static func unflushedChanges(in path: String) -> Int? {
    var status = stat()
    let hasLog = stat(path + "-wal", &status) == 0 && status.st_size > 0
    // Without a log the file is complete, and "immutable" keeps SQLite from leaving a log of its own beside it
    // (sqlite.org/uri.html).
    guard let uri = uri(path, immutable: !hasLog) else { return nil }
    var connection: OpaquePointer?
    defer { sqlite3_close_v2(connection) }
    guard sqlite3_open_v2(uri, &connection, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nil) == SQLITE_OK else {
      return nil
    }
    sqlite3_busy_timeout(connection, 1000)
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(connection, "SELECT count(*) FROM dirty_issues", -1, &statement, nil) == SQLITE_OK,
      sqlite3_step(statement) == SQLITE_ROW
    else { return nil }
    return Int(sqlite3_column_int64(statement, 0))
  }

  private static func uri(_ path: String, immutable: Bool) -> String? {
    guard path.hasPrefix("/") else { return nil }
    let digits = Array("0123456789abcdef".utf8)
    var text = Array("file://".utf8)
    for byte in path.utf8 {
      if byte == 0x25 || byte == 0x3f || byte == 0x23 {
        text += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        text.append(byte)
      }
    }
    return String(decoding: text, as: UTF8.self) + (immutable ? "?immutable=1" : "?mode=ro")
  }
}
