import JSONText

/// Answers a query on one document, in a number of steps that is limited by the size of the document.
struct JSONPathEvaluation {
  typealias Node = JSONDocument.Node

  let document: JSONDocument
  /// Values looked at, members passed over and characters matched so far.
  private(set) var steps = 0
  private let limit: Int
  /// What queries from the root have found, by where they stand: it is the same for every node that a filter asks.
  private var known: [Int: [Node]] = [:]

  init(_ document: JSONDocument) {
    self.document = document
    limit = Self.limit(for: document)
  }

  /// Far more than queries need that make sense, and an end for those that do not.
  static func limit(for document: JSONDocument) -> Int { 1_000_000 + 64 * document.size + 16 * document.byteCount }

  mutating func count(_ more: Int) throws(JSONPathError) {
    steps += more
    guard steps <= limit else {
      throw JSONPathError(column: 1, reason: "it takes more than \(limit) steps on this document")
    }
  }

  mutating func nodes(_ segments: [JSONPath.Segment], from start: Node) throws(JSONPathError) -> [Node] {
    var nodes = [start]
    for segment in segments {
      var found: [Node] = []
      for node in nodes { try visit(segment, node, into: &found) }
      nodes = found
    }
    return nodes
  }

  mutating func nodes(of query: JSONPath.Query, _ node: Node) throws(JSONPathError) -> [Node] {
    if query.isRelative { return try nodes(query.segments, from: node) }
    if let nodes = known[query.offset] { return nodes }
    let nodes = try nodes(query.segments, from: document.root)
    known[query.offset] = nodes
    return nodes
  }

  /// The node of a singular query.
  mutating func node(of query: JSONPath.Query, _ start: Node) throws(JSONPathError) -> Node? {
    guard query.isRelative else { return try nodes(of: query, start).first }
    var node = start
    for segment in query.segments {
      try count(1)
      let next: Node?
      switch segment.selectors[0] {
      case .name(let name): next = try member(name, of: node)
      case .index(let index): next = try element(index, of: node)
      case .slice, .wildcard, .filter: return try nodes(of: query, start).first
      }
      guard let next else { return nil }
      node = next
    }
    return node
  }

  /// A descendant segment visits the node itself and all below it, in the order of the document; values in which there is
  /// nothing are passed over.
  private mutating func visit(
    _ segment: JSONPath.Segment, _ node: Node, into found: inout [Node]
  ) throws(JSONPathError) {
    guard segment.isDescendant else {
      try count(1)
      for selector in segment.selectors { try select(selector, in: node, into: &found) }
      return
    }
    try count(document.size(of: node))
    for node in document.containers(in: node) {
      for selector in segment.selectors { try select(selector, in: node, into: &found) }
    }
  }

  private mutating func select(
    _ selector: JSONPath.Selector, in node: Node, into found: inout [Node]
  ) throws(JSONPathError) {
    switch selector {
    case .name(let name): if let value = try member(name, of: node) { found.append(value) }
    case .index(let index): if let value = try element(index, of: node) { found.append(value) }
    case .slice(let start, let end, let step):
      guard case .array = document.kind(of: node) else { return }
      let elements = document.children(of: node)
      try count(elements.count)
      for index in Self.slice(elements.count, start, end, step) { found.append(elements[index]) }
    case .wildcard:
      let children = document.children(of: node)
      try count(children.count)
      found += children
    case .filter(let condition):
      for child in document.children(of: node) {
        try count(1)
        if try holds(condition, for: child) { found.append(child) }
      }
    }
  }

  private mutating func member(_ name: String, of node: Node) throws(JSONPathError) -> Node? {
    guard let (value, passed) = document.member(name, of: node) else { return nil }
    try count(passed)
    return value
  }

  private mutating func element(_ index: Int, of node: Node) throws(JSONPathError) -> Node? {
    guard case .array = document.kind(of: node) else { return nil }
    let elements = document.children(of: node)
    try count(elements.count)
    let place = index < 0 ? elements.count + index : index
    return elements.indices.contains(place) ? elements[place] : nil
  }

  /// The indexes that a slice selects (RFC 9535, section 2.3.4.2.2).
  private static func slice(_ count: Int, _ start: Int?, _ end: Int?, _ step: Int) -> StrideTo<Int> {
    func normal(_ index: Int) -> Int { index >= 0 ? index : count + index }
    guard step != 0 else { return stride(from: 0, to: 0, by: 1) }
    let first = normal(start ?? (step > 0 ? 0 : count - 1))
    let last = end.map(normal) ?? (step > 0 ? count : -1)
    if step > 0 { return stride(from: min(max(first, 0), count), to: min(max(last, 0), count), by: step) }
    return stride(from: min(max(first, -1), count - 1), to: min(max(last, -1), count - 1), by: step)
  }
}
