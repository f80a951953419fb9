import JSONText

/// Reads a JSONPath query.
struct JSONPathParser {
  static let depthLimit = 64

  let scalars: [Unicode.Scalar]
  var index = 0
  var depth = 0

  init(_ source: String) { scalars = Array(source.unicodeScalars) }

  mutating func query() throws(JSONPathError) -> [JSONPath.Segment] {
    guard take("$") else { throw error("a query starts with \"$\"") }
    let segments = try segments()
    guard index == scalars.count else { throw error("this is not part of a query") }
    return segments
  }

  var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  mutating func take(_ text: String) -> Bool {
    guard scalars[index...].starts(with: text.unicodeScalars) else { return false }
    index += text.unicodeScalars.count
    return true
  }

  mutating func skipBlanks() {
    while let scalar = current, scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" { index += 1 }
  }

  func error(_ reason: String) -> JSONPathError { JSONPathError(column: index + 1, reason: reason) }

  mutating func segments() throws(JSONPathError) -> [JSONPath.Segment] {
    var segments: [JSONPath.Segment] = []
    while true {
      let before = index
      skipBlanks()
      if take("..") {
        segments.append(.init(selectors: try selectors(afterDots: true), isDescendant: true))
      } else if take(".") {
        segments.append(.init(selectors: try selectors(afterDots: true), isDescendant: false))
      } else if current == "[" {
        segments.append(.init(selectors: try selectors(afterDots: false), isDescendant: false))
      } else {
        index = before
        return segments
      }
    }
  }

  /// `name`, `*` or a bracket; a bracket after a single dot is one of the leniencies.
  private mutating func selectors(afterDots: Bool) throws(JSONPathError) -> [JSONPath.Selector] {
    if take("[") { return try bracket() }
    if take("*") { return [.wildcard] }
    let name = scalars[index...].prefix { Self.isNamePart($0) }
    guard let first = name.first, !("0"..."9").contains(first) else {
      throw error("a name, \"*\" or \"[\" should stand here")
    }
    index += name.count
    return [.name(String(String.UnicodeScalarView(name)))]
  }

  /// As the RFC has it, and the hyphen that names in the wild contain.
  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
    default: scalar.value >= 0x80
    }
  }

  private mutating func bracket() throws(JSONPathError) -> [JSONPath.Selector] {
    var selectors: [JSONPath.Selector] = []
    repeat {
      skipBlanks()
      selectors.append(try selector())
      skipBlanks()
    } while take(",")
    guard take("]") else { throw error("\"]\" should stand here") }
    return selectors
  }

  private mutating func selector() throws(JSONPathError) -> JSONPath.Selector {
    switch current {
    case "'", "\"": return .name(try string())
    case "*":
      index += 1
      return .wildcard
    case "?":
      index += 1
      return .filter(try condition())
    default: return try indexOrSlice()
    }
  }

  private mutating func indexOrSlice() throws(JSONPathError) -> JSONPath.Selector {
    let start = try integer()
    skipBlanks()
    guard take(":") else {
      guard let start else { throw error("a selector should stand here") }
      return .index(start)
    }
    skipBlanks()
    let end = try integer()
    skipBlanks()
    var step: Int?
    if take(":") {
      skipBlanks()
      step = try integer()
    }
    return .slice(start: start, end: end, step: step ?? 1)
  }

  private mutating func integer() throws(JSONPathError) -> Int? {
    let text = scalars[index...].prefix { ("0"..."9").contains($0) || $0 == "-" }
    guard !text.isEmpty else { return nil }
    let literal = String(String.UnicodeScalarView(text))
    let digits = literal.hasPrefix("-") ? literal.dropFirst() : literal[...]
    guard let value = Int(literal), abs(value) < 1 << 53, digits == "0" ? literal == "0" : !digits.hasPrefix("0") else {
      throw error("\"\(literal)\" is not an index")
    }
    index += text.count
    return value
  }

  mutating func string() throws(JSONPathError) -> String {
    guard let quote = current else { throw error("a string should stand here") }
    let start = index
    index += 1
    // The escapes are JSON's, so JSON reads them; only the quotes differ.
    var literal = "\""
    while let scalar = current, scalar != quote {
      index += 1
      if scalar == "\\", let next = current {
        index += 1
        if next == "'", quote == "'" {
          literal += "'"
        } else if next == "\"", quote == "'" {
          throw error("a string with a wrong escape")
        } else {
          literal += "\\" + String(next)
        }
      } else {
        literal += scalar == "\"" ? "\\\"" : String(scalar)
      }
    }
    guard current == quote else { throw error("a string without its closing quote") }
    index += 1
    guard case .string(let text)? = try? JSON.parse(literal + "\"") else {
      index = start
      throw error("a string with a wrong escape")
    }
    return text
  }
}
