package import DeliveryLoop

/// Where tasks come from and where they are closed.
///
/// Every write is followed by a fresh `show` of the caller's; a write that cannot be made changes nothing.
package protocol Backlog: Sendable {
  /// All tasks, each with its obstacle, in the backlog's order of urgency: the ready ones of them can be taken up in this order.
  func tasks() throws(BacklogError) -> [BacklogTask]
  func show(_ id: TaskID) throws(BacklogError) -> BacklogTask
  /// Marks the task as taken up by `owner`; taking up one's own task again is no conflict.
  func claim(_ id: TaskID, by owner: String, at time: Timestamp) throws(BacklogError)
  /// Gives a claimed task back as open; where the claim is all that its record differs in from the one in `base`, a backlog
  /// may take that one again.
  func release(_ id: TaskID, by owner: String, at time: Timestamp, over base: [FileContent]) throws(BacklogError)
  /// The files, relative to the root, in which this backlog keeps the record of the task.
  func recordPaths(of id: TaskID) throws(BacklogError) -> [String]
  /// The content of those files with the task closed, for the commit's tree; the working copy is not touched.
  ///
  /// `base` is their content in the commit on which the change stands: everything but who has closed the task, and how, is taken
  /// from there, so that nobody's uncommitted edits are swept in. A file that is not in it is taken from the working copy.
  func closedRecord(
    of id: TaskID, reason: String, at time: Timestamp, over base: [FileContent]
  ) throws(BacklogError) -> [FileContent]
  /// Takes the closed record of the task over into the working copy, by an atomic rename; everything else there stays.
  func adopt(_ record: [FileContent], of id: TaskID) throws(BacklogError)
}

/// Why the backlog could not do it.
package enum BacklogError: Error, Hashable, Sendable {
  case missing(path: String)
  case notFound(TaskID, similar: [String])
  case conflict(TaskID, owner: String)
  case alreadyClosed(TaskID)
  /// A file that is not what it should be: nothing was written.
  case malformed(path: String, line: Int, column: Int, message: String)
  /// It is kept by something that cannot be written here, with what to do.
  case unsupported(String)
  case busy(path: String)
  case failed(doing: String, message: String)
}
