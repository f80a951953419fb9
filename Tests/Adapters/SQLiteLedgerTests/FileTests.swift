import CSQLite
import DeliveryLoop
import Engine
import Foundation
import Hashing
import Redaction
import SQLiteLedger
import Support
import Testing

@Suite struct `The ledger's file` {
  let folder = TemporaryFolder()
  var path: String { "\(folder.path)/ledger.db" }

  func open(_ use: SQLiteLedger.Use = .deliver) throws -> SQLiteLedger {
    try SQLiteLedger(path: path, for: use, hashing: OpenSSLHashing())
  }

  @Test func `is for its user alone, with its log and its index`() throws {
    let ledger = try open()
    try ledger.append(Sample.opening(Sample.run(1), "t"))
    for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm"] {
      let mode = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")[.posixPermissions] as? Int
      #expect(mode == 0o600, "\(name)")
    }
    withExtendedLifetime(ledger) {}
  }

  @Test(arguments: [
    "UPDATE events SET payload = '{}'", "DELETE FROM events",
    "INSERT INTO events VALUES (7, '\(Sample.run(1))', 'k', 0, '{}', NULL, '\(Digest.zero)', '\(Digest.zero)')",
    "UPDATE events SET payload = '{\"a\":1}', salt = NULL, kind = 'k'", "UPDATE events SET salt = NULL, hash = seal",
    "UPDATE runs SET state = 'delivered', commit_id = NULL", "UPDATE runs SET state = 'finished'",
  ])
  func `refuses by itself what would change the past or lie about it`(sql: String) throws {
    let ledger = try open()
    try ledger.append(Sample.opening(Sample.run(1), "t"))
    #expect(Raw.run(sql, path) == SQLITE_CONSTRAINT)
    #expect(try ledger.events(of: Sample.run(1)).count == 1)
  }

  @Test func `is read while another writes, and not written by one that looks`() throws {
    let writer = try open()
    try writer.append(Sample.opening(Sample.run(1), "t"))
    let reader = try open(.look)
    #expect(try reader.runs(RunQuery()).count == 1)
    try writer.append(Sample.opening(Sample.run(2), "t"))
    #expect(try reader.runs(RunQuery()).count == 2)
    #expect(throws: LedgerError.readOnly(path: path)) { try reader.append(Sample.opening(Sample.run(3), "t")) }
  }

  @Test func `holds every acknowledged event when the program is killed at any point`() throws {
    let ledger = try open()
    for index in 1...20 {
      try ledger.append(Sample.opening(Sample.run(index), "t"))
      // What a killed process leaves is what is on disk now: the file and its log.
      let copy = TemporaryFolder()
      for name in ["ledger.db", "ledger.db-wal"] {
        try FileManager.default.copyItem(atPath: "\(folder.path)/\(name)", toPath: "\(copy.path)/\(name)")
      }
      let revived = try SQLiteLedger(path: "\(copy.path)/ledger.db", for: .deliver, hashing: OpenSSLHashing())
      #expect(try revived.runs(RunQuery()).count == index)
      try revived.append(Sample.opening(Sample.run(100), "t"))
    }
  }

  @Test func `in a folder that cannot be written names itself`() throws {
    #expect {
      try SQLiteLedger(path: "/proc/nowhere/ledger.db", for: .deliver, hashing: OpenSSLHashing())
    } throws: { error in
      if case .cannotOpen(let path, _)? = error as? LedgerError { path.hasPrefix("/proc/nowhere/") } else { false }
    }
  }
}
