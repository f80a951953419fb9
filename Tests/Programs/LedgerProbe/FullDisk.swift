import DeliveryLoop
import Engine
import Glibc
import Hashing
import Redaction
import SQLiteLedger

/// Ledgers on a file system of 2 MiB, of which ever more is free; it has to be mounted on the folder already.
enum FullDisk {
  static func scene(_ folder: String) throws {
    for free in stride(from: 0, through: 256, by: 8) {
      let path = "\(folder)/\(free).db"
      try openOnFullDisk(path, in: folder)
      LedgerProbe.say(try grow(path, in: folder, free: free) ?? "whole")
      for suffix in ["", "-wal", "-shm", ".lock"] { unlink(path + suffix) }
    }
    for names in 0...5 { LedgerProbe.say(try openWithoutNames(folder, free: names) ?? "whole") }
    LedgerProbe.say(try readOnly(folder) ?? "whole")
  }

  /// A ledger that cannot be made leaves nothing that keeps it from being made later.
  private static func openOnFullDisk(_ path: String, in folder: String) throws {
    try fill(folder, leaving: 0)
    do throws(LedgerError) {
      try open(path).append(LedgerProbe.opening(1))
      LedgerProbe.say("opened on a full disk")
    } catch {
      guard case .full = error else { return LedgerProbe.say("\(error)") }
    }
    unlink("\(folder)/ballast")
  }

  /// A disk may have room for no more files.
  private static func openWithoutNames(_ folder: String, free: Int) throws -> String? {
    let path = "\(folder)/names-\(free).db"
    var names: [String] = []
    while case let name = "\(folder)/name-\(names.count)", close(Glibc.open(name, O_WRONLY | O_CREAT, 0o600)) == 0 {
      names.append(name)
    }
    for name in names.suffix(free) { unlink(name) }
    do throws(LedgerError) {
      try open(path).append(LedgerProbe.opening(1))
      if free < 4 { return "opened without a name for its log" }
    } catch {
      guard case .full = error else { return "\(error)" }
    }
    for name in names { unlink(name) }
    let ledger = try open(path)
    let sequence = try ledger.append(LedgerProbe.opening(2))
    return try ledger.runs(RunQuery()).count == sequence ? nil : "\(sequence)"
  }

  /// Appends until the disk is full, then makes room and goes on; says what is not as it should be.
  private static func grow(_ path: String, in folder: String, free: Int) throws -> String? {
    let ledger = try open(path)
    try ledger.append(LedgerProbe.opening(1))
    let writer = try ledger.capture(LedgerProbe.label(1, 1))
    let noise = LedgerProbe.noise(100_000, seed: 7)
    try writer.write(SecretSet.none.redact(noise))
    try fill(folder, leaving: free * 1024)
    var acknowledged = 1
    var failure: LedgerError?
    let text = "\"\(String(repeating: "x", count: 9_000))\""
    while failure == nil {
      do throws(LedgerError) {
        try ledger.append(LedgerProbe.event(1, "grown", text))
        acknowledged += 1
      } catch { failure = error }
    }
    guard failure == .full(path: path) else { return "appending: \(String(describing: failure))" }
    do throws(LedgerError) {
      try writer.finish()
      if free < 100 { return "evidence was finished on a full disk" }
    } catch {
      guard error == .full(path: path) else { return "finishing: \(error)" }
    }
    let looking = try SQLiteLedger(path: path, for: .look, hashing: OpenSSLHashing())
    guard try looking.events(of: LedgerProbe.run(1)).count == acknowledged else { return "what was refused is there" }
    unlink("\(folder)/ballast")
    let sequence = try ledger.append(LedgerProbe.event(1, "after"))
    guard sequence == acknowledged + 1 else { return "\(acknowledged) events, and the next is \(sequence)" }
    let summary = try writer.finish()
    guard summary.size == noise.count, summary.digest == OpenSSLHashing().sha256(noise) else { return "\(summary)" }
    return try ledger.events(of: LedgerProbe.run(1)).count == sequence ? nil : "events are missing"
  }

  private static func readOnly(_ folder: String) throws -> String? {
    let path = "\(folder)/read-only.db"
    try open(path).append(LedgerProbe.opening(1))
    guard mount(nil, folder, nil, UInt(MS_REMOUNT | MS_RDONLY), nil) == 0 else { return "no remount" }
    do throws(LedgerError) {
      _ = try open(path)
      return "opened for writing on a read-only disk"
    } catch {
      guard case .readOnly = error else { return "\(error)" }
    }
    // Not kept: connections of one process share one index of the log, which would stay read-only.
    guard try SQLiteLedger(path: path, for: .look, hashing: OpenSSLHashing()).runs(RunQuery()).count == 1 else {
      return "a run is missing"
    }
    guard mount(nil, folder, nil, UInt(MS_REMOUNT), nil) == 0 else { return "no remount" }
    return try open(path).append(LedgerProbe.opening(2)) == 2 ? nil : "the sequence differs"
  }

  private static func open(_ path: String) throws(LedgerError) -> SQLiteLedger {
    do {
      return try SQLiteLedger(path: path, for: .deliver, hashing: OpenSSLHashing())
    } catch {
      throw error as? LedgerError ?? .failed(doing: "open", message: "\(error)")
    }
  }

  /// Takes all room but so many bytes.
  private static func fill(_ folder: String, leaving free: Int) throws {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { throw LedgerProbe.Misuse() }
    let file = Glibc.open("\(folder)/ballast", O_WRONLY | O_CREAT, 0o600)
    defer { close(file) }
    guard posix_fallocate(file, 0, max(4096, Int(status.f_bavail) * Int(status.f_bsize) - free)) == 0 else {
      throw LedgerProbe.Misuse()
    }
  }
}
