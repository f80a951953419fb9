import CSQLite
import Engine

/// One connection to a database file; statements live no longer than it does.
struct Connection: ~Copyable {
  private let handle: OpaquePointer
  let path: String

  enum Mode { case write, read }

  init(_ path: String, _ mode: Mode) throws(LedgerError) {
    var handle: OpaquePointer?
    let flags = mode == .write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
    let code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, nil)
    guard code == SQLITE_OK, let handle else {
      let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
      sqlite3_close_v2(handle)
      throw .cannotOpen(path: path, message: message)
    }
    self.handle = handle
    self.path = path
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, 5_000)
  }

  deinit { sqlite3_close_v2(handle) }

  /// Runs statements that yield nothing.
  borrowing func run(_ sql: String) throws(LedgerError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error() }
  }

  /// Runs one statement and hands every row to `row`.
  borrowing func query(_ sql: String, _ values: [Value] = [], _ row: (borrowing Row) throws -> Void) throws {
    let statement = try prepare(sql)
    defer { sqlite3_finalize(statement) }
    try bind(values, to: statement)
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: try row(Row(statement: statement))
      case SQLITE_DONE: return
      default: throw error()
      }
    }
  }

  /// Runs one statement that yields nothing.
  borrowing func execute(_ sql: String, _ values: [Value]) throws(LedgerError) {
    let statement = try prepare(sql)
    defer { sqlite3_finalize(statement) }
    try bind(values, to: statement)
    guard sqlite3_step(statement) == SQLITE_DONE else { throw error() }
  }

  var lastRow: Int64 { sqlite3_last_insert_rowid(handle) }

  private func prepare(_ sql: String) throws(LedgerError) -> OpaquePointer {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else { throw error() }
    return statement
  }

  private func bind(_ values: [Value], to statement: OpaquePointer) throws(LedgerError) {
    for (offset, value) in values.enumerated() {
      let index = Int32(offset + 1)
      let code =
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number): sqlite3_bind_int64(statement, index, number)
        case .text(let text): csqlite_bind_text(statement, index, text, Int32(text.utf8.count))
        case .blob(let bytes): csqlite_bind_blob(statement, index, bytes, Int32(bytes.count))
        }
      guard code == SQLITE_OK else { throw error() }
    }
  }

  private func error() -> LedgerError {
    let message = String(cString: sqlite3_errmsg(handle))
    // The primary result code is the low byte (sqlite.org/rescode.html).
    switch sqlite3_errcode(handle) & 0xff {
    case SQLITE_BUSY, SQLITE_LOCKED: return .busy(path: path)
    case SQLITE_FULL: return .full(path: path)
    case SQLITE_READONLY, SQLITE_PERM: return .readOnly(path: path)
    case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt(path: path, message: message)
    case SQLITE_CANTOPEN: return .cannotOpen(path: path, message: message)
    default: return .failed(doing: "use the ledger", message: message)
    }
  }
}

/// A value that is bound to a statement.
enum Value {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
}

/// The row at which a statement stands; it is gone when the statement goes on.
struct Row: ~Copyable {
  fileprivate let statement: OpaquePointer

  borrowing func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  borrowing func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

  borrowing func text(_ column: Int32) -> String {
    sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
  }

  borrowing func blob(_ column: Int32) -> [UInt8] {
    let count = Int(sqlite3_column_bytes(statement, column))
    guard count > 0, let bytes = sqlite3_column_blob(statement, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }
}
