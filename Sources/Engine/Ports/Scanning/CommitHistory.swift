package import DeliveryLoop
package import HistoryAudit

/// A repository's past, for those who look back on it.
package protocol CommitHistory: Sendable {
  /// All that is reachable from a commit, the older first; what is not in this clone is left out.
  func audited(to tip: ObjectID, of tracker: Tracker) throws(RepositoryError) -> [AuditedCommit]
  /// The message of every commit that is reachable from one.
  func messages(to tip: ObjectID, _ body: (ObjectID, String) -> Void) throws(RepositoryError)
  /// The bytes of a blob; nil for one that is not here, or too large to be looked at.
  func blob(_ id: ObjectID) throws(RepositoryError) -> [UInt8]?
}
