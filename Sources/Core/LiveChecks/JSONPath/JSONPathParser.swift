import JSONText

/// Reads a JSONPath query by the grammar of RFC 9535, appendix A.
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
    guard scalars[index...].begins(with: text) else { return false }
    index += text.unicodeScalars.count
    return true
  }

  mutating func skipBlanks() {
    while let scalar = current, scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" { index += 1 }
  }

  /// The scalars from here on for which `belongs` holds.
  mutating func takeWhile(_ belongs: (Unicode.Scalar) -> Bool) -> String {
    let taken = scalars[index...].prefix { belongs($0) }
    index += taken.count
    return String(scalars: taken)
  }

  func error(_ reason: String, at place: Int? = nil) -> JSONPathError {
    JSONPathError(column: (place ?? index) + 1, reason: reason)
  }

  mutating func enter() throws(JSONPathError) {
    depth += 1
    guard depth < Self.depthLimit else { throw error("nested too deeply") }
  }

  mutating func segments() throws(JSONPathError) -> [JSONPath.Segment] {
    var segments: [JSONPath.Segment] = []
    while true {
      let before = index
      skipBlanks()
      if take("..") {
        segments.append(.init(selectors: try selectors(), isDescendant: true))
      } else if take(".") || current == "[" {
        segments.append(.init(selectors: try selectors(), isDescendant: false))
      } else {
        // Blanks belong in front of a segment and not at the end of a query.
        index = before
        return segments
      }
    }
  }

  /// A bracket, `*` or a name.
  private mutating func selectors() throws(JSONPathError) -> [JSONPath.Selector] {
    if take("[") { return try bracket() }
    if take("*") { return [.wildcard] }
    guard let first = current, Self.isNamePart(first), !("0"..."9").contains(first), first != "-" else {
      throw error("a name, \"*\" or \"[\" should stand here")
    }
    return [.name(takeWhile(Self.isNamePart))]
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
    let before = index
    skipBlanks()
    guard take(":") else {
      guard let start else { throw error("a selector should stand here", at: before) }
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

  /// Within the numbers that I-JSON holds exactly (RFC 7493, section 2.2); nil when none stands here.
  private mutating func integer() throws(JSONPathError) -> Int? {
    let start = index
    let text = takeWhile { ("0"..."9").contains($0) || $0 == "-" }
    guard !text.isEmpty else { return nil }
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard let value = Int(text), value.magnitude < 1 << 53, digits == "0" ? text == "0" : !digits.hasPrefix("0") else {
      throw error("\"\(text)\" is not an index", at: start)
    }
    return value
  }
}
