import JSONText

/// Filters and the types of their expressions (sections 2.3.5 and 2.4).
extension JSONPathParser {
  /// What stands in a filter before it is known for what it is used.
  private enum Term {
    case literal(JSON)
    case query(JSONPath.Query)
    case value(JSONPath.Operand)
    case condition(JSONPath.Condition)
  }

  mutating func condition() throws(JSONPathError) -> JSONPath.Condition {
    try enter()
    defer { depth -= 1 }
    var branches = [try conjunction()]
    while takeOperator("||") { branches.append(try conjunction()) }
    return branches.count == 1 ? branches[0] : .or(branches)
  }

  private mutating func conjunction() throws(JSONPathError) -> JSONPath.Condition {
    var terms = [try basic()]
    while takeOperator("&&") { terms.append(try basic()) }
    return terms.count == 1 ? terms[0] : .and(terms)
  }

  /// Leaves blanks alone where something else follows them.
  private mutating func takeOperator(_ text: String) -> Bool {
    let before = index
    skipBlanks()
    if take(text) { return true }
    index = before
    return false
  }

  /// A condition in parentheses, a test or a comparison.
  private mutating func basic() throws(JSONPathError) -> JSONPath.Condition {
    skipBlanks()
    let isNegated = take("!")
    if isNegated { skipBlanks() }
    if take("(") {
      let inner = try condition()
      guard takeOperator(")") else { throw error("\")\" should stand here") }
      return isNegated ? .not(inner) : inner
    }
    let start = index
    let left = try term()
    if let comparison = takeComparison() {
      guard !isNegated else { throw error("a comparison after \"!\" needs parentheses", at: start) }
      skipBlanks()
      let second = index
      let right = try term()
      return .comparison(try operand(left, at: start), comparison, try operand(right, at: second))
    }
    let test: JSONPath.Condition
    switch left {
    case .query(let query): test = .exists(query)
    case .condition(let condition): test = condition
    case .literal, .value: throw error("a value by itself is no condition; compare it", at: start)
    }
    return isNegated ? .not(test) : test
  }

  private mutating func takeComparison() -> JSONPath.Comparison? {
    JSONPath.Comparison.allCases.first { takeOperator($0.rawValue) }
  }

  private mutating func term() throws(JSONPathError) -> Term {
    try enter()
    defer { depth -= 1 }
    if current == "@" || current == "$" { return .query(try innerQuery()) }
    if let literal = try literal() { return .literal(literal) }
    return try function()
  }

  /// What gives one value or Nothing.
  private func operand(_ term: Term, at start: Int) throws(JSONPathError) -> JSONPath.Operand {
    switch term {
    case .literal(let json): return .literal(json)
    case .value(let operand): return operand
    case .query(let query):
      guard query.isSingular else { throw error("only a query for one value can stand here", at: start) }
      return .query(query)
    case .condition: throw error("what is true or false cannot stand here", at: start)
    }
  }

  private mutating func innerQuery() throws(JSONPathError) -> JSONPath.Query {
    let start = index
    let isRelative = take("@")
    if !isRelative { _ = take("$") }
    return .init(isRelative: isRelative, segments: try segments(), offset: start)
  }

  private mutating func function() throws(JSONPathError) -> Term {
    let start = index
    let name = takeWhile { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_" }
    guard !name.isEmpty, take("(") else { throw error("a value, a query or a function should stand here", at: start) }
    let arguments = try arguments()
    func count(_ wanted: Int) throws(JSONPathError) {
      guard arguments.count == wanted else {
        throw error("\(name) takes \(wanted == 1 ? "one argument" : "two arguments")", at: start)
      }
    }
    switch name {
    case "length":
      try count(1)
      return .value(.length(try operand(arguments[0].term, at: arguments[0].start)))
    case "count", "value":
      try count(1)
      guard case .query(let query) = arguments[0].term else {
        throw error("\(name) takes a query", at: arguments[0].start)
      }
      return .value(name == "count" ? .count(query) : .value(query))
    case "match", "search":
      try count(2)
      let subject = try operand(arguments[0].term, at: arguments[0].start)
      let pattern = try operand(arguments[1].term, at: arguments[1].start)
      return .condition(matching(subject, pattern, isWhole: name == "match"))
    default:
      throw error("there is no function \"\(name)\"; there are length, count, value, match and search", at: start)
    }
  }

  private mutating func arguments() throws(JSONPathError) -> [(term: Term, start: Int)] {
    var arguments: [(Term, Int)] = []
    skipBlanks()
    if take(")") { return arguments }
    repeat {
      skipBlanks()
      let start = index
      arguments.append((try term(), start))
    } while takeOperator(",")
    guard takeOperator(")") else { throw error("\",\" or \")\" should stand here") }
    return arguments
  }

  private func matching(_ subject: JSONPath.Operand, _ pattern: JSONPath.Operand, isWhole: Bool) -> JSONPath.Condition {
    guard case .literal(let literal) = pattern else {
      return .matches(subject, .operand(pattern), isWhole: isWhole)
    }
    return .matches(
      subject, .literal(literal.string.flatMap { IRegexp.pattern($0, isWhole: isWhole) }), isWhole: isWhole)
  }
}
