import CSQLite
import Engine

/// One connection to a database file, with its prepared statements, which live as long as it does.
struct Connection: ~Copyable {
  private let handle: OpaquePointer
  private var statements: [String: OpaquePointer] = [:]
  let path: String
  /// The event that the transaction under way adds to the chain.
  var appended: ChainEnd?

  enum Mode { case write, read }

  /// Opens the file; statements wait `patience` milliseconds for the locks of strangers.
  init(_ path: String, _ mode: Mode, patience: Int32) throws(LedgerError) {
    var handle: OpaquePointer?
    let flags = mode == .write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY
    let code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, nil)
    let opened = code == SQLITE_OK && handle.map { Self.prepare($0, mode, patience) } ?? false
    guard let handle else { throw .cannotOpen(path: path, message: "out of memory") }
    guard opened else {
      let error = LedgerError(of: handle, path: path)
      sqlite3_close_v2(handle)
      throw error
    }
    self.handle = handle
    self.path = path
  }

  private static func prepare(_ handle: OpaquePointer, _ mode: Mode, _ patience: Int32) -> Bool {
    sqlite3_extended_result_codes(handle, 1)
    sqlite3_busy_timeout(handle, patience)
    // The last connection would write the log back when it closes, outside of the write lock.
    csqlite_leave_log_on_close(handle)
    let general = "PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;"
    let reading = "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0;"
    return sqlite3_exec(handle, mode == .read ? general + reading : general, nil, nil, nil) == SQLITE_OK
  }

  deinit {
    for statement in statements.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(handle)
  }

  /// Runs statements that are needed once and yield nothing.
  borrowing func script(_ sql: String) throws(LedgerError) {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw error() }
  }

  /// Runs one statement and hands every row to `row`.
  mutating func query(_ sql: String, _ values: [Value] = [], _ row: (borrowing Row) throws -> Void) throws {
    try scan(sql, values) { found in
      try row(found)
      return true
    }
  }

  /// Runs one statement and hands rows to `row` for as long as it answers true.
  mutating func scan(_ sql: String, _ values: [Value] = [], while row: (borrowing Row) throws -> Bool) throws {
    let statement = try prepare(sql)
    defer { release(statement) }
    try bind(values, to: statement)
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: guard try row(Row(statement: statement)) else { return }
      case SQLITE_DONE: return
      default: throw error()
      }
    }
  }

  /// Runs one statement that yields nothing.
  mutating func execute(_ sql: String, _ values: [Value] = []) throws(LedgerError) {
    let statement = try prepare(sql)
    defer { release(statement) }
    try bind(values, to: statement)
    guard sqlite3_step(statement) == SQLITE_DONE else { throw error() }
  }

  /// The size of the database file or of its log; nil where it is not open.
  borrowing func size(ofLog isLog: Bool) -> Int? {
    let size = csqlite_file_size(handle, isLog ? 1 : 0)
    return size < 0 ? nil : Int(size)
  }

  /// Bytes of the database file or of its log, fewer at its end.
  borrowing func read(log isLog: Bool, from offset: Int, count: Int) throws(LedgerError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let code = csqlite_file_read(handle, isLog ? 1 : 0, &bytes, Int32(count), Int64(offset))
    guard code == SQLITE_OK else {
      throw .failed(doing: "read \"\(path)\"", message: String(cString: sqlite3_errstr(code)))
    }
    return bytes
  }

  /// Copies the whole database, as it is at one moment, into an empty file, which needs no log.
  borrowing func copy(to path: String) throws(LedgerError) {
    var target: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW
    guard sqlite3_open_v2(path, &target, flags, nil) == SQLITE_OK, let target else {
      sqlite3_close_v2(target)
      throw .cannotOpen(path: path, message: "it cannot be written")
    }
    defer { sqlite3_close_v2(target) }
    guard let backup = sqlite3_backup_init(target, "main", handle, "main") else {
      throw LedgerError(of: target, path: path)
    }
    let code = sqlite3_backup_step(backup, -1)
    guard sqlite3_backup_finish(backup) == SQLITE_OK, code == SQLITE_DONE,
      sqlite3_exec(target, "PRAGMA journal_mode=DELETE", nil, nil, nil) == SQLITE_OK
    else { throw LedgerError(of: target, path: path) }
  }

  var lastRow: Int64 { sqlite3_last_insert_rowid(handle) }

  private mutating func prepare(_ sql: String) throws(LedgerError) -> OpaquePointer {
    if let statement = statements[sql] { return statement }
    var statement: OpaquePointer?
    guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil) == SQLITE_OK,
      let statement
    else { throw error() }
    statements[sql] = statement
    return statement
  }

  /// Ends what the statement holds open and forgets its values.
  private func release(_ statement: OpaquePointer) {
    sqlite3_reset(statement)
    sqlite3_clear_bindings(statement)
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

  private borrowing func error() -> LedgerError { LedgerError(of: handle, path: path) }
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
    guard let bytes = sqlite3_column_text(statement, column) else { return "" }
    return String(
      decoding: UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, column))), as: UTF8.self)
  }

  /// What stands there, whatever it is.
  borrowing func value(_ column: Int32) -> Value {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_NULL: .null
    case SQLITE_INTEGER: .integer(integer(column))
    case SQLITE_BLOB: .blob(blob(column))
    default: .text(text(column))
    }
  }

  borrowing func blob(_ column: Int32) -> [UInt8] {
    let count = Int(sqlite3_column_bytes(statement, column))
    guard count > 0, let bytes = sqlite3_column_blob(statement, column) else { return [] }
    return Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }
}
