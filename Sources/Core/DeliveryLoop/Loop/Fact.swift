/// What was observed after a step had acted.
package enum Fact: Hashable, Sendable {
  /// The backlog shows the task as taken up, in its own word.
  case claimed(status: String)
  case implemented(tree: ObjectID, by: Author)
  case formatted(tree: ObjectID)
  case tested(tree: ObjectID)
  /// The service's process exists; whether it serves is not known yet.
  case launched(ServiceRecord)
  /// It answers, and the listening socket belongs to it.
  case started
  case validated(tree: ObjectID, files: [ValidatedFile])
  /// No process of the service is left, and its port is free.
  case stopped
  case committed(ObjectID)
  /// What the remote's branch showed afterwards.
  case pushed(observed: ObjectID)
  /// The change stands on this commit now, as this tree; no gate has seen it yet.
  case rebased(onto: ObjectID, tree: ObjectID)
  /// The backlog shows the task as closed, in its own word.
  case closed(status: String)

  /// Who made the change.
  package enum Author: String, CaseIterable, Sendable { case agent, person, adopted }

  package var step: Step {
    switch self {
    case .claimed: .claim
    case .implemented: .implement
    case .formatted: .format
    case .tested: .test
    case .launched, .started: .start
    case .validated: .validate
    case .stopped: .stop
    case .committed: .commit
    case .pushed: .push
    case .rebased: .rebase
    case .closed: .close
    }
  }
}

/// What one validation file came to.
package struct ValidatedFile: Hashable, Sendable {
  /// Relative to the root.
  package let path: String
  package let exchanges: Int
  package let asserts: Int
  /// Names and values of the captures, as they were recorded.
  package let captures: [Capture]

  package init(path: String, exchanges: Int, asserts: Int, captures: [Capture]) {
    self.path = path
    self.exchanges = exchanges
    self.asserts = asserts
    self.captures = captures
  }

  /// A value that a validation took out of a response.
  package struct Capture: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }
}
