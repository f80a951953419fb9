import JSONText

/// Reads a JSONPath query.
struct JSONPathParser {
  static let depthLimit = 64

  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var depth = 0

  init(_ source: String) { scalars = Array(source.unicodeScalars) }

  mutating func query() throws(JSONPathError) -> [JSONPath.Segment] {
    guard take("$") else { throw error("a query starts with \"$\"") }
    let segments = try segments()
    guard index == scalars.count else { throw error("this is not part of a query") }
    return segments
  }

  private var current: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func take(_ text: String) -> Bool {
    guard scalars[index...].starts(with: text.unicodeScalars) else { return false }
    index += text.unicodeScalars.count
    return true
  }

  private mutating func skipBlanks() {
    while let scalar = current, scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" { index += 1 }
  }

  private func error(_ reason: String) -> JSONPathError { JSONPathError(column: index + 1, reason: reason) }

  private mutating func segments() throws(JSONPathError) -> [JSONPath.Segment] {
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
    guard let first = name.first, !("0"..."9").contains(first) else { throw error("a name, \"*\" or \"[\" should stand here") }
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

  private mutating func string() throws(JSONPathError) -> String {
    guard let quote = current else { throw error("a string should stand here") }
    index += 1
    // The escapes are JSON's, so JSON reads them; only the quotes differ.
    var literal = "\""
    while let scalar = current, scalar != quote {
      index += 1
      if scalar == "\\", let next = current {
        index += 1
        if next == "'" && quote == "'" { literal += "'" } else { literal += "\\" + String(next) }
      } else {
        literal += scalar == "\"" ? "\\\"" : String(scalar)
      }
    }
    guard current == quote else { throw error("a string without its closing quote") }
    index += 1
    guard case .string(let text)? = try? JSON.parse(literal + "\"") else { throw error("a string with a wrong escape") }
    return text
  }
}

extension JSONPathParser {
  fileprivate mutating func condition() throws(JSONPathError) -> JSONPath.Condition {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw error("nested too deeply") }
    var branches = [try conjunction()]
    while takeOperator("||") { branches.append(try conjunction()) }
    return branches.count == 1 ? branches[0] : .or(branches)
  }

  private mutating func takeOperator(_ text: String) -> Bool {
    skipBlanks()
    return take(text)
  }

  private mutating func conjunction() throws(JSONPathError) -> JSONPath.Condition {
    var terms = [try term()]
    while takeOperator("&&") { terms.append(try term()) }
    return terms.count == 1 ? terms[0] : .and(terms)
  }

  private mutating func term() throws(JSONPathError) -> JSONPath.Condition {
    skipBlanks()
    if current == "!", index + 1 >= scalars.count || scalars[index + 1] != "=" {
      index += 1
      return .not(try term())
    }
    if take("(") {
      let inner = try condition()
      guard takeOperator(")") else { throw error("\")\" should stand here") }
      return inner
    }
    if take("match(") { return try pattern(isWhole: true) }
    if take("search(") { return try pattern(isWhole: false) }
    let start = index
    let left = try operand()
    skipBlanks()
    for comparison in [JSONPath.Comparison.equal, .notEqual, .lessOrEqual, .greaterOrEqual, .less, .greater]
    where take(comparison.rawValue) {
      let right = try operand()
      for side in [left, right] {
        if case .query(let query) = side, !query.segments.allSatisfy(\.isSingular) {
          throw error("only a query for one value can be compared")
        }
      }
      return .comparison(left, comparison, right)
    }
    guard case .query(let query) = left else {
      index = start
      throw error("a comparison or a query should stand here")
    }
    return .exists(query)
  }

  private mutating func pattern(isWhole: Bool) throws(JSONPathError) -> JSONPath.Condition {
    let subject = try operand()
    guard takeOperator(",") else { throw error("\",\" should stand here") }
    let pattern = try operand()
    guard takeOperator(")") else { throw error("\")\" should stand here") }
    return .matches(subject, pattern, isWhole: isWhole)
  }

  private mutating func operand() throws(JSONPathError) -> JSONPath.Operand {
    skipBlanks()
    if take("length(") { return .length(try argument { parser throws(JSONPathError) in try parser.operand() }) }
    if take("count(") { return .count(try argument { parser throws(JSONPathError) in try parser.innerQuery() }) }
    if take("value(") { return .value(try argument { parser throws(JSONPathError) in try parser.innerQuery() }) }
    switch current {
    case "@", "$": return .query(try innerQuery())
    case "'", "\"": return .literal(.string(try string()))
    default: break
    }
    if take("true") { return .literal(.bool(true)) }
    if take("false") { return .literal(.bool(false)) }
    if take("null") { return .literal(.null) }
    let text = scalars[index...].prefix { ("0"..."9").contains($0) || "+-.eE".unicodeScalars.contains($0) }
    guard let number = JSONNumber(literal: String(String.UnicodeScalarView(text))) else {
      throw error("a value or a query should stand here")
    }
    index += text.count
    return .literal(.number(number))
  }

  private mutating func argument<Value>(
    _ read: (inout JSONPathParser) throws(JSONPathError) -> Value
  ) throws(JSONPathError) -> Value {
    skipBlanks()
    let value = try read(&self)
    guard takeOperator(")") else { throw error("\")\" should stand here") }
    return value
  }

  private mutating func innerQuery() throws(JSONPathError) -> JSONPath.Query {
    skipBlanks()
    let isRelative = take("@")
    guard isRelative || take("$") else { throw error("a query that starts with \"@\" or \"$\" should stand here") }
    return .init(isRelative: isRelative, segments: try segments())
  }
}
