import DeliveryLoop
import Transparency

/// Pushes a signed checkpoint of the history as a note on the delivered commit, and observes that it is there.
struct AnchorStep: StepPerformer {
  let world: World

  /// Others who deliver to the same remote may come first this often.
  private static let tries = 10

  func perform(_ journal: Journal) async throws -> Outcome {
    guard let anchors = world.anchors else { return .failed(broken("there is no key to sign the delivery with")) }
    // What was captured is vouched for before the checkpoint, and so by it.
    try await AtRest(world: world).sweep(journal)
    let opening = journal.run.opening
    let turn = try await world.turn("anchor-\(opening.remote)")
    defer { withExtendedLifetime(turn) {} }
    guard let note = try self.note(on: journal.run, anchors) else {
      return .failed(broken("the delivery cannot be written down in a note"))
    }
    try journal.record(.intended(.anchor(note)))
    guard let commit = journal.run.commit?.id else { return .failed(broken("there is no commit to put a note on")) }
    for _ in 0..<Self.tries {
      let tip = try await anchors.notes.fetch(from: opening.remote)
      if let tip, let found = try anchors.notes.note(on: commit, in: tip) {
        return found.isNote(of: journal.run) ? .done(.anchored(tip)) : .failed(taken(commit, opening.remote))
      }
      let notes = try anchors.notes.write(
        note, on: commit, over: tip, by: try world.repository.identity(), at: world.surroundings.now())
      let answer: PushAnswer
      do {
        answer = try await anchors.notes.push(notes, to: opening.remote, expecting: tip)
      } catch {
        // A lost connection says nothing about what was done.
        if let fact = try await alreadyDone(journal.run) { return .done(fact) }
        throw error
      }
      // Whatever the answer was, what counts is what the remote shows now.
      if let fact = try await alreadyDone(journal.run) { return .done(fact) }
      if case .refused(let message) = answer {
        return .failed(
          Failure(step: .anchor, kind: .refused, message: "\"\(opening.remote)\" refused the note: \(message)"))
      }
    }
    return .failed(broken("others were faster \(Self.tries) times; resume"))
  }

  func alreadyDone(_ run: Run) async throws -> Fact? {
    guard let anchors = world.anchors, let commit = run.commit?.id,
      let tip = try await anchors.notes.fetch(from: run.opening.remote),
      let found = try anchors.notes.note(on: commit, in: tip), found.isNote(of: run)
    else { return nil }
    return .anchored(tip)
  }

  private func note(on run: Run, _ anchors: Anchors) throws -> String? {
    guard let commit = run.commit, let end = try world.ledger.end(of: run.id) else { return nil }
    var (tree, first) = (MerkleTree(anchors.hasher), [UInt8]())
    try anchors.chain.hashes { hash in
      if first.isEmpty { first = hash }
      tree.append(leaf: anchors.hasher.leaf(hash))
    }
    let facts = DeliveryNote.Facts(
      run: run.id.text, task: run.opening.task.text, commit: commit.id.text, tree: commit.tree.text,
      base: commit.parent.text, events: end.count, last: end.hash.text, time: world.surroundings.now().text(fraction: 0)
    )
    let checkpoint = DeliveryNote.checkpoint(
      origin: DeliveryNote.origin(first: first), size: tree.size, root: tree.root, facts,
      handOvers: anchors.signer.handOvers)
    guard let checkpoint, let note = SignedNote(checkpoint.text) else { return nil }
    return try anchors.signer.sign(note).document
  }

  private func taken(_ commit: ObjectID, _ remote: String) -> Failure {
    Failure(
      step: .anchor, kind: .refused,
      message:
        "refs/notes/delivery of \"\(remote)\" has a note of somebody else on \(commit.short), which was left alone; "
        + "look at it with \"git notes --ref=delivery show\", take it away, then resume")
  }

  private func broken(_ message: String) -> Failure { Failure(step: .anchor, kind: .broken, message: message) }
}

extension String {
  /// Whether it is a note that this run has signed, now or when it was at this before.
  fileprivate func isNote(of run: Run) -> Bool {
    SignedNote(reading: self).flatMap(DeliveryNote.init)?.facts.run == run.id.text
  }
}
