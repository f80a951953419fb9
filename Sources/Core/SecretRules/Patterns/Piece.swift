/// A part of a byte pattern.
indirect enum Piece: Hashable, Sendable {
  /// As many bytes of a set as there are, `minimum` at least and `maximum` at most.
  case run(ByteSet, minimum: Int, maximum: Int)
  /// The first of these sequences that matches, and no other.
  case choice([[Piece]])
  /// A sequence as often as it matches, `minimum` times at least and `maximum` times at most.
  case repeated([Piece], minimum: Int, maximum: Int)
  /// What is secret about the match.
  case secret([Piece])
  /// Matches nothing, where the sequence follows or, `expected` being false, does not.
  case lookahead([Piece], expected: Bool)
}
