package import DeliveryLoop

/// What a backward audit asks of a history.
package enum AuditRule: String, CaseIterable, Sendable {
  case noCommit = "no-commit"
  case manyCommits = "many-commits"
  case noTask = "commit-without-task"
  case createdLate = "task-after-commit"
  case openForSeconds = "open-for-seconds"
  case noEvidence = "closed-without-evidence"
  case noApprover = "waiver-without-approver"
  case openChildren = "epic-over-open-children"
  case notOnRemote = "commit-not-on-remote"
  case trackerOnly = "tracker-only-commit"
  case trackerDatabase = "tracker-database"
  case secret = "secret-in-diff"
  case uncheckedCertificates = "certificate-checks-off"

  /// What is wrong, for the summary.
  package var what: String {
    switch self {
    case .noCommit: "closed tasks that no commit names"
    case .manyCommits: "closed tasks with several commits"
    case .noTask: "commits that name no task"
    case .createdLate: "tasks that were created after their own commit"
    case .openForSeconds: "tasks that were open for less than a minute"
    case .noEvidence: "tasks closed without a word of live evidence"
    case .noApprover: "waivers that nobody has approved"
    case .openChildren: "epics closed over open children"
    case .notOnRemote: "commits of closed tasks that the remote does not have"
    case .trackerOnly: "commits of the tracker's files alone"
    case .trackerDatabase: "databases of the tracker that are committed"
    case .secret: "secrets in diffs"
    case .uncheckedCertificates: "certificate checks switched off in diffs"
    }
  }
}

/// One thing that a history lacks, or has too much of.
package struct AuditFinding: Hashable, Sendable {
  package let rule: AuditRule
  package let task: TaskID?
  package let commit: ObjectID?
  package let text: String

  package init(_ rule: AuditRule, task: TaskID? = nil, commit: ObjectID? = nil, _ text: String) {
    self.rule = rule
    self.task = task
    self.commit = commit
    self.text = text
  }
}
