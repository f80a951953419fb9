import DeliveryLoop

/// Stops the service with all its processes and proves its port free again.
struct StopStep: StepPerformer {
  let world: World
  let log: ServiceLog

  func perform(_ journal: Journal) async throws -> Outcome {
    guard let service = journal.run.service else { return .done(.stopped) }
    try journal.record(.intended(.stop))
    try await world.services.stop(service, grace: .seconds(5))
    try log.end()
    guard !world.services.isRunning(service) else {
      return .failed(broken("process \(service.pid) of the service cannot be stopped; stop it, then resume"))
    }
    if let port = service.port, let holder = try world.services.holder(of: port) {
      return .failed(
        broken("port \(port) is held by \(holder.wording) after the service was stopped; free it, then resume"))
    }
    return .done(.stopped)
  }

  private func broken(_ message: String) -> Failure { Failure(step: .stop, kind: .broken, message: message) }
}
