/// The members of a JSON object in their order; names that occur twice are kept as they were read.
package struct JSONObject: Sendable {
  package private(set) var members: [(name: String, value: JSON)]

  package init(_ members: [(String, JSON)] = []) {
    self.members = members.map { (name: $0.0, value: $0.1) }
  }

  init(members: [(name: String, value: JSON)]) { self.members = members }

  package var names: [String] { members.map(\.name) }
  package var count: Int { members.count }
  package var isEmpty: Bool { members.isEmpty }

  /// The value of the last member of that name. Setting replaces it where it stands or appends it; nil removes every
  /// member of that name.
  package subscript(name: String) -> JSON? {
    get { members.last { $0.name.isSpelt(name) }?.value }
    set {
      guard let newValue else { return members.removeAll { $0.name.isSpelt(name) } }
      if let index = members.lastIndex(where: { $0.name.isSpelt(name) }) {
        members[index].value = newValue
      } else {
        members.append((name, newValue))
      }
    }
  }

  /// Adds a member in front of the one that stands at `index`, at the end when there is none.
  package mutating func insert(_ name: String, _ value: JSON, at index: Int) {
    members.insert((name, value), at: min(max(index, 0), members.count))
  }

  /// Adds a member at the end, even where the name occurs already.
  package mutating func append(_ name: String, _ value: JSON) { members.append((name, value)) }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }
}

/// Equal when the same names have equal values, the last of a name counting: JSON gives the order of members no meaning.
extension JSONObject: Hashable {
  package static func == (a: JSONObject, b: JSONObject) -> Bool {
    // Documents that come from the same program agree in their order; then nothing has to be sorted.
    if a.count == b.count, zip(a.members, b.members).allSatisfy({ $0.name.isSpelt($1.name) && $0.value == $1.value }) {
      return true
    }
    return a.values == b.values
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(values) }

  private var values: [[UInt8]: JSON] {
    Dictionary(members.map { (Array($0.name.utf8), $0.value) }, uniquingKeysWith: { _, last in last })
  }
}
