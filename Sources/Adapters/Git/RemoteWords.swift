import Engine

/// Understands what git says about a remote (git-push(1), OUTPUT; the messages of git 2.39).
struct RemoteWords {
  private let text: String

  init(_ text: String) { self.text = text }

  /// By the line of `--porcelain` for the reference: flag, tab, from:to, tab, summary.
  func pushAnswer(for ref: String, succeeded: Bool) throws(RemoteError) -> PushAnswer {
    for line in text.split(whereSeparator: \.isNewline) {
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count == 3, fields[1].hasSuffix(":\(ref)") else { continue }
      let reason = String(fields[2])
      if fields[0] != "!" { return .accepted }
      let movedWords = [
        "stale info", "non-fast-forward", "fetch first", "needs force", "failed to update ref", "cannot lock ref",
      ]
      return movedWords.contains { reason.contains($0) } ? .moved(message: reason) : .refused(message: refusal(reason))
    }
    if succeeded { return .accepted }
    throw error
  }

  /// What a hook has printed says more than that it declined.
  private func refusal(_ reason: String) -> String {
    let lines = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("remote: ") }
    // Git fills such lines up with spaces.
    let words = lines.map { $0.dropFirst(8).split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
      .prefix(5).joined(separator: " ")
    return words.isEmpty ? reason : "\(reason): \(words)"
  }

  /// What git and ssh add to every message, and what would push the reason out.
  private static let sayingNothing = [
    "Please make sure you have the correct access rights", "and the repository exists.", "Warning: Permanently added",
  ]

  var error: RemoteError {
    let lines = text.split(whereSeparator: \.isNewline).filter { line in
      !Self.sayingNothing.contains { line.hasPrefix($0) }
    }
    let message = lines.suffix(3).joined(separator: "; ")
    func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    if says(
      "Authentication failed", "could not read Username", "could not read Password", "Permission denied",
      "terminal prompts disabled",
      "Host key verification failed", "returned error: 401", "returned error: 403")
    {
      return .authentication(message: message)
    }
    // The connection was there and is lost: the remote may have done it.
    if says("RPC failed", "Connection reset") { return .unknown(message: message) }
    if says(
      "unable to connect", "Could not resolve", "Connection refused", "Connection timed out", "No route to host",
      "unable to access",
      "certificate",
      "does not appear to be a git repository", "not found", "Operation timed out")
    {
      return .unreachable(message: message)
    }
    return .unknown(message: message)
  }
}
