/// What is wrong with a file of checks, and where.
package struct CheckSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  package let file: String
  package let place: Place
  /// Lower case, with a suggestion where there is one.
  package let message: String
  package let sourceLine: String
  /// How many characters the carets underline.
  let width: Int

  package var line: Int { place.line }
  package var column: Int { place.column }

  /// The block that users of the format know: kind, place, line and carets.
  package var description: String {
    SourceBlock(title: "Parsing", file: file, place: place, line: sourceLine, width: max(1, width), message: message)
      .text
  }
}
