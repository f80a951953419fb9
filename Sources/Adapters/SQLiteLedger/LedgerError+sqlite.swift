import CSQLite
import Engine
import Glibc

extension LedgerError {
  /// What went wrong last on a connection; the primary result code is the low byte (sqlite.org/rescode.html).
  init(of handle: OpaquePointer, path: String) {
    let code = sqlite3_extended_errcode(handle)
    let message = String(cString: sqlite3_errmsg(handle))
    switch code & 0xff {
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: self = .busy(path: path)
    case SQLITE_FULL: self = .full(path: path)
    case SQLITE_READONLY where code == csqlite_readonly_dbmoved:
      self = .cannotOpen(path: path, message: "it was moved or removed while it was in use")
    case SQLITE_READONLY, SQLITE_PERM: self = .readOnly(path: path)
    case SQLITE_CORRUPT: self = .corrupt(path: path, message: message)
    case SQLITE_NOTADB: self = .corrupt(path: path, message: "it is no database")
    // The system's own reason says more than SQLite's word for it (sqlite3_system_errno).
    case SQLITE_CANTOPEN: self = LedgerError(opening: path, sqlite3_system_errno(handle), otherwise: message)
    case SQLITE_IOERR: self = LedgerError(writing: path, sqlite3_system_errno(handle), otherwise: message)
    default: self = .failed(doing: "use the ledger \"\(path)\"", message: message)
    }
  }

  /// Why the system refused to open a file of the ledger.
  init(opening path: String, _ reason: Int32, otherwise message: String = "") {
    self =
      LedgerError(path, refusal: reason)
      ?? .cannotOpen(path: path, message: reason == 0 ? message : String(cString: strerror(reason)))
  }

  /// Why the system refused to read or write a file of the ledger.
  private init(writing path: String, _ reason: Int32, otherwise message: String) {
    self =
      LedgerError(path, refusal: reason)
      ?? .failed(
        doing: "read or write the ledger \"\(path)\"",
        message: reason == 0 ? message : String(cString: strerror(reason)))
  }

  /// nil for a reason that nobody can do something about by looking at the disk's room or the file's mode.
  private init?(_ path: String, refusal reason: Int32) {
    switch reason {
    case ENOSPC, EDQUOT: self = .full(path: path)
    case EROFS, EACCES, EPERM: self = .readOnly(path: path)
    // After it could not make a file SQLite tries to read it, and forgets why it could not be made (os_unix.c, unixOpen).
    case ENOENT where Self.hasNoRoom(beside: path): self = .full(path: path)
    default: return nil
    }
  }

  private static func hasNoRoom(beside path: String) -> Bool {
    var status = statvfs()
    return statvfs(path, &status) == 0 && (status.f_bavail == 0 || (status.f_files > 0 && status.f_favail == 0))
  }

  /// Whether a connection may be used on after it: what the others say may have left it, or the file, in any state.
  var sparesConnection: Bool {
    switch self {
    case .busy, .unknownEvidence, .dropped: true
    case .cannotOpen, .full, .readOnly, .corrupt, .newer, .older, .failed: false
    }
  }
}
