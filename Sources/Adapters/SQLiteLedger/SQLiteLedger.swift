import DeliveryLoop
package import Engine
import Glibc
import Redaction
import Synchronization

/// The ledger in one SQLite file.
///
/// One connection writes, and it alone checkpoints: SQLite up to 3.51.2 can lose a reset of its log when two do (sqlite.org/wal.html).
package final class SQLiteLedger: Ledger {
  let hashing: any Hashing
  private let connection: Mutex<Connection>
  private let lock: FileLock?

  package enum Use: Sendable {
    /// Makes the file when there is none. One process at a time.
    case deliver
    /// Reads what another process may be writing.
    case look
  }

  package init(path: String, for use: Use, hashing: any Hashing) throws {
    self.hashing = hashing
    switch use {
    case .deliver:
      lock = try FileLock.take("\(path).lock")
      // The file, its log and its index are for this user alone; SQLite gives the others the mode of the first.
      let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard file >= 0 else { throw LedgerError.cannotOpen(path: path, message: String(cString: strerror(errno))) }
      close(file)
      let connection = try Connection(path, .write)
      try Schema.prepare(connection)
      self.connection = Mutex(connection)
    case .look:
      lock = nil
      guard access(path, F_OK) == 0 else { throw LedgerError.cannotOpen(path: path, message: "there is no such file") }
      let connection = try Connection(path, .read)
      let version = try Schema.version(of: connection)
      if version > Schema.version { throw LedgerError.newer(path: path, version: version) }
      self.connection = Mutex(connection)
    }
  }

  /// Lends the connection; calls from several threads take turns.
  func withConnection<Result>(_ body: (borrowing Connection) throws -> Result) throws(LedgerError) -> Result
  where Result: Sendable {
    do {
      return try connection.withLock { connection in try body(connection) }
    } catch let error as LedgerError {
      throw error
    } catch {
      throw .failed(doing: "use the ledger", message: "\(error)")
    }
  }

  /// The same as one transaction, durable when this returns; an error rolls it back.
  func transaction<Result>(_ body: (borrowing Connection) throws -> Result) throws(LedgerError) -> Result
  where Result: Sendable {
    try withConnection { connection in
      try connection.run("BEGIN IMMEDIATE")
      do {
        let result = try body(connection)
        try connection.run("COMMIT")
        return result
      } catch {
        try? connection.run("ROLLBACK")
        throw error
      }
    }
  }
}

/// Keeps other processes from writing; the system lets go of it with this process.
private final class FileLock: Sendable {
  private let file: Int32

  private init(_ file: Int32) { self.file = file }

  deinit { close(file) }

  /// Waits for a short while, since two commands may just be passing each other.
  static func take(_ path: String) throws(LedgerError) -> FileLock {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw .cannotOpen(path: path, message: String(cString: strerror(errno))) }
    for _ in 0..<40 {
      if flock(file, LOCK_EX | LOCK_NB) == 0 { return FileLock(file) }
      usleep(50_000)
    }
    close(file)
    throw .busy(path: path)
  }
}
