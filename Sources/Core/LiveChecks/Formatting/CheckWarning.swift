/// Something in a file of checks that works and would better be written otherwise.
package struct CheckWarning: Hashable, Sendable, CustomStringConvertible {
  package enum Kind: String, CaseIterable, Sendable {
    case deprecatedWord = "Deprecated word"
    case missingUnit = "Missing duration unit"
    case noEntry = "No entry"
  }

  package let kind: Kind
  package let file: String
  package let place: Place
  /// Lower case, with what to write instead.
  package let message: String
  package let sourceLine: String
  /// How many characters the carets underline.
  let width: Int

  /// A block like that of an error.
  package var description: String {
    SourceBlock(
      title: "warning: \(kind.rawValue)", file: file, place: place, line: sourceLine, width: width, message: message
    ).text
  }
}
