package import JSONText

/// A value that queries yield, variables hold and predicates compare.
package indirect enum CheckValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case bytes([UInt8])
  case list([CheckValue])
  case object(JSONObject)

  package init(_ json: JSON) {
    switch json {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let number): self = .number(number)
    case .string(let text): self = .string(text)
    case .array(let elements): self = .list(elements.map(CheckValue.init))
    case .object(let object): self = .object(object)
    }
  }

  package init(_ number: Int) { self = .number(JSONNumber(number)) }

  /// The value of a variable given as text: `true`, `false`, `null` and numbers by their type, `"quoted"` and the rest as strings.
  package init(guessing text: String) {
    switch text {
    case "true": self = .bool(true)
    case "false": self = .bool(false)
    case "null": self = .null
    default:
      if let number = JSONNumber(literal: text) {
        self = .number(number)
      } else if text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") {
        self = .string(String(text.dropFirst().dropLast()))
      } else {
        self = .string(text)
      }
    }
  }

  var json: JSON {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .number(let number): .number(number)
    case .string(let text): .string(text)
    case .bytes(let bytes): .string(Hexadecimal.encode(bytes))
    case .list(let elements): .array(elements.map(\.json))
    case .object(let object): .object(object)
    }
  }

  /// As it stands in the middle of a text: strings bare, everything else as JSON.
  package var text: String {
    if case .string(let text) = self { return text }
    return json.compact
  }

  /// The name of its type, as failures show it.
  var type: String {
    switch self {
    case .null: "null"
    case .bool: "boolean"
    case .number(let number): number.isSpeltAsInteger ? "integer" : "float"
    case .string: "string"
    case .bytes: "bytes"
    case .list: "list"
    case .object: "object"
    }
  }

  /// Type and value, such as `integer <42>`; cut where it gets long.
  var shown: String { "\(type) <\(Self.excerpt(text))>" }

  /// The beginning of a text, on one line as far as that can be.
  static func excerpt(_ text: String) -> String {
    let cut = text.unicodeScalars.prefix(500)
    return String(cut) + (cut.endIndex == text.unicodeScalars.endIndex ? "" : "…")
  }
}

extension JSONNumber {
  var isSpeltAsInteger: Bool { !literal.contains { $0 == "." || $0 == "e" || $0 == "E" } }
}
