import DeliveryLoop
package import Engine
import LiveChecks
import Redaction

extension World {
  /// The same world, in which the process can be killed around everything that is durable.
  package func crashing(at crash: Crash) -> World {
    var world = self
    world.ledger = CrashingLedger(next: ledger, crash: crash)
    world.repository = CrashingRepository(next: repository, crash: crash)
    world.remote = CrashingRemote(next: remote, crash: crash)
    world.backlog = CrashingBacklog(next: backlog, crash: crash)
    world.commands = CrashingCommands(next: commands, crash: crash)
    world.services = CrashingServices(next: services, crash: crash)
    world.transport = CrashingTransport(next: transport, crash: crash)
    if let anchors {
      world.anchors = Anchors(
        signer: anchors.signer, chain: anchors.chain, notes: CrashingNotes(next: anchors.notes, crash: crash),
        hasher: anchors.hasher)
    }
    world.scratch = CrashingScratch(next: scratch, crash: crash)
    return world
  }
}

/// A ledger around whose writes the process can be killed.
struct CrashingLedger: Ledger {
  let next: any Ledger
  let crash: Crash

  @discardableResult
  func append(_ event: EventRecord) throws(LedgerError) -> Int64 {
    let boundary = CrashPoint.boundary(ofRecord: event.kind)
    crash.reach(boundary, .before)
    defer { crash.reach(boundary, .after) }
    return try next.append(event)
  }

  func events(of run: RunID) throws(LedgerError) -> [StoredEvent] { try next.events(of: run) }
  func runs(_ query: RunQuery) throws(LedgerError) -> [RunSummary] { try next.runs(query) }
  func end(of run: RunID) throws(LedgerError) -> HistoryEnd? { try next.end(of: run) }
  func attempts(on task: TaskID) throws(LedgerError) -> Int { try next.attempts(on: task) }

  func capture(_ label: EvidenceLabel) throws(LedgerError) -> any EvidenceWriter {
    crash.reach(.openCapture, .before)
    defer { crash.reach(.openCapture, .after) }
    let writer = try next.capture(label)
    return CrashingWriter(next: writer, crash: crash)
  }

  func evidence(of run: RunID) throws(LedgerError) -> [EvidenceSummary] { try next.evidence(of: run) }
  func read(_ evidence: EvidenceID, from offset: Int64, _ body: ([UInt8]) throws -> Void) throws {
    try next.read(evidence, from: offset, body)
  }

  func mask(
    _ secrets: SecretSet, besides run: RunID, record: (Masking) -> EventRecord
  ) throws(LedgerError) -> LedgerSweep {
    crash.reach(.maskStored, .before)
    defer { crash.reach(.maskStored, .after) }
    return try next.mask(secrets, besides: run, record: record)
  }
  func scan(upTo limit: Int, _ body: (_ place: String, [UInt8]) throws -> Void) throws -> Int {
    try next.scan(upTo: limit, body)
  }
}

private struct CrashingWriter: EvidenceWriter {
  let next: any EvidenceWriter
  let crash: Crash

  var id: EvidenceID { next.id }
  func write(_ bytes: RedactedBytes) throws(LedgerError) {
    crash.reach(.writeCapture, .before)
    defer { crash.reach(.writeCapture, .after) }
    return try next.write(bytes)
  }
  func flush() throws(LedgerError) { try next.flush() }
  @discardableResult
  func finish() throws(LedgerError) -> EvidenceSummary {
    crash.reach(.finishCapture, .before)
    defer { crash.reach(.finishCapture, .after) }
    return try next.finish()
  }
}

struct CrashingTransport: HTTPTransport {
  let next: any HTTPTransport
  let crash: Crash

  func send(_ request: HTTPRequest) async -> TransferOutcome {
    crash.reach(.sendRequest, .before)
    defer { crash.reach(.sendRequest, .after) }
    return await next.send(request)
  }
}

struct CrashingRemote: Remote {
  let next: any Remote
  let crash: Crash

  func tip(of branch: String, on remote: String) async throws(RemoteError) -> ObjectID? {
    try await next.tip(of: branch, on: remote)
  }

  func fetch(branch: String, from remote: String) async throws(RemoteError) -> ObjectID? {
    crash.reach(.fetch, .before)
    defer { crash.reach(.fetch, .after) }
    return try await next.fetch(branch: branch, from: remote)
  }

  func push(commit: ObjectID, to branch: String, on remote: String, expecting expected: ObjectID?)
    async throws(RemoteError) -> PushAnswer
  {
    crash.reach(.push, .before)
    defer { crash.reach(.push, .after) }
    return try await next.push(commit: commit, to: branch, on: remote, expecting: expected)
  }
}

private struct CrashingNotes: Notes {
  let next: any Notes
  let crash: Crash

  func fetch(from remote: String) async throws(RemoteError) -> ObjectID? {
    crash.reach(.fetchNotes, .before)
    defer { crash.reach(.fetchNotes, .after) }
    return try await next.fetch(from: remote)
  }

