package import DeliveryLoop
import JSONText
package import Transparency

/// Proves a history: that nothing of it was changed, and that what it says of deliveries is what git and the backlog show.
package struct Verification: Sendable {
  /// nil where there is no history, as in another clone.
  private let ledger: (any Ledger & Inspection)?
  let repository: any Repository
  let commits: any CommitHistory
  let notes: any Notes
  let signing: any Signing
  let hashing: any Hashing
  let hasher: TreeHasher
  /// The backlog as the working tree has it; nil where there is none.
  let backlog: (any Backlog)?
  /// The remote that is asked where a run names none.
  let remote: String
  /// The keys that count for a delivery that stands on a commit.
  let trusted: @Sendable (ObjectID) throws -> [NoteKey]

  package init(
    ledger: (any Ledger & Inspection)?, repository: any Repository, commits: any CommitHistory,
    notes: any Notes, signing: any Signing, hashing: any Hashing, hasher: TreeHasher, backlog: (any Backlog)?,
    remote: String, trusted: @escaping @Sendable (ObjectID) throws -> [NoteKey]
  ) {
    self.ledger = ledger
    self.repository = repository
    self.commits = commits
    self.notes = notes
    self.signing = signing
    self.hashing = hashing
    self.hasher = hasher
    self.backlog = backlog
    self.remote = remote
    self.trusted = trusted
  }

  /// Looks at all events and notes, and at the facts of one run (nil: of all).
  package func prove(_ run: RunID?) throws -> Proof {
    guard let ledger else { return try proveNotes() }
    var proof = Proof()
    let tip = try notes.seen(of: remote)
    let notary = try tip.map {
      try Notary(of: notes, at: $0, origin: try origin(of: ledger), signing: signing, trusted: keys)
    }
    var chain = ChainCheck(statements: notary?.statements ?? [], hasher: hasher)
    for damage in try ledger.damages() { proof.find("I8", "ledger.db", damage) }
    try ledger.inspect { try chain.take($0, into: &proof) }
    chain.conclude(&proof)
    if let notary {
      proof.findings += notary.findings
      proof.notes = notary.statements.count
      proof.anchored = notary.statements.last?.note.checkpoint.size ?? 0
      if notary.others > 0 { proof.unknown.append("notes of other histories, which are not here: \(notary.others)") }
    } else {
      proof.unknown.append(
        "no note on a delivery of \"\(remote)\" was seen, so nothing outside vouches for the history")
    }
    let summaries = try ledger.runs(RunQuery(limit: .max)).reversed().filter { run == nil || $0.run == run }
    if run == nil {
      let listed = Set(summaries.map(\.run))
      for missing in chain.runs.subtracting(listed).sorted() {
        proof.find("I8", run: missing, "table runs", "the run has events and is not listed")
      }
    }
    for run in chain.runs.sorted() {
      if let commit = notary?.foreign[run] {
        proof.find("I8", run: run, "note on \(commit)", "it was signed over another history than this one")
      }
    }
    let facts = try FactCheck(self, ledger, statements: notary?.statements ?? [], vouched: chain.vouched)
    for summary in summaries { try facts.check(summary, into: &proof) }
    return proof
  }

  /// Looks at a history by itself: its chain, its runs and the bytes of its captures.
  package static func soundness(
    of ledger: any Ledger & Inspection, hashing: any Hashing, hasher: TreeHasher
  ) throws -> Proof {
    var proof = Proof()
    var chain = ChainCheck(statements: [], hasher: hasher)
    for damage in try ledger.damages() { proof.find("I8", "ledger.db", damage) }
    try ledger.inspect { try chain.take($0, into: &proof) }
    chain.conclude(&proof)
    if !proof.findings.isEmpty { return proof }
    let summaries = try ledger.runs(RunQuery(limit: .max))
    for missing in chain.runs.subtracting(summaries.map(\.run)).sorted() {
      proof.find("I8", run: missing, "table runs", "the run has events and is not listed")
    }
    let captures = CaptureCheck(ledger, hashing, chain.vouched)
    for summary in summaries.reversed() {
      let (run, unreadable) = try History(ledger).run(summary.run)
      if let event = unreadable.first {
        proof.find("I8", run: run.id, "event \(event.sequence)", "it does not follow from the events before it")
      }
      if try RunSummary(of: run, ledger.events(of: run.id)) != summary {
        proof.find("I8", run: run.id, "table runs", "the line of the run does not say what its events say")
      }
      try captures.check(run, into: &proof)
    }
    return proof
  }

  /// Looks at the notes of the remote and at git alone: what can be proven without the history.
  private func proveNotes() throws -> Proof {
    var proof = Proof()
    guard let tip = try notes.seen(of: remote) else {
      proof.unknown.append(
        "there is neither a history here, nor was a note on a delivery of \"\(remote)\" seen; ask it with --remote")
      return proof
    }
    let tips = try FactCheck.tips(self)
    let notary = try Notary(of: notes, at: tip, origin: nil, signing: signing, trusted: keys)
    proof.findings = notary.findings
    proof.notes = notary.statements.count
    for statement in notary.statements {
      let facts = statement.note.facts
      if try !tips.contains(where: { try repository.isAncestor(statement.commit, of: $0) }) {
        proof.find(
          "I2", run: RunID(facts.run), "note on \(statement.commit)",
          "its commit is on none of the branches that were looked at")
      } else if try repository.tree(of: statement.commit).text != facts.tree {
        proof.find(
          "I1", run: RunID(facts.run), "note on \(statement.commit)", "its tree is not \(facts.tree), which was signed")
      }
    }
    proof.unknown.append("there is no history here, so nothing but notes and commits was looked at")
    return proof
  }

  /// A delivery stands on the commit that says whose signature counts: one of another branch says nothing.
  private func keys(for base: ObjectID, _ commit: ObjectID) throws -> [NoteKey] {
    try repository.isAncestor(base, of: commit) ? trusted(base) : []
  }

  /// The name of this history; nil before its first event.
  private func origin(of ledger: any Inspection) throws -> String? {
    struct Enough: Error {}
    var first: [UInt8]?
    do {
      try ledger.inspect {
        first = $0.hash
        throw Enough()
      }
    } catch {
      if first == nil { throw error }
    }
    return first.map { DeliveryNote.origin(first: $0) }
  }
}

