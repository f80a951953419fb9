package import DeliveryLoop
package import Engine
import Synchronization

/// A backlog that keeps its tasks in memory, in the order in which they were given: the twin for tests of the engine.
package final class InMemoryBacklog: Backlog {
  private let state: Mutex<State>

  private struct State {
    var tasks: [BacklogTask]
    /// What `adopt` was given, as the working copy's files.
    var files: [String: [UInt8]] = [:]
  }

  package init(_ tasks: [BacklogTask]) { state = Mutex(State(tasks: tasks)) }

  package func tasks() throws(BacklogError) -> [BacklogTask] { state.withLock(\.tasks) }

  package func show(_ id: TaskID) throws(BacklogError) -> BacklogTask {
    try change(id) { _ throws(BacklogError) in }
  }

  package func claim(_ id: TaskID, by owner: String, at time: Timestamp) throws(BacklogError) {
    try change(id) { task throws(BacklogError) in
      switch task.state {
      case .claimed where task.owner == owner: return
      case .claimed: throw .conflict(id, owner: task.owner ?? "")
      case .closed: throw .alreadyClosed(id)
      case .other: throw .failed(doing: "claim \"\(id)\"", message: "its status is \"\(task.status)\"")
      case .open: task = task.with(.claimed, "in_progress", owner: owner, obstacle: .claimed(by: owner))
      }
    }
  }

  package func release(
    _ id: TaskID, by owner: String, at time: Timestamp, over base: [FileContent]
  ) throws(BacklogError) {
    try change(id) { task throws(BacklogError) in
      switch task.state {
      case .claimed where task.owner == owner: task = task.with(.open, "open", owner: nil, obstacle: nil)
      case .claimed: throw .conflict(id, owner: task.owner ?? "")
      case .closed: throw .alreadyClosed(id)
      case .open, .other: return
      }
    }
  }

  package func recordPaths(of id: TaskID) throws(BacklogError) -> [String] {
    _ = try show(id)
    return ["backlog/\(id)"]
  }

  package func closedRecord(
    of id: TaskID, reason: String, at time: Timestamp, over base: [FileContent]
  ) throws(BacklogError) -> [FileContent] {
    guard try show(id).state != .closed else { throw .alreadyClosed(id) }
    return [FileContent(path: "backlog/\(id)", bytes: Array(reason.utf8))]
  }

  package func adopt(_ record: [FileContent], of id: TaskID) throws(BacklogError) {
    let path = "backlog/\(id)"
    guard let reason = record.first(where: { $0.path == path })?.bytes else {
      throw .failed(doing: "adopt the closed record of \"\(id)\"", message: "the commit has no \"\(path)\"")
    }
    try change(id) { task throws(BacklogError) in
      task = task.with(
        .closed, "closed", owner: task.owner, reason: String(decoding: reason, as: UTF8.self), obstacle: .closed)
    }
    state.withLock { $0.files[path] = reason }
  }

  /// The working copy's record; nil while the task is not closed.
  package func file(_ path: String) -> [UInt8]? { state.withLock { $0.files[path] } }

  @discardableResult
  private func change(
    _ id: TaskID, _ edit: (inout BacklogTask) throws(BacklogError) -> Void
  ) throws(BacklogError) -> BacklogTask {
    try state.withLock { state throws(BacklogError) in
      guard let index = state.tasks.firstIndex(where: { $0.id == id }) else {
        throw .notFound(id, similar: Spelling.similar(to: id.text, among: state.tasks.map(\.id.text)))
      }
      try edit(&state.tasks[index])
      return state.tasks[index]
    }
  }
}

extension BacklogTask {
  fileprivate func with(
    _ state: State, _ status: String, owner: String?, reason: String? = nil, obstacle: Obstacle?
  ) -> BacklogTask {
    BacklogTask(
      id: id, title: title, description: description, acceptance: acceptance, state: state, status: status, kind: kind,
      priority: priority, labels: labels, owner: owner, blockers: blockers, closeReason: reason, obstacle: obstacle)
  }
}
