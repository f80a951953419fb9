import Yams

/// One mapping of the configuration while it is read: it knows which of its keys were asked for.
struct Section {
  /// Dotted, such as `service.ready`; empty for the whole file.
  let path: String
  let mark: Position
  let entries: [Entry]

  /// A key with its place and value.
  struct Entry {
    let key: String
    let mark: Position
    let value: Node
  }

  init(_ mapping: Node.Mapping, path: String) {
    self.path = path
    mark = Position(mapping.mark)
    entries = mapping.map { key, value in
      Entry(
        key: key.scalar?.string ?? "", mark: Position(key.mark), value: value)
    }
  }

  subscript(key: String) -> Node? { entries.first { $0.key == key }?.value }

  /// The dotted path of a key in it.
  func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  /// What messages call it.
  var title: String { path.isEmpty ? "the configuration" : "\"\(path)\"" }
}

extension Node {
  var start: Position { Position(mark) }

  /// A plain scalar that YAML reads as null, or nothing at all.
  var isNothing: Bool {
    guard case .scalar(let scalar) = self, scalar.style == .plain || scalar.style == .any else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  var kind: Mistake.Kind {
    switch self {
    case .scalar: isNothing ? .nothing : .text
    case .sequence: .list
    case .mapping(let mapping): mapping.first?.key.mapping != nil ? .bareTemplate : .mapping
    case .alias: .text
    }
  }
}

/// A place in the file, both from 1; what has no place counts as the top.
struct Position {
  let line: Int
  let column: Int

  init(_ mark: Mark?) {
    line = mark?.line ?? 1
    column = mark?.column ?? 1
  }
}
