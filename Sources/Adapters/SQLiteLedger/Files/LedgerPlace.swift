import Engine
import Glibc

/// Notices that a ledger's files were removed or replaced under an open connection, which would go on writing to what nobody
/// finds any more.
struct LedgerPlace {
  private let path: String
  /// Device and inode of each file, once it was seen.
  private var seen: [String: [UInt64]] = [:]

  init(_ path: String) { self.path = path }

  /// Throws `corrupt` when a file is not the one that it was.
  mutating func check() throws(LedgerError) {
    for name in [path, "\(path)-wal"] {
      var status = stat()
      let found = stat(name, &status) == 0 ? [UInt64(status.st_dev), UInt64(status.st_ino)] : nil
      guard seen[name] == nil || seen[name] == found else {
        throw .corrupt(path: name, message: "it was removed or replaced while it was in use")
      }
      seen[name] = found
    }
  }
}
