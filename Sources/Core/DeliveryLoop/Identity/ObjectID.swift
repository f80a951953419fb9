/// Names a git object: a commit, a tree or a blob, by its SHA-1.
package struct ObjectID: Hashable, Sendable, CustomStringConvertible {
  /// 40 lower-case hexadecimal digits.
  package let text: String

  package init?(_ text: String) {
    guard text.utf8.count == 40, text.utf8.allSatisfy(isLowerHex) else { return nil }
    self.text = text
  }

  /// 40 zeros, as git writes that there is no object.
  package static let unborn = ObjectID(zeros: ())

  private init(zeros: Void) { text = String(repeating: "0", count: 40) }

  /// The first 10 digits, as people quote them.
  package var short: String { String(text.prefix(10)) }
  package var description: String { text }
}
