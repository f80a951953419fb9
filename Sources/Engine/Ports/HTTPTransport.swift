package import LiveChecks

/// Sends one HTTP request and receives its response; redirects are not followed here.
package protocol HTTPTransport: Sendable {
  /// Certificates are always verified; there is no way to ask for less. Cancelling the task ends the transfer.
  func send(_ request: HTTPRequest) async -> TransferOutcome

  /// Where a task that sends one request after the other runs best; nil where that makes no difference.
  var executor: (any TaskExecutor)? { get }
}

extension HTTPTransport {
  package var executor: (any TaskExecutor)? { nil }
}
