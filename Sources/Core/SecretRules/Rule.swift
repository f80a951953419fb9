/// What one kind of secret looks like.
package struct Rule: Sendable {
  /// A name for findings and allow-lists: lower-case words with hyphens between.
  package let id: String
  /// What is found, as a noun phrase that begins with a capital.
  package let description: String
  /// Whether it is worth looking for in what programs print; the others are for files and commits.
  package let isForLogs: Bool
  /// Samples in which the rule finds something, and samples in which no rule does, in the language of sample templates.
  package let positiveSamples: [String]
  package let negativeSamples: [String]

  /// Bits a byte that the secret has at least.
  let minimumEntropy: Double
  let shape: Shape

  enum Shape: Sendable {
    /// One of these, wherever it stands.
    case text([BytePattern])
    /// A value that is given to a name: the pattern matches the end of the name, and one of these the whole value.
    case assignment(name: BytePattern, values: [Value])
  }

  enum Value: Sendable {
    case pattern(BytePattern)
    /// What looks as if it were drawn by chance.
    case random
    /// What looks as if somebody had made up a password.
    case password
  }

  /// The patterns whose keywords say where to look.
  var patterns: [BytePattern] {
    switch shape {
    case .text(let patterns): patterns
    case .assignment(let name, _): [name]
    }
  }
}
