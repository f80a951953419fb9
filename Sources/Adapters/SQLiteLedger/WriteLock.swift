import DeliveryLoop
import Engine
import Glibc

/// The place in the chain that an event has taken.
struct ChainEnd: Hashable, Sendable {
  let sequence: Int64
  let hash: String
}

/// Lets one process at a time write a ledger, and remembers in its file up to where events were acknowledged.
///
/// It is held for one write at a time, so that several deliveries go on side by side. The system lets go of it with the
/// process that held it.
struct WriteLock: ~Copyable {
  private let path: String
  private let ledger: String
  private let patience: Duration
  private var file: Int32 = -1

  init(of ledger: String, patience: Duration) {
    path = Self.path(of: ledger)
    self.ledger = ledger
    self.patience = patience
  }

  deinit { if file >= 0 { close(file) } }

  static func path(of ledger: String) -> String { "\(ledger).lock" }

  /// Waits until it is free, but no longer than its patience: `busy` names the ledger.
  mutating func take() throws(LedgerError) {
    let deadline = ContinuousClock.now + patience
    var pause: UInt32 = 100
    while true {
      if file < 0 { file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600) }
      guard file >= 0 else { throw LedgerError(opening: path, errno) }
      if flock(file, LOCK_EX | LOCK_NB) == 0 {
        if isInPlace { return }
        // Somebody removed the file: those who come now lock another one.
        close(file)
        file = -1
        continue
      }
      guard errno == EWOULDBLOCK || errno == EINTR else { throw LedgerError(opening: path, errno) }
      guard ContinuousClock.now < deadline else { throw .busy(path: ledger) }
      usleep(pause)
      pause = min(pause * 2, 5_000)
    }
  }

  func release() { if file >= 0 { flock(file, LOCK_UN) } }

  /// Notes down the end of the chain once it is durable.
  ///
  /// It is not forced to disk and may fail: a note that is too old is a weaker promise, and never a wrong one.
  func note(_ end: ChainEnd) {
    let digits = String(end.sequence)
    let text = String(repeating: "0", count: max(0, 19 - digits.count)) + digits + " \(end.hash)\n"
    _ = text.utf8.withContiguousStorageIfAvailable { pwrite(file, $0.baseAddress, $0.count, 0) }
  }

  /// The end of the chain as it was last noted down; nil when nothing readable is there.
  static func note(beside ledger: String) -> ChainEnd? {
    let file = open(path(of: ledger), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 85)
    guard pread(file, &bytes, bytes.count, 0) == bytes.count, bytes.last == UInt8(ascii: "\n") else { return nil }
    let words = String(decoding: bytes.dropLast(), as: UTF8.self).split(separator: " ")
    guard words.count == 2, let sequence = Int64(words[0]), let hash = Digest(String(words[1])) else { return nil }
    return ChainEnd(sequence: sequence, hash: hash.text)
  }

  private var isInPlace: Bool {
    var (held, found) = (stat(), stat())
    return fstat(file, &held) == 0 && lstat(path, &found) == 0 && held.st_ino == found.st_ino
      && held.st_dev == found.st_dev
  }
}
