import JSONText

/// A JSONPath query (RFC 9535), with the leniencies that files of checks in the wild rely on.
struct JSONPath: Hashable, Sendable {
  let source: String
  let segments: [Segment]

  init(_ source: String) throws(JSONPathError) {
    var parser = JSONPathParser(source)
    self.source = source
    segments = try parser.query()
  }

  /// Whether the query can yield one node at the most (RFC 9535, section 2.3.5.1).
  var isSingular: Bool { segments.allSatisfy(\.isSingular) }

  /// A singular query gives its value or nothing, every other one a list.
  func value(in document: JSON) throws(JSONPathError) -> JSON? {
    let nodes = try nodes(in: document)
    return isSingular ? nodes.first : .array(nodes)
  }

  func nodes(in document: JSON) throws(JSONPathError) -> [JSON] {
    var evaluation = JSONPathEvaluation(root: document)
    return try evaluation.nodes(segments, from: document)
  }

  struct Segment: Hashable, Sendable {
    let selectors: [Selector]
    let isDescendant: Bool

    var isSingular: Bool { !isDescendant && selectors.count == 1 && selectors[0].isSingular }
  }

  indirect enum Selector: Hashable, Sendable {
    case name(String)
    case index(Int)
    case slice(start: Int?, end: Int?, step: Int)
    case wildcard
    case filter(Condition)

    var isSingular: Bool {
      switch self {
      case .name, .index: true
      case .slice, .wildcard, .filter: false
      }
    }
  }

  indirect enum Condition: Hashable, Sendable {
    case or([Condition])
    case and([Condition])
    case not(Condition)
    case comparison(Operand, Comparison, Operand)
    /// Some node is there.
    case exists(Query)
    /// `match` anchors the pattern at both ends, `search` does not.
    case matches(Operand, Matching, isWhole: Bool)
  }

  /// The pattern of `match` and `search`: ready where it is a literal, nil where that is no pattern and so matches nothing.
  indirect enum Matching: Hashable, Sendable {
    case literal(Pattern?)
    case operand(Operand)
  }

  enum Comparison: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
  }

  indirect enum Operand: Hashable, Sendable {
    case literal(JSON)
    case query(Query)
    case length(Operand)
    case count(Query)
    case value(Query)
  }

  struct Query: Hashable, Sendable {
    let isRelative: Bool
    let segments: [Segment]
  }
}

/// Why a query cannot be read or answered.
struct JSONPathError: Error, Hashable, Sendable {
  /// From 1, in characters.
  let column: Int
  let reason: String
}
