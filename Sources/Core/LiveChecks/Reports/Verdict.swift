/// What a file of checks came to.
package enum Verdict: String, CaseIterable, Sendable {
  case passed
  /// Something that was asserted did not hold, or the file could not be carried out as it is written.
  case failed
  /// A question could not be asked: connection, TLS, time-out. It says nothing about the service.
  case inconclusive
}
