import Codings

extension FileParser {
  /// Whether the line starts a body.
  mutating func atBody() -> Bool {
    guard let first = cursor.current else { return false }
    switch first {
    case "{", "[", "\"", "-", "0"..."9", "`", "<": return true
    default: break
    }
    if ["base64,", "hex,", "file,"].contains(where: cursor.starts) { return true }
    return lookAhead { ["true", "false", "null"].contains($0.takeWhile(Self.isWordPart)) }
  }

  mutating func body() throws(CheckSyntaxError) -> BodySpec {
    let place = cursor.place()
    let kind: BodySpec.Kind
    if cursor.starts(with: "```") {
      kind = try multilineBody()
    } else if cursor.current == "`" {
      kind = .text(try backQuotedText(), type: nil)
    } else if cursor.take("base64,") {
      kind = .bytes(try bytes(Base64.decode))
    } else if cursor.take("hex,") {
      kind = .bytes(try bytes(Hexadecimal.decode))
    } else if cursor.take("file,") {
      kind = .file(try fileName())
    } else if cursor.current == "<" {
      kind = .text(try xmlText(), type: "application/xml")
    } else {
      kind = .json(try jsonText())
    }
    try endLine()
    return BodySpec(kind: kind, place: place)
  }

  /// A document from its first tag to the end of its root element, as it stands.
  private mutating func xmlText() throws(CheckSyntaxError) -> TemplateText {
    let start = cursor.index
    var depth = 0
    while !cursor.isAtEnd {
      cursor.skipWhile { $0 != "<" }
      if try skipXMLAside(from: start) { continue }
      let isClosing = cursor.peek(1) == "/"
      skipXMLTag()
      let isEmpty = cursor.index > start && cursor.scalars[cursor.index - 1] == "/"
      guard cursor.take(">") else { break }
      depth += isClosing ? -1 : isEmpty ? 0 : 1
      if depth <= 0 { return TemplateText(literal: cursor.text(from: start)) }
    }
    throw cursor.error(.xml, "this XML document has no end", at: start)
  }

  /// Up to the end of a tag; a `>` in the value of an attribute is none.
  private mutating func skipXMLTag() {
    while let scalar = cursor.current, scalar != ">" {
      cursor.index += 1
      if scalar == "\"" || scalar == "'" {
        cursor.skipWhile { $0 != scalar }
        if !cursor.isAtEnd { cursor.index += 1 }
      }
    }
  }

  /// Passes over a comment, a CDATA section, a declaration or a processing instruction.
  private mutating func skipXMLAside(from start: Int) throws(CheckSyntaxError) -> Bool {
    for (open, close) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")] where cursor.take(open) {
      while !cursor.isAtEnd, !cursor.starts(with: close) { cursor.index += 1 }
      guard cursor.take(close) else { throw cursor.error(.xml, "this XML document has no end", at: start) }
      return true
    }
    guard cursor.starts(with: "<!") else { return false }
    // The brackets of a document type may hold declarations of their own.
    var depth = 0
    while let scalar = cursor.current {
      cursor.index += 1
      if scalar == "[" { depth += 1 } else if scalar == "]" { depth -= 1 }
      if scalar == ">", depth <= 0 { return true }
    }
    throw cursor.error(.xml, "this XML document has no end", at: start)
  }
}
