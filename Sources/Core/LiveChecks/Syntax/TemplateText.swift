/// Text with placeholders in it.
struct TemplateText: Hashable, Sendable {
  enum Piece: Hashable, Sendable {
    case literal(String)
    case placeholder(Placeholder)
  }

  private(set) var pieces: [Piece] = []

  init() {}
  init(literal: String) { append(literal) }

  var isEmpty: Bool { pieces.isEmpty }

  mutating func append(_ text: String) {
    guard !text.isEmpty else { return }
    if case .literal(let before)? = pieces.last {
      pieces[pieces.count - 1] = .literal(before + text)
    } else {
      pieces.append(.literal(text))
    }
  }

  mutating func append(_ placeholder: Placeholder) { pieces.append(.placeholder(placeholder)) }

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

  /// Takes characters off the literal text at the end.
  mutating func dropLast(_ count: Int) {
    guard case .literal(let text)? = pieces.last else { return }
    let kept = String(text.dropLast(count))
    if kept.isEmpty { pieces.removeLast() } else { pieces[pieces.count - 1] = .literal(kept) }
  }

  /// Takes blanks off the end.
  mutating func trimEnd() {
    guard case .literal(let text)? = pieces.last else { return }
    let end = text.lastIndex { $0 != " " && $0 != "\t" && $0 != "\r" }
    let kept = end.map { String(text[...$0]) } ?? ""
    if kept.isEmpty { pieces.removeLast() } else { pieces[pieces.count - 1] = .literal(kept) }
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
