package import DeliveryLoop
package import LiveChecks

/// What differs between two runs.
package struct RunDifference: Sendable {
  /// One thing that both have and that is not the same; nil where one has none.
  package struct Item: Hashable, Sendable {
    package let name: String
    package let before: String?
    package let after: String?
  }

  /// One validation, by the name that both runs have for it.
  package struct Validation: Sendable {
    package let name: String
    /// nil where it did not run.
    package let before: Verdict?
    package let after: Verdict?
    package let calls: [RecordComparison.Call]
  }

  /// Commits, trees, gates and what the program ran with.
  package private(set) var items: [Item] = []
  /// Files that differ between what was validated; empty also where a tree is not in the repository any more.
  package private(set) var files: [FileChange] = []
  /// All validations, those that do not differ included.
  package private(set) var validations: [Validation] = []
  /// Steps that took more than twice as long, or half, in milliseconds.
  package private(set) var times: [Item] = []

  /// Noise is learnt from another run on the code of the second, where there is one. Throws what the ledger throws, and
  /// `IllegalTransition` for a run that has no opening.
  package init(
    _ before: RunID, _ after: RunID, in ledger: any Ledger, _ repository: any Repository, libraries: CheckLibraries,
    ignoring ignored: RecordComparison.Ignored
  ) throws {
    let records = Records(ledger, libraries: libraries)
    let runs = (try History(ledger).run(before).run, try History(ledger).run(after).run)
    let rounds = (try records.rounds(of: before).last, try records.rounds(of: after).last)
    func add(_ name: String, _ before: String?, _ after: String?) {
      if before != after { items.append(Item(name: name, before: before, after: after)) }
    }
    add("task", runs.0.opening.task.text, runs.1.opening.task.text)
    // What a replay came to is no state of a delivery.
    if runs.0.opening.replay == nil, runs.1.opening.replay == nil {
      add("state", runs.0.standing.word, runs.1.standing.word)
    }
    add("base", runs.0.base.short, runs.1.base.short)
    add("commit", Self.commit(of: runs.0), Self.commit(of: runs.1))
    let trees = (Self.tree(of: runs.0, rounds.0), Self.tree(of: runs.1, rounds.1))
    add("tree", trees.0?.short, trees.1?.short)
    add("gates", runs.0.opening.policy.text.prefix(12) + "", runs.1.opening.policy.text.prefix(12) + "")
    for item in Self.ranIn(rounds.0, rounds.1) { add(item.name, item.before, item.after) }
    if let old = trees.0, let new = trees.1, old != new {
      files = (try? repository.difference(from: old, to: new)) ?? []
    }
    let again = try trees.1.flatMap { try Self.again(on: $0, besides: [before, after], runs.1, ledger, records) }
    validations = Self.validations(rounds.0, rounds.1, again: again, ignored)
    times = Self.times(Timeline(try ledger.events(of: before)), Timeline(try ledger.events(of: after)))
  }

  /// What each was recorded to have run in, where it was.
  private static func ranIn(_ before: Round?, _ after: Round?) -> [Item] {
    guard let old = before?.ran.last?.record, let new = after?.ran.last?.record, old.fingerprint != nil,
      new.fingerprint != nil
    else { return [] }
    let names = Set(old.tools.keys).union(new.tools.keys).sorted()
    let tools = names.map { Item(name: $0, before: old.tools[$0], after: new.tools[$0]) }
    let variables = old.tools == new.tools ? [old.fingerprint, new.fingerprint] : [nil, nil]
    return tools + [
      Item(
        name: "variables", before: variables[0].map { "\($0.prefix(12))" },
        after: variables[1].map { "\($0.prefix(12))" })
    ]
  }

  package var isSame: Bool {
    items.isEmpty && files.isEmpty && times.isEmpty
      && validations.allSatisfy {
        $0.before == $0.after && $0.calls.allSatisfy { $0.differences.allSatisfy(\.isNoise) }
      }
  }

  private static func commit(of run: Run) -> String? {
    run.opening.replay?.commit?.short ?? (run.isCommitted ? run.commit?.id.short : nil)
  }

  private static func tree(of run: Run, _ round: Round?) -> ObjectID? {
    run.opening.replay?.tree ?? round?.tree ?? run.testedTree
  }

  /// Another time of asking the same code: of the replays of the same original the newest.
  private static func again(
    on tree: ObjectID, besides known: [RunID], _ run: Run, _ ledger: any Ledger, _ records: Records
  ) throws -> Round? {
    let original = run.opening.replay?.original ?? run.id
    let replays = try ledger.runs(RunQuery(replays: .of(original), limit: 20)).map(\.run)
    for id in replays + [original] where !known.contains(id) {
      if let round = try records.rounds(of: id).last, round.tree == tree { return round }
    }
    return nil
  }

  private static func validations(
    _ before: Round?, _ after: Round?, again: Round?, _ ignored: RecordComparison.Ignored
  ) -> [Validation] {
    let names = (before?.names ?? []) + (after?.names ?? []).filter { before?.names.contains($0) != true }
    return names.map { name in
      let (old, new) = (before?.last(name), after?.last(name))
      var calls: [RecordComparison.Call] = []
      if let old, let new {
        calls = RecordComparison(old, new, again: again?.last(name), ignoring: ignored).calls
      }
      return Validation(name: name, before: old?.verdict, after: new?.verdict, calls: calls)
    }
  }

  private static func times(_ before: Timeline, _ after: Timeline) -> [Item] {
    Step.allCases.compactMap { step in
      guard let old = before.milliseconds(of: step), let new = after.milliseconds(of: step),
        max(old, new) >= 100, max(old, new) > 2 * min(old, new)
      else { return nil }
      return Item(name: step.rawValue, before: "\(old) ms", after: "\(new) ms")
    }
  }
}

extension Timeline {
  /// Of the last time that a step was done; nil where it was not.
  fileprivate func milliseconds(of step: Step) -> Int64? {
    lines.last { $0.step == step }.flatMap { line in
      line.ended.map { ($0.nanoseconds - line.began.nanoseconds) / 1_000_000 }
    }
  }
}

extension Standing {
  /// What a replay came to, or the state.
  package var word: String { outcome?.rawValue ?? state.rawValue }
}
