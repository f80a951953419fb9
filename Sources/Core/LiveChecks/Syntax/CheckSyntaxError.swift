/// What is wrong with a file of checks, and where.
package struct CheckSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  package let file: String
  package let place: Place
  /// Lower case, with a suggestion where there is one.
  package let message: String
  package let sourceLine: String
  /// How many characters the caret underlines.
  let width: Int

  /// The block that users of the format know: kind, place, line and caret.
  package var description: String {
    let number = String(place.line)
    let margin = String(repeating: " ", count: number.count)
    let caret = String(repeating: " ", count: place.column - 1) + String(repeating: "^", count: max(1, width))
    return """
      error: Parsing
      \(margin) --> \(file):\(place.line):\(place.column)
      \(margin) |
      \(number) | \(sourceLine)
      \(margin) | \(caret) \(message)
      \(margin) |
      """
  }
}