  func write(
    _ note: String, on commit: ObjectID, over notes: ObjectID?, by author: Identity, at time: Timestamp
  ) throws(RepositoryError) -> ObjectID {
    crash.reach(.writeNote, .before)
    defer { crash.reach(.writeNote, .after) }
    return try next.write(note, on: commit, over: notes, by: author, at: time)
  }

  func push(_ notes: ObjectID, to remote: String, expecting expected: ObjectID?)
    async throws(RemoteError) -> PushAnswer
  {
    crash.reach(.pushNotes, .before)
    defer { crash.reach(.pushNotes, .after) }
    return try await next.push(notes, to: remote, expecting: expected)
  }

  func seen(of remote: String) throws(RepositoryError) -> ObjectID? { try next.seen(of: remote) }
  func note(on commit: ObjectID, in notes: ObjectID) throws(RepositoryError) -> String? {
    try next.note(on: commit, in: notes)
  }
  func annotated(in notes: ObjectID) throws(RepositoryError) -> [ObjectID] { try next.annotated(in: notes) }
  func alterations(in notes: ObjectID) throws(RepositoryError) -> [(by: ObjectID, file: String)] {
    try next.alterations(in: notes)
  }
}

struct CrashingBacklog: Backlog {
  let next: any Backlog
  let crash: Crash

  func tasks() throws(BacklogError) -> [BacklogTask] { try next.tasks() }
  func show(_ id: TaskID) throws(BacklogError) -> BacklogTask { try next.show(id) }
  func claim(_ id: TaskID, by owner: String, at time: Timestamp) throws(BacklogError) {
    crash.reach(.claimTask, .before)
    defer { crash.reach(.claimTask, .after) }
    return try next.claim(id, by: owner, at: time)
  }
  func release(_ id: TaskID, by owner: String, at time: Timestamp, over base: [FileContent]) throws(BacklogError) {
    crash.reach(.releaseTask, .before)
    defer { crash.reach(.releaseTask, .after) }
    return try next.release(id, by: owner, at: time, over: base)
  }
  func recordPaths(of id: TaskID) throws(BacklogError) -> [String] { try next.recordPaths(of: id) }
  func closedRecord(
    of id: TaskID, reason: String, at time: Timestamp, over base: [FileContent]
  ) throws(BacklogError) -> [FileContent] {
    try next.closedRecord(of: id, reason: reason, at: time, over: base)
  }
  func adopt(_ record: [FileContent], of id: TaskID) throws(BacklogError) {
    crash.reach(.adoptRecord, .before)
    defer { crash.reach(.adoptRecord, .after) }
    return try next.adopt(record, of: id)
  }
}

struct CrashingCommands: Commands {
  let next: any Commands
  let crash: Crash

  func run(_ command: Command, output: any OutputSink) async throws -> CommandResult {
    crash.reach(.runCommand, .before)
    defer { crash.reach(.runCommand, .after) }
    return try await next.run(command, output: output)
  }
  func locate(_ name: String, path: String) -> String? { next.locate(name, path: path) }
}

struct CrashingServices: Services {
  let next: any Services
  let crash: Crash

  func start(_ command: Command, port: UInt16?, output: any OutputSink) async throws -> ServiceRecord {
    crash.reach(.startService, .before)
    defer { crash.reach(.startService, .after) }
    return try await next.start(command, port: port, output: output)
  }
  func isRunning(_ service: ServiceRecord) -> Bool { next.isRunning(service) }
  func end(of service: ServiceRecord) -> CommandResult.End? { next.end(of: service) }
  func holder(of port: UInt16) throws -> PortHolder? { try next.holder(of: port) }
  func owns(_ service: ServiceRecord, pid: Int32) -> Bool { next.owns(service, pid: pid) }
  func stop(_ service: ServiceRecord, grace: Duration) async throws {
    crash.reach(.stopService, .before)
    defer { crash.reach(.stopService, .after) }
    return try await next.stop(service, grace: grace)
  }
  func stopAll(markedBy mark: String) async throws {
    crash.reach(.stopStrays, .before)
    defer { crash.reach(.stopStrays, .after) }
    return try await next.stopAll(markedBy: mark)
  }
}

struct CrashingScratch: Scratch {
  let next: any Scratch
  let crash: Crash

  func write(_ bytes: [UInt8], named name: String) throws(ScratchError) -> String {
    crash.reach(.writeFile, .before)
    defer { crash.reach(.writeFile, .after) }
    return try next.write(bytes, named: name)
  }

  func read(named name: String, upTo limit: Int) -> [UInt8]? { next.read(named: name, upTo: limit) }

  func remove(named name: String) { next.remove(named: name) }

  func files(upTo limit: Int) throws(ScratchError) -> [(name: String, bytes: [UInt8]?)] {
    try next.files(upTo: limit)
  }
}
