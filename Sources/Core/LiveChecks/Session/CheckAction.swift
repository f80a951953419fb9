/// What a session wants done next.
package enum CheckAction: Sendable {
  /// Send this, without following redirects, and tell the session what came of it.
  case send(HTTPRequest)
  /// Let this time pass.
  case pause(Duration)
  case finish(CheckReport)
}
