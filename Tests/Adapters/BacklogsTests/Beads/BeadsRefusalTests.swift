import Backlogs
import CSQLite
import DeliveryLoop
import Engine
import Glibc
import Support
import Testing

@Suite struct `Beads refusals` {
  private static let good = #"{"id":"a","status":"open"}"#

  @Test(arguments: [
    (["<<<<<<< HEAD", good], 1, 1, "conflict"), ([good, "=======", good], 2, 1, "conflict"),
    ([good, ">>>>>>> other"], 2, 1, "conflict"), ([good, "|||||||"], 2, 1, "conflict"),
    ([good, good], 2, 1, "stands in line 1 already"), ([good, #"{"id":"ü","x":}"#], 2, 15, "not valid JSON"),
    ([good, "[1]"], 2, 1, "JSON object"), ([#"{"title":"t"}"#], 1, 1, "\"id\""), ([#"{"id":""}"#], 1, 1, "\"id\""),
    ([#"{"id":"a","status":"open","status":"closed"}"#], 1, 1, "\"status\" twice"),
    ([good, good + good], 2, 27, "JSON"),
  ]) func `name the place and leave the file alone`(lines: [String], line: Int, column: Int, words: String) throws {
    let backlog = try BeadsFixture(lines)
    let before = backlog.text
    let error = #expect(throws: BacklogError.self) { try backlog.adapter.claim(backlog.id("a"), by: "me", at: .now) }
    guard case .malformed(".beads/issues.jsonl", line, column, let message) = error else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
    #expect(message.contains(words))
    #expect(message.contains("; ") || message.contains(": "))
    #expect(backlog.text == before)
    #expect(throws: BacklogError.self) { try backlog.adapter.tasks() }
  }

  @Test(arguments: [
    ("metadata.json", #"{"database":"dolt"}"#), ("metadata.json", #"{"backend":"Dolt","database":"x"}"#),
    ("dolt/x", ""), ("embeddeddolt/x", ""), ("metadata.json", #"{"jsonl_export":"../issues.jsonl"}"#),
  ]) func `cover what is kept by Dolt or elsewhere`(name: String, content: String) throws {
    let backlog = try BeadsFixture([Self.good])
    backlog.folder.write(content, to: ".beads/\(name)")
    expectUnsupported { _ = try backlog.adapter.tasks() }
    expectUnsupported { try backlog.adapter.claim(backlog.id("a"), by: "me", at: .now) }
    #expect(backlog.text == Self.good + "\n")
  }

  @Test func `do not cover br's own metadata, which may name the file`() throws {
    let backlog = try BeadsFixture()
    backlog.folder.write(#"{"database":"beads.db","jsonl_export":"other.jsonl"}"#, to: ".beads/metadata.json")
    backlog.folder.write(Self.good + "\n", to: ".beads/other.jsonl")
    #expect(try backlog.adapter.tasks().count == 1)
    #expect(try backlog.adapter.recordPaths(of: backlog.id("a")) == [".beads/other.jsonl"])
  }

  @Test(arguments: [(0, false), (1, false), (0, true), (1, true)])
  func `cover a database with changes that the file lacks`(changes: Int, inLog: Bool) throws {
    let backlog = try BeadsFixture([Self.good])
    let database = try Database("\(backlog.folder.path)/.beads/beads.db", log: inLog)
    database.run("CREATE TABLE dirty_issues (issue_id TEXT PRIMARY KEY)")
    for number in 0..<changes { database.run("INSERT INTO dirty_issues VALUES ('a\(number)')") }
    let names = backlog.folder.names(in: ".beads")
    if changes == 0 {
      try backlog.adapter.claim(backlog.id("a"), by: "me", at: .now)
    } else {
      expectUnsupported { try backlog.adapter.claim(backlog.id("a"), by: "me", at: .now) }
      expectUnsupported { _ = try backlog.adapter.closedRecord(of: backlog.id("a"), reason: "r", at: .now, over: []) }
    }
    #expect(backlog.folder.names(in: ".beads") == names)
  }

  @Test func `leave no file beside a database whose log was folded in`() throws {
    let backlog = try BeadsFixture([Self.good])
    do {
      let database = try Database("\(backlog.folder.path)/.beads/beads.db", log: true)
      database.run("CREATE TABLE dirty_issues (issue_id TEXT PRIMARY KEY)")
    }
    try backlog.adapter.claim(backlog.id("a"), by: "me", at: .now)
    #expect(backlog.folder.names(in: ".beads") == ["beads.db", "issues.jsonl"])
  }

  @Test(arguments: [".beads", ".beads/.write.lock"]) func `come when another writer holds the lock`(name: String) throws
  {
    let backlog = try BeadsFixture([Self.good], patience: .zero)
    if name != ".beads" { backlog.folder.write("", to: name) }
    let holder = open("\(backlog.folder.path)/\(name)", O_RDONLY | O_CLOEXEC)
    #expect(flock(holder, LOCK_EX | LOCK_NB) == 0)
    #expect(throws: BacklogError.busy(path: "\(backlog.folder.path)/\(name)")) {
      try backlog.adapter.claim(backlog.id("a"), by: "me", at: .now)
    }
    close(holder)
    try backlog.adapter.claim(backlog.id("a"), by: "me", at: .now)
  }

  @Test func `cover a symbolic link, which a rename would replace`() throws {
    let backlog = try BeadsFixture([Self.good])
    rename("\(backlog.folder.path)/.beads/issues.jsonl", "\(backlog.folder.path)/real.jsonl")
    symlink("../real.jsonl", "\(backlog.folder.path)/.beads/issues.jsonl")
    expectUnsupported { try backlog.adapter.claim(backlog.id("a"), by: "me", at: .now) }
    #expect(backlog.text == Self.good + "\n")
  }

  @Test func `name what is missing`() throws {
    let backlog = try BeadsFixture()
    unlink("\(backlog.folder.path)/.beads/issues.jsonl")
    #expect(throws: BacklogError.missing(path: "\(backlog.folder.path)/.beads/issues.jsonl")) {
      try backlog.adapter.tasks()
    }
    let nowhere = BeadsBacklog(root: "\(backlog.folder.path)/none")
    #expect(throws: BacklogError.missing(path: "\(backlog.folder.path)/none/.beads")) {
      try nowhere.claim(backlog.id("a"), by: "me", at: .now)
    }
  }

  @Test func `cover a claim of what is set aside`() throws {
    let backlog = try BeadsFixture([#"{"id":"a","status":"deferred"}"#])
    #expect(
      throws: BacklogError.failed(doing: "claim \"a\"", message: "its status is \"deferred\"; set it to open first")
    ) {
      try backlog.adapter.claim(backlog.id("a"), by: "me", at: .now)
    }
  }

  private func expectUnsupported(_ body: () throws -> Void) {
    let error = #expect(throws: BacklogError.self) { try body() }
    guard case .unsupported = error else { return #expect(Bool(false), "\(String(describing: error))") }
  }
}

extension Timestamp {
  fileprivate static let now = BeadsFixture.now
}

/// A database as br leaves it, open for as long as the value lives.
private final class Database {
  private var connection: OpaquePointer?

  init(_ path: String, log: Bool) throws {
    #expect(sqlite3_open(path, &connection) == SQLITE_OK)
    if log { run("PRAGMA journal_mode=WAL") }
  }

  deinit { sqlite3_close_v2(connection) }

  func run(_ sql: String) { #expect(sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK) }
}
