import Glibc

/// A folder for the files of one measurement, gone with the value.
struct Scratch: ~Copyable {
  let path: String

  init(in folder: String) throws {
    path = "\(folder)/ledger-bench-\(getpid())"
    guard unsafe mkdir(path, 0o700) == 0 else { throw LedgerBench.Misuse() }
  }

  deinit {
    for name in ["appends.db", "history.db"] {
      for suffix in ["", "-wal", "-shm", ".lock"] { unsafe unlink("\(path)/\(name)\(suffix)") }
    }
    unsafe rmdir(path)
  }

  /// Has a ledger made in memory, where nothing waits for a disk, and moves it to its place.
  func prepare(_ place: String, _ make: (String) throws -> Void) throws {
    let made = "/dev/shm/ledger-bench-\(getpid()).db"
    try make(made)
    for suffix in ["", "-wal", ".lock"] {
      try copy(made + suffix, to: place + suffix)
    }
    for suffix in ["", "-wal", "-shm", ".lock"] { unsafe unlink(made + suffix) }
  }

  /// Drops what the system keeps of a file in memory (posix_fadvise(2)).
  func forget(_ path: String) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    fsync(file)
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED)
    close(file)
  }

  private func copy(_ source: String, to target: String) throws {
    let (from, to) = unsafe (open(source, O_RDONLY), open(target, O_WRONLY | O_CREAT | O_EXCL, 0o600))
    guard from >= 0, to >= 0 else { throw LedgerBench.Misuse() }
    defer {
      fsync(to)
      close(from)
      close(to)
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while case let count = unsafe read(from, &buffer, buffer.count), count > 0 {
      guard unsafe write(to, buffer, count) == count else { throw LedgerBench.Misuse() }
    }
  }
}
