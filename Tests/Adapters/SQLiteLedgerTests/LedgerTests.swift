import DeliveryLoop
import Engine
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
      for field in [event.run.text, event.kind, String(event.time.nanoseconds), event.seal.text] {
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
    #expect(try ledger.runs(RunQuery(commit: "CCCC")).map(\.run) == [Sample.run(4)])
    #expect(try ledger.runs(RunQuery(commit: "cd")).isEmpty)
  }

  @Test func `finds runs by time, author, state and waiver`() throws {
    let ledger = try open()
    for index in 1...4 {
      try ledger.append(
        Sample.opening(Sample.run(index), "t", at: Int64(index) * 10, author: index == 3 ? "Grace" : "Ada"))
    }
    try ledger.append(Sample.event(Sample.run(1), "waived", "{}", state: .waiting))
    try ledger.append(Sample.event(Sample.run(1), "waived", "{}", state: .waived))
    try ledger.append(Sample.event(Sample.run(2), "observed.closed", "{}", state: .delivered))
    func found(_ change: (inout RunQuery) -> Void) throws -> [RunID] {
      var query = RunQuery()
      change(&query)
      return try ledger.runs(query).map(\.run)
    }
    func time(_ nanoseconds: Int64) -> Timestamp { Timestamp(nanoseconds: nanoseconds) }
    #expect(try found { $0.since = time(20) } == [4, 3, 2].map(Sample.run))
    #expect(try found { $0.until = time(20) } == [Sample.run(1)])
    #expect(try found { ($0.since, $0.until) = (time(11), time(31)) } == [3, 2].map(Sample.run))
    #expect(try found { $0.author = "Grace" } == [Sample.run(3)])
    #expect(try found { $0.author = "grace' OR 1" }.isEmpty)
    #expect(try found { $0.states = [.delivered, .waived] } == [2, 1].map(Sample.run))
    #expect(try found { $0.states = [] }.isEmpty)
    #expect(try found { $0.waived = true } == [Sample.run(1)])
    let waived = try #require(try ledger.runs(RunQuery(prefix: Sample.run(1).text)).first)
    #expect(waived.author == "Ada" && waived.waivers == 2)
  }

  @Test func `tells replays from deliveries`() throws {
    let ledger = try open()
    try ledger.append(Sample.opening(Sample.run(1), "t"))
    for number in 2...4 { try ledger.append(Sample.opening(Sample.run(number), "t", replaying: Sample.run(1))) }
    try ledger.append(Sample.event(Sample.run(2), "observed.stopped", "{}", state: .replayed, outcome: .fixed))
    try ledger.append(Sample.event(Sample.run(3), "interrupted", "{}", state: .interrupted))
    #expect(try ledger.runs(RunQuery(replays: .none)).map(\.run) == [Sample.run(1)])
    #expect(try ledger.runs(RunQuery(replays: .only)).map(\.run) == [4, 3, 2].map(Sample.run))
    #expect(try ledger.runs(RunQuery(replays: .of(Sample.run(1)), limit: 1)).map(\.run) == [Sample.run(4)])
    #expect(try ledger.runs(RunQuery(replays: .of(Sample.run(2)))).isEmpty)
    // One that was interrupted is not gone on with.
    #expect(try ledger.runs(RunQuery(unfinished: true)).map(\.run) == [4, 1].map(Sample.run))
    let replayed = try #require(try ledger.runs(RunQuery(prefix: Sample.run(2).text)).first)
    #expect(replayed.standing.outcome == .fixed && replayed.replays == Sample.run(1))
  }

  @Test func `orders runs by their opening, whatever the clock said`() throws {
    let ledger = try open()
    // A run's id begins with the time of its making: this clock jumps back before every run.
    let ids = (1...5).map { RunID(at: Timestamp(nanoseconds: Int64(10 - $0) * 3_600_000_000_000), entropy: []) }
    for (index, id) in ids.enumerated() {
      try ledger.append(Sample.opening(id, "t", at: Int64(10 - index)))
      try ledger.append(Sample.event(id, "observed.tested", "{}", state: index < 3 ? .waiting : .abandoned))
    }
    #expect(ids == ids.sorted().reversed())
    #expect(try ledger.runs(RunQuery()).map(\.run) == ids.reversed())
    #expect(try ledger.runs(RunQuery(workspace: "/w", limit: 1)).map(\.run) == [ids[4]])
    #expect(try ledger.runs(RunQuery(task: Sample.task, unfinished: true, limit: 1)).map(\.run) == [ids[2]])
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
