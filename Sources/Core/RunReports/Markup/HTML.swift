/// A piece of HTML. Text gets into one only by being escaped, names of elements and attributes only from closed lists.
package struct HTML: Sendable {
  /// UTF-8.
  package private(set) var bytes: [UInt8] = []

  init() {}

  /// Text as a reader is to see it: whatever means something to a browser is only shown.
  init(_ text: String) { Escaping.append(text, to: &bytes) }

  /// What the program brings along, such as its style sheet.
  init(literal: StaticString) { bytes = Array(literal.description.utf8) }

  init(_ parts: [HTML]) {
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.bytes.count })
    for part in parts { bytes += part.bytes }
  }

  fileprivate init(_ tag: Tag, _ attributes: [Attribute], _ content: HTML) {
    bytes.reserveCapacity(content.bytes.count + 64)
    bytes += "<\(tag.rawValue)".utf8
    for attribute in attributes {
      bytes += " \(attribute.name)=\"".utf8
      Escaping.append(attribute.value, to: &bytes, quoted: true)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
    if tag == .meta { return }
    bytes += content.bytes
    bytes += "</\(tag.rawValue)>".utf8
  }
}

/// The elements of a report; none of them runs or loads anything.
enum Tag: String {
  case html, head, title, style, meta, body
  case header, nav, main, section, footer, h1, h2, h3, h4, p, div, span, strong, code, pre, a, time
  case ul, li, dl, dt, dd, table, caption, thead, tbody, tr, th, td, details, summary, svg, rect

  func callAsFunction(_ attributes: Attribute..., @Content content: () -> HTML = { HTML() }) -> HTML {
    HTML(self, attributes, content())
  }
}

/// An attribute of an element; a reference leads to a place on the same page only.
struct Attribute {
  let name: String
  let value: String

  private init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }

  static func id(_ value: String) -> Attribute { Attribute("id", value) }
  static func `class`(_ value: String) -> Attribute { Attribute("class", value) }
  static func label(_ value: String) -> Attribute { Attribute("aria-label", value) }
  static func labelled(by id: String) -> Attribute { Attribute("aria-labelledby", id) }
  static func reference(to id: String) -> Attribute { Attribute("href", "#\(id)") }
  static func scope(_ value: Scope) -> Attribute { Attribute("scope", value.rawValue) }
  static func moment(_ value: String) -> Attribute { Attribute("datetime", value) }
  static var role: Attribute { Attribute("role", "img") }
  static var open: Attribute { Attribute("open", "") }
  static var language: Attribute { Attribute("lang", "en") }
  static var charset: Attribute { Attribute("charset", "utf-8") }
  static func name(_ value: String) -> Attribute { Attribute("name", value) }
  static func policy() -> Attribute { Attribute("http-equiv", "Content-Security-Policy") }
  static func content(_ value: String) -> Attribute { Attribute("content", value) }
  static func x(_ value: String) -> Attribute { Attribute("x", value) }
  static func width(_ value: String) -> Attribute { Attribute("width", value) }
  static func height(_ value: String) -> Attribute { Attribute("height", value) }

  enum Scope: String { case row, col }
}

/// Puts pieces together; a text among them is escaped.
@resultBuilder enum Content {
  static func buildExpression(_ text: String) -> HTML { HTML(text) }
  static func buildExpression(_ html: HTML) -> HTML { html }
  static func buildExpression(_ parts: [HTML]) -> HTML { HTML(parts) }
  static func buildBlock(_ parts: HTML...) -> HTML { parts.count == 1 ? parts[0] : HTML(parts) }
  static func buildOptional(_ part: HTML?) -> HTML { part ?? HTML() }
  static func buildEither(first: HTML) -> HTML { first }
  static func buildEither(second: HTML) -> HTML { second }
  static func buildArray(_ parts: [HTML]) -> HTML { HTML(parts) }
}
