/// A secret in one of the forms in which it may be written down.
struct Needle: Hashable, Sendable {
  let bytes: [UInt8]
  /// Index of the secret in its set.
  let secret: Int
  let form: SecretForm
  var edges = Edges.free

  /// What has to stand, or is masked as well, beside the bytes of a needle.
  enum Edges: Hashable, Sendable {
    /// Counts wherever it stands.
    case free
    /// Counts only where it is a word of its own.
    case words
    /// A base64 character at either side is masked too when it may carry bits of the secret.
    case sextets(before: Sextet?, after: Sextet?)
  }
}
