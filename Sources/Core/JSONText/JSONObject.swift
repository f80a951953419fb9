/// The members of a JSON object in their order; names that occur twice are kept as they were read.
package struct JSONObject: Sendable {
  package private(set) var members: [(name: String, value: JSON)]

  package init(_ members: [(String, JSON)] = []) {
    self.members = members.map { (name: $0.0, value: $0.1) }
  }

  package var names: [String] { members.map(\.name) }

  /// The value of the last member of that name. Setting replaces it where it stands or appends it; nil removes it.
  package subscript(name: String) -> JSON? {
    get { members.last { $0.name == name }?.value }
    set {
      guard let newValue else { return members.removeAll { $0.name == name } }
      if let index = members.lastIndex(where: { $0.name == name }) {
        members[index].value = newValue
      } else {
        members.append((name, newValue))
      }
    }
  }

  /// Adds a member at a place of its own, before the member that now stands there.
  package mutating func insert(_ name: String, _ value: JSON, at index: Int) {
    members.insert((name, value), at: min(index, members.count))
  }

  mutating func append(_ name: String, _ value: JSON) { members.append((name, value)) }
}

/// Equal when the same names have equal values: JSON gives the order of members no meaning.
extension JSONObject: Hashable {
  package static func == (a: JSONObject, b: JSONObject) -> Bool {
    let (a, b) = (a.values, b.values)
    return a == b
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(values) }

  private var values: [String: JSON] {
    Dictionary(members.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
  }
}
