/// A place in the text of a file that moves on as the text is read.
struct SourceCursor {
  let name: String
  let scalars: [Unicode.Scalar]
  fileprivate let lineStarts: [Int]
  var index = 0

  init(_ source: String, name: String) {
    self.name = name
    let scalars = Array(source.unicodeScalars)
    self.scalars = scalars
    lineStarts = [0] + scalars.indices.filter { scalars[$0] == "\n" }.map { $0 + 1 }
  }

  var isAtEnd: Bool { index >= scalars.count }
  var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
  func peek(_ distance: Int) -> Unicode.Scalar? { index + distance < scalars.count ? scalars[index + distance] : nil }

  func starts(with text: String) -> Bool { scalars[index...].starts(with: text.unicodeScalars) }

  mutating func take(_ text: String) -> Bool {
    guard starts(with: text) else { return false }
    index += text.unicodeScalars.count
    return true
  }

  /// The longest run of scalars that `belongs` accepts, from here.
  mutating func takeWhile(_ belongs: (Unicode.Scalar) -> Bool) -> String {
    let start = index
    while let scalar = current, belongs(scalar) { index += 1 }
    return text(from: start)
  }

  func text(from start: Int, to end: Int? = nil) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[start..<(end ?? index)])
    return String(view)
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\r" }

  mutating func skipBlanks() { while let scalar = current, Self.isBlank(scalar) { index += 1 } }

  private mutating func skipLine() { while let scalar = current, scalar != "\n" { index += 1 } }

  /// Skips blank lines and lines that are comments.
  mutating func skipEmptyLines() {
    while !isAtEnd {
      let start = index
      skipBlanks()
      if current == "#" { skipLine() }
      guard isAtEnd || current == "\n" else {
        index = start
        return
      }
      if !isAtEnd { index += 1 }
    }
  }

  /// Reads what may follow the last word of a line: blanks and a comment.
  mutating func endLine() throws(CheckSyntaxError) {
    skipBlanks()
    if current == "#" { skipLine() }
    guard isAtEnd || current == "\n" else {
      let rest = scalars[index...].prefix { $0 != "\n" }
      throw error("nothing but a comment may follow on this line", width: rest.count)
    }
    if !isAtEnd { index += 1 }
  }

  func place(at index: Int? = nil) -> Place {
    let index = index ?? self.index
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= index { low = middle } else { high = middle }
    }
    return Place(line: low + 1, column: index - lineStarts[low] + 1)
  }

  func error(_ message: String, at index: Int? = nil, width: Int = 1) -> CheckSyntaxError {
    let place = place(at: index ?? self.index)
    return CheckSyntaxError(file: name, place: place, message: message, sourceLine: line(place.line), width: width)
  }

  /// The text of a line, counted from 1.
  private func line(_ number: Int) -> String {
    let start = lineStarts[number - 1]
    let line = scalars[start...].prefix { $0 != "\n" && $0 != "\r" }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: line)
    return String(view)
  }
}

extension SourceCursor {
  /// Where in the text a place is.
  func index(of place: Place) -> Int { lineStart(place.line) + place.column - 1 }

  private func lineStart(_ line: Int) -> Int { lineStarts[line - 1] }
}
