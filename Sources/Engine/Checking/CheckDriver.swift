package import LiveChecks

/// Carries files of checks out over a transport, request after request.
package struct CheckDriver: Sendable {
  private let transport: any HTTPTransport
  private let surroundings: any Surroundings
  private let libraries: CheckLibraries
  /// Where a session runs best; nil where that makes no difference.
  package let executor: (any TaskExecutor)?

  package init(
    transport: any HTTPTransport, surroundings: any Surroundings, libraries: CheckLibraries,
    executor: (any TaskExecutor)? = nil
  ) {
    self.executor = executor
    self.transport = transport
    self.surroundings = surroundings
    self.libraries = libraries
  }

  /// Drives a session to its end and hands on every exchange as it comes; throws `CancellationError` when cancelled.
  ///
  /// - Parameter contents: what a file holds that the session names, relative to the folder of its own; nil where there is
  ///   none.
  package func run(
    _ session: CheckSession, contents: (String) -> [UInt8]?, seeing: (Exchange) -> Void = { _ in }
  ) async throws -> CheckReport {
    var session = session
    session.functions = FunctionSource(surroundings)
    session.libraries = libraries
    while true {
      try Task.checkCancellation()
      session.functions.now = Moment(surroundings.now())
      switch session.next() {
      case .send(let request):
        let outcome = await transport.send(request)
        session.receive(outcome)
        seeing(Exchange(request: request, outcome: outcome))
      case .read(let name): session.receive(file: contents(name))
      case .pause(let duration): try await surroundings.wait(duration)
      case .finish(let report): return report
      }
    }
  }
}