/// Goes along the chain: each link, each checkpoint on the way, and what later events say of earlier ones.
struct ChainCheck {
  private let hasher: TreeHasher
  private var tree: MerkleTree
  /// Those whose size has not been reached, the smallest first.
  private var ahead: ArraySlice<Notary.Statement>
  private var replaced: [Int64: (run: RunID, digest: Digest)] = [:]
  private var masked: [Int64: Digest] = [:]
  private(set) var runs: Set<RunID> = []
  /// The digests of captures that events vouch for, by their numbers.
  private(set) var vouched: [Int64: Vouched] = [:]

  struct Vouched {
    let run: RunID
    let capture: Sweep.Capture
    let event: Int64
    /// Whether secrets in it were masked since, perhaps in its name.
    var isMasked = false

    /// Whether this is what is vouched for.
    func bears(out found: Sweep.Capture) -> Bool {
      found == (isMasked ? capture.masked(name: found.name, digest: capture.digest) : capture)
    }
  }

  init(statements: [Notary.Statement], hasher: TreeHasher) {
    ahead = statements[...]
    self.hasher = hasher
    tree = MerkleTree(hasher)
  }

  mutating func take(_ inspected: InspectedEvent, into proof: inout Proof) throws {
    let event = inspected.event
    proof.events += 1
    if let fault = inspected.fault { proof.find("I8", run: event.run, "event \(event.sequence)", fault) }
    if let digest = inspected.replacement { replaced[event.sequence] = (event.run, digest) }
    if event.kind == "opened" { runs.insert(event.run) }
    if event.kind == "swept" || event.kind == "masked" { take(History.event(event), event) }
    tree.append(leaf: hasher.leaf(inspected.hash))
    while let next = ahead.first, next.note.checkpoint.size <= tree.size {
      ahead.removeFirst()
      if next.note.checkpoint.size == tree.size, next.note.checkpoint.root != tree.root {
        proof.find(
          "I8", run: RunID(next.note.facts.run), "note on \(next.commit)",
          "the first \(tree.size) events are not those that were signed")
      }
    }
  }

  private mutating func take(_ event: Event?, _ stored: StoredEvent) {
    switch event {
    case .swept(let sweep)?:
      for capture in sweep.captures ?? [] {
        vouched[capture.number] = Vouched(run: stored.run, capture: capture, event: stored.sequence)
      }
    case .masked(let masking)?:
      switch masking.target {
      case .event(let sequence): masked[sequence] = masking.new
      case .evidence(let number):
        if let earlier = vouched[number], let digest = masking.new {
          vouched[number] = Vouched(
            run: earlier.run, capture: earlier.capture.masked(name: earlier.capture.name, digest: digest),
            event: stored.sequence, isMasked: true)
        }
      }
    default: break
    }
  }

  func conclude(_ proof: inout Proof) {
    for (sequence, (run, digest)) in replaced.sorted(by: { $0.key < $1.key }) where masked[sequence] != digest {
      proof.find("I8", run: run, "event \(sequence)", "it was replaced by something that no later event vouches for")
    }
    for statement in ahead {
      proof.find(
        "I8", run: RunID(statement.note.facts.run), "note on \(statement.commit)",
        "\(statement.note.checkpoint.size) events were signed, and the history has \(tree.size): its end was cut off")
    }
  }
}
