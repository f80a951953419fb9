/// Text with placeholders in it.
struct TemplateText: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    case literal(String)
    case placeholder(Placeholder)
  }

  /// Literal pieces are not empty and never follow one another.
  let pieces: [Piece]

  init() { pieces = [] }
  init(literal: String) { pieces = literal.isEmpty ? [] : [.literal(literal)] }
  fileprivate init(pieces: [Piece]) { self.pieces = pieces }

  var isEmpty: Bool { pieces.isEmpty }

  /// The text, when there is no placeholder in it.
  var literal: String? {
    switch pieces.first {
    case nil: ""
    case .literal(let text)? where pieces.count == 1: text
    case .literal, .placeholder: nil
    }
  }

  /// As it stands in the file, escapes resolved.
  var source: String {
    pieces.map { piece in
      switch piece {
      case .literal(let text): text
      case .placeholder(let placeholder): "{{\(placeholder.name)}}"
      }
    }.joined()
  }

  /// Without some characters at the end of its literal text.
  func dropLast(_ count: Int) -> TemplateText {
    guard case .literal(let text)? = pieces.last else { return self }
    let kept = String(text.dropLast(count))
    return TemplateText(pieces: pieces.dropLast() + (kept.isEmpty ? [] : [.literal(kept)]))
  }
}

/// Collects a text piece by piece, in time that grows with its length only.
struct TemplateBuilder {
  private var pieces: [TemplateText.Piece] = []
  /// In UTF-8.
  private var run: [UInt8] = []

  mutating func append(_ scalar: Unicode.Scalar) { run.append(scalar) }
  mutating func append(_ scalars: ArraySlice<Unicode.Scalar>) { for scalar in scalars { run.append(scalar) } }

  mutating func append(_ placeholder: Placeholder) {
    endRun()
    pieces.append(.placeholder(placeholder))
  }

  mutating func finish() -> TemplateText {
    endRun()
    return TemplateText(pieces: pieces)
  }

  private mutating func endRun() {
    guard !run.isEmpty else { return }
    pieces.append(.literal(String(decoding: run, as: UTF8.self)))
    run.removeAll()
  }
}

/// `{{name}}`, and where the name stands.
struct Placeholder: Hashable, Sendable {
  /// Names that stand for a new value each time and never for a variable.
  enum Function: String, CaseIterable, Sendable {
    /// A UUID of version 4.
    case newUuid
    /// The present time in UTC, as in RFC 3339, with microseconds.
    case newDate
  }

  enum Surroundings: Sendable {
    case text
    /// In the quotes of a JSON string.
    case jsonString
    /// A whole JSON value.
    case jsonValue
  }

  let name: String
  let place: Place
  let surroundings: Surroundings

  var function: Function? { Function(rawValue: name) }
}
