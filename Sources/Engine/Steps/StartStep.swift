import DeliveryLoop
import LiveChecks

/// Builds and starts the service, and waits until it answers on a socket that is its own.
struct StartStep: StepPerformer {
  let world: World
  let log: ServiceLog

  func perform(_ journal: Journal) async throws -> Outcome {
    guard let service = world.configuration.service else {
      return .failed(Failure(step: .start, kind: .broken, message: "\"service\" is not configured at the base commit"))
    }
    return try await Launch(world: world, service: service, log: log).perform(journal)
  }
}

/// The start of one service.
private struct Launch {
  let world: World
  let service: Configuration.Service
  let log: ServiceLog

  func perform(_ journal: Journal) async throws -> Outcome {
    try journal.record(.intended(.start))
    let gates = Gates(world: world, run: journal.run)
    if let failure = try gates.unchanged(journal.run.testedTree, at: .start) { return .failed(failure) }
    if let build = service.build, let failure = try await gates.run([build], step: .start) { return .failed(failure) }
    let command = Command(
      service.run, in: world.repository.root, environment: world.environment(for: .start, of: journal.run))
    try world.refuseSecrets(in: command.line)
    try refuseUnchecked(command)
    // Another run of this repository may have its service there; whoever else it is was there before us.
    let turn = try await world.turn("port-\(service.ready.port)")
    if let failure = try portIsFree() { return .failed(failure) }
    let capture = try Capture(of: service.run.description, step: .start, run: journal.run, in: world)
    log.begin(capture, turn)
    let record = try await world.services.start(command, port: service.ready.port, output: capture)
    try journal.record(.observed(.launched(record)))
    if let failure = try await ready(record) { return .failed(failure) }
    return .done(.started)
  }

  private func portIsFree() throws -> Failure? {
    guard let holder = try world.services.holder(of: service.ready.port) else { return nil }
    return Failure(
      step: .start, kind: .broken,
      message: "port \(service.ready.port) is taken by \(holder.wording), which is not ours and was left alone; "
        + "stop it or choose another port, then resume")
  }

  /// Asks until the service answers, ends, or its time is over; nil when it is ready.
  private func ready(_ record: ServiceRecord) async throws -> Failure? {
    let clock = ContinuousClock()
    let deadline = clock.now + service.ready.within
    var last = "nobody listened on port \(service.ready.port)"
    while clock.now < deadline {
      try Task.checkCancellation()
      guard world.services.isRunning(record) else {
        let end = world.services.end(of: record)?.wording ?? "ended"
        return red("the service \(end) before it was ready")
      }
      switch try world.services.holder(of: service.ready.port) {
      case nil: break
      case let holder? where holder.pid.map({ world.services.owns(record, pid: $0) }) != true:
        return Failure(
          step: .start, kind: .broken,
          message:
            "port \(service.ready.port) was taken by \(holder.wording) while the service started; stop it, then resume")
      case _?:
        switch await world.transport.send(probe) {
        case .response(let response) where response.status < 400: return nil
        case .response(let response): last = "\(service.ready.url) answered \(response.status)"
        case .failure(let failure): last = failure.message
        }
      }
      try await world.surroundings.wait(.milliseconds(20))
    }
    return red("the service was not ready within \(service.ready.within): \(last)")
  }

  private var probe: HTTPRequest {
    HTTPRequest(
      method: "GET", url: service.ready.url, headers: [], body: nil,
      options: TransferOptions(connectTimeout: .seconds(2), maxTime: .seconds(5)))
  }

  private func red(_ message: String) -> Failure {
    Failure(step: .start, kind: .red, message: message, tail: log.lines)
  }
}

/// The capture of the service that runs now, for feedback at later steps.
package final class ServiceLog {
  private var capture: Capture?
  /// Keeps other runs from the service's port.
  private var turn: (any Sendable)?

  package init() {}

  func begin(_ capture: Capture, _ turn: any Sendable) {
    self.capture = capture
    self.turn = turn
  }

  var lines: [String] { capture?.lines ?? [] }

  /// How much of it has arrived, in bytes.
  var position: Int { capture?.position ?? 0 }

  func slice(from start: Int) -> LogSlice { capture?.slice(from: start) ?? .none }

  func flush() throws { try capture?.flush() }

  func end() throws {
    defer { (capture, turn) = (nil, nil) }
    try capture?.finish()
  }
}
