import CSQLite
import DeliveryLoop
import Engine
import Foundation
import Glibc
import Hashing
import Redaction
import SQLiteLedger
import Support
import Testing

@Suite struct `The ledger` {
  let folder = TemporaryFolder()
  var path: String { "\(folder.path)/ledger.db" }

  func open(_ use: SQLiteLedger.Use = .deliver) throws -> SQLiteLedger {
    try SQLiteLedger(path: path, for: use, hashing: OpenSSLHashing())
  }

  @Test func `chains every event to the one before, over its exact bytes`() throws {
    let ledger = try open()
    let runs = [Sample.run(1), Sample.run(2)]
    for (index, run) in runs.enumerated() { try ledger.append(Sample.opening(run, "task-\(index)")) }
    try ledger.append(Sample.event(runs[0], "observed.tested", #"{"tree":"é\u0001"}"#))
    let events = try (ledger.events(of: runs[0]) + ledger.events(of: runs[1])).sorted { $0.sequence < $1.sequence }
    #expect(events.map(\.sequence) == [1, 2, 3])
    var previous = [UInt8](repeating: 0, count: 32)
    for event in events {
      var bytes = previous
      for field in [event.run.text, event.kind, String(event.time.nanoseconds), event.payload] {
        bytes += withUnsafeBytes(of: UInt64(field.utf8.count).bigEndian, Array.init) + Array(field.utf8)
      }
      let hash = OpenSSLHashing().sha256(bytes)
      #expect(event.hash == hash)
      previous = stride(from: 0, to: 64, by: 2).compactMap { offset in
        UInt8(hash.text.dropFirst(offset).prefix(2), radix: 16)
      }
    }
  }

  @Test func `lists runs by what is asked, the newest first`() throws {
    let ledger = try open()
    for index in 1...5 {
      try ledger.append(Sample.opening(Sample.run(index), index.isMultiple(of: 2) ? "even" : "odd"))
    }
    try ledger.append(Sample.event(Sample.run(2), "abandoned", "{}", state: .abandoned, attempts: 2))
    try ledger.append(Sample.event(Sample.run(4), "observed.closed", "{}", state: .delivered, attempts: 1))
    #expect(try ledger.runs(RunQuery()).map(\.run) == (1...5).reversed().map(Sample.run))
    #expect(try ledger.runs(RunQuery(unfinished: true)).map(\.run) == [5, 3, 1].map(Sample.run))
    #expect(try ledger.runs(RunQuery(task: TaskID("even"))).map(\.run) == [4, 2].map(Sample.run))
    #expect(try ledger.runs(RunQuery(workspace: "/elsewhere")).isEmpty)
    #expect(try ledger.runs(RunQuery(limit: 2)).count == 2)
    #expect(try ledger.runs(RunQuery(prefix: "019a0000-0003")).map(\.run) == [Sample.run(3)])
    #expect(try ledger.runs(RunQuery(prefix: "%")).isEmpty)
    #expect(try ledger.attempts(on: TaskID("even") ?? Sample.task) == 3)
    #expect(try ledger.runs(RunQuery(prefix: Sample.run(4).text)).first?.standing.commit == Sample.commit)
  }

  @Test(arguments: [0, 1, 262_143, 262_144, 262_145, 3_000_000], [true, false])
  func `gives evidence back byte for byte, from any place`(count: Int, isRandom: Bool) throws {
    let ledger = try open()
    var state: UInt64 = 7
    let bytes = (0..<count).map { index -> UInt8 in
      state = state &* 6_364_136_223_846_793_005 &+ 1
      return isRandom ? UInt8(truncatingIfNeeded: state >> 33) : UInt8(ascii: "x")
    }
    let writer = try ledger.capture(Sample.label("big"))
    var rest = bytes[...]
    var size = 1
    while !rest.isEmpty {
      try writer.write(SecretSet.none.redact(Array(rest.prefix(size))))
      rest = rest.dropFirst(size)
      size = size * 3 % 100_003 + 1
    }
    let summary = try writer.finish()
    #expect(summary.size == count)
    #expect(summary.digest == OpenSSLHashing().sha256(bytes))
    #expect(try ledger.evidence(of: Sample.run(1)) == [summary])
    for offset in [0, 1, count / 2, max(0, count - 1), count, count + 5] {
      var read: [UInt8] = []
      try ledger.read(summary.id, from: Int64(offset)) { read += $0 }
      #expect(read == Array(bytes.dropFirst(offset)))
    }
  }

  @Test func `marks a capture that was never finished, and keeps what came of it`() throws {
    do {
      let ledger = try open()
      try ledger.capture(Sample.label("cut off")).write(SecretSet.none.redact([UInt8](repeating: 65, count: 300_000)))
    }
    let evidence = try #require(try open(.look).evidence(of: Sample.run(1)).first)
    #expect(evidence.digest == nil)
    #expect(evidence.size == 262_144)
    #expect(throws: LedgerError.self) { try open(.look).read(EvidenceID(99), from: 0) { _ in } }
  }

  @Test func `takes captures from many threads while events are appended`() async throws {
    let ledger = try open()
    try ledger.append(Sample.opening(Sample.run(1), "t"))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<8 {
        group.addTask {
          let writer = try ledger.capture(Sample.label("log \(index)"))
          for _ in 0..<20 { try writer.write(SecretSet.none.redact([UInt8](repeating: UInt8(index), count: 40_000))) }
          try writer.finish()
          try ledger.append(Sample.event(Sample.run(1), "observed.started", "{}"))
        }
      }
      try await group.waitForAll()
    }
    let evidence = try ledger.evidence(of: Sample.run(1))
    #expect(evidence.count == 8 && evidence.allSatisfy { $0.size == 800_000 && $0.digest != nil })
    #expect(try ledger.events(of: Sample.run(1)).map(\.sequence) == Array(1...9))
  }
}

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
    "INSERT INTO events VALUES (7, '\(Sample.run(1))', 'k', 0, '{}', '\(Digest.zero)')",
    "UPDATE runs SET state = 'delivered', commit_id = NULL", "UPDATE runs SET state = 'finished'",
  ])
  func `refuses by itself what would change the past or lie about it`(sql: String) throws {
    let ledger = try open()
    try ledger.append(Sample.opening(Sample.run(1), "t"))
    #expect(raw(sql) == SQLITE_CONSTRAINT)
    #expect(try ledger.events(of: Sample.run(1)).count == 1)
  }

  @Test func `is read while another writes, and written by one alone`() throws {
    let writer = try open()
    try writer.append(Sample.opening(Sample.run(1), "t"))
    let reader = try open(.look)
    #expect(try reader.runs(RunQuery()).count == 1)
    try writer.append(Sample.opening(Sample.run(2), "t"))
    #expect(try reader.runs(RunQuery()).count == 2)
    #expect(throws: LedgerError.readOnly(path: path)) { try reader.append(Sample.opening(Sample.run(3), "t")) }
    #expect(throws: LedgerError.busy(path: "\(path).lock")) { try open() }
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

  @Test func `of a newer program is left alone`() throws {
    do { _ = try open() }
    #expect(raw("PRAGMA user_version = 99") == SQLITE_OK)
    #expect(throws: LedgerError.newer(path: path, version: 99)) { try open() }
    #expect(throws: LedgerError.newer(path: path, version: 99)) { try open(.look) }
  }

  @Test func `that is damaged is told as such and crashes nothing`() throws {
    do {
      let ledger = try open()
      for index in 1...200 { try ledger.append(Sample.opening(Sample.run(index), "task-\(index)")) }
    }
    var bytes = try Data(contentsOf: URL(filePath: path))
    for page in stride(from: 4096, to: bytes.count, by: 4096) {
      bytes.replaceSubrange(page..<(page + 64), with: Data(repeating: 0xff, count: 64))
    }
    try bytes.write(to: URL(filePath: path))
    #expect {
      try open().runs(RunQuery(limit: 500))
    } throws: { error in
      if case .corrupt(let path, _)? = error as? LedgerError { path == self.path } else { false }
    }
    try Data("this is no database, and long enough not to be an empty one".utf8).write(to: URL(filePath: path))
    #expect(throws: LedgerError.self) { try open() }
  }

  @Test(.enabled(if: SmallDisk.isPossible, "a small disk can be mounted by root alone"))
  func `that cannot grow says so, and is whole when there is room again`() throws {
    let disk = try #require(SmallDisk(at: folder.path))
    let path = "\(folder.path)/ledger.db"
    let ledger = try open()
    try ledger.append(Sample.opening(Sample.run(1), "t"))
    let ballast = "\(folder.path)/ballast"
    #expect(FileManager.default.createFile(atPath: ballast, contents: Data(count: 400_000)))
    var failure: LedgerError?
    let big = "\"\(String(repeating: "x", count: 50_000))\""
    for index in 2...50 where failure == nil {
      do { try ledger.append(Sample.event(Sample.run(1), "k\(index)", big)) } catch { failure = error }
    }
    #expect(failure == .full(path: path))
    try FileManager.default.removeItem(atPath: ballast)
    try ledger.append(Sample.event(Sample.run(1), "after", "{}"))
    let sequences = try ledger.events(of: Sample.run(1)).map(\.sequence)
    #expect(sequences == Array(1...Int64(sequences.count)))
    withExtendedLifetime(disk) {}
  }

  @Test func `in a folder that cannot be written names itself`() throws {
    #expect {
      try SQLiteLedger(path: "/proc/nowhere/ledger.db", for: .deliver, hashing: OpenSSLHashing())
    } throws: { error in
      if case .cannotOpen(let path, _)? = error as? LedgerError { path.hasPrefix("/proc/nowhere/") } else { false }
    }
  }

  /// Runs SQL on a connection of its own and returns the result code.
  private func raw(_ sql: String) -> Int32 {
    var connection: OpaquePointer?
    defer { sqlite3_close(connection) }
    guard sqlite3_open(path, &connection) == SQLITE_OK else { return -1 }
    return sqlite3_exec(connection, sql, nil, nil, nil)
  }
}

