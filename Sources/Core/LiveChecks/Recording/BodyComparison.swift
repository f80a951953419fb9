import JSONText

/// What differs between two documents, by path.
struct BodyComparison {
  /// Of one body; what comes after it is not looked at.
  static let most = 100

  private(set) var found: [JSONDifference] = []
  private let actual: JSONDocument
  private let expected: JSONDocument
  private let skippedActual: Set<JSONDocument.Node>
  private let skippedExpected: Set<JSONDocument.Node>

  /// Nodes that the paths select, and what they hold, are not compared; a query that takes too long selects nothing.
  init(_ actual: JSONDocument, from expected: JSONDocument, ignoring paths: [JSONPath]) {
    (self.actual, self.expected) = (actual, expected)
    skippedActual = Set(paths.flatMap { (try? $0.nodes(in: actual)) ?? [] })
    skippedExpected = Set(paths.flatMap { (try? $0.nodes(in: expected)) ?? [] })
    compare(actual.root, expected.root, at: "$")
  }

  private mutating func compare(_ a: JSONDocument.Node?, _ b: JSONDocument.Node?, at path: String) {
    if found.count >= Self.most || a.map(skippedActual.contains) == true || b.map(skippedExpected.contains) == true {
      return
    }
    switch (a.map(actual.kind), b.map(expected.kind)) {
    case (.object?, .object?):
      let (new, old) = (members(a, of: actual), members(b, of: expected))
      for (name, value) in old { compare(new.first { $0.name == name }?.value, value, at: path.member(name)) }
      let known = Set(old.map(\.name))
      for (name, value) in new where !known.contains(name) { compare(value, nil, at: path.member(name)) }
    case (.array?, .array?):
      let (new, old) = (a.map(actual.children) ?? [], b.map(expected.children) ?? [])
      for index in 0..<max(new.count, old.count) {
        compare(index < new.count ? new[index] : nil, index < old.count ? old[index] : nil, at: "\(path)[\(index)]")
      }
    default:
      let (new, old) = (a.map(actual.json), b.map(expected.json))
      if new != old { found.append(JSONDifference(path: path, actual: new, expected: old)) }
    }
  }

  private func members(
    _ node: JSONDocument.Node?, of document: JSONDocument
  ) -> [(name: String, value: JSONDocument.Node)] {
    node.map { document.members(of: $0, atMost: .max) } ?? []
  }
}

extension String {
  /// The path of a member of an object at this path.
  func member(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy {
      ($0 | 0x20) >= 97 && ($0 | 0x20) <= 122 || $0 == 0x5f || ($0 >= 48 && $0 <= 57)
    }
    return isPlain ? "\(self).\(name)" : "\(self)[\(JSON.string(name).compact)]"
  }
}
