/// One task as its backlog shows it now.
package struct BacklogTask: Hashable, Sendable {
  package enum State: String, Sendable {
    case open, claimed, closed, other
  }

  package let id: TaskID
  package let title: String
  package let description: String
  /// What has to hold when the task is done, one criterion an element.
  package let acceptance: [String]
  package let state: State
  /// The backlog's own word for the state, such as `in_progress`.
  package let status: String
  /// The backlog's own word for the kind, such as `task`, `bug` or `epic`.
  package let kind: String
  /// 0 is the most urgent; nil where the backlog knows none.
  package let priority: Int?
  package let labels: [String]
  package let owner: String?
  /// Ids of open tasks that have to be closed first, in the backlog's order.
  package let blockers: [String]
  package let closeReason: String?
  /// Why the task cannot be taken up now; nil for a ready one.
  package let obstacle: Obstacle?

  package init(
    id: TaskID, title: String, description: String = "", acceptance: [String] = [], state: State, status: String,
    kind: String = "task", priority: Int? = nil, labels: [String] = [], owner: String? = nil, blockers: [String] = [],
    closeReason: String? = nil, obstacle: Obstacle? = nil
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.acceptance = acceptance
    self.state = state
    self.status = status
    self.kind = kind
    self.priority = priority
    self.labels = labels
    self.owner = owner
    self.blockers = blockers
    self.closeReason = closeReason
    self.obstacle = obstacle
  }

  /// Why a task is not ready.
  package enum Obstacle: Hashable, Sendable {
    case closed
    case claimed(by: String?)
    case blocked(by: [String])
    /// An epic is closed by its children, never delivered itself.
    case epic
    /// Deferred, pinned, a template, or in a status that only the backlog understands.
    case setAside(status: String)
  }
}
