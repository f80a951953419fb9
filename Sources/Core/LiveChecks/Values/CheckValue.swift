import Codings
package import JSONText

/// A value that queries yield, variables hold and predicates compare.
package indirect enum CheckValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(JSONNumber)
  case string(String)
  case bytes([UInt8])
  case date(Moment)
  case list(CheckList)
  case object(CheckObject)
  /// How many nodes of a document an expression of XPath has found.
  case nodeset(Int)

  package init(_ json: JSON) {
    switch json {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .number(let number): self = .number(number)
    case .string(let text): self = .string(text)
    case .array(let elements): self = .list(CheckList(elements.map(CheckValue.init)))
    case .object(let object): self = .object(CheckObject(object))
    }
  }

  /// A value of a document; lists and objects stay packed until somebody looks.
  init(_ node: JSONDocument.Node, of document: JSONDocument) {
    switch document.kind(of: node) {
    case .array: self = .list(CheckList(document.children(of: node), of: document))
    case .object: self = .object(CheckObject(node, of: document))
    case .null, .bool, .number, .string: self.init(document.json(at: node))
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
    case .object(let object): .object(object.json)
    case .date(let moment): .string(moment.rfc3339)
    case .nodeset(let count): .number(JSONNumber(count))
    }
  }

  /// Independent of the document that it comes from.
  var unpacked: CheckValue {
    switch self {
    case .list, .object: CheckValue(json)
    case .null, .bool, .number, .string, .bytes, .date, .nodeset: self
    }
  }

  /// As it stands in the middle of a text: strings bare, everything else as JSON.
  package var text: String {
    switch self {
    case .string(let text): text
    case .bytes(let bytes): Hexadecimal.encode(bytes)
    case .date(let moment): moment.rfc3339
    case .null, .bool, .number, .list, .object, .nodeset: json.compact
    }
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
    case .date: "date"
    case .nodeset: "nodeset"
    }
  }

  /// Type and value, such as `integer <42>`; cut where it gets long.
  var shown: String {
    var text = ""
    write(to: &text)
    return "\(type) <\(Self.excerpt(text))>"
  }

  /// Appends the text, or as much of the beginning of a long one as an excerpt can need.
  private func write(to text: inout String, quoted: Bool = false) {
    guard text.utf8.count <= 4 * Self.excerptLength else { return }
    switch self {
    case .list(let elements):
      text += "["
      for (index, element) in elements.prefix(Self.excerptLength).enumerated() {
        text += index > 0 ? "," : ""
        element.write(to: &text, quoted: true)
      }
      text += "]"
    case .object(let object):
      text += "{"
      for (index, member) in object.members(atMost: Self.excerptLength).enumerated() {
        text += (index > 0 ? "," : "") + JSON.string(member.name).compact + ":"
        member.value.write(to: &text, quoted: true)
      }
      text += "}"
    case .bytes(let bytes): text += Hexadecimal.encode(Array(bytes.prefix(Self.excerptLength)))
    case .null, .bool, .number, .string, .date, .nodeset: text += quoted ? json.compact : self.text
    }
  }

  private static let excerptLength = 500

  /// The beginning of a text, on one line as far as that can be.
  static func excerpt(_ text: String) -> String {
    let cut = text.unicodeScalars.prefix(excerptLength)
    return String(cut) + (cut.endIndex == text.unicodeScalars.endIndex ? "" : "…")
  }
}

extension JSONNumber {
  var isSpeltAsInteger: Bool { !literal.contains { $0 == "." || $0 == "e" || $0 == "E" } }
}
