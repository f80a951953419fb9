package import DeliveryLoop

/// The repository on the other side of the network.
package protocol Remote: Sendable {
  /// The commit that a branch of the remote has now; nil when it has no such branch.
  func tip(of branch: String, on remote: String) async throws(RemoteError) -> ObjectID?
  /// Brings the commits of the remote's branch here, under a private ref, and returns its tip.
  func fetch(branch: String, from remote: String) async throws(RemoteError) -> ObjectID?
  /// Asks the remote to set its branch to `commit` if it still is `expected` (nil: if it does not exist).
  ///
  /// The answer is what the remote said, to be observed and not believed.
  func push(commit: ObjectID, to branch: String, on remote: String, expecting expected: ObjectID?)
    async throws(RemoteError) -> PushAnswer
}

/// What the remote said to a push.
package enum PushAnswer: Hashable, Sendable {
  case accepted
  /// The lease did not hold, or the push is not a fast-forward.
  case moved(message: String)
  /// A hook, a protection rule or a permission refused it.
  case refused(message: String)
}

/// Why the remote could not be asked.
package enum RemoteError: Error, Hashable, Sendable {
  case noRemote(name: String)
  case programMissing(String)
  /// Connection, name resolution or TLS; with git's words.
  case unreachable(message: String)
  case authentication(message: String)
  case timedOut(after: Duration)
  case cancelled
  /// What was seen of a ref (full name) there is not in it any more, although it only ever grows.
  case rewritten(ref: String, remote: String)
  /// Connection lost or words not understood: what happened there is unknown until it is observed.
  case unknown(message: String)
}
