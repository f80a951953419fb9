/// An immutable fact about a run; a run is what its events say, in their order.
package enum Event: Hashable, Sendable {
  case opened(Opening)
  /// A step is about to act.
  case intended(Intent)
  /// An effect was seen to have happened.
  case observed(Fact)
  case failed(Failure, Consequence)
  /// The run rests although nothing went wrong.
  case paused(Wait)
  case resumed(from: Step, by: String)
  /// Somebody stopped the program while it was at this step.
  case interrupted(Step)
  case abandoned(reason: String)
  /// Somebody has decided what the run waits for.
  case decided(Decision)
  case waived(Waiver)
  /// What had been stored already was replaced, since it held a secret.
  case masked(Masking)
  /// What the run has left on disk was looked through.
  case swept(Sweep)
  /// Bytes of what the run has captured were let go.
  case dropped(Dropping)
}

/// How a run began, and what holds for all of it.
package struct Opening: Hashable, Sendable {
  package let task: TaskID
  package let title: String
  /// Absolute path of the working tree.
  package let workspace: String
  /// The branch on which the commit is made.
  package let branch: String
  package let remote: String
  /// The branch of the remote to which it is pushed.
  package let remoteBranch: String
  /// The commit from which the run starts, whose configuration is in force.
  package let base: ObjectID
  /// Of the configuration's bytes in the base commit.
  package let policy: Digest
  /// Who runs it, as the backlog records it.
  package let owner: String
  /// What is in the working tree already is the implementation.
  package let adopts: Bool
  package let hasService: Bool
  /// A signed checkpoint of the history goes to the remote at the end.
  package let isAnchored: Bool
  /// Coding-agent attempts that earlier runs spent on this task.
  package let earlierAttempts: Int
  /// What is asked again; nil for a delivery.
  package let replay: Replay?

  package init(
    task: TaskID, title: String, workspace: String, branch: String, remote: String, remoteBranch: String,
    base: ObjectID, policy: Digest, owner: String, adopts: Bool, hasService: Bool, earlierAttempts: Int,
    isAnchored: Bool = false, replay: Replay? = nil
  ) {
    self.task = task
    self.title = title
    self.workspace = workspace
    self.branch = branch
    self.remote = remote
    self.remoteBranch = remoteBranch
    self.base = base
    self.policy = policy
    self.owner = owner
    self.adopts = adopts
    self.hasService = hasService
    self.earlierAttempts = earlierAttempts
    self.isAnchored = isAnchored
    self.replay = replay
  }

  /// Where the run begins.
  package var firstStep: Step { replay == nil ? .claim : hasService ? .start : .validate }
}

/// What a step is about to do, with all that is needed to ask later whether it did.
package enum Intent: Hashable, Sendable {
  case claim
  /// The number of the coding agent's attempt in this run, from 1; 0 for a person's change.
  case implement(attempt: Int)
  case format, test, start, validate, stop
  /// The very bytes of the commit.
  case commit(PreparedCommit)
  /// The compare-and-set on the remote: `old` is nil when the branch must not exist there.
  case push(old: ObjectID?, new: ObjectID)
  /// Everything that is needed to bring the change onto other commits, however often it is begun.
  case rebase(Rebase)
  case close
  /// The signed note that goes to the remote.
  case anchor(String)

  package var step: Step {
    switch self {
    case .claim: .claim
    case .implement: .implement
    case .format: .format
    case .test: .test
    case .start: .start
    case .validate: .validate
    case .stop: .stop
    case .commit: .commit
    case .push: .push
    case .rebase: .rebase
    case .close: .close
    case .anchor: .anchor
    }
  }
}