/// A file system of one megabyte, mounted on a folder for as long as the value lives.
final class SmallDisk {
  private let path: String

  init?(at path: String) {
    self.path = path
    guard mount("tmpfs", path, "tmpfs", 0, "size=1m") == 0 else { return nil }
  }

  deinit { umount2(path, Int32(MNT_DETACH)) }

  static var isPossible: Bool { SmallDisk(at: TemporaryFolder().path) != nil }
}

/// Values that these tests share.
enum Sample {
  static let commit = ObjectID(String(repeating: "c", count: 40))
  // swift-format-ignore: NeverForceUnwrap
  static let task = TaskID("t")!

  static func run(_ number: Int) -> RunID {
    let digits = String(number, radix: 16)
    // swift-format-ignore: NeverForceUnwrap
    return RunID("019a0000-\(String(repeating: "0", count: 4 - digits.count))\(digits)-7000-8000-000000000000")!
  }

  static func opening(_ run: RunID, _ task: String) -> EventRecord {
    EventRecord(
      run: run, time: Timestamp(nanoseconds: 1), kind: "opened", payload: SecretSet.none.redact("{}"),
      opening: .init(
        task: TaskID(task) ?? Self.task, title: SecretSet.none.redact("A title"), workspace: SecretSet.none.redact("/w")
      ),
      standing: Standing(state: .running, step: .claim, attempts: 0, commit: nil))
  }

  static func event(
    _ run: RunID, _ kind: String, _ payload: String, state: Standing.State = .running, attempts: Int = 0
  ) -> EventRecord {
    EventRecord(
      run: run, time: Timestamp(nanoseconds: 2), kind: kind, payload: SecretSet.none.redact(payload),
      standing: Standing(state: state, step: .test, attempts: attempts, commit: state == .delivered ? commit : nil))
  }

  static func label(_ name: String) -> EvidenceLabel {
    EvidenceLabel(
      run: run(1), step: .test, attempt: 1, kind: .log, name: SecretSet.none.redact(name),
      time: Timestamp(nanoseconds: 3))
  }
}
