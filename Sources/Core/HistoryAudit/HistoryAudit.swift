import DeliveryLoop

/// The rules of delivering, held against a history that nobody has driven.
package struct HistoryAudit: Sendable {
  private let tracker: Tracker
  private let tasks: [AuditedTask]
  /// The older first.
  private let commits: [AuditedCommit]
  /// The tasks that each commit names.
  private let named: [ObjectID: Set<TaskID>]
  /// The commits that carry each task's change, the older first.
  private let carriers: [TaskID: [AuditedCommit]]
  private let messages: [TaskID: [String]]

  package init(of tracker: Tracker, tasks: [AuditedTask], commits: [AuditedCommit]) {
    self.tracker = tracker
    self.tasks = tasks
    self.commits = commits
    let mentions = TaskMentions(tasks.map(\.id))
    var (named, carriers, messages): ([ObjectID: Set<TaskID>], [TaskID: [AuditedCommit]], [TaskID: [String]]) =
      ([:], [:], [:])
    for commit in commits {
      let ids = mentions.tasks(in: commit.message)
      named[commit.id] = ids
      for id in ids {
        messages[id, default: []].append(commit.message)
        if !commit.isMerge, !tracker.isAll(of: commit) { carriers[id, default: []].append(commit) }
      }
    }
    (self.named, self.carriers, self.messages) = (named, carriers, messages)
  }

  /// What is wrong with tasks and commits, in the order of the backlog and then of time. `inDiffs` are findings that looking
  /// into the diffs gave, whose tasks are added.
  package func findings(inDiffs: [AuditFinding] = []) -> [AuditFinding] {
    let closed = tasks.filter(\.isClosed)
    return closed.flatMap(of) + commits.flatMap(of) + databases
      + inDiffs.map { finding in
        let task = finding.commit.flatMap { named[$0]?.min() }
        return AuditFinding(finding.rule, task: task, commit: finding.commit, finding.text)
      }
  }

  /// How much was looked at.
  package var figures: (tasks: Int, closed: Int, commits: Int, delivered: Int) {
    let closed = tasks.filter { $0.isClosed && !$0.isEpic }
    return (tasks.count, closed.count, commits.count, closed.count { carriers[$0.id]?.count == 1 })
  }

  private func of(_ task: AuditedTask) -> [AuditFinding] {
    if task.isEpic { return epic(task) }
    let own = carriers[task.id] ?? []
    var findings: [AuditFinding] = []
    if own.isEmpty { findings.append(AuditFinding(.noCommit, task: task.id, "is closed, and no commit names it")) }
    if own.count > 1 {
      let ids = own.map(\.id.short).joined(separator: ", ")
      findings.append(AuditFinding(.manyCommits, task: task.id, "has \(own.count) commits: \(ids)"))
    }
    findings += times(task, own.first) + evidence(task)
    for commit in own where commit.isOnRemote == false {
      findings.append(
        AuditFinding(
          .notOnRemote, task: task.id, commit: commit.id, "is closed, and the remote does not have its commit"))
    }
    return findings
  }

  private func times(_ task: AuditedTask, _ first: AuditedCommit?) -> [AuditFinding] {
    guard let created = task.created else { return [] }
    var findings: [AuditFinding] = []
    // Commits know whole seconds only.
    if let first, created.seconds > first.time.seconds {
      findings.append(
        AuditFinding(
          .createdLate, task: task.id, commit: first.id,
          "was created at \(created.text(fraction: 0)), after its commit of \(first.time.text(fraction: 0))"))
    }
    if let closed = task.closed {
      let seconds = closed.seconds - created.seconds
      if (0..<60).contains(seconds) {
        findings.append(AuditFinding(.openForSeconds, task: task.id, "was open for \(seconds) seconds"))
      }
    }
    return findings
  }

  private func evidence(_ task: AuditedTask) -> [AuditFinding] {
    let words = ClosingWords(task.words + (messages[task.id] ?? []))
    if words.haveWaiver {
      return words.haveApprover
        ? []
        : [AuditFinding(.noApprover, task: task.id, "was closed with a waiver, and nobody is named who approved it")]
    }
    return words.haveEvidence
      ? [] : [AuditFinding(.noEvidence, task: task.id, "was closed, and no word says that it was tried live")]
  }

  private func epic(_ epic: AuditedTask) -> [AuditFinding] {
    let open = tasks.filter { $0.parent == epic.id && !$0.isClosed }.map(\.id.text)
    if open.isEmpty { return [] }
    return [AuditFinding(.openChildren, task: epic.id, "is closed over open children: \(open.joined(separator: ", "))")]
  }

  private func of(_ commit: AuditedCommit) -> [AuditFinding] {
    guard commit.followsBacklog, !commit.isMerge else { return [] }
    let ids = named[commit.id] ?? []
    if tracker.isAll(of: commit) {
      return [
        AuditFinding(.trackerOnly, task: ids.min(), commit: commit.id, "has the tracker's files and nothing else")
      ]
    }
    return ids.isEmpty ? [AuditFinding(.noTask, commit: commit.id, "names no task of the backlog")] : []
  }

  /// Each once, where it first was committed.
  private var databases: [AuditFinding] {
    var seen: Set<String> = []
    return commits.flatMap { commit in
      commit.changes.filter { $0.new != nil && Tracker.isDatabase($0.path) && seen.insert($0.path).inserted }.map {
        AuditFinding(.trackerDatabase, task: named[commit.id]?.min(), commit: commit.id, "has \"\($0.path)\"")
      }
    }
  }
}

extension Tracker {
  /// Whether a commit has the tracker's own files and nothing else.
  fileprivate func isAll(of commit: AuditedCommit) -> Bool {
    !commit.changes.isEmpty && commit.changes.allSatisfy { owns($0.path) }
  }
}
