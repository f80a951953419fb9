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
  /// What the validations are about to change is listed.
  case planned(Plan)
  /// The request of this number in the plan, from 1, is about to be sent.
  case sending(Int)
  /// It was sent: the status of the answer, nil where none came.
  case sent(Int, status: Int?)
  /// The plan was not applied in time.
  case expired(Digest)
  /// One validation has run once; whether that is enough is not decided yet.
  case judged(Judgement)
  /// What passed, and the names of those that could not be asked and are waived.
  case validated(tree: ObjectID, files: [ValidatedFile], waived: [String] = [])
  /// What asking again came to.
  case replayed(ReplayResult)
  /// No process of the service is left, and its port is free.
  case stopped
  case committed(ObjectID)
  /// What the remote's branch showed afterwards.
  case pushed(observed: ObjectID)
  /// The change stands on this commit now, as this tree; no gate has seen it yet.
  case rebased(onto: ObjectID, tree: ObjectID)
  /// The backlog shows the task as closed, in its own word.
  case closed(status: String)
  /// The remote's notes hold the signed note of the delivery; this commit of theirs was seen there.
  case anchored(ObjectID)
  /// A coding agent is done with an attempt; what came of it is looked at next.
  case attempted(Attempt)

  /// Who made the change.
  package enum Author: String, CaseIterable, Sendable { case agent, person, adopted }

  package var step: Step {
    switch self {
    case .claimed: .claim
    case .implemented, .attempted: .implement
    case .formatted: .format
    case .tested: .test
    case .launched, .started: .start
    case .planned, .sending, .sent, .expired, .judged, .validated, .replayed: .validate
    case .stopped: .stop
    case .committed: .commit
    case .pushed: .push
    case .rebased: .rebase
    case .closed: .close
    case .anchored: .anchor
    }
  }
}
