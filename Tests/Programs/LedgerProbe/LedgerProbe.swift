import DeliveryLoop
import Engine
import Glibc
import Hashing
import Redaction
import SQLiteLedger

/// A process that uses a ledger, for tests that need more than one or one that dies; every verb is a scene of such a test.
@main
enum LedgerProbe {
  static func main() throws {
    let words = Array(Swift.CommandLine.arguments.dropFirst())
    switch (words.first, words.count) {
    case ("append", 4): try append(to: words[1], run: number(words[2]), count: number(words[3]))
    case ("watch", 2): try watch(words[1])
    case ("hold", 3): try Stranger.hold(words[1], words[2])
    case ("break", 5): try BrokenWrites.scene(words[1], number(words[2]), isWritten: words[3] == "written", words[4])
    case ("break-evidence", 3): try BrokenWrites.evidence(words[1], isWritten: words[2] == "written")
    case ("fill", 2): try FullDisk.scene(words[1])
    case ("protect", 2): try ProtectedFiles.scene(words[1])
    default: throw Misuse()
    }
  }

  /// Appends events to a run of its own and says each sequence once it is acknowledged, with captures in between.
  private static func append(to path: String, run: Int, count: Int) throws {
    let ledger = try SQLiteLedger(path: path, for: .deliver, hashing: OpenSSLHashing())
    say("ready")
    _ = readLine()
    say("\(try ledger.append(opening(run)))")
    for index in 1..<count {
      if index.isMultiple(of: 20) {
        let writer = try ledger.capture(label(run, index))
        try writer.write(SecretSet.none.redact((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* index) }))
        try writer.finish()
      }
      say("\(try ledger.append(event(run, "observed.started")))")
    }
  }

  /// Reads all runs over and over until its input ends; a ledger that cannot be read ends it with an error.
  private static func watch(_ path: String) throws {
    let ledger = try SQLiteLedger(path: path, for: .look, hashing: OpenSSLHashing())
    say("ready")
    var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
    var seen = 0
    while poll(&input, 1, 0) == 0 {
      var count = 0
      for run in try ledger.runs(RunQuery()) { count += try ledger.events(of: run.run).count }
      guard count >= seen else { throw Misuse() }
      seen = count
    }
    say("seen")
  }

  private static func number(_ text: String) throws -> Int {
    guard let number = Int(text) else { throw Misuse() }
    return number
  }

  /// Written at once, so that it is there when the process is killed.
  static func say(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    _ = write(1, bytes, bytes.count)
  }

  struct Misuse: Error {}
}

extension LedgerProbe {
  // swift-format-ignore: NeverForceUnwrap
  static let task = TaskID("t")!

  static func run(_ number: Int) -> RunID {
    // swift-format-ignore: NeverForceUnwrap
    RunID("019a0000-\(String(10_000 + number).dropFirst())-7000-8000-000000000000")!
  }

  static func opening(_ number: Int) -> EventRecord {
    EventRecord(
      run: run(number), time: Timestamp(nanoseconds: 1), kind: "opened", payload: SecretSet.none.redact("{}"),
      opening: .init(
        task: task, title: SecretSet.none.redact("A title"), workspace: SecretSet.none.redact("/w"),
        author: SecretSet.none.redact("Ada")),
      standing: Standing(state: .running, step: .claim, attempts: 0, commit: nil))
  }

  static func event(_ number: Int, _ kind: String, _ payload: String = "{}") -> EventRecord {
    EventRecord(
      run: run(number), time: Timestamp(nanoseconds: 2), kind: kind, payload: SecretSet.none.redact(payload),
      standing: Standing(state: .running, step: .test, attempts: 0, commit: nil))
  }

  static func label(_ number: Int, _ attempt: Int) -> EvidenceLabel {
    EvidenceLabel(
      run: run(number), step: .test, attempt: attempt, kind: .log, name: SecretSet.none.redact("log"),
      time: Timestamp(nanoseconds: 3))
  }

  /// Bytes that do not get smaller when they are compressed.
  static func noise(_ count: Int, seed: UInt64) -> [UInt8] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
  }
}
