import DeliveryLoop
import Transparency

/// Compares what the history says of a run with what stands in git, in the notes and in the backlog.
struct FactCheck {
  private let world: Verification
  private let ledger: any Ledger
  private let statements: [String: Notary.Statement]
  private let captures: CaptureCheck
  /// The commits that carry a run's trailer, by the run's id.
  private let trailers: [String: [ObjectID]]

  /// How far a clock may go back within a run without a word.
  private static let slack: Int64 = 120_000_000_000

  init(
    _ world: Verification, _ ledger: any Ledger, statements: [Notary.Statement], vouched: [Int64: ChainCheck.Vouched]
  ) throws {
    (self.world, self.ledger) = (world, ledger)
    self.statements = Dictionary(statements.map { ($0.note.facts.run, $0) }) { $1 }
    captures = CaptureCheck(ledger, world.hashing, vouched)
    var trailers: [String: [ObjectID]] = [:]
    let mark = "\(CommitMessage.runTrailer): "
    for tip in try Self.tips(world) {
      try world.commits.messages(to: tip) { commit, message in
        for line in message.split(separator: "\n") where line.hasPrefix(mark) {
          let run = String(line.dropFirst(mark.count))
          if trailers[run]?.contains(commit) != true { trailers[run, default: []].append(commit) }
        }
      }
    }
    self.trailers = trailers
  }

  /// What is checked out, and what was seen of the remote.
  static func tips(_ world: Verification) throws -> [ObjectID] {
    guard case .branch(let branch, let tip) = try world.repository.head() else { return [] }
    let seen = try ["refs/remotes/\(world.remote)/\(branch)", "refs/waybill/remote/\(world.remote)/\(branch)"]
      .compactMap {
        try world.repository.commit(at: $0)
      }
    return [tip] + seen
  }

  func check(_ summary: RunSummary, into proof: inout Proof) throws {
    proof.runs += 1
    let id = summary.run
    let run: Run
    let events: [StoredEvent]
    do {
      let history = History(ledger)
      let (folded, unreadable) = try history.run(id)
      for event in unreadable {
        proof.find(
          "I8", run: id, "event \(event.sequence)", "\"\(event.kind)\" does not follow from the events before it")
      }
      (run, events) = (folded, try ledger.events(of: id))
    } catch {
      proof.find(
        "I8", run: id, "run \(id.short)",
        "its events cannot be read: \((error as? any Explained)?.wording ?? "\(error)")")
      return
    }
    if RunSummary(of: run, events) != summary {
      proof.find("I8", run: id, "table runs", "the line of the run does not say what its events say")
    }
    try captures.check(run, into: &proof)
    checkTimes(of: id, events, into: &proof)
    checkPeople(of: run, into: &proof)
    guard run.rest == .delivered else { return }
    try checkCommit(of: run, into: &proof)
    try checkNote(of: run, events, into: &proof)
    if let backlog = world.backlog, (try? backlog.show(run.opening.task))?.state != .closed {
      proof.find(
        "I2", run: id, "task \(run.opening.task)", "it was delivered, and the backlog does not show it as closed")
    }
  }

  private func checkTimes(of run: RunID, _ events: [StoredEvent], into proof: inout Proof) {
    for (earlier, later) in zip(events, events.dropFirst())
    where later.time.nanoseconds < earlier.time.nanoseconds - Self.slack {
      proof.find(
        "I8", run: run, "event \(later.sequence)",
        "its time, \(later.time.text(fraction: 0)), is before that of event \(earlier.sequence)")
    }
  }

  private func checkPeople(of run: Run, into proof: inout Proof) {
    for waiver in run.waivers where waiver.by.isEmpty || waiver.reason.isEmpty {
      proof.find("I2", run: run.id, "waiver of \(waiver.validation)", "it does not say who answers for it and why")
    }
    for record in run.plans where record.plan.risk == .high && !record.sent.isEmpty {
      let decision = record.decision
      if decision?.verdict != .approved || decision?.by.isEmpty != false || decision?.by == run.opening.owner {
        proof.find(
          "I6", run: run.id, "plan \(record.plan.digest.text.prefix(12))",
          "it was sent without the approval of somebody else than the implementer")
      }
    }
  }

  private func checkCommit(of run: Run, into proof: inout Proof) throws {
    guard let commit = run.commit, let validated = run.validatedTree else {
      return proof.find(
        "I2", run: run.id, "run \(run.id.short)", "it was delivered without a validated tree or a commit")
    }
    let place = "commit \(commit.id)"
    guard try world.repository.contains(commit.id) else {
      return proof.find("I2", run: run.id, place, "it is not in this repository")
    }
    if try world.repository.tree(of: commit.id) != commit.tree {
      proof.find("I1", run: run.id, place, "its tree is not \(commit.tree), which was committed")
    }
    if let differing = try? world.repository.difference(from: validated, to: commit.tree).map(\.path) {
      let allowed = Set((try? world.backlog?.recordPaths(of: run.opening.task)) ?? [])
      if let path = differing.first(where: { !allowed.contains($0) }) {
        proof.find(
          "I1", run: run.id, place, "\"\(path)\" differs from what was validated, and is not the task's record")
      }
    } else {
      proof.unknown.append("run \(run.id.short): the validated tree \(validated.short) is not here any more")
    }
    let bearers = trailers[run.id.text] ?? []
    if bearers.count > 1 {
      proof.find("I3", run: run.id, place, "\(bearers.count) commits carry the trailer of this run")
    }
    for line in ["\(CommitMessage.taskTrailer): \(run.opening.task)", "\(CommitMessage.runTrailer): \(run.id)"]
    where !commit.content.split(separator: "\n").contains(Substring(line)) {
      proof.find("I2", run: run.id, place, "its message lacks \"\(line)\"")
    }
    try checkRemote(of: run, commit.id, into: &proof)
  }

  private func checkRemote(of run: Run, _ commit: ObjectID, into proof: inout Proof) throws {
    let (remote, branch) = (run.opening.remote, run.opening.remoteBranch)
    let seen = try ["refs/waybill/remote/\(remote)/\(branch)", "refs/remotes/\(remote)/\(branch)"].compactMap {
      try world.repository.commit(at: $0)
    }
    if seen.isEmpty {
      proof.unknown.append(
        "run \(run.id.short): nothing is known of \"\(branch)\" of \"\(remote)\"; ask it with --remote")
    } else if try !seen.contains(where: { try world.repository.isAncestor(commit, of: $0) }) {
      proof.find("I2", run: run.id, "commit \(commit)", "\"\(branch)\" of \"\(remote)\" does not have it")
    }
  }

  private func checkNote(of run: Run, _ events: [StoredEvent], into proof: inout Proof) throws {
    guard run.opening.isAnchored else { return }
    guard let statement = statements[run.id.text] else {
      return proof.find(
        "I8", run: run.id, "refs/notes/delivery", "the delivery has no note there whose signature counts")
    }
    let facts = statement.note.facts
    let place = "note on \(statement.commit)"
    if facts.commit != run.commit?.id.text || facts.tree != run.commit?.tree.text || facts.task != run.opening.task.text
    {
      proof.find("I8", run: run.id, place, "it names another commit, tree or task than the history")
    }
    if facts.events < 1 || facts.events > events.count || events[facts.events - 1].hash.text != facts.last {
      proof.find("I8", run: run.id, place, "the run's events are not those that were signed")
    }
  }
}
