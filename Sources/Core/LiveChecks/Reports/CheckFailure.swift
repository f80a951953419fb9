/// One thing that went wrong, and where in the file it stands.
package struct CheckFailure: Error, Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// Something that was asserted does not hold.
    case assert
    /// The file asks for what cannot be done: a variable without a value, a capture that finds nothing.
    case runtime
    /// There was no response.
    case transfer
    /// What the file asks for is never done.
    case policy
  }

  package let kind: Kind
  package let title: String
  package let place: Place
  /// How many characters the carets underline; without any, the message stands below the line.
  let width: Int
  package let message: String
  /// The file that has to be read before anything can be said.
  var neededFile: String?

  static func transfer(_ failure: TransferFailure, at entry: Entry) -> CheckFailure {
    CheckFailure(
      kind: .transfer, title: "HTTP connection", place: entry.urlPlace, width: max(1, entry.url.source.count),
      message: failure.message)
  }
}
