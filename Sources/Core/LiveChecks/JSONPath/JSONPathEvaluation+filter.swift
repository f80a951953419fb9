import JSONText

extension JSONPathEvaluation {
  mutating func holds(_ condition: JSONPath.Condition, for node: Node) throws(JSONPathError) -> Bool {
    switch condition {
    case .or(let branches):
      for branch in branches where try holds(branch, for: node) { return true }
      return false
    case .and(let terms):
      for term in terms where try !holds(term, for: node) { return false }
      return true
    case .not(let inner): return try !holds(inner, for: node)
    case .exists(let query):
      return query.isSingular ? try self.node(of: query, node) != nil : try !nodes(of: query, node).isEmpty
    case .comparison(let left, let comparison, let right):
      return Self.compare(try value(of: left, node), comparison, try value(of: right, node))
    case .matches(let subject, let matching, let isWhole):
      guard case .string(let text)? = try value(of: subject, node),
        let pattern = try pattern(of: matching, isWhole, node)
      else { return false }
      try count(text.utf8.count * (1 + pattern.size / 64))
      return pattern.matches(text)
    }
  }

  private mutating func pattern(
    of matching: JSONPath.Matching, _ isWhole: Bool, _ node: Node
  ) throws(JSONPathError) -> Pattern? {
    switch matching {
    case .literal(let pattern): return pattern
    case .operand(let operand):
      guard case .string(let source)? = try value(of: operand, node) else { return nil }
      return IRegexp.pattern(source, isWhole: isWhole)
    }
  }

  /// nil stands for Nothing.
  private mutating func value(of operand: JSONPath.Operand, _ node: Node) throws(JSONPathError) -> JSON? {
    switch operand {
    case .literal(let json): return json
    case .query(let query):
      guard let found = try self.node(of: query, node) else { return nil }
      return try unpacked(found)
    case .count(let query): return .number(JSONNumber(try nodes(of: query, node).count))
    case .value(let query):
      let nodes = try nodes(of: query, node)
      return nodes.count == 1 ? try unpacked(nodes[0]) : nil
    case .length(let inner):
      switch try value(of: inner, node) {
      case .string(let text)?: return .number(JSONNumber(text.unicodeScalars.count))
      case .array(let elements)?: return .number(JSONNumber(elements.count))
      case .object(let object)?: return .number(JSONNumber(object.count))
      case .null?, .bool?, .number?, nil: return nil
      }
    }
  }

  private mutating func unpacked(_ node: Node) throws(JSONPathError) -> JSON {
    try count(document.size(of: node))
    return document.json(at: node)
  }

  private static func compare(_ left: JSON?, _ comparison: JSONPath.Comparison, _ right: JSON?) -> Bool {
    switch comparison {
    case .equal: left == right
    case .notEqual: left != right
    case .less: isLess(left, right)
    case .greater: isLess(right, left)
    case .lessOrEqual: isLess(left, right) || left == right
    case .greaterOrEqual: isLess(right, left) || left == right
    }
  }

  private static func isLess(_ left: JSON?, _ right: JSON?) -> Bool {
    switch (left, right) {
    case (.number(let a)?, .number(let b)?): a < b
    // The bytes of UTF-8 have the order of the scalars.
    case (.string(let a)?, .string(let b)?): a.utf8.lexicographicallyPrecedes(b.utf8)
    default: false
    }
  }
}
