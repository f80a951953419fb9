import JSONText

/// Answers a query on one document.
struct JSONPathEvaluation {
  /// More nodes than any check wants; a hostile query ends here.
  private static let nodeLimit = 2_000_000

  private let root: JSON
  private var visited = 0

  init(root: JSON) { self.root = root }

  mutating func nodes(_ segments: [JSONPath.Segment], from start: JSON) throws(JSONPathError) -> [JSON] {
    var nodes = [start]
    for segment in segments {
      var next: [JSON] = []
      for node in nodes { try visit(segment, node, into: &next) }
      nodes = next
    }
    return nodes
  }

  /// The node itself and, for a descendant segment, all below it, in the order of the document.
  private mutating func visit(
    _ segment: JSONPath.Segment, _ node: JSON, into found: inout [JSON]
  ) throws(JSONPathError) {
    for selector in segment.selectors { found += try select(selector, in: node) }
    visited += 1 + segment.selectors.count
    guard visited + found.count <= Self.nodeLimit else {
      throw JSONPathError(column: 1, reason: "it visits too many nodes")
    }
    guard segment.isDescendant else { return }
    for child in children(of: node) { try visit(segment, child, into: &found) }
  }

  private func children(of node: JSON) -> [JSON] {
    switch node {
    case .array(let elements): elements
    case .object(let object): object.members.map(\.value)
    case .null, .bool, .number, .string: []
    }
  }

  private mutating func select(_ selector: JSONPath.Selector, in node: JSON) throws(JSONPathError) -> [JSON] {
    switch selector {
    case .name(let name): return node[name].map { [$0] } ?? []
    case .index(let index):
      guard let count = node.array?.count else { return [] }
      return node[index < 0 ? count + index : index].map { [$0] } ?? []
    case .slice(let start, let end, let step): return slice(node.array ?? [], start, end, step)
    case .wildcard: return children(of: node)
    case .filter(let condition):
      var kept: [JSON] = []
      for child in children(of: node) where try holds(condition, for: child) { kept.append(child) }
      return kept
    }
  }

  /// RFC 9535, section 2.3.4.2.2.
  private func slice(_ elements: [JSON], _ start: Int?, _ end: Int?, _ step: Int) -> [JSON] {
    guard step != 0, !elements.isEmpty else { return [] }
    let count = elements.count
    func normal(_ index: Int) -> Int { index >= 0 ? index : count + index }
    let first = normal(start ?? (step > 0 ? 0 : count - 1))
    let last = end.map(normal) ?? (step > 0 ? count : -1)
    if step > 0 {
      return stride(from: max(first, 0), to: min(last, count), by: step).map { elements[$0] }
    }
    return stride(from: min(first, count - 1), to: max(last, -1), by: step).map { elements[$0] }
  }

  private mutating func holds(_ condition: JSONPath.Condition, for node: JSON) throws(JSONPathError) -> Bool {
    switch condition {
    case .or(let branches):
      for branch in branches where try holds(branch, for: node) { return true }
      return false
    case .and(let terms):
      for term in terms where try !holds(term, for: node) { return false }
      return true
    case .not(let inner): return try !holds(inner, for: node)
    case .exists(let query): return try !nodes(of: query, node).isEmpty
    case .comparison(let left, let comparison, let right):
      return compare(try value(of: left, node), comparison, try value(of: right, node))
    case .matches(let subject, let matching, let isWhole):
      guard case .string(let text)? = try value(of: subject, node) else { return false }
      return try pattern(of: matching, isWhole, node)?.matches(text) ?? false
    }
  }

  private mutating func pattern(
    of matching: JSONPath.Matching, _ isWhole: Bool, _ node: JSON
  ) throws(JSONPathError) -> Pattern? {
    switch matching {
    case .literal(let pattern): return pattern
    case .operand(let operand):
      guard case .string(let source)? = try value(of: operand, node) else { return nil }
      return isWhole ? try? Pattern.anchored(source) : try? Pattern(source)
    }
  }

  private mutating func nodes(of query: JSONPath.Query, _ node: JSON) throws(JSONPathError) -> [JSON] {
    try nodes(query.segments, from: query.isRelative ? node : root)
  }

  /// nil stands for Nothing.
  private mutating func value(of operand: JSONPath.Operand, _ node: JSON) throws(JSONPathError) -> JSON? {
    switch operand {
    case .literal(let json): return json
    case .query(let query): return try nodes(of: query, node).first
    case .count(let query): return .number(JSONNumber(try nodes(of: query, node).count))
    case .value(let query):
      let nodes = try nodes(of: query, node)
      return nodes.count == 1 ? nodes[0] : nil
    case .length(let inner):
      switch try value(of: inner, node) {
      case .string(let text)?: return .number(JSONNumber(text.unicodeScalars.count))
      case .array(let elements)?: return .number(JSONNumber(elements.count))
      case .object(let object)?: return .number(JSONNumber(object.members.count))
      case .null?, .bool?, .number?, nil: return nil
      }
    }
  }

  private func compare(_ left: JSON?, _ comparison: JSONPath.Comparison, _ right: JSON?) -> Bool {
    switch comparison {
    case .equal: left == right
    case .notEqual: left != right
    case .less: isLess(left, right)
    case .greater: isLess(right, left)
    case .lessOrEqual: isLess(left, right) || left == right
    case .greaterOrEqual: isLess(right, left) || left == right
    }
  }

  private func isLess(_ left: JSON?, _ right: JSON?) -> Bool {
    switch (left, right) {
    case (.number(let a)?, .number(let b)?): a < b
    case (.string(let a)?, .string(let b)?): a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
    default: false
    }
  }
}
