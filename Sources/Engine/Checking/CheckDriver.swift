package import LiveChecks

/// Carries files of checks out over a transport, request after request.
package struct CheckDriver: Sendable {
  private let transport: any HTTPTransport
  private let surroundings: any Surroundings

  package init(transport: any HTTPTransport, surroundings: any Surroundings) {
    self.transport = transport
    self.surroundings = surroundings
  }

  /// Drives a session to its end and hands on every exchange as it comes; throws `CancellationError` when cancelled.
  package func run(_ session: CheckSession, seeing: (Exchange) -> Void = { _ in }) async throws -> CheckReport {
    var session = session
    while true {
      try Task.checkCancellation()
      switch session.next() {
      case .send(let request):
        let outcome = await transport.send(request)
        session.receive(outcome)
        seeing(Exchange(request: request, outcome: outcome))
      case .pause(let duration): try await surroundings.wait(duration)
      case .finish(let report): return report
      }
    }
  }
}
