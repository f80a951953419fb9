import JSONText

/// Walks over the characters of a file and knows where it is.
struct Reader {
  let name: String
  let scalars: [Unicode.Scalar]
  private(set) var index = 0
  private(set) var place = Place(line: 1, column: 1)

  init(_ source: String, name: String) {
    scalars = Array(source.unicodeScalars)
    self.name = name
  }

  var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
  var isAtEnd: Bool { index >= scalars.count }
  var isAtLineEnd: Bool { current == nil || current == "\n" || (current == "\r" && peek(1) == "\n") }

  func peek(_ offset: Int) -> Unicode.Scalar? { index + offset < scalars.count ? scalars[index + offset] : nil }

  func starts(with text: String) -> Bool { scalars[index...].starts(with: text.unicodeScalars) }

  mutating func advance(_ count: Int = 1) {
    for _ in 0..<count where index < scalars.count {
      place = scalars[index] == "\n" ? Place(line: place.line + 1, column: 1) : Place(line: place.line, column: place.column + 1)
      index += 1
    }
  }

  mutating func take(_ text: String) -> Bool {
    guard starts(with: text) else { return false }
    advance(text.unicodeScalars.count)
    return true
  }

  mutating func skipBlanks() { while current == " " || current == "\t" { advance() } }

  /// Goes to the next line that has something on it; comments are nothing.
  mutating func skipEmptyLines() {
    while let scalar = current {
      if scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" {
        advance()
      } else if scalar == "#" {
        while let next = current, next != "\n" { advance() }
      } else {
        return
      }
    }
  }

  /// The rest of a line has to be blank or a comment.
  mutating func endLine() throws(CheckSyntaxError) {
    skipBlanks()
    if current == "#" { while !isAtLineEnd { advance() } }
    guard isAtLineEnd else { throw error("nothing more may follow on this line", width: restOfLine.count) }
    if current == "\r" { advance() }
    advance()
  }

  mutating func word(_ allowed: (Unicode.Scalar) -> Bool) -> String {
    var view = String.UnicodeScalarView()
    while let scalar = current, allowed(scalar) {
      view.append(scalar)
      advance()
    }
    return String(view)
  }

  mutating func letters() -> String { word { ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0) } }

  var restOfLine: String {
    String(String.UnicodeScalarView(scalars[index...].prefix { $0 != "\n" && $0 != "\r" }))
  }

  func text(from start: Int) -> String { String(String.UnicodeScalarView(scalars[start..<index])) }

  func error(_ message: String, at place: Place? = nil, width: Int = 1) -> CheckSyntaxError {
    let place = place ?? self.place
    return CheckSyntaxError(file: name, place: place, message: message, sourceLine: line(place.line), width: width)
  }

  private func line(_ number: Int) -> String {
    let lines = scalars.split(separator: "\n", maxSplits: number, omittingEmptySubsequences: false)
    guard number <= lines.count else { return "" }
    return String(String.UnicodeScalarView(lines[number - 1].filter { $0 != "\r" }))
  }
}

/// The nearest of the known words, for a misspelt one; nil when none is near.
func nearest(_ word: String, among known: [String]) -> String? {
  let candidates = known.map { ($0, distance(Array(word.lowercased()), Array($0.lowercased()))) }
  guard let best = candidates.min(by: { $0.1 < $1.1 }), best.1 <= max(2, word.count / 3) else { return nil }
  return best.0
}

/// Levenshtein's distance.
private func distance(_ a: [Character], _ b: [Character]) -> Int {
  var row = Array(0...b.count)
  for (i, left) in a.enumerated() {
    var corner = row[0]
    row[0] = i + 1
    for (j, right) in b.enumerated() {
      let above = row[j + 1]
      row[j + 1] = left == right ? corner : min(corner, above, row[j]) + 1
      corner = above
    }
  }
  return row[b.count]
}
