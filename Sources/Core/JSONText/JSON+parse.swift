extension JSON {
  /// Reads one document in UTF-8 and nothing after it; nesting deeper than 512 levels is refused.
  package static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSON {
    let document = try JSONDocument(bytes)
    return document.json(at: document.root)
  }

  /// Reads one document and nothing after it; nesting deeper than 512 levels is refused.
  package static func parse(_ text: String) throws(JSONError) -> JSON { try parse(Array(text.utf8)) }
}

/// Where and why a text is not JSON.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Both from 1; the column counts characters.
  package let line: Int
  package let column: Int
  /// In bytes, from 0.
  package let offset: Int
  /// Lower case, fits after "not valid JSON:".
  package let reason: String

  init(at offset: Int, of bytes: [UInt8], reason: String) {
    let before = bytes[..<min(offset, bytes.count)]
    let lineStart = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
    line = before.count { $0 == 0x0a } + 1
    column = String(decoding: before[lineStart...], as: UTF8.self).count + 1
    self.offset = offset
    self.reason = reason
  }

  package var description: String { "line \(line), column \(column): \(reason)" }
}
