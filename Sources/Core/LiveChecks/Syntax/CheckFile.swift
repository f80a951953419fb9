/// A parsed file of checks: requests, what is expected of their responses, and what is kept of them.
///
/// The format is that of Hurl 7.1 (hurl.dev); what of it is not read yet is an error and never ignored.
package struct CheckFile: Hashable, Sendable {
  package let name: String
  /// The text as it was read, for failures that show a line and for the evidence.
  package let source: String
  let entries: [Entry]

  /// Whether it sends nothing but GET and HEAD.
  package var isReadOnly: Bool { entries.allSatisfy { ["GET", "HEAD"].contains($0.method) } }

  package var requests: Int { entries.count }

  /// Throws the first thing that is wrong, and where.
  package static func parse(_ bytes: [UInt8], name: String) throws(CheckSyntaxError) -> CheckFile {
    guard var source = String(validating: bytes, as: UTF8.self) else {
      throw CheckSyntaxError(
        file: name, place: Place(line: 1, column: 1), message: "the file is not UTF-8; save it as UTF-8",
        sourceLine: "",
        width: 1)
    }
    if source.unicodeScalars.first == "\u{feff}" { source.unicodeScalars.removeFirst() }
    var parser = FileParser(source, name: name)
    let entries = try parser.entries()
    return CheckFile(name: name, source: source, entries: entries)
  }
}
