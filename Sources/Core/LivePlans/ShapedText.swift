import LiveChecks

/// Text of which some parts may not be known yet.
struct ShapedText: Hashable {
  /// As it was given, with the marks of the blanks.
  let marked: String
  let pieces: [Blanks.Piece]

  init(_ text: String, _ blanks: Blanks) {
    marked = text
    pieces = blanks.pieces(of: text)
  }

  /// The text, where all of it is known.
  var literal: String? {
    switch pieces.first {
    case nil: ""
    case .literal(let text)? where pieces.count == 1: text
    case .literal, .blank: nil
    }
  }

  /// Whether nothing of it is known.
  var isBlank: Bool { if case .blank? = pieces.first { pieces.count == 1 } else { false } }

  /// Whether a text is this one, with anything in the place of the blanks.
  func fits(_ text: String) -> Bool {
    if let literal { return literal.utf8.elementsEqual(text.utf8) }
    var rest = Array(text.utf8)[...]
    for (index, piece) in pieces.enumerated() {
      guard case .literal(let literal) = piece else { continue }
      let bytes = Array(literal.utf8)
      if index == 0 {
        guard rest.starts(with: bytes) else { return false }
        rest = rest.dropFirst(bytes.count)
      } else if index == pieces.count - 1 {
        return rest.count >= bytes.count && rest.suffix(bytes.count).elementsEqual(bytes)
      } else {
        // The first place leaves the most for the blanks that follow, which may be anything.
        guard let found = rest.firstRange(of: bytes) else { return false }
        rest = rest[found.upperBound...]
      }
    }
    return true
  }
}
