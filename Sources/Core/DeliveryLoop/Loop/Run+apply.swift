extension Run {
  /// Folds one event in; a run that throws is left as it was.
  package mutating func apply(_ event: Event) throws(IllegalTransition) {
    switch event {
    case .opened: throw .openedTwice(id)
    case .intended(let intent): try begin(intent)
    case .observed(let fact): try observe(fact)
    case .failed(let failure, let consequence): try fail(failure, consequence)
    case .paused(let wait): try pause(wait)
    case .resumed(let step, _): try resume(from: step)
    case .interrupted(let step): try interrupt(at: step)
    case .abandoned: try abandon()
    case .decided(let decision): try decide(decision)
    case .waived(let waiver): try waive(waiver)
    case .masked(let masking):
      maskings.append(masking)
      if case .evidence(let number) = masking.target, captures[number] != nil { captures[number] = masking.new }
    case .swept: break
    case .dropped(let dropping):
      guard isOver else { throw outOfOrder(event) }
      return dropped.formUnion(dropping.captures)
    }
    guard case .swept(let sweep) = event else {
      self.sweep = nil
      return
    }
    self.sweep = sweep
    for capture in sweep.captures ?? [] { captures[capture.number] = capture.digest }
  }

  private mutating func begin(_ intent: Intent) throws(IllegalTransition) {
    let step = intent.step
    let isTurn = pending == .step(step) || (step == .stop && service != nil)
    // After a crash the same step is intended anew; any other while one is open is out of order.
    guard isTurn, performing == nil || performing == step else { throw outOfOrder(.intended(intent)) }
    switch intent {
    case .claim, .format, .test, .start, .validate, .stop: break
    case .implement(let attempt):
      guard attempt == 0 || attempt == attempts + 1 else { throw outOfOrder(.intended(intent)) }
      attempts = max(attempts, attempt)
      isCutOffAtAgent = attempt > 0
    case .commit(let prepared):
      guard prepared.parent == base, validatedTree != nil, !isCommitted else {
        throw outOfOrder(.intended(intent))
      }
      commit = prepared
    case .push(let old, let new):
      guard isCommitted, new == commit?.id else { throw outOfOrder(.intended(intent)) }
      pushLease = PushLease(old: old, new: new)
    case .rebase(let rebase):
      guard isCommitted, pushed == nil else { throw outOfOrder(.intended(intent)) }
      self.rebase = rebase
    case .close:
      guard pushed != nil else { throw outOfOrder(.intended(intent)) }
    case .anchor(let note):
      guard isClosed else { throw outOfOrder(.intended(intent)) }
      anchor = note
    }
    performing = step
  }

  private mutating func observe(_ fact: Fact) throws(IllegalTransition) {
    guard performing == fact.step else { throw outOfOrder(.observed(fact)) }
    switch fact {
    case .claimed: move(to: .step(.implement))
    case .implemented(let tree, _):
      implementedTree = tree
      awaitsPerson = false
      isCutOffAtAgent = false
      move(to: .step(.format))
    case .formatted(let tree):
      formattedTree = tree
      move(to: .step(.test))
    case .tested(let tree):
      try require(tree, toBe: formattedTree, at: .test)
      testedTree = tree
      move(to: .step(opening.hasService ? .start : .validate))
    case .launched(let record): service = record
    case .started: move(to: .step(.validate))
    case .planned, .sending, .sent, .expired: try plan(fact)
    case .judged(let judgement):
      try require(judgement.tree, toBe: testedTree, at: .validate)
      judgements.append(judgement)
    case .validated(let tree, let files, let names):
      guard opening.replay == nil else { throw outOfOrder(.observed(fact)) }
      try require(tree, toBe: testedTree, at: .validate)
      try conclude(waiving: names, with: fact)
      validatedTree = tree
      validations = files
      move(to: .step(opening.hasService ? .stop : .commit))
    case .replayed(let result): try end(with: result)
    case .stopped:
      service = nil
      move(to: pending == .step(.stop) ? self.result.map { .rest(.replayed($0)) } ?? .step(.commit) : pending)
    case .committed(let commit):
      guard commit == self.commit?.id else { throw outOfOrder(.observed(fact)) }
      isCommitted = true
      move(to: .step(.push))
    case .pushed(let observed):
      pushed = observed
      move(to: .step(.close))
    case .rebased(let onto, let tree):
      guard let rebase, rebase.onto == onto, rebase.tree == tree else { throw outOfOrder(.observed(fact)) }
      stand(on: onto)
    case .closed:
      isClosed = true
      move(to: opening.isAnchored ? .step(.anchor) : .rest(.delivered))
    case .anchored: move(to: .rest(.delivered))
    case .attempted(let attempt): try end(attempt)
    }
  }

  private mutating func stand(on base: ObjectID) {
    self.base = base
    rebase = nil
    rebases += 1
    rounds = 0
    (isCommitted, pushLease) = (false, nil)
    back(to: .format)
  }

  private mutating func end(_ attempt: Attempt) throws(IllegalTransition) {
    guard attempt.number == attempts, endedAttempts < attempts else { throw outOfOrder(.observed(.attempted(attempt))) }
    endedAttempts = attempts
  }

  private mutating func end(with result: ReplayResult) throws(IllegalTransition) {
    guard opening.replay != nil else { throw outOfOrder(.observed(.replayed(result))) }
    if result.finding == .passed {
      try conclude(waiving: [], with: .replayed(result))
    } else {
      move(ofPlan: .fail)
    }
    self.result = result
    restedAt = .validate
    move(to: opening.hasService ? .step(.stop) : .rest(.replayed(result)))
  }

  private mutating func fail(_ failure: Failure, _ consequence: Consequence) throws(IllegalTransition) {
    if failure.step == .implement { isCutOffAtAgent = false }
    // A step may fail while it still prepares its intent.
    if consequence == .rebase, !isCommitted { throw outOfOrder(.failed(failure, consequence)) }
    guard performing == failure.step || (performing == nil && pending == .step(failure.step)) || isStopping(failure)
    else {
      throw outOfOrder(.failed(failure, consequence))
    }
    // No agent is set to work again: whoever resumes has made the change, or takes what is there.
    if failure.kind == .budget { awaitsPerson = true }
    if failure.step == .validate { move(ofPlan: .fail) }
    self.failure = failure
    isStopStuck = failure.step == .stop
    restedAt = failure.step
    switch consequence {
    case .implementAgain: back(to: .implement)
    case .formatAgain:
      rounds += 1
      back(to: .format)
    case .rebase: move(to: .step(.rebase))
    case .wait(let wait): move(to: .rest(.waiting(wait)))
    case .stop: move(to: .rest(.failed(failure.kind)))
    }
  }

  private func isStopping(_ failure: Failure) -> Bool { failure.step == .stop && service != nil }

  private mutating func pause(_ wait: Wait) throws(IllegalTransition) {
    guard case .step = pending else { throw outOfOrder(.paused(wait)) }
    restedAt = step
    if wait == .implementation { awaitsPerson = true }
    move(to: .rest(.waiting(wait)))
  }

  private mutating func resume(from step: Step) throws(IllegalTransition) {
    guard case .rest = pending, !isOver, performing == nil, opening.replay == nil || step == opening.firstStep else {
      throw outOfOrder(.resumed(from: step, by: ""))
    }
    // What was committed stays committed: a resumed run may repeat those steps and none before them.
    guard !isCommitted || [.commit, .push, .rebase, .close, .anchor].contains(step), (step == .anchor) == isClosed
    else {
      throw outOfOrder(.resumed(from: step, by: ""))
    }
    rounds = 0
    isStopStuck = false
    if isCommitted || isOnItsWay(to: step) { move(to: .step(step)) } else { back(to: step) }
  }

  private mutating func interrupt(at step: Step) throws(IllegalTransition) {
    if case .rest = pending { throw outOfOrder(.interrupted(step)) }
    move(ofPlan: .fail)
    restedAt = step
    move(to: .rest(.interrupted))
  }

  private mutating func abandon() throws(IllegalTransition) {
    if case .rest(let rest) = pending, rest.isFinal { throw outOfOrder(.abandoned(reason: "")) }
    restedAt = step
    move(ofPlan: .fail)
    move(ofPlan: .cancel)
    move(to: .rest(.abandoned))
  }

  mutating func move(to next: Pending) {
    performing = nil
    pending = next
  }

  /// A verdict belongs to one tree; going back makes all later ones void.
  private mutating func back(to step: Step) {
    if step == .claim || step == .implement { implementedTree = nil }
    if step != .commit {
      formattedTree = nil
      testedTree = nil
      validatedTree = nil
      validations = []
      waived = []
      commit = nil
    }
    move(to: .step(step))
  }

  private func require(_ tree: ObjectID, toBe expected: ObjectID?, at step: Step) throws(IllegalTransition) {
    guard tree == expected else { throw .treeDiffers(id, at: step, expected: expected, found: tree) }
  }

  func outOfOrder(_ event: Event) -> IllegalTransition {
    .outOfOrder(id, event: event.kind, at: step)
  }
}
