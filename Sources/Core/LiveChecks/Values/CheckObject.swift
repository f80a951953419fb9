package import JSONText

/// An object as a value, unpacked when somebody looks at its members.
package struct CheckObject: Hashable, Sendable {
  private enum Storage: Sendable {
    case object(JSONObject)
    case node(JSONDocument.Node, JSONDocument)
  }

  private let storage: Storage

  package init(_ object: JSONObject) { storage = .object(object) }

  init(_ node: JSONDocument.Node, of document: JSONDocument) { storage = .node(node, document) }

  package var json: JSONObject {
    switch storage {
    case .object(let object): object
    case .node(let node, let document): document.json(at: node).object ?? JSONObject()
    }
  }

  var count: Int {
    switch storage {
    case .object(let object): object.count
    case .node(let node, let document): document.childCount(of: node)
    }
  }

  /// The first members.
  func members(atMost limit: Int) -> [(name: String, value: CheckValue)] {
    switch storage {
    case .object(let object): object.members.prefix(limit).map { ($0.name, CheckValue($0.value)) }
    case .node(let node, let document):
      document.members(of: node, atMost: limit).map { ($0.name, CheckValue($0.value, of: document)) }
    }
  }

  package static func == (a: CheckObject, b: CheckObject) -> Bool { a.json == b.json }
  package func hash(into hasher: inout Hasher) { hasher.combine(json) }
}
