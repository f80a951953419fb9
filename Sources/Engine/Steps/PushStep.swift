import DeliveryLoop

/// Pushes this exact commit with a lease on what the remote had, and observes that it is there.
struct PushStep: StepPerformer {
  let world: World

  func perform(_ journal: Journal) async throws -> Outcome {
    guard let commit = journal.run.commit?.id else {
      return .failed(Failure(step: .push, kind: .broken, message: "there is no commit to push"))
    }
    if let failure = try Gates(world: world, run: journal.run).hazard(at: .push) { return .failed(failure) }
    let opening = journal.run.opening
    let turn = try await world.turn("push-\(opening.remote)-\(opening.remoteBranch)")
    defer { withExtendedLifetime(turn) {} }
    // The same commit under the same lease may be pushed as often as it takes: the remote applies it once.
    for pause in Self.pauses {
      do {
        return try await push(commit, journal)
      } catch let error as RemoteError where error.isPassing {
        try await world.surroundings.wait(pause)
      }
    }
    return try await push(commit, journal)
  }

  private static let pauses: [Duration] = [.milliseconds(500), .seconds(2)]

  private func push(_ commit: ObjectID, _ journal: Journal) async throws -> Outcome {
    let opening = journal.run.opening
    let tip = try await world.remote.tip(of: opening.remoteBranch, on: opening.remote)
    if tip != nil, tip != journal.run.base {
      guard let observed = try await observe(commit, opening) else { return .failed(moved(opening, to: tip)) }
      try journal.record(.intended(.push(old: tip, new: commit)))
      return .done(.pushed(observed: observed))
    }
    if let failure = try await SecretGate(world: world, run: journal.run, step: .push).inspect(commit, onto: tip) {
      return .failed(failure)
    }
    try journal.record(.intended(.push(old: tip, new: commit)))
    let answer: PushAnswer
    do {
      answer = try await world.remote.push(
        commit: commit, to: opening.remoteBranch, on: opening.remote, expecting: tip)
    } catch {
      // A lost connection says nothing about what was done.
      if let observed = try await observe(commit, opening) { return .done(.pushed(observed: observed)) }
      throw error
    }
    // Whatever the answer was, what counts is what the remote shows now.
    if let observed = try await observe(commit, opening) { return .done(.pushed(observed: observed)) }
    return .failed(failure(answer, opening))
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
    return Failure(step: .push, kind: .moved, message: "\(place) has moved\(now)")
  }
}
