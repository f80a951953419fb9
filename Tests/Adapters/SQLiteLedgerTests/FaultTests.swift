import CSQLite
import DeliveryLoop
import Engine
import Foundation
import Hashing
import JSONText
import Redaction
import SQLiteLedger
import Support
import Testing

@Suite struct `Ledger faults` {
  let folder = TemporaryFolder()
  var path: String { "\(folder.path)/ledger.db" }

  func open(_ use: SQLiteLedger.Use = .deliver) throws -> SQLiteLedger {
    try SQLiteLedger(path: path, for: use, hashing: OpenSSLHashing(), patience: .seconds(60))
  }

  /// Makes a ledger of so many runs with two events each, all of it in the file and nothing in the log when `isSettled`.
  func make(_ count: Int, isSettled: Bool = false) throws {
    do {
      let ledger = try open()
      for index in 1...count {
        try ledger.append(Sample.opening(Sample.run(index), "task-\(index)"))
        try ledger.append(Sample.event(Sample.run(index), "observed.tested", #"{"tree":"\#(index)"}"#))
      }
    }
    if isSettled { #expect(Raw.run("PRAGMA wal_checkpoint(TRUNCATE)", path) == SQLITE_OK) }
  }

  func isCorrupt(_ error: any Error) -> Bool {
    if case .corrupt(let path, _)? = error as? LedgerError { path == self.path } else { false }
  }

  // MARK: Bytes that are not what they were

  @Test(arguments: [0x00, 0xff, 0x41] as [UInt8])
  func `in any page are told, or touch nothing that is asked for`(filler: UInt8) throws {
    try make(150, isSettled: true)
    let bytes = try #require(folder.read("ledger.db"))
    let truth = try (1...150).map { try open(.look).events(of: Sample.run($0)) }
    var told = 0
    for place in stride(from: 0, to: bytes.count, by: 2048) {
      var damaged = bytes
      for index in place..<(place + 200) { damaged[index] = filler }
      folder.write(damaged, to: "ledger.db")
      do {
        let ledger = try open()
        for (index, events) in truth.enumerated() { #expect(try ledger.events(of: Sample.run(index + 1)) == events) }
        _ = try ledger.runs(RunQuery(limit: 1000))
      } catch {
        #expect(isCorrupt(error), "\(place): \(error)")
        told += 1
      }
      for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
    }
    #expect(told > bytes.count / 2048 / 4)
    folder.write(bytes, to: "ledger.db")
    #expect(try open().append(Sample.opening(Sample.run(500), "t")) == 301)
  }

  @Test func `that come and go under an open ledger leave it usable`() throws {
    try make(150, isSettled: true)
    let bytes = try #require(folder.read("ledger.db"))
    let ledger = try open()
    folder.write(Array(bytes.prefix(4096)) + [UInt8](repeating: 0xff, count: bytes.count - 4096), to: "ledger.db")
    #expect { for index in 1...150 { _ = try ledger.events(of: Sample.run(index)) } } throws: { isCorrupt($0) }
    folder.write(bytes, to: "ledger.db")
    for index in 1...150 { #expect(try ledger.events(of: Sample.run(index)).count == 2) }
    #expect(try ledger.append(Sample.opening(Sample.run(500), "t")) == 301)
  }

  @Test func `in a text are told, although the file is whole`() throws {
    try make(3, isSettled: true)
    let bytes = try #require(folder.read("ledger.db"))
    let place = try #require(bytes.firstRange(of: Array(#"{"tree":"2"}"#.utf8)))
    folder.write(bytes.replacing(Array(#"{"tree":"2"}"#.utf8), with: Array(#"{"tree":"9"}"#.utf8)), to: "ledger.db")
    #expect(!place.isEmpty)
    let ledger = try open()
    #expect(throws: LedgerError.corrupt(path: path, message: "event 4 does not match its hash")) {
      try ledger.events(of: Sample.run(2))
    }
    #expect(try ledger.events(of: Sample.run(1)).count == 2)
  }

  @Test func `that an index hides are missed`() throws {
    try make(3)
    #expect(
      Raw.run("PRAGMA ignore_check_constraints=ON; UPDATE runs SET events = 3 WHERE opened = 3", path) == SQLITE_OK)
    #expect { try open().events(of: Sample.run(2)) } throws: { isCorrupt($0) }
  }

  @Test(arguments: [0, 1, 100, 4096, 12_288, -5000])
  func `that were cut off are told, and the ledger goes on once they are back`(length: Int) throws {
    try make(150, isSettled: true)
    let bytes = try #require(folder.read("ledger.db"))
    folder.write(Array(length < 0 ? bytes.dropLast(-length) : bytes.prefix(length)), to: "ledger.db")
    #expect { for index in 1...150 { _ = try open().events(of: Sample.run(index)) } } throws: { isCorrupt($0) }
    #expect(folder.read("ledger.db")?.count ?? 0 <= bytes.count)
    folder.write(bytes, to: "ledger.db")
    #expect(try open().append(Sample.opening(Sample.run(500), "t")) == 301)
  }

  @Test(arguments: ["flipped", "cut off", "emptied", "removed", "file emptied"], [SQLiteLedger.Use.deliver, .look])
  func `of the log are told, and the ledger goes on once they are back`(how: String, use: SQLiteLedger.Use) throws {
    try make(20)
    let (file, log) = (try #require(folder.read("ledger.db")), try #require(folder.read("ledger.db-wal")))
    switch how {
    case "flipped":
      var damaged = log
      for index in (log.count / 2)..<(log.count / 2 + 16) { damaged[index] ^= 0xff }
      folder.write(damaged, to: "ledger.db-wal")
    case "cut off": folder.write(Array(log.prefix(log.count - 1)), to: "ledger.db-wal")
    case "emptied": folder.write([], to: "ledger.db-wal")
    case "removed": try FileManager.default.removeItem(atPath: "\(path)-wal")
    default: folder.write([], to: "ledger.db")
    }
    #expect { try open(use) } throws: { isCorrupt($0) }
    if how == "file emptied" { folder.write(file, to: "ledger.db") } else { folder.write(log, to: "ledger.db-wal") }
    #expect(try open().append(Sample.opening(Sample.run(500), "t")) == 41)
  }

  @Test func `of a log that is lost for good keep nobody from going on with what is left`() throws {
    try make(20)
    #expect(Raw.run("PRAGMA wal_checkpoint(TRUNCATE)", path) == SQLITE_OK)
    do { try open().append(Sample.opening(Sample.run(500), "t")) }
    try FileManager.default.removeItem(atPath: "\(path)-wal")
    #expect { try open() } throws: { isCorrupt($0) }
    try FileManager.default.removeItem(atPath: "\(path).lock")
    #expect(try open().append(Sample.opening(Sample.run(501), "t")) == 41)
  }

  // MARK: Files of others

  @Test func `of what is no ledger are told, and nothing is done to it`() throws {
    let text = "this is no database, and long enough not to be an empty one"
    folder.write(text, to: "ledger.db")
    #expect(throws: LedgerError.corrupt(path: path, message: "it is no database")) { try open() }
    #expect(throws: LedgerError.corrupt(path: path, message: "it is no database")) { try open(.look) }
    #expect(folder.read("ledger.db") == Array(text.utf8))
    try FileManager.default.removeItem(atPath: path)
    #expect(Raw.run("CREATE TABLE theirs (x)", path) == SQLITE_OK)
    #expect(throws: LedgerError.corrupt(path: path, message: "it is the database of another program")) { try open() }
    #expect(Raw.run("SELECT x FROM theirs", path) == SQLITE_OK)
    #expect(Raw.run("SELECT 1 FROM events", path) != SQLITE_OK)
  }

  @Test func `of a newer program's file are told, also when it comes while a ledger is open`() throws {
    let ledger = try open()
    try ledger.append(Sample.opening(Sample.run(1), "t"))
    #expect(Raw.run("PRAGMA user_version = 99", path) == SQLITE_OK)
    #expect(throws: LedgerError.newer(path: path, version: 99)) {
      try ledger.append(Sample.opening(Sample.run(2), "t"))
    }
    #expect(throws: LedgerError.newer(path: path, version: 99)) { try open() }
    #expect(throws: LedgerError.newer(path: path, version: 99)) { try open(.look) }
    #expect(Raw.run("PRAGMA user_version = 3", path) == SQLITE_OK)
    #expect(try ledger.append(Sample.opening(Sample.run(2), "t")) == 2)
  }

  // MARK: Rows of others

  @Test func `of single events are set aside and reported`() throws {
    let ledger = try open()
    let opening = Opening(
      task: Sample.task, title: "A title", workspace: "/w", branch: "main", remote: "origin", remoteBranch: "main",
      base: try #require(Sample.commit), policy: .zero, owner: "ada", adopts: false, hasService: false,
      earlierAttempts: 0)
    try ledger.append(Sample.opening(Sample.run(1), "t", payload: Event.opened(opening).stored.compact))
    try ledger.append(Sample.event(Sample.run(1), "intended.claim", "{}"))
    try ledger.append(Sample.event(Sample.run(1), "observed.teleported", "{}"))
    try ledger.append(Sample.event(Sample.run(1), "observed.claimed", "{\"status\":"))
    try ledger.append(Sample.event(Sample.run(1), "observed.claimed", #"{"status":"open"}"#))
    try ledger.append(Sample.opening(Sample.run(2), "t"))
    let (run, unreadable) = try History(ledger).run(Sample.run(1))
    #expect(run.pending == .step(.implement))
    #expect(unreadable.map(\.sequence) == [3, 4])
    #expect(unreadable.map(\.kind) == ["observed.teleported", "observed.claimed"])
    #expect(try ledger.events(of: Sample.run(2)).count == 1)
  }

  @Test(arguments: [
    "step = 'teleport'", "state = 'dreaming'", "task = '../x'", "run = 'XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX'",
    "attempts = -9223372036854775808, step = ''",
  ])
  func `of runs are left out and take no other's place`(change: String) throws {
    try make(3)
    let sql = "PRAGMA ignore_check_constraints=ON; UPDATE runs SET \(change) WHERE opened = 5"
    #expect(Raw.run(sql, path) == SQLITE_OK)
    for use in [SQLiteLedger.Use.deliver, .look] {
      let ledger = try open(use)
      #expect(try ledger.runs(RunQuery(unfinished: true, limit: 1)).map(\.run) == [Sample.run(2)])
      #expect(try ledger.events(of: Sample.run(3)).count == 2)
    }
    #expect(try open().append(Sample.event(Sample.run(3), "observed.tested", "{}")) == 7)
  }
}

@Suite struct `Disk faults` {
  let folder = TemporaryFolder()
  var path: String { "\(folder.path)/ledger.db" }

  /// A command that runs another in a mount namespace of its own; nil where that is not permitted.
  static let ownMounts: [String]? = [["unshare", "-Urm"], ["unshare", "-m"]].first { wrapper in
    (try? Probe("none", wrapper: wrapper + ["sh", "-c", "mount -t tmpfs none /mnt && exit 7"]).end().status) == 7
  }

  @Test(.enabled(if: ownMounts != nil, "neither a user namespace nor a mount is permitted here"))
  func `of room and of writing stop the ledger clearly, and it goes on when they are mended`() throws {
    let wrapper = try #require(Self.ownMounts)
    let mount = "mount -t tmpfs -o size=2m,nr_inodes=40 none \"$2\" && exec \"$0\" \"$@\""
    let end = try Probe("fill", folder.path, wrapper: wrapper + ["sh", "-c", mount]).end()
    #expect(end.lines == Array(repeating: "whole", count: 40))
    #expect(end.status == 0)
  }

  @Test func `of modes stop the ledger clearly, and it goes on when they are mended`() throws {
    let end = try Probe("protect", folder.path).end()
    #expect(end.lines == ["read-only", "1 run", "read-only", "1 run", "read-only", "1 run", "2"])
    #expect(end.status == 0)
  }

  @Test(arguments: 1...14, [("written", false), ("written", true), ("lost", false), ("lost", true)])
  func `of one write leave the truth about it, also to the process that comes after`(
    number: Int, how: (what: String, isWatched: Bool)
  ) throws {
    let (what, isWatched) = how
    // Somebody who looks on keeps the index of the log alive, in which what was refused does not stand.
    var looking: SQLiteLedger?
    if isWatched {
      do { _ = try SQLiteLedger(path: path, for: .deliver, hashing: OpenSSLHashing()) }
      looking = try SQLiteLedger(path: path, for: .look, hashing: OpenSSLHashing())
      #expect(try looking?.runs(RunQuery()) == [])
    }
    let lines = try Probe("break", path, "\(number)", what, "once").end().lines
    looking = nil
    let kinds = try SQLiteLedger(path: path, for: .look, hashing: OpenSSLHashing()).events(of: Sample.run(1)).map(
      \.kind)
    #expect(lines.count == 1)
    #expect(kinds == ["opened", "a", "b"] + (lines == ["acknowledged broken"] ? ["broken"] : []))
  }

  @Test(arguments: ["written", "lost"])
  func `of one write leave evidence that can be finished`(what: String) throws {
    #expect(try Probe("break-evidence", path, what).end().lines == ["whole"])
  }

  @Test(arguments: 1...14, ["written", "lost"])
  func `of every write from one on keep the chain whole once they end`(number: Int, what: String) throws {
    let lines = try Probe("break", path, "\(number)", what, "lasting").end().lines
    #expect(lines.count == 3 && lines.last == "acknowledged after")
    let ledger = try SQLiteLedger(path: path, for: .deliver, hashing: OpenSSLHashing())
    let events = try ledger.events(of: Sample.run(1))
    #expect(events.map(\.sequence) == Array(1...Int64(events.count)))
    let kinds = events.map(\.kind)
    for line in lines where line.hasPrefix("acknowledged") {
      #expect(kinds.contains(String(line.dropFirst("acknowledged ".count))), "\(line), \(kinds)")
    }
    #expect(Set(kinds).count == kinds.count)
    #expect(try ledger.append(Sample.event(Sample.run(1), "next", "{}")) == Int64(events.count) + 1)
  }
}
