extension CheckFile {
  /// The file in its canonical form: the same requests, expectations, comments and blank lines, with one blank between the
  /// words of a line, none at its ends, and words of today in the place of old ones. A file in that form stays as it is.
  ///
  /// Bodies and texts are what they are and stay untouched.
  package var formatted: String {
    let scalars = Array(source.unicodeScalars)
    var text = String.UnicodeScalarView()
    var index = 0
    for edit in edits {
      text.append(contentsOf: scalars[index..<edit.range.lowerBound])
      text.append(contentsOf: edit.replacement.unicodeScalars)
      index = edit.range.upperBound
    }
    text.append(contentsOf: scalars[index...])
    return String(text)
  }
}
