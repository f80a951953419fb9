import DeliveryLoop

/// Decides which issues are ready, as br does: by status, blockers, ancestors and children.
struct IssueGraph {
  private let file: IssueFile
  private let now: Timestamp
  /// Ids of the open children of each parent.
  private let openChildren: [String: [String]]

  init(_ file: IssueFile, now: Timestamp) {
    self.file = file
    self.now = now
    var children: [String: [String]] = [:]
    for issue in file.issues where issue.isOpen {
      for parent in Self.parents(of: issue) { children[parent, default: []].append(issue.id) }
    }
    openChildren = children
  }

  /// The issue as a task; nil for an id that could not be part of file names and trailers, and for a deleted issue.
  func task(_ issue: Issue) -> BacklogTask? {
    guard !issue.isTombstone, let id = TaskID(issue.id) else { return nil }
    let blockers = issue.isOpen ? blockers(of: issue) : []
    return BacklogTask(
      id: id, title: issue.title, description: issue.description,
      acceptance: issue.text("acceptance_criteria").map(CriteriaList.items) ?? [], state: state(issue),
      status: issue.status, kind: issue.kind, priority: issue.priority,
      labels: issue.labels, owner: issue.assignee, blockers: blockers,
      closeReason: issue.text("close_reason"), obstacle: obstacle(issue, blockers))
  }

  /// Urgent ones (P0 and P1) first, within both groups the oldest first.
  func ordered() -> [Issue] {
    let keyed = file.issues.map { issue in
      (urgent: (issue.priority ?? 2) <= 1 ? 0 : 1, created: issue.created?.nanoseconds ?? .max, issue: issue)
    }
    return keyed.sorted { ($0.urgent, $0.created, $0.issue.id) < ($1.urgent, $1.created, $1.issue.id) }.map(\.issue)
  }

  private func state(_ issue: Issue) -> BacklogTask.State {
    switch issue.status {
    case "open": .open
    case "in_progress": .claimed
    case "closed": .closed
    case _: .other
    }
  }

  private func obstacle(_ issue: Issue, _ blockers: [String]) -> BacklogTask.Obstacle? {
    switch issue.status {
    case "closed": return .closed
    case "in_progress": return .claimed(by: issue.assignee)
    case "open": break
    case "blocked" where !blockers.isEmpty: return .blocked(by: blockers)
    case let other: return .setAside(status: other)
    }
    if issue.kind == "epic" { return .epic }
    if let reserve = issue.reserve { return .setAside(status: reserve) }
    if issue.isDeferred(at: now) { return .setAside(status: "deferred") }
    return blockers.isEmpty ? nil : .blocked(by: blockers)
  }

  /// What has to be closed first: its own blockers, those of its ancestors, and its open children.
  private func blockers(of issue: Issue) -> [String] {
    var found: [String] = []
    var seen: Set<String> = [issue.id]
    var waiting = [issue]
    while let next = waiting.popLast() {
      found += directBlockers(of: next)
      for parent in Self.parents(of: next) where seen.insert(parent).inserted {
        if let parent = file[parent] { waiting.append(parent) }
      }
    }
    found += openChildren[issue.id] ?? []
    var listed: Set<String> = []
    return found.filter { listed.insert($0).inserted }
  }

  private func directBlockers(of issue: Issue) -> [String] {
    issue.dependencies.compactMap { dependency in
      guard ["blocks", "conditional-blocks", "waits-for"].contains(dependency.kind),
        !dependency.target.hasPrefix("external:")
      else { return nil }
      // What is not there cannot be known to be done.
      return file[dependency.target]?.isOpen == false ? nil : dependency.target
    }
  }

  private static func parents(of issue: Issue) -> [String] {
    issue.dependencies.filter { $0.kind == "parent-child" }.map(\.target)
  }
}
