/// What judging needs of libraries that Core does not have, as functions from values to values.
package struct CheckLibraries: Sendable {
  /// Evaluates an expression of XPath 1.0 on a document.
  package typealias XPath =
    @Sendable (_ expression: String, _ document: MarkupDocument) -> Result<XPathValue, XPathError>
  /// The text of bytes by the name of a charset in the WHATWG Encoding Standard, in lower case.
  package typealias Decode = @Sendable (_ bytes: [UInt8], _ charset: String) -> Result<String, CharsetError>

  package let xpath: XPath
  package let decode: Decode

  /// Without libraries every expression and every charset is refused.
  package init(
    xpath: @escaping XPath = { _, _ in .failure(.unavailable) },
    decode: @escaping Decode = { _, _ in .failure(.unknown) }
  ) {
    self.xpath = xpath
    self.decode = decode
  }
}

/// A document of XML or HTML.
package struct MarkupDocument: Hashable, Sendable {
  package enum Syntax: Sendable {
    case xml, html
  }

  package let bytes: [UInt8]
  package let syntax: Syntax
  /// Whether the bytes are UTF-8, whatever the document says of itself.
  package let isUTF8: Bool

  package init(_ text: String, _ syntax: Syntax) {
    self.init(bytes: Array(text.utf8), syntax: syntax, isUTF8: true)
  }

  package init(bytes: [UInt8], syntax: Syntax, isUTF8: Bool) {
    self.bytes = bytes
    self.syntax = syntax
    self.isUTF8 = isUTF8
  }
}

/// What an expression of XPath comes to (XPath 1.0, section 1).
package enum XPathValue: Hashable, Sendable {
  /// How many nodes there are.
  case nodes(Int)
  case string(String)
  case number(Double)
  case bool(Bool)
}

/// Why there is no answer to an expression.
package enum XPathError: Error, Hashable, Sendable {
  /// The document is not well-formed, or refused; says why in a fragment.
  case document(String)
  /// The expression is not one; says why in a fragment.
  case expression(String)
  case unavailable
}

/// Why bytes have no text.
package enum CharsetError: Error, Hashable, Sendable {
  /// There is no such charset, or this system does not have it.
  case unknown
  /// The bytes are not valid in it.
  case malformed
}
