/// A JSON document (RFC 8259) that keeps what it was read from: the order of members and the spelling of numbers.
package enum JSON: Sendable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case array([JSON])
  case object(JSONObject)

  package var string: String? { if case .string(let text) = self { text } else { nil } }
  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  package var number: JSONNumber? { if case .number(let number) = self { number } else { nil } }
  package var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
  package var object: JSONObject? { if case .object(let object) = self { object } else { nil } }
  /// The value of a number that is a whole one within 64 bits, however it is spelt.
  package var int: Int? { number?.int }

  /// The member of an object; nil for anything else.
  package subscript(name: String) -> JSON? { object?[name] }

  /// The element of an array; nil for anything else and out of bounds.
  package subscript(index: Int) -> JSON? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }
}

/// Equal by meaning: numbers by value, strings by their Unicode scalars (where Swift's `String` would take canonically
/// equivalent ones for the same), objects whatever the order of their members.
extension JSON: Hashable {
  package static func == (a: JSON, b: JSON) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a.isSpelt(b)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    case (.null, _), (.bool, _), (.number, _), (.string, _), (.array, _), (.object, _): false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .number(let number): hasher.combine(number)
    case .string(let text): hasher.combine(text)
    case .array(let elements): hasher.combine(elements)
    case .object(let object): hasher.combine(object)
    }
  }
}

extension String {
  /// Whether both consist of the same Unicode scalars.
  func isSpelt(_ other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
