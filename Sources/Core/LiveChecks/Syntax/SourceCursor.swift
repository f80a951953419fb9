/// A place in the text of a file that moves on as the text is read.
struct SourceCursor {
  let name: String
  let scalars: [Unicode.Scalar]
  private let lineStarts: [Int]
  var index = 0 { didSet { steps += abs(index - oldValue) } }
  /// How far it has moved in all, there and back: the work of whoever reads with it.
  private(set) var steps = 0

  init(_ source: String, name: String) {
    self.name = name
    let scalars = Array(source.unicodeScalars)
    self.scalars = scalars
    var lineStarts = [0]
    for index in scalars.indices where scalars[index] == "\n" { lineStarts.append(index + 1) }
    self.lineStarts = lineStarts
  }

  var isAtEnd: Bool { index >= scalars.count }
  var isAtLineEnd: Bool { isAtEnd || scalars[index] == "\n" }
  var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }
  func peek(_ distance: Int) -> Unicode.Scalar? { index + distance < scalars.count ? scalars[index + distance] : nil }

  func starts(with text: String) -> Bool { scalars[index...].begins(with: text) }

  mutating func take(_ text: String) -> Bool {
    guard starts(with: text) else { return false }
    index += text.unicodeScalars.count
    return true
  }

  /// Moves over the longest run of scalars that `belongs` accepts.
  mutating func skipWhile(_ belongs: (Unicode.Scalar) -> Bool) {
    var end = index
    while end < scalars.count, belongs(scalars[end]) { end += 1 }
    index = end
  }

  /// The longest run of scalars that `belongs` accepts, from here.
  mutating func takeWhile(_ belongs: (Unicode.Scalar) -> Bool) -> String {
    let start = index
    skipWhile(belongs)
    return text(from: start)
  }

  func text(from start: Int, to end: Int? = nil) -> String {
    String(scalars: scalars[start..<(end ?? index)])
  }

  static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\r" }

  mutating func skipBlanks() { skipWhile(Self.isBlank) }

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

  /// Where in the text a place is.
  func index(of place: Place) -> Int { lineStarts[place.line - 1] + place.column - 1 }

  func error(
    _ kind: CheckSyntaxError.Kind, _ message: String, at index: Int? = nil, width: Int = 1
  ) -> CheckSyntaxError {
    let place = place(at: index ?? self.index)
    return CheckSyntaxError(
      kind: kind, file: name, place: place, message: message, sourceLine: line(place.line), width: width)
  }

  /// The text of a line, counted from 1.
  func line(_ number: Int) -> String {
    let start = lineStarts[number - 1]
    return String(scalars: scalars[start...].prefix { $0 != "\n" && $0 != "\r" })
  }
}
