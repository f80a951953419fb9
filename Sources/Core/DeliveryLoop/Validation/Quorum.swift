/// How often a validation has to pass, of how many tries.
package struct Quorum: Hashable, Sendable {
  package let needed: Int
  package let tries: Int

  package static let once = Quorum(needed: 1, tries: 1)
  /// More tries would hide what is broken.
  package static let most = 10

  private init(needed: Int, tries: Int) {
    self.needed = needed
    self.tries = tries
  }

  /// Such as `2 of 3`; nil for what is none, or cannot be reached.
  package init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 3, words[1] == "of", let needed = Int(words[0]), let tries = Int(words[2]),
      (1...Self.most).contains(tries), (1...tries).contains(needed)
    else { return nil }
    self.init(needed: needed, tries: tries)
  }
}
