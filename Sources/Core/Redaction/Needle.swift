/// A secret in one of the forms in which it may be written down.
struct Needle: Hashable {
  let bytes: [UInt8]
  /// Index of the secret in its set.
  let secret: Int
  let form: SecretForm
  /// Counts only where neither neighbour is a letter, a digit or `_`.
  let isBounded: Bool
}

/// How a secret was written where it was found.
package enum SecretForm: String, CaseIterable, Sendable {
  case verbatim, line, base64, hex, percent, json, shell, entities
}

/// Where a secret stands in some bytes.
package struct SecretFinding: Hashable, Sendable {
  package let name: String
  package let form: SecretForm
  package let range: Range<Int>
}
