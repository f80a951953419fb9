package import DeliveryLoop

/// Starts, observes and stops the service under validation.
package protocol Services: Sendable {
  /// Starts `command` in a session of its own and returns as soon as the program has been executed.
  ///
  /// The output goes to `output` until the last writer has closed it or the service is stopped.
  func start(_ command: Command, port: UInt16?, output: any OutputSink) async throws -> ServiceRecord

  /// Whether the very process of the record is there: same boot, same id, same start time, not a zombie.
  func isRunning(_ service: ServiceRecord) -> Bool

  /// How the process ended, when it was started by this program and has ended; nil otherwise.
  func end(of service: ServiceRecord) -> CommandResult.End?

  /// Who listens on a TCP port of this machine, on whatever address; nil when nobody does.
  func holder(of port: UInt16) throws -> PortHolder?

  /// Whether the process belongs to the service: same session, or a descendant of it.
  func owns(_ service: ServiceRecord, pid: Int32) -> Bool

  /// Stops every process of the service: SIGTERM to the group, SIGKILL after `grace`, then whatever left the group.
  ///
  /// A process whose start time or boot differs is a stranger and is not signalled. Safe to repeat.
  func stop(_ service: ServiceRecord, grace: Duration) async throws

  /// Stops every process in whose environment `mark` (`NAME=value`) stands, and what came of it: SIGTERM, then SIGKILL.
  ///
  /// This program and the processes that led to it are never among them.
  func stopAll(markedBy mark: String) async throws
}

/// The owner of a listening socket, as `/proc` shows it.
package struct PortHolder: Hashable, Sendable {
  /// nil when the process belongs to another user and cannot be seen.
  package let pid: Int32?
  /// The program and its arguments, cut at 200 characters.
  package let command: String

  package init(pid: Int32?, command: String) {
    self.pid = pid
    self.command = command
  }
}
