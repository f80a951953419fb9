/// One instruction of the machine.
enum Instruction: Hashable, Sendable {
  case scalar(ScalarSet)
  case assert(Anchor)
  case save(Int)
  /// Goes on at both places, the first preferred.
  case split(Int, Int)
  case jump(Int)
  case match
}

/// A condition on a place in the text.
enum Anchor: Hashable, Sendable {
  case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
}
