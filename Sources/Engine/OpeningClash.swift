package import DeliveryLoop
import JSONText
package import Redaction

/// A secret whose value stands in what the history has to keep about a run as it is.
///
/// Masked, a run could neither be gone on with nor be given up. The title is no exception, although it is only shown: the
/// backlog's record has it too, and no commit may hold that with a secret in it.
package struct OpeningClash: Hashable, Sendable {
  package enum Field: String, CaseIterable, Sendable {
    case task, title, workspace, branch, remote, remoteBranch = "remote_branch", base, policy, owner, adopts, service
    case earlierAttempts = "earlier_attempts"
  }

  package let secret: String
  /// nil where no single field has it.
  package let field: Field?

  /// The first clash; nil where redaction leaves the opening as it is.
  package static func find(in opening: Opening, of secrets: SecretSet) -> OpeningClash? {
    let stored = Event.opened(opening).stored
    guard case .object(let object) = stored else { return nil }
    for (key, value) in object.members {
      // In the plain too: a column of the ledger has it without a string's escapes.
      for form in [value.compact, value.string ?? ""] {
        if let secret = name(of: form, secrets) { return OpeningClash(secret: secret, field: Field(rawValue: key)) }
      }
    }
    return name(of: stored.compact, secrets).map { OpeningClash(secret: $0, field: nil) }
  }

  /// The secret that redaction masks in a text; one that may only begin at its end counts, since it is masked as well.
  private static func name(of text: String, _ secrets: SecretSet) -> String? {
    let kept = secrets.redact(text).text
    return kept == text ? nil : secrets.names.first { kept.contains("[redacted:\($0)]") }
  }
}

extension OpeningClash.Field {
  /// Fits after "is found in".
  package var wording: String {
    switch self {
    case .task: "the id of the task"
    case .title: "the title of the task"
    case .workspace: "the path of the working tree"
    case .branch: "the name of the branch"
    case .remote: "the name of the remote"
    case .remoteBranch: "the name of the remote's branch"
    case .base: "the id of the base commit"
    case .policy: "the digest of the configuration"
    case .owner: "the name of git's author"
    case .adopts, .service, .earlierAttempts: "the history's own words"
    }
  }
}

extension OpeningClash {
  /// Names the secret and the place, never the value.
  package var wording: String {
    "the value of the secret \"\(secret)\" stands in \(field?.wording ?? "the history's own words"), which has to be kept "
      + "as it is"
  }
}
