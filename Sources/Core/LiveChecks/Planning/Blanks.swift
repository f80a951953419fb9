import Codings

/// What stands in the place of values that are not known before a file of checks is carried out.
package struct Blanks: Hashable, Sendable {
  package enum Piece: Hashable, Sendable {
    case literal(String)
    /// The name of the value.
    case blank(String)
  }

  /// Letters and digits only, so that no encoding of addresses or JSON changes it.
  private let mark: String
  /// Stands in no number of the base 16.
  private static let end = "z"

  /// Blanks that cannot be mistaken for anything in these texts.
  init(unlike texts: [String]) {
    var number = 0
    while texts.contains(where: { $0.contains("zblank\(number)z") }) { number += 1 }
    mark = "zblank\(number)z"
  }

  func text(for name: String) -> String { mark + Hexadecimal.encode(Array(name.utf8)) + Self.end }

  /// A text with its blanks; literal pieces are not empty and never follow one another.
  package func pieces(of text: String) -> [Piece] {
    var pieces: [Piece] = []
    let parts = text.parts(separatedBy: mark)
    for (index, part) in parts.enumerated() {
      var literal = Substring(part)
      if index > 0 {
        let digits = literal.prefix { String($0) != Self.end }
        guard let name = Hexadecimal.decode(String(digits)) else { continue }
        pieces.append(.blank(String(decoding: name, as: UTF8.self)))
        literal = literal[digits.endIndex...].dropFirst()
      }
      if !literal.isEmpty { pieces.append(.literal(String(literal))) }
    }
    return pieces
  }

  package func contained(in text: String) -> Bool { text.contains(mark) }

  /// A text with `{{name}}` for each blank.
  package func shown(_ text: String) -> String {
    guard contained(in: text) else { return text }
    return pieces(of: text).map { piece in
      switch piece {
      case .literal(let literal): literal
      case .blank(let name): "{{\(name)}}"
      }
    }.joined()
  }

  /// For texts in which nothing is blank.
  package static let none = Blanks(unlike: [])
}
