package import DeliveryLoop
package import Engine
import Glibc
import Synchronization
import Testing

/// What every backlog has to do, one clause a case; run on the twin in memory and on each adapter.
package enum BacklogContract: String, CaseIterable, Sendable {
  case `lists the ready tasks by urgency`
  case `shows one task`
  case `suggests similar ids for one that is not there`
  case `records the owner of a claim`
  case `lets an owner claim again without a change`
  case `refuses a claim of somebody else's task`
  case `refuses to claim or close a closed task`
  case `gives a released task back`
  case `lets nobody release somebody else's task`
  case `prepares the closed record without touching the working copy`
  case `leaves uncommitted edits of other tasks out of the closed record`
  case `adopts the closed record`
  case `adopts the same record twice`
  case `keeps a foreign edit when it adopts`
  case `refuses to adopt a commit without the record`
  case `lets exactly one of many claims win`

  /// A backlog with these tasks: `alpha` (urgent, open), `beta` (less urgent, open), `gamma` (waits for beta) and `delta`
  /// (closed).
  package protocol Subject: Sendable {
    var backlog: any Backlog { get }
    /// All bytes of the working copy's records by path.
    func contents() throws -> [String: [UInt8]]
    /// Changes the title of a task behind the backlog's back.
    func retitle(_ id: TaskID, _ title: String) throws
  }

  package func check(_ subject: some Subject) throws {
    let backlog = subject.backlog
    switch self {
    case .`lists the ready tasks by urgency`: try Self.order(backlog)
    case .`shows one task`: try Self.show(backlog)
    case .`suggests similar ids for one that is not there`: try Self.similar(backlog)
    case .`records the owner of a claim`, .`lets an owner claim again without a change`,
      .`refuses a claim of somebody else's task`, .`gives a released task back`,
      .`lets nobody release somebody else's task`:
      try claiming(subject)
    case .`refuses to claim or close a closed task`: try Self.closed(backlog)
    case .`prepares the closed record without touching the working copy`, .`adopts the closed record`,
      .`leaves uncommitted edits of other tasks out of the closed record`,
      .`adopts the same record twice`, .`keeps a foreign edit when it adopts`,
      .`refuses to adopt a commit without the record`:
      try closing(subject)
    case .`lets exactly one of many claims win`: try Self.race(backlog)
    }
  }
}

extension BacklogContract {
  private static let alpha = id("alpha")
  private static let beta = id("beta")
  private static let time = Timestamp(nanoseconds: 1_800_000_000_000_000_000)
  private static let later = Timestamp(nanoseconds: 1_800_000_001_000_000_000)

  private static func id(_ text: String) -> TaskID { TaskID(text) ?? unreachable(text) }
  private static func unreachable(_ text: String) -> TaskID { preconditionFailure("\(text) is no id") }

  private static func order(_ backlog: any Backlog) throws {
    let tasks = try backlog.tasks()
    #expect(tasks.filter { $0.obstacle == nil }.map(\.id.text) == ["alpha", "beta"])
    let gamma = try backlog.show(id("gamma"))
    #expect(gamma.obstacle == .blocked(by: ["beta"]) && gamma.blockers == ["beta"])
    #expect(try backlog.show(id("delta")).obstacle == .closed)
  }

  private static func show(_ backlog: any Backlog) throws {
    let task = try backlog.show(alpha)
    #expect(task.title == "First")
    #expect(task.description == "Does the first thing.")
    #expect(task.acceptance == ["it works", "it is fast"])
    #expect(task.labels == ["core"])
    #expect(task.priority == 1)
    #expect(task.state == .open && task.obstacle == nil && task.owner == nil)
  }

  private static func similar(_ backlog: any Backlog) throws {
    let unknown = id("alhpa")
    let error = BacklogError.notFound(unknown, similar: ["alpha"])
    #expect(throws: error) { try backlog.show(unknown) }
    #expect(throws: error) { try backlog.claim(unknown, by: "me", at: time) }
    #expect(throws: error) { try backlog.release(unknown, by: "me", at: time, over: []) }
    #expect(throws: error) { try backlog.closedRecord(of: unknown, reason: "done", at: time, over: []) }
  }

