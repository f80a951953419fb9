/// Why a step did not pass.
package struct Failure: Hashable, Sendable {
  package let step: Step
  package let kind: Kind
  /// What failed, where, and what to do next.
  package let message: String
  /// The last lines of the output that shows it.
  package let tail: [String]

  package init(step: Step, kind: Kind, message: String, tail: [String] = []) {
    self.step = step
    self.kind = kind
    self.message = message
    self.tail = tail
  }

  package enum Kind: String, CaseIterable, Sendable {
    /// A gate looked at the change and found it wanting.
    case red
    /// The question could not be asked.
    case inconclusive
    /// The working tree changed while a gate looked at it.
    case changedUnderneath
    /// A secret's value stands in the change or its message.
    case secret
    /// The change touches more than it may.
    case scope
    /// The change, a command or its environment would switch certificate checks off.
    case unchecked
    /// What a validation would send, policy does not allow.
    case policy
    /// Somebody who decides has said no.
    case denied
    /// Somebody else has the task, moved the branch, or changed the same lines.
    case conflict
    /// Somebody else pushed first.
    case moved
    /// The remote refuses the commit.
    case refused
    /// Something that the run needs is missing or broken: a tool, a port, a secret, the network.
    case broken
    /// What coding agents may use up on the task is used up, or it is not known what they did.
    case budget
  }
}

/// What follows from a failure; recorded with it, so that a later policy cannot rewrite history.
package enum Consequence: Hashable, Sendable {
  case implementAgain
  case formatAgain
  case rebase
  case wait(Wait)
  case stop
}

/// For what a run waits.
package enum Wait: Hashable, Sendable {
  /// A person is to make the change in the working tree.
  case implementation
  /// What could not be asked is to be mended.
  case inconclusive
  /// Somebody else than the implementer is to approve the plan of this digest.
  case approval(Digest)
  /// A person is to bring the change on top of the remote's commits.
  case conflict
  /// The new base has other gates, under which the run goes on when it is resumed.
  case newGates
  /// The change touches what judges it: this tree's configuration, allow-list or validations are to be agreed to.
  case gateChange(ObjectID)
  /// The run was asked to stop after this step.
  case until(Step)
}

/// How a run rests.
package enum Rest: Hashable, Sendable {
  case delivered
  case abandoned
  case waiting(Wait)
  case failed(Failure.Kind)
  case interrupted
  /// A replay has come to its end, whatever it found.
  case replayed(ReplayResult)

  package var isFinal: Bool {
    switch self {
    case .delivered, .abandoned, .replayed: true
    case .waiting, .failed, .interrupted: false
    }
  }
}
