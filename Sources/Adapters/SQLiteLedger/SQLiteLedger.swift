import CSQLite
import DeliveryLoop
package import Engine
import Redaction
import Synchronization

/// The ledger in one SQLite file, which several processes may write, each in its turn.
///
/// Whatever writes or checkpoints does so under a lock of our own: SQLite up to 3.51.2 can lose a reset of its log when two
/// do at the same instant (sqlite.org/wal.html, "the WAL-reset bug").
package final class SQLiteLedger: Ledger {
  /// Of SQLite.
  package static var libraryVersion: String { String(cString: sqlite3_libversion()) }

  let hashing: any Hashing
  private let access: Mutex<Access>

  /// What a ledger is opened for.
  package enum Use: Sendable {
    /// Makes the file when there is none.
    case deliver
    /// Reads what other processes may be writing.
    case look
    /// Reads a file that nobody writes, and leaves it as it is.
    case examine
  }

  /// Opens the ledger; `patience` is how long a call waits for other processes before it throws `busy`.
  package init(path: String, for use: Use, hashing: any Hashing, patience: Duration = .seconds(10)) throws {
    self.hashing = hashing
    access = Mutex(try Access(path, use, patience: patience))
  }

  /// Lends the connection; calls from several threads take turns.
  func withConnection<Result>(_ body: (inout Connection) throws -> Result) throws(LedgerError) -> Result
  where Result: Sendable {
    try withAccess { access in try access.read(body) }
  }

  /// The same as one transaction, durable when this returns; an error rolls it back.
  func transaction<Result>(_ body: (inout Connection) throws -> Result) throws(LedgerError) -> Result
  where Result: Sendable {
    try withAccess { access in try access.write(body) }
  }

  /// Leaves no copy of what was replaced in the ledger's files.
  func forget() throws(LedgerError) { try withAccess { access in try access.forget() } }

  /// Gives what is free back to the disk.
  func compact() throws(LedgerError) { try withAccess { access in try access.compact() } }

  /// Passes a ledger's errors on, and wraps others.
  func failing<Result>(_ body: () throws -> Result) throws(LedgerError) -> Result {
    do {
      return try body()
    } catch let error as LedgerError {
      throw error
    } catch {
      throw .failed(doing: "use the ledger", message: "\(error)")
    }
  }

  private func withAccess<Result>(_ body: (inout Access) throws -> Result) throws(LedgerError) -> Result
  where Result: Sendable {
    try failing { try access.withLock { access in try body(&access) } }
  }
}