  private static func closed(_ backlog: any Backlog) throws {
    let delta = id("delta")
    #expect(throws: BacklogError.alreadyClosed(delta)) { try backlog.claim(delta, by: "me", at: time) }
    #expect(throws: BacklogError.alreadyClosed(delta)) { try backlog.release(delta, by: "me", at: time, over: []) }
    #expect(throws: BacklogError.alreadyClosed(delta)) {
      try backlog.closedRecord(of: delta, reason: "done", at: time, over: [])
    }
  }

  private func claiming(_ subject: some Subject) throws {
    let backlog = subject.backlog
    try backlog.claim(Self.alpha, by: "me", at: Self.time)
    let claimed = try backlog.show(Self.alpha)
    #expect(claimed.state == .claimed && claimed.owner == "me" && claimed.obstacle == .claimed(by: "me"))
    let before = try subject.contents()
    let conflict = BacklogError.conflict(Self.alpha, owner: "me")
    if self == .`lets an owner claim again without a change` {
      try backlog.claim(Self.alpha, by: "me", at: Self.later)
    } else if self == .`refuses a claim of somebody else's task` {
      #expect(throws: conflict) { try backlog.claim(Self.alpha, by: "you", at: Self.later) }
    } else if self == .`lets nobody release somebody else's task` {
      #expect(throws: conflict) { try backlog.release(Self.alpha, by: "you", at: Self.later, over: []) }
    }
    #expect(try subject.contents() == before)
    #expect(try backlog.show(Self.alpha) == claimed)
    guard self == .`gives a released task back` else { return }
    try backlog.release(Self.alpha, by: "me", at: Self.later, over: [])
    let task = try backlog.show(Self.alpha)
    #expect(task.state == .open && task.owner == nil && task.obstacle == nil)
  }

  private func closing(_ subject: some Subject) throws {
    let backlog = subject.backlog
    let base = try subject.contents().map { FileContent(path: $0.key, bytes: $0.value) }
    try backlog.claim(Self.alpha, by: "me", at: Self.time)
    if self == .`leaves uncommitted edits of other tasks out of the closed record` {
      try subject.retitle(Self.beta, "Second, by another hand")
    }
    let before = try subject.contents()
    let record = try backlog.closedRecord(of: Self.alpha, reason: "all: done", at: Self.later, over: base)
    #expect(try subject.contents() == before)
    #expect(try record.map(\.path) == backlog.recordPaths(of: Self.alpha))
    if self == .`refuses to adopt a commit without the record` {
      let absent = record.map { FileContent(path: $0.path, bytes: nil) }
      #expect(throws: BacklogError.self) { try backlog.adopt(absent, of: Self.alpha) }
      #expect(try backlog.show(Self.alpha).state == .claimed)
    }
    if self == .`leaves uncommitted edits of other tasks out of the closed record` {
      #expect(record.allSatisfy { !String(decoding: $0.bytes ?? [], as: UTF8.self).contains("another hand") })
      return
    }
    guard self != .`prepares the closed record without touching the working copy` else { return }
    if self == .`keeps a foreign edit when it adopts` { try subject.retitle(Self.beta, "Second, by another hand") }
    try backlog.adopt(record, of: Self.alpha)
    let task = try backlog.show(Self.alpha)
    #expect(task.state == .closed && task.closeReason == "all: done" && task.obstacle == .closed)
    if self == .`keeps a foreign edit when it adopts` {
      #expect(try backlog.show(Self.beta).title == "Second, by another hand")
    } else {
      let contents = try subject.contents()
      for file in record { #expect(contents[file.path] == file.bytes) }
    }
    if self == .`adopts the same record twice` {
      let once = try subject.contents()
      try backlog.adopt(record, of: Self.alpha)
      #expect(try subject.contents() == once)
    }
  }

  /// Eight threads that start together.
  private static func race(_ backlog: any Backlog) throws {
    let outcomes = Mutex<[String: BacklogError?]>([:])
    let threads = (0..<8).map { number in
      Racer.start {
        let owner = "worker-\(number)"
        do throws(BacklogError) {
          try backlog.claim(alpha, by: owner, at: time)
          outcomes.withLock { $0[owner] = .some(nil) }
        } catch {
          outcomes.withLock { $0[owner] = error }
        }
      }
    }
    for thread in threads { pthread_join(thread, nil) }
    let winners = outcomes.withLock { $0.filter { $0.value == nil }.map(\.key) }
    let losers = outcomes.withLock { $0.compactMap(\.value) }
    #expect(winners.count == 1)
    #expect(try backlog.show(alpha).owner == winners.first)
    #expect(losers == Array(repeating: .conflict(alpha, owner: winners.first ?? ""), count: 7))
  }
}

/// A thread of its own for each contender: tasks of the pool would take turns.
private final class Racer: Sendable {
  private let body: @Sendable () -> Void

  private init(_ body: @escaping @Sendable () -> Void) { self.body = body }

  static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Racer(body)).toOpaque()
    let code = pthread_create(
      &thread, nil,
      { @Sendable pointer in
        pointer.map { Unmanaged<Racer>.fromOpaque($0).takeRetainedValue().body() }
        return nil
      }, box)
    precondition(code == 0, "no thread could be started")
    return thread
  }
}
