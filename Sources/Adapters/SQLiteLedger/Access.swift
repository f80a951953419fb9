import Engine
import Glibc

/// What a ledger holds open: its lock, and a connection that is made anew after an error that leaves it in doubt.
struct Access: ~Copyable {
  private let path: String
  private let use: SQLiteLedger.Use
  private let patience: Int32
  private var connection: Connection?
  private var lock: WriteLock
  private var place: LedgerPlace
  /// The outcome of a transaction is not known to be on disk, one way or the other.
  private var isInDoubt = false

  init(_ path: String, _ use: SQLiteLedger.Use, patience: Duration) throws {
    self.path = path
    self.use = use
    self.patience = Int32(min(patience / .milliseconds(1), 1e9))
    lock = WriteLock(of: path, patience: patience)
    place = LedgerPlace(path)
    try read { _ in }
  }

  /// Lends the connection for reading.
  mutating func read<Result>(_ body: (inout Connection) throws -> Result) throws -> Result {
    if connection == nil {
      switch use {
      case .deliver:
        try lock.take()
        defer { lock.release() }
        try openForWriting()
      case .examine: try openForReading()
      case .look:
        do {
          try openForReading()
        } catch LedgerError.cannotOpen where Glibc.access(WriteLock.path(of: path), F_OK) == 0 {
          // Somebody may be making it at this moment: whoever writes holds the lock.
          try lock.take()
          lock.release()
          try openForReading()
        } catch LedgerError.older {
          try upgrade()
          try openForReading()
        }
      }
    }
    if use == .deliver { try place.check() }
    return try lend(body)
  }

  /// Lends the connection for one transaction, durable when this returns; when it throws, nothing was written, or the disk
  /// does not tell.
  mutating func write<Result>(_ body: (inout Connection) throws -> Result) throws -> Result {
    guard use == .deliver else { throw LedgerError.readOnly(path: path) }
    try lock.take()
    defer { lock.release() }
    if connection == nil { try openForWriting() }
    if isInDoubt { try settle() }
    try place.check()
    var (result, end): (Result?, ChainEnd?)
    do {
      try lend { connection in
        connection.appended = nil
        try connection.execute("BEGIN IMMEDIATE")
        do {
          try Schema.check(&connection)
          result = try body(&connection)
        } catch {
          result = nil
          try? connection.execute("ROLLBACK")
          throw error
        }
        end = connection.appended
        try connection.execute("COMMIT")
      }
    } catch {
      // Before COMMIT nothing is written. After an error from it the transaction may be there or not.
      guard let result else { throw error }
      guard happened(end), let end else { throw error }
      lock.note(end)
      return result
    }
    // What was removed meanwhile has the event, and nobody will find it there.
    try place.check()
    if let end { lock.note(end) }
    // `lend` has returned, so the body has.
    guard let result else { throw LedgerError.failed(doing: "use the ledger", message: "no result") }
    return result
  }

  /// Whether a commit that reported an error is there all the same; when this cannot be told, it is asked again later.
  private mutating func happened(_ end: ChainEnd?) -> Bool {
    connection = nil
    isInDoubt = true
    do {
      try openForWriting()
      try settle()
      // Evidence takes no place in the chain: it is written again instead.
      guard let end else { return false }
      return try lend { connection in try Schema.holds(end, &connection) }
    } catch {
      return false
    }
  }

  /// Leaves no copy of what was replaced: not in the log, and not on pages that are free.
  mutating func forget() throws {
    try lock.take()
    defer { lock.release() }
    if connection == nil { try openForWriting() }
    try settle()
  }

  /// Gives what is free back to the disk; cut off, the file is as it was.
  mutating func compact() throws {
    try lock.take()
    defer { lock.release() }
    if connection == nil { try openForWriting() }
    try lend { connection in try connection.script("VACUUM") }
    try settle()
  }

  /// Writes the whole log into the file. What an unfinished write left in the log is gone then, and what counts was handed to
  /// the disk once more: after an error of fsync(2), pages that never reached it are read back as if they had.
  private mutating func settle() throws {
    try lend { connection in
      var isBusy = true
      try connection.query("PRAGMA wal_checkpoint(TRUNCATE)") { isBusy = $0.integer(0) != 0 }
      guard !isBusy else { throw LedgerError.busy(path: connection.path) }
    }
    isInDoubt = false
  }

  private mutating func lend<Result>(_ body: (inout Connection) throws -> Result) throws -> Result {
    guard var connection = connection.take() else { throw LedgerError.cannotOpen(path: path, message: "it is closed") }
    do {
      let result = try body(&connection)
      self.connection = consume connection
      return result
    } catch {
      if (error as? LedgerError)?.sparesConnection ?? true { self.connection = consume connection }
      throw error
    }
  }

  private mutating func openForWriting() throws {
    let note = WriteLock.note(beside: path)
    try guardLog(note)
    // For its user alone; SQLite gives log and index the mode of the file. A file that exists is not opened beside SQLite: to
    // close it would let go of the locks that other connections of this process have on it (sqlite.org/howtocorrupt.html, 2.2).
    let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 || errno == EEXIST else { throw LedgerError(opening: path, errno) }
    if file >= 0 { close(file) }
    guard faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0 else { throw LedgerError(opening: path, errno) }
    var connection = try Connection(path, .write, patience: patience)
    try Schema.prepare(&connection, note)
    try Schema.check(&connection, against: note)
    self.connection = consume connection
  }

  /// Brings the tables up to this version, once.
  private mutating func upgrade() throws {
    try lock.take()
    defer { lock.release() }
    try openForWriting()
    connection = nil
  }

  private mutating func openForReading() throws {
    guard access(path, F_OK) == 0 else { throw LedgerError.cannotOpen(path: path, message: "there is no such file") }
    // Noted before the file is read: another process may be adding to both.
    let note = WriteLock.note(beside: path)
    try guardLog(note)
    var connection = try Connection(path, .read, patience: patience)
    try Schema.check(&connection, against: note)
    self.connection = consume connection
  }

  /// SQLite takes an empty file for a new one, and removes its log.
  private func guardLog(_ note: ChainEnd?) throws(LedgerError) {
    guard Self.size(path) > 0 || (Self.size("\(path)-wal") == 0 && note == nil) else {
      throw .corrupt(path: path, message: "it is empty, and was not")
    }
  }

  /// 0 also for a file that is not there.
  private static func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_size : 0
  }
}
