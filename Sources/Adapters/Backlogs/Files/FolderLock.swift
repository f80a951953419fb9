import Engine
import Glibc

/// Keeps a backlog's folder to one writer for as long as the value lives (flock(2)); a crash gives it back.
///
/// The folder itself is locked, so that no file is left in it for git to find.
struct FolderLock: ~Copyable {
  private let files: [Int32]

  /// Waits up to `patience` for the folder, and for `lockFile` in it where that exists; throws `.busy` after that.
  init(_ folder: String, lockFile: String? = nil, patience: Duration) throws(BacklogError) {
    var tries = Int(patience / .milliseconds(10))
    var held: [Int32] = []
    do {
      held.append(try Self.lock(folder, O_RDONLY | O_DIRECTORY, &tries))
      if let lockFile, access(lockFile, F_OK) == 0 {
        held.append(try Self.lock(lockFile, O_RDWR | O_NOFOLLOW, &tries))
      }
    } catch {
      for file in held { close(file) }
      throw error
    }
    files = held
  }

  deinit { for file in files { close(file) } }

  private static func lock(_ path: String, _ flags: Int32, _ tries: inout Int) throws(BacklogError) -> Int32 {
    let file = open(path, flags | O_CLOEXEC)
    guard file >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing(path: path) }
      throw .failed(doing: "open \"\(path)\"", message: LocalFile.reason())
    }
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      let cause = errno
      if cause == EINTR { continue }
      guard cause == EWOULDBLOCK, tries > 0 else {
        let reason = String(cString: strerror(cause))
        close(file)
        if cause == EWOULDBLOCK { throw .busy(path: path) }
        throw .failed(doing: "lock \"\(path)\"", message: reason)
      }
      tries -= 1
      usleep(10_000)
    }
    return file
  }
}
