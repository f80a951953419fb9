/// Text with placeholders in it.
struct TemplateText: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    case literal(String)
    case placeholder(Placeholder)
  }

  let pieces: [Piece]

  init(_ pieces: [Piece]) { self.pieces = pieces }
  init(literal: String) { pieces = literal.isEmpty ? [] : [.literal(literal)] }

  /// As it stands in the file.
  var source: String {
    pieces.map { piece in
      switch piece {
      case .literal(let text): text
      case .placeholder(let placeholder): "{{\(placeholder.name)}}"
      }
    }.joined()
  }
}

/// `{{name}}`, and where the name stands.
struct Placeholder: Hashable, Sendable {
  let name: String
  let place: Place
}
