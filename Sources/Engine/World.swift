package import DeliveryLoop
package import LiveChecks
import Redaction

/// All that the engine may reach, each thing through its port.
package struct World: Sendable {
  package var ledger: any Ledger
  package var repository: any Repository
  package var remote: any Remote
  package var backlog: any Backlog
  package var commands: any Commands
  package var services: any Services
  package var transport: any HTTPTransport
  /// What the judging of validations needs of libraries.
  package let libraries: CheckLibraries
  package var scratch: any Scratch
  package let remains: any Remains
  package let surroundings: any Surroundings
  package let progress: any Progress
  package let vault: SecretVault
  package let scanner: SecretScanner
  /// What takes part in a run, for the record.
  package let tools: [Tool]
  /// nil where deliveries are not anchored.
  package var anchors: Anchors?
  /// What the base commit's `waybill.yaml` says.
  package let configuration: Configuration
  /// The variables that every child gets besides those that are declared, such as `PATH` and `HOME`.
  package let inherited: [String: String]

  /// Waits for one's turn at something that all runs of the repository share; it lasts as long as the result lives.
  package typealias Turns = @Sendable (_ name: String) async throws -> any Sendable
  package let turn: Turns

  package init(
    ledger: any Ledger, repository: any Repository, remote: any Remote, backlog: any Backlog, commands: any Commands,
    services: any Services, transport: any HTTPTransport, libraries: CheckLibraries, scratch: any Scratch,
    remains: any Remains, surroundings: any Surroundings, progress: any Progress, vault: SecretVault,
    scanner: SecretScanner, tools: [Tool],
    configuration: Configuration, inherited: [String: String], turn: @escaping Turns
  ) {
    self.ledger = ledger
    self.repository = repository
    self.remote = remote
    self.backlog = backlog
    self.commands = commands
    self.services = services
    self.transport = transport
    self.libraries = libraries
    self.scratch = scratch
    self.remains = remains
    self.surroundings = surroundings
    self.progress = progress
    self.vault = vault
    self.scanner = scanner
    self.tools = tools
    self.configuration = configuration
    self.inherited = inherited
    self.turn = turn
  }

  /// The clean environment of a child of this step: inherited basics, what is declared, the step's own secrets, the marker.
  func environment(for step: Step, of run: Run) -> [String: String] {
    var environment = inherited
    for (name, value) in configuration.environment { environment[name] = value }
    for (name, value) in vault.environment(for: step) { environment[name] = value }
    environment[Run.markName] = run.id.text
    environment["WAYBILL_TASK"] = run.opening.task.text
    return environment
  }

  /// The backlog's record of a task as a commit or a tree has it.
  func record(of task: TaskID, at object: ObjectID) throws -> [FileContent] {
    try backlog.recordPaths(of: task).map {
      FileContent(path: $0, bytes: try repository.content(of: $0, at: object))
    }
  }

  /// Stops the service of a run and every other process that was started for it.
  func clear(_ run: Run) async throws {
    if let service = run.service { try await services.stop(service, grace: .seconds(5)) }
    try await services.stopAll(markedBy: run.mark)
  }

  /// Keeps a document as evidence of a step, redacted; what was JSON stays JSON.
  func keep(_ bytes: [UInt8], as kind: EvidenceLabel.Kind, named name: String, at step: Step, of run: Run) throws {
    let evidence = try capture(kind, named: name, at: step, of: run)
    try evidence.write(vault.set.redact(document: bytes))
    try evidence.finish()
  }

  /// Opens a capture of a step.
  func capture(_ kind: EvidenceLabel.Kind, named name: String, at step: Step, of run: Run) throws -> any EvidenceWriter
  {
    try ledger.capture(
      EvidenceLabel(
        run: run.id, step: step, attempt: run.attempts, kind: kind, name: vault.set.redact(name),
        time: surroundings.now()))
  }
}

extension Run {
  package static let markName = "WAYBILL_RUN"

  /// What stands in the environment of every process that was started for this run.
  var mark: String { "\(Self.markName)=\(id.text)" }
}
