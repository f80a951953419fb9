import DeliveryLoop
import Engine

/// Understands what git says about a remote (git-push(1), OUTPUT; the messages of git 2.39).
struct RemoteWords {
  private let text: String

  init(_ text: String) { self.text = text }

  /// By the line of `--porcelain` for the reference: flag, tab, from:to, tab, summary.
  func pushAnswer(for ref: String, succeeded: Bool) throws(RemoteError) -> PushAnswer {
    for line in text.split(separator: "\n") {
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
    let hook = text.split(separator: "\n").filter { $0.hasPrefix("remote: ") }.map {
      $0.dropFirst(8).drop { $0 == " " }
    }
    let words = hook.map(\.trimmed).filter { !$0.isEmpty }.prefix(5).joined(separator: " ")
    return words.isEmpty ? reason : "\(reason): \(words)"
  }

  var error: RemoteError {
    let message = text.split(separator: "\n").filter { !$0.isEmpty }.suffix(3).joined(separator: "; ")
    func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
    if says(
      "Authentication failed", "could not read Username", "could not read Password", "Permission denied",
      "terminal prompts disabled",
      "Host key verification failed", "returned error: 401", "returned error: 403")
    {
      return .authentication(message: message)
    }
    if says(
      "Could not resolve", "Connection refused", "Connection timed out", "No route to host", "unable to access",
      "certificate",
      "does not appear to be a git repository", "not found", "Connection reset", "Operation timed out")
    {
      return .unreachable(message: message)
    }
    return .unknown(message: message)
  }
}
