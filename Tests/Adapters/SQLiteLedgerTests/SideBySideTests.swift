import CSQLite
import DeliveryLoop
import Engine
import Foundation
import Glibc
import Hashing
import Redaction
import SQLiteLedger
import Support
import Synchronization
import Testing

@Suite struct `Writers side by side` {
  let folder = TemporaryFolder()
  var path: String { "\(folder.path)/ledger.db" }

  func open(_ use: SQLiteLedger.Use = .deliver, patience: Duration = .seconds(60)) throws -> SQLiteLedger {
    try SQLiteLedger(path: path, for: use, hashing: OpenSSLHashing(), patience: patience)
  }

  /// Sequences of all events, which `events(of:)` has checked against the chain.
  func sequences(_ runs: ClosedRange<Int>) throws -> [Int64] {
    let ledger = try open(.look)
    return try runs.flatMap { try ledger.events(of: Sample.run($0)).map(\.sequence) }.sorted()
  }

  @Test func `make one chain out of several processes, while another looks on`() throws {
    let writers = try (1...4).map { try Probe("append", path, "\($0)", "120") }
    for writer in writers { #expect(try writer.line() == "ready") }
    let watcher = try Probe("watch", path)
    #expect(try watcher.line() == "ready")
    for writer in writers { try writer.goOn() }
    let ends = try writers.map { try $0.end() }
    try watcher.goOn()
    let watched = try watcher.end()
    #expect(watched.lines == ["seen"] && watched.status == 0)
    #expect(ends.allSatisfy { $0.status == 0 })
    #expect(ends.flatMap(\.lines).compactMap(Int64.init).sorted() == Array(1...480))
    #expect(try sequences(1...4) == Array(1...480))
    let ledger = try open(.look)
    for run in 1...4 {
      let evidence = try ledger.evidence(of: Sample.run(run))
      #expect(evidence.count == 5 && evidence.allSatisfy { $0.digest != nil && $0.size == 300_000 })
    }
    #expect(Raw.run("PRAGMA integrity_check", path) == SQLITE_OK)
  }

  @Test func `make one chain out of several ledgers and threads of one process`() async throws {
    let ledgers = try (1...3).map { _ in try open() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<6 {
        group.addTask {
          try ledgers[index % 3].append(Sample.opening(Sample.run(index + 1), "t"))
          for _ in 1..<40 {
            try ledgers[index % 3].append(Sample.event(Sample.run(index + 1), "observed.started", "{}"))
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try sequences(1...6) == Array(1...240))
  }

  @Test func `go on after one of them was killed in the middle`() throws {
    let survivor = try open()
    for round in 1...5 {
      let writer = try Probe("append", path, "\(round)", "100000")
      #expect(try writer.line() == "ready")
      try writer.goOn()
      var acknowledged: Int64 = 0
      for _ in 0..<(round * 7) { acknowledged = try writer.line().flatMap { Int64($0) } ?? 0 }
      writer.kill()
      let rest = try writer.end().lines.compactMap(Int64.init)
      let next = try survivor.append(Sample.opening(Sample.run(100 + round), "t"))
      // Written and not yet acknowledged is possible for the one that was under way.
      let last = rest.last ?? acknowledged
      #expect(next == last + 1 || next == last + 2)
    }
    let all = try sequences(1...5) + sequences(101...105)
    #expect(all.sorted() == Array(1...Int64(all.count)))
  }

  @Test(arguments: ["lock", "database"])
  func `wait for a stranger no longer than their patience, and name the ledger`(what: String) throws {
    let ledger = try open(patience: .milliseconds(50))
    try ledger.append(Sample.opening(Sample.run(1), "t"))
    let log = folder.read("ledger.db-wal")
    let stranger = try Probe("hold", path, what)
    #expect(try stranger.line() == "ready")
    #expect(throws: LedgerError.busy(path: path)) { try ledger.append(Sample.opening(Sample.run(2), "t")) }
    #expect(throws: LedgerError.busy(path: path)) { try ledger.capture(Sample.label("log")) }
    if what == "lock" {
      #expect(throws: LedgerError.busy(path: path)) { try open(patience: .milliseconds(50)) }
    }
    #expect(try open(.look).runs(RunQuery()).count == 1)
    #expect(folder.read("ledger.db-wal") == log)
    try stranger.goOn()
    _ = try stranger.end()
    #expect(try ledger.append(Sample.opening(Sample.run(2), "t")) == 2)
  }

  @Test func `keep the lock for the time of a write only`() throws {
    let first = try open()
    try first.append(Sample.opening(Sample.run(1), "t"))
    let second = try open(patience: .zero)
    #expect(try second.append(Sample.opening(Sample.run(2), "t")) == 2)
    #expect(try first.append(Sample.opening(Sample.run(3), "t")) == 3)
    let stranger = try Probe("hold", path, "lock")
    #expect(try stranger.line() == "ready")
    try stranger.goOn()
    _ = try stranger.end()
  }

  @Test func `share the lock with nobody while they write`() async throws {
    let ledger = try open(patience: .seconds(120))
    try ledger.append(Sample.opening(Sample.run(1), "t"))
    // A write that has the lock and waits for the database is one that can be looked at.
    let stranger = try Probe("hold", path, "database")
    #expect(try stranger.line() == "ready")
    let ended = Flag()
    let wasRefused = await withTaskGroup(of: Bool?.self) { group in
      group.addTask {
        _ = try? ledger.append(Sample.opening(Sample.run(2), "t"))
        ended.raise()
        return nil
      }
      group.addTask {
        let file = Glibc.open("\(path).lock", O_RDWR | O_CLOEXEC)
        defer { close(file) }
        while flock(file, LOCK_SH | LOCK_NB) == 0 {
          flock(file, LOCK_UN)
          if ended.isRaised { return false }
          await Task.yield()
        }
        try? stranger.goOn()
        return true
      }
      return await group.reduce(false) { $0 || $1 == true }
    }
    #expect(wasRefused)
    _ = try stranger.end()
    #expect(try ledger.runs(RunQuery()).count == 2)
  }

  @Test func `notice that the lock's file was removed, and lock the new one`() throws {
    let ledger = try open(patience: .milliseconds(50))
    try ledger.append(Sample.opening(Sample.run(1), "t"))
    try FileManager.default.removeItem(atPath: "\(path).lock")
    let stranger = try Probe("hold", path, "lock")
    #expect(try stranger.line() == "ready")
    #expect(throws: LedgerError.busy(path: path)) { try ledger.append(Sample.opening(Sample.run(2), "t")) }
    try stranger.goOn()
    _ = try stranger.end()
    #expect(try ledger.append(Sample.opening(Sample.run(2), "t")) == 2)
  }

  @Test func `leave the log as it is when they close, and write it back as they write`() throws {
    do {
      let ledger = try open()
      try ledger.append(Sample.opening(Sample.run(1), "t"))
    }
    do { #expect(try open(.look).runs(RunQuery()).count == 1) }
    let left = try #require(folder.read("ledger.db-wal"))
    #expect(!left.isEmpty, "to close is to write the log back outside of the lock")
    let ledger = try open()
    let text = "\"\(String(repeating: "x", count: 20_000))\""
    for _ in 0..<500 { try ledger.append(Sample.event(Sample.run(1), "observed.started", text)) }
    let size = try FileManager.default.attributesOfItem(atPath: "\(path)-wal")[.size] as? Int
    #expect(try #require(size) < 6_000_000, "10 MB were written through it")
  }
}

/// Says once that something has happened.
private final class Flag: Sendable {
  private let value = Mutex(false)

  var isRaised: Bool { value.withLock { $0 } }

  func raise() { value.withLock { $0 = true } }
}
