/// The stations of the loop, in the order in which a task passes them.
package enum Step: String, CaseIterable, Sendable {
  case claim, implement, format, test, start, validate, stop, commit, push
  /// Only when somebody else's commits came first: back to `format` on top of them.
  case rebase
  case close
  /// Only where the configuration names keys: a signed checkpoint of the history goes to the remote.
  case anchor
}
