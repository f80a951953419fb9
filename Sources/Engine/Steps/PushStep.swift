import DeliveryLoop

/// Pushes this exact commit with a lease on what the remote had, and observes that it is there.
struct PushStep: StepPerformer {
  let world: World

  func perform(_ journal: Journal) async throws -> Outcome {
    let opening = journal.run.opening
    guard let commit = journal.run.commit?.id else {
      return .failed(Failure(step: .push, kind: .broken, message: "there is no commit to push"))
    }
    do {
      let tip = try await world.remote.tip(of: opening.remoteBranch, on: opening.remote)
      if tip == commit {
        try journal.record(.intended(.push(old: tip, new: commit)))
        return .done(.pushed(observed: commit))
      }
      guard tip == nil || tip == opening.base else { return .failed(moved(opening, to: tip)) }
      try journal.record(.intended(.push(old: tip, new: commit)))
      let answer = try await world.remote.push(
        commit: commit, to: opening.remoteBranch, on: opening.remote, expecting: tip)
      // Whatever the answer was, what counts is what the remote shows now.
      if let observed = try await observe(commit, opening) { return .done(.pushed(observed: observed)) }
      return .failed(failure(answer, opening))
    } catch let error as RemoteError {
      if let observed = try? await observe(commit, opening) { return .done(.pushed(observed: observed)) }
      return .failed(try Failure(step: .push, error))
    }
  }

  func alreadyDone(_ run: Run) async throws -> Fact? {
    guard let commit = run.commit?.id else { return nil }
    return try await observe(commit, run.opening).map { .pushed(observed: $0) }
  }

  /// The remote's tip if it holds the commit: by ancestry, since others may have pushed on top of it.
  private func observe(_ commit: ObjectID, _ opening: Opening) async throws -> ObjectID? {
    guard let tip = try await world.remote.tip(of: opening.remoteBranch, on: opening.remote) else { return nil }
    if tip == commit { return tip }
    guard let fetched = try await world.remote.fetch(branch: opening.remoteBranch, from: opening.remote) else {
      return nil
    }
    return try world.repository.isAncestor(commit, of: fetched) ? fetched : nil
  }

  private func failure(_ answer: PushAnswer, _ opening: Opening) -> Failure {
    switch answer {
    case .moved: moved(opening, to: nil)
    case .refused(let message):
      Failure(step: .push, kind: .refused, message: "\"\(opening.remote)\" refused the commit: \(message)")
    case .accepted:
      Failure(
        step: .push, kind: .broken,
        message: "\"\(opening.remote)\" accepted the push and does not show the commit; look there, then resume")
    }
  }

  private func moved(_ opening: Opening, to tip: ObjectID?) -> Failure {
    let place = "\"\(opening.remoteBranch)\" of \"\(opening.remote)\""
    let now = tip.map { " to \($0.short)" } ?? ""
    return Failure(
      step: .push, kind: .conflict,
      message: "\(place) has moved\(now) since the run began; nothing was overwritten. Abandon this run, pull, "
        + "and run the task again")
  }
}
