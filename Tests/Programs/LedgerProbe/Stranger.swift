import CSQLite
import Glibc

/// Another program that holds a ledger and lets go when its input ends.
enum Stranger {
  static func hold(_ path: String, _ what: String) throws {
    switch what {
    case "lock":
      guard flock(open("\(path).lock", O_RDWR | O_CREAT, 0o600), LOCK_EX | LOCK_NB) == 0 else {
        throw LedgerProbe.Misuse()
      }
    case "database":
      var connection: OpaquePointer?
      guard sqlite3_open(path, &connection) == SQLITE_OK,
        sqlite3_exec(connection, "BEGIN IMMEDIATE", nil, nil, nil) == SQLITE_OK
      else { throw LedgerProbe.Misuse() }
    default: throw LedgerProbe.Misuse()
    }
    LedgerProbe.say("ready")
    _ = readLine()
  }
}
