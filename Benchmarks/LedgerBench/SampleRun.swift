import DeliveryLoop
import Engine
import JSONText
import Redaction

/// A run of 25 events as deliveries leave them: a red test, a second attempt, an interrupt before the close.
struct SampleRun {
  let records: [EventRecord]

  static func workspace(isFinished: Bool) -> String { "/home/ada/projects/\(isFinished ? "service" : "unfinished")" }

  init(number: Int, isFinished: Bool, policy: Digest = .zero) throws {
    let base = try Self.id("\(number)b")
    let opening = Opening(
      task: try Self.some(TaskID("task-\(number % 500)")), title: "Deliver the increment number \(number)",
      workspace: Self.workspace(isFinished: isFinished), branch: "main", remote: "origin", remoteBranch: "main",
      base: base, policy: policy, owner: "ada", adopts: false, hasService: false, earlierAttempts: 0)
    var entropy = [UInt8](repeating: 7, count: 10)
    for index in 0..<4 { entropy[index + 4] = UInt8(truncatingIfNeeded: number >> (8 * index)) }
    // The clock stands still: ids differ by their entropy alone.
    let id = RunID(at: Timestamp(nanoseconds: 1_700_000_000_000_000_000), entropy: entropy)
    var run = Run(id: id, opening: opening)
    let events = try Self.events(number, base: base, isFinished: isFinished)
    var records = [Self.record(.opened(opening), run)]
    for event in events {
      try run.apply(event)
      records.append(Self.record(event, run))
    }
    self.records = records
  }

  private static func events(_ number: Int, base: ObjectID, isFinished: Bool) throws -> [Event] {
    let (red, tree) = (try id("\(number)e"), try id("\(number)d"))
    let commit = PreparedCommit(
      id: try id("\(number)c"), tree: tree, parent: base,
      content: "tree \(tree)\nparent \(base)\nauthor Ada <ada@example.org> 1700000000 +0000\n"
        + "committer Ada <ada@example.org> 1700000000 +0000\n\nDeliver the increment number \(number)\n\nTask-Id: t\n")
    let failure = Failure(
      step: .test, kind: .red, message: "\"go test ./...\" ended with 1",
      tail: (0..<8).map { "    handler_test.go:\($0 + 40): the answer has 500 and not 200" })
    let file = ValidatedFile(
      path: "validations/smoke.hurl", exchanges: 3, asserts: 9, captures: [.init(name: "version", value: "1.\(number)")]
    )
    return [
      .intended(.claim), .observed(.claimed(status: "in_progress")),
      .intended(.implement(attempt: 1)), .observed(.implemented(tree: red, by: .agent)),
      .intended(.format), .observed(.formatted(tree: red)),
      .intended(.test), .failed(failure, .implementAgain),
      .intended(.implement(attempt: 2)), .observed(.implemented(tree: tree, by: .agent)),
      .intended(.format), .observed(.formatted(tree: tree)), .intended(.test), .observed(.tested(tree: tree)),
      .intended(.validate), .observed(.validated(tree: tree, files: [file])),
      .intended(.commit(commit)), .observed(.committed(commit.id)),
      .intended(.push(old: base, new: commit.id)), .observed(.pushed(observed: commit.id)),
      .interrupted(.close), .resumed(from: .close, by: "ada"),
      .intended(.close), isFinished ? .observed(.closed(status: "closed")) : .interrupted(.close),
    ]
  }

  private static func record(_ event: Event, _ run: Run) -> EventRecord {
    let opening = run.opening
    var line: EventRecord.Opening?
    if case .opened = event {
      line = .init(
        task: opening.task, title: SecretSet.none.redact(opening.title),
        workspace: SecretSet.none.redact(opening.workspace), author: SecretSet.none.redact(opening.owner))
    }
    return EventRecord(
      run: run.id, time: Timestamp(nanoseconds: 1_700_000_000_000_000_000), kind: event.kind,
      payload: SecretSet.none.redact(event.stored.compact), opening: line, standing: run.standing)
  }

  /// An object id that begins with these hexadecimal digits.
  private static func id(_ digits: String) throws -> ObjectID {
    try some(ObjectID(digits + String(repeating: "0", count: 40 - digits.count)))
  }

  private static func some<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw LedgerBench.Misuse() }
    return value
  }
}
