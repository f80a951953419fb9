import Glibc

/// Writes whole files.
package enum FileWriter {
  /// Why a file could not be written, in the system's words.
  package struct Failure: Error, Hashable, Sendable {
    package let message: String
  }

  /// Replaces the file, or makes it with the folders above it: readers see the old content or the new one.
  package static func write(_ bytes: [UInt8], to path: String) throws(Failure) {
    if let slash = path.lastIndex(of: "/") { makeFolders(String(path[..<slash])) }
    let fresh = "\(path).\(getpid()).part"
    let file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard file >= 0 else { throw failure() }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 {
        let error = failure()
        close(file)
        unlink(fresh)
        throw error
      }
      written += count
    }
    close(file)
    guard rename(fresh, path) == 0 else {
      let error = failure()
      unlink(fresh)
      throw error
    }
  }

  private static func makeFolders(_ path: String) {
    guard !path.isEmpty, mkdir(path, 0o755) != 0, errno == ENOENT, let slash = path.lastIndex(of: "/") else { return }
    makeFolders(String(path[..<slash]))
    mkdir(path, 0o755)
  }

  private static func failure() -> Failure { Failure(message: String(cString: strerror(errno)).lowercased()) }
}
