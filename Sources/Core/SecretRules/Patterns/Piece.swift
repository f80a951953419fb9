/// A part of a byte pattern.
indirect enum Piece: Hashable, Sendable {
  /// As many bytes of a set as there are, `minimum` at least and `maximum` at most.
  case run(ByteSet, minimum: Int, maximum: Int)
  /// The first of these sequences that matches, and no other.
  case choice([Branch])
  /// A sequence as often as it matches, `minimum` times at least and `maximum` times at most.
  case repeated([Piece], minimum: Int, maximum: Int)
  /// What is secret about the match.
  case secret([Piece])
  /// Matches nothing, where the sequence follows or, `expected` being false, does not.
  case lookahead([Piece], expected: Bool)
}

/// One of several sequences.
struct Branch: Hashable, Sendable {
  let pieces: [Piece]
  /// What it begins with, so that most branches are passed over at one look; nil where that may be nothing.
  private let first: ByteSet?

  init(_ pieces: [Piece]) {
    self.pieces = pieces
    if case .run(let set, let minimum, _) = pieces.first, minimum > 0 { first = set } else { first = nil }
  }

  func mayBegin(with byte: UInt8?) -> Bool {
    guard let first else { return true }
    guard let byte else { return false }
    return first.contains(byte)
  }
}
