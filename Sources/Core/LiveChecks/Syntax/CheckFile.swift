/// A parsed file of checks: requests, what is expected of their responses, and what is kept of them.
///
/// The format is that of Hurl 7.1 (hurl.dev).
package struct CheckFile: Hashable, Sendable {
  package let name: String
  /// The text as it was read, for failures that show a line and for the evidence.
  package let source: String
  let entries: [Entry]
  /// What a reader would better write otherwise: words that are going out of use, durations without a unit.
  package let warnings: [CheckWarning]
  /// What leads from the source to its canonical form, in the order of the text and without overlaps.
  let edits: [SourceEdit]

  /// Whether it sends nothing but GET and HEAD.
  package var isReadOnly: Bool { entries.allSatisfy(\.isReading) }

  package var requests: Int { entries.count }

  /// Throws the first thing that is wrong, and where.
  package static func parse(_ bytes: [UInt8], name: String) throws(CheckSyntaxError) -> CheckFile {
    guard var source = String(validating: bytes, as: UTF8.self) else { throw invalidText(bytes, name) }
    if source.unicodeScalars.first == "\u{feff}" { source.unicodeScalars.removeFirst() }
    var parser = FileParser(source, name: name)
    let entries = try parser.file()
    return CheckFile(
      name: name, source: source, entries: entries, warnings: parser.warnings, edits: parser.edits)
  }

  /// Points at the first byte that is not UTF-8.
  private static func invalidText(_ bytes: [UInt8], _ name: String) -> CheckSyntaxError {
    var valid = String.UnicodeScalarView()
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid.append(scalar) }
    let cursor = SourceCursor(String(valid), name: name)
    return cursor.error(.encoding, "the file is not UTF-8 from here on; save it as UTF-8", at: cursor.scalars.count)
  }
}
