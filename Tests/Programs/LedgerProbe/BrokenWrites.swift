import CSQLite
import Engine
import Glibc
import Hashing
import Redaction
import SQLiteLedger

/// Writes that report an error, whether they were made or not (sqlite3_vfs, xSetSystemCall).
enum BrokenWrites {
  // Used by one thread.
  nonisolated(unsafe) private static var countdown = Int.max
  nonisolated(unsafe) private static var isWritten = false
  nonisolated(unsafe) private static var isLasting = false

  /// Three events, then one whose `number`th write breaks, and one more when the scene `goes on`.
  static func scene(_ path: String, _ number: Int, isWritten: Bool, _ rest: String) throws {
    let ledger = try SQLiteLedger(path: path, for: .deliver, hashing: OpenSSLHashing())
    try ledger.append(LedgerProbe.opening(1))
    for kind in ["a", "b"] { try ledger.append(LedgerProbe.event(1, kind)) }
    install()
    (countdown, self.isWritten, isLasting) = (number, isWritten, rest == "lasting")
    attempt(ledger, "broken")
    if isLasting { attempt(ledger, "meanwhile") }
    countdown = .max
    if rest != "once" { attempt(ledger, "after") }
    // As when it is killed: nothing is closed.
    _exit(0)
  }

  /// Captures, each with another write that breaks, which are finished once writes are whole again.
  static func evidence(_ path: String, isWritten: Bool) throws {
    let ledger = try SQLiteLedger(path: path, for: .deliver, hashing: OpenSSLHashing())
    try ledger.append(LedgerProbe.opening(1))
    install()
    self.isWritten = isWritten
    var refusals = 0
    // The first piece takes about 140 writes, and the last of them is the one that decides.
    for number in Array(stride(from: 1, to: 120, by: 7)) + Array(120..<160) {
      let bytes = LedgerProbe.noise(300_000, seed: UInt64(number))
      let writer = try ledger.capture(LedgerProbe.label(1, number))
      countdown = number
      do { try writer.write(SecretSet.none.redact(bytes)) } catch { refusals += 1 }
      countdown = 15 + number % 40
      do { try writer.finish() } catch { refusals += 1 }
      countdown = .max
      let summary = try writer.finish()
      var read: [UInt8] = []
      try ledger.read(summary.id, from: 0) { read += $0 }
      guard read == bytes, summary.size == bytes.count, summary.digest == OpenSSLHashing().sha256(bytes) else {
        return LedgerProbe.say("\(number): \(summary)")
      }
    }
    LedgerProbe.say(refusals > 60 ? "whole" : "\(refusals) refusals")
  }

  private static func attempt(_ ledger: SQLiteLedger, _ kind: String) {
    do {
      try ledger.append(LedgerProbe.event(1, kind))
      LedgerProbe.say("acknowledged \(kind)")
    } catch {
      LedgerProbe.say("refused \(kind)")
    }
  }

  private static func install() {
    guard let system = sqlite3_vfs_find(nil), let set = system.pointee.xSetSystemCall else { return }
    let replacement: @convention(c) (Int32, UnsafeRawPointer?, Int, off_t) -> Int = { file, bytes, count, offset in
      BrokenWrites.write(file, bytes, count, offset)
    }
    for name in ["pwrite", "pwrite64"] {
      _ = set(system, name, unsafeBitCast(replacement, to: sqlite3_syscall_ptr.self))
    }
  }

  private static func write(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ offset: off_t) -> Int {
    countdown -= 1
    guard countdown == 0 || (countdown < 0 && isLasting) else { return pwrite(file, bytes, count, offset) }
    if isWritten { _ = pwrite(file, bytes, count, offset) }
    errno = EIO
    return -1
  }
}
