import Engine
import Glibc
import Hashing
import SQLiteLedger

/// A ledger whose file or folder its user may not write; root, who may write everything, becomes an ordinary user first.
enum ProtectedFiles {
  static func scene(_ folder: String) throws {
    if geteuid() == 0 {
      guard chown(folder, 65_534, 65_534) == 0, setgid(65_534) == 0, setuid(65_534) == 0 else {
        throw LedgerProbe.Misuse()
      }
    }
    let path = "\(folder)/ledger.db"
    try open(path, .deliver).append(LedgerProbe.opening(1))
    for (name, protected, usual) in [(path, 0o400, 0o600), ("\(path).lock", 0o400, 0o600), (folder, 0o500, 0o700)] {
      // To make a file is what a folder is needed for.
      if name == folder { unlink("\(path).lock") }
      chmod(name, mode_t(protected))
      do {
        try open(path, .deliver).append(LedgerProbe.opening(2))
        LedgerProbe.say("written")
      } catch LedgerError.readOnly(let named) {
        LedgerProbe.say(named.hasPrefix(path) ? "read-only" : named)
      }
      LedgerProbe.say("\(try open(path, .look).runs(RunQuery()).count) run")
      chmod(name, mode_t(usual))
    }
    LedgerProbe.say("\(try open(path, .deliver).append(LedgerProbe.opening(3)))")
  }

  private static func open(_ path: String, _ use: SQLiteLedger.Use) throws -> SQLiteLedger {
    try SQLiteLedger(path: path, for: use, hashing: OpenSSLHashing())
  }
}
