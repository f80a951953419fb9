/// What the engine has to do next.
package enum Action: Hashable, Sendable {
  case perform(Step)
  /// Rest, although there is more to do.
  case pause(Wait)
  case rest(Rest)
}

extension Run {
  /// The next action, decided from nothing but the history and the policy.
  package func next(under policy: Policy) -> Action {
    if let performing { return .perform(performing) }
    let action = decided(under: policy)
    // A service never outlives its need, whatever comes next (promise I7).
    let isNeeded = action == .perform(.start) || action == .perform(.validate)
    return service != nil && !isNeeded && !isStopStuck ? .perform(.stop) : action
  }

  private func decided(under policy: Policy) -> Action {
    switch pending {
    case .rest(let rest): return .rest(rest)
    case .step(let step):
      if let last = policy.until, step.isAfter(last) { return .pause(.until(last)) }
      return .perform(step)
    }
  }

  /// Where a resting run goes on; nil for one that has ended.
  ///
  /// Gates start over at `format`, because whoever mended the cause may have changed the tree.
  package var resumption: Step? {
    guard case .rest(let rest) = pending, !isOver else { return nil }
    if opening.replay != nil { return opening.firstStep }
    if case .waiting(.approval) = rest, plan?.state == .approved { return opening.hasService ? .start : .validate }
    switch restedAt {
    case .claim, .implement, .push, .close, .anchor: return restedAt
    // What was begun is brought to its end; what could not be begun is asked of the remote anew.
    case .rebase: return rebase == nil && isCommitted ? .push : rebase == nil ? .format : .rebase
    case .format, .test, .start, .validate, .stop: return .format
    case .commit:
      if isCommitted { return .commit }
      return [.failed(.secret), .failed(.scope), .failed(.unchecked)].contains(rest) || validatedTree == nil
        ? .format : .commit
    }
  }
}

extension Step {
  /// True when the loop comes to this step later than to `other`; stopping belongs to validating, rebasing to pushing.
  package func isAfter(_ other: Step) -> Bool {
    self != .stop && self != .rebase && Self.order(self) > Self.order(other)
  }

  private static func order(_ step: Step) -> Int { allCases.firstIndex(of: step) ?? 0 }
}
