import JSONText

/// A list of values, such as the nodes that a query has found: they are unpacked one by one when somebody looks at them.
package struct CheckList: RandomAccessCollection, ExpressibleByArrayLiteral, Sendable {
  private enum Storage: Sendable {
    case values([CheckValue])
    case nodes([JSONDocument.Node], JSONDocument)
  }

  private let storage: Storage

  package init(_ values: [CheckValue]) { storage = .values(values) }
  package init(arrayLiteral values: CheckValue...) { self.init(values) }

  init(_ nodes: [JSONDocument.Node], of document: JSONDocument) { storage = .nodes(nodes, document) }

  package var startIndex: Int { 0 }

  package var endIndex: Int {
    switch storage {
    case .values(let values): values.count
    case .nodes(let nodes, _): nodes.count
    }
  }

  package subscript(index: Int) -> CheckValue {
    switch storage {
    case .values(let values): values[index]
    case .nodes(let nodes, let document): CheckValue(nodes[index], of: document)
    }
  }
}

extension CheckList: Hashable {
  package static func == (a: CheckList, b: CheckList) -> Bool { a.elementsEqual(b) }
  package func hash(into hasher: inout Hasher) { for value in self { hasher.combine(value) } }
}
