/// Blanks, the ends of lines and what stands between lines.
extension FileParser {
  /// What `look` finds from here on; nothing is read.
  mutating func lookAhead<Found>(_ look: (inout SourceCursor) -> Found) -> Found {
    let start = cursor.index
    defer { cursor.index = start }
    return look(&cursor)
  }

  /// Notes that a canonical text would have something else in the place of some characters.
  mutating func replace(_ range: Range<Int>, with replacement: String) {
    guard !cursor.scalars[range].elementsEqual(replacement.unicodeScalars) else { return }
    edits.append(SourceEdit(range: range, replacement: replacement))
  }

  /// Warnings beyond the first thousand are dropped.
  mutating func warn(_ kind: CheckWarning.Kind, _ message: String, at index: Int, width: Int) {
    guard warnings.count < 1000 else { return }
    let place = cursor.place(at: index)
    // A line may be long and have many of them: they share its text.
    let line = warnings.last.flatMap { $0.place.line == place.line ? $0.sourceLine : nil } ?? cursor.line(place.line)
    warnings.append(
      CheckWarning(
        kind: kind, file: cursor.name, place: place, message: message, sourceLine: line, width: width))
  }

  /// A word that is still read and should give way to another.
  mutating func deprecate(_ range: Range<Int>, for word: String) {
    let old = cursor.text(from: range.lowerBound, to: range.upperBound)
    warn(.deprecatedWord, "\"\(old)\" is an old word; write \"\(word)\"", at: range.lowerBound, width: range.count)
    replace(range, with: word)
  }

  /// Reads the blanks in front of the next word of a line; false, with nothing read, when none follows.
  mutating func gap() -> Bool {
    let isLast = lookAhead { cursor in
      cursor.skipBlanks()
      return cursor.isAtLineEnd || cursor.current == "#"
    }
    if !isLast { blanks(" ") }
    return !isLast
  }

  /// Reads blanks, of which a canonical text would have `canonical`.
  mutating func blanks(_ canonical: String) {
    let start = cursor.index
    cursor.skipBlanks()
    replace(start..<cursor.index, with: canonical)
  }

  /// Reads what may follow the last word of a line, blanks and a comment, and the lines up to the next one that says
  /// something.
  mutating func endLine() throws(CheckSyntaxError) {
    let start = cursor.index
    cursor.skipBlanks()
    if cursor.current == "#" {
      replace(start..<cursor.index, with: " ")
      comment()
    } else {
      replace(start..<cursor.index, with: "")
    }
    guard cursor.isAtLineEnd else {
      let rest = cursor.scalars[cursor.index...].prefix { $0 != "\n" }
      throw cursor.error(.literal, "nothing but a comment may follow on this line", width: rest.count)
    }
    lineBreak()
    skipEmptyLines()
  }

  /// Reads blank lines and lines that are comments, and the blanks in front of the line that follows.
  mutating func skipEmptyLines() {
    var start = cursor.index
    while true {
      cursor.skipWhile { SourceCursor.isBlank($0) || $0 == "\n" }
      emptyLines(start..<cursor.index)
      guard cursor.current == "#" else { return }
      comment()
      lineBreak()
      start = cursor.index
    }
  }

  /// Blank lines stay as many as they are, except at either end of the file.
  private mutating func emptyLines(_ range: Range<Int>) {
    let isOutside = range.lowerBound == 0 || cursor.isAtEnd
    let breaks = cursor.scalars[range].count { $0 == "\n" }
    replace(range, with: String(repeating: "\n", count: isOutside ? 0 : breaks))
  }

  private mutating func comment() {
    let start = cursor.index
    cursor.skipWhile { $0 != "\n" }
    let text = cursor.scalars[start..<cursor.index]
    let end = text.lastIndex { !SourceCursor.isBlank($0) } ?? start
    replace((end + 1)..<cursor.index, with: "")
  }

  private mutating func lineBreak() {
    if cursor.isAtEnd { replace(cursor.index..<cursor.index, with: "\n") } else { cursor.index += 1 }
  }
}
