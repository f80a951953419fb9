import JSONText

/// A JSONPath query (RFC 9535), with the leniencies that files of checks in the wild rely on: a hyphen in a dotted name, and a
/// bracket after a single dot.
struct JSONPath: Hashable, Sendable {
  let source: String
  let segments: [Segment]

  /// Throws when the query is not well-formed or not valid (section 2.1).
  init(_ source: String) throws(JSONPathError) {
    var parser = JSONPathParser(source)
    self.source = source
    segments = try parser.query()
  }

  /// Whether the query can yield one node at the most (section 2.3.5.1).
  var isSingular: Bool { segments.allSatisfy(\.isSingular) }

  /// The nodes in their order; throws when answering takes too long.
  func nodes(in document: JSONDocument) throws(JSONPathError) -> [JSONDocument.Node] {
    var evaluation = JSONPathEvaluation(document)
    return try evaluation.nodes(segments, from: document.root)
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

  /// What is true or false: `LogicalType`.
  indirect enum Condition: Hashable, Sendable {
    case or([Condition])
    case and([Condition])
    case not(Condition)
    case comparison(Operand, Comparison, Operand)
    /// Some node is there.
    case exists(Query)
    /// `match` asks for the whole text, `search` for a part of it.
    case matches(Operand, Matching, isWhole: Bool)
  }

  /// The pattern of `match` and `search`: ready where it is a literal, nil where that is no pattern and so matches nothing.
  indirect enum Matching: Hashable, Sendable {
    case literal(Pattern?)
    case operand(Operand)
  }

  enum Comparison: String, CaseIterable, Sendable {
    // The longer ones first, or "<=" would be read as "<".
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case less = "<"
    case greater = ">"
  }

  /// What is one value or Nothing: `ValueType`.
  indirect enum Operand: Hashable, Sendable {
    case literal(JSON)
    /// A singular query.
    case query(Query)
    case length(Operand)
    case count(Query)
    case value(Query)
  }

  /// A query in a filter.
  struct Query: Hashable, Sendable {
    /// From the node at hand and not from the root.
    let isRelative: Bool
    let segments: [Segment]
    /// Where it stands in the text, which tells it from the others.
    let offset: Int

    var isSingular: Bool { segments.allSatisfy(\.isSingular) }
  }
}

/// Why a query cannot be read or answered.
struct JSONPathError: Error, Hashable, Sendable {
  /// From 1, in characters.
  let column: Int
  let reason: String
}
