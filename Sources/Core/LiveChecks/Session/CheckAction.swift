/// What a session wants done next.
package enum CheckAction: Sendable {
  /// Send this, without following redirects, and tell the session what came of it.
  case send(HTTPRequest)
  /// Read this file, whose name is relative to the folder of the file of checks and never leads out of it, and give the
  /// session its content.
  case read(String)
  /// Let this time pass.
  case pause(Duration)
  case finish(CheckReport)
}
