package import Engine
import Glibc

/// Keeps a working tree to one run: held by the system for as long as this process lives, and no longer (flock(2)).
package final class WorkspaceLock: Sendable {
  private let file: Int32

  private init(_ file: Int32) { self.file = file }

  deinit {
    // A child that is just being started has a copy of the file until its program begins: closing ours frees nothing.
    flock(file, LOCK_UN)
    close(file)
  }

  /// Takes the lock, or says who holds it, in the holder's own words.
  package static func take(_ path: String, as owner: String) throws(ScratchError) -> Taking {
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw ScratchError(path: path, message: PrivateFolder.reason()) }
    var tries = 100
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      let cause = errno
      if cause == EINTR { continue }
      // A shared lock is granted beside that of somebody who only asks, who is gone in an instant; never beside a holder's.
      if cause == EWOULDBLOCK, tries > 0, flock(file, LOCK_SH | LOCK_NB) == 0 {
        flock(file, LOCK_UN)
        tries -= 1
        usleep(1_000)
        continue
      }
      defer { close(file) }
      guard cause == EWOULDBLOCK else { throw ScratchError(path: path, message: String(cString: strerror(cause))) }
      var holder = [UInt8](repeating: 0, count: 512)
      let count = pread(file, &holder, holder.count, 0)
      return .held(by: String(decoding: holder[..<max(0, count)], as: UTF8.self))
    }
    let line = Array(owner.utf8)
    _ = ftruncate(file, 0)
    _ = line.withUnsafeBytes { pwrite(file, $0.baseAddress, $0.count, 0) }
    return .taken(WorkspaceLock(file))
  }

  /// Whether somebody holds the lock; nothing is made or changed. What cannot be asked counts as held.
  ///
  /// Asked with a shared lock that lasts an instant, and that `take` waits for.
  package static func isHeld(_ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return errno != ENOENT }
    defer { close(file) }
    guard flock(file, LOCK_SH | LOCK_NB) == 0 else { return true }
    flock(file, LOCK_UN)
    return false
  }

  /// Waits until the lock is free; `waiting` is told once who holds it.
  package static func turn(
    _ path: String, as owner: String, waiting: @Sendable (_ holder: String) -> Void
  ) async throws -> WorkspaceLock {
    var isTold = false
    while true {
      switch try take(path, as: owner) {
      case .taken(let lock): return lock
      case .held(let holder):
        if !isTold { waiting(holder) }
        isTold = true
        try await ContinuousClock().sleep(for: .milliseconds(50))
      }
    }
  }

  package enum Taking: Sendable {
    case taken(WorkspaceLock)
    case held(by: String)
  }
}
