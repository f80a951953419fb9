import JSONText

extension CheckValue {
  var string: String? { if case .string(let text) = self { text } else { nil } }

  /// By meaning, as JSON compares; bytes, dates and nodesets equal only their like.
  func isEqual(to other: CheckValue) -> Bool {
    switch (self, other) {
    case (.bytes(let a), .bytes(let b)): a == b
    case (.date(let a), .date(let b)): a == b
    case (.nodeset(let a), .nodeset(let b)): a == b
    case (.bytes, _), (_, .bytes), (.date, _), (_, .date), (.nodeset, _), (_, .nodeset): false
    default: json == other.json
    }
  }

  /// Negative, zero or positive; nil where there is no order between the two.
  func order(to other: CheckValue) -> Int? {
    switch (self, other) {
    case (.number(let a), .number(let b)): a < b ? -1 : a == b ? 0 : 1
    case (.date(let a), .date(let b)): a < b ? -1 : a == b ? 0 : 1
    case (.string(let a), .string(let b)):
      // The bytes of UTF-8 have the order of the scalars.
      a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : a.utf8.elementsEqual(b.utf8) ? 0 : 1
    default: nil
    }
  }

  /// nil where the one cannot hold the other.
  func contains(_ part: CheckValue) -> Bool? {
    switch (self, part) {
    case (.string(let text), .string(let part)): part.isEmpty || !Array(text.utf8).ranges(of: Array(part.utf8)).isEmpty
    case (.bytes(let bytes), .bytes(let part)): part.isEmpty || !bytes.ranges(of: part).isEmpty
    case (.list(let elements), _): elements.contains { $0.isEqual(to: part) }
    default: nil
    }
  }

  /// Whether the one stands at the beginning, or the end, of the other; nil for anything but two strings or two bytes.
  func hasEdge(_ part: CheckValue, atEnd: Bool) -> Bool? {
    let (whole, edge): ([UInt8], [UInt8])
    switch (self, part) {
    case (.string(let text), .string(let part)): (whole, edge) = (Array(text.utf8), Array(part.utf8))
    case (.bytes(let bytes), .bytes(let part)): (whole, edge) = (bytes, part)
    default: return nil
    }
    return atEnd ? whole.suffix(edge.count).elementsEqual(edge) : whole.starts(with: edge)
  }

  /// nil for what is neither empty nor full.
  var isEmpty: Bool? {
    switch self {
    case .string(let text): text.isEmpty
    case .bytes(let bytes): bytes.isEmpty
    case .list(let elements): elements.isEmpty
    case .object(let object): object.count == 0
    case .nodeset(let count): count == 0
    case .null, .bool, .number, .date: nil
    }
  }
}
