import JSONText

extension JSONPathParser {
  mutating func condition() throws(JSONPathError) -> JSONPath.Condition {
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
    let isNegated = current == "!"
    if isNegated { index += 1 }
    skipBlanks()
    if let whole = try grouped() { return isNegated ? .not(whole) : whole }
    let start = index
    let left = try operand()
    skipBlanks()
    guard let comparison = takeComparison() else {
      guard case .query(let query) = left else {
        index = start
        throw error("a comparison or a query should stand here")
      }
      return isNegated ? .not(.exists(query)) : .exists(query)
    }
    guard !isNegated else { throw error("a comparison after \"!\" needs parentheses") }
    let right = try operand()
    try requireSingle(left)
    try requireSingle(right)
    return .comparison(left, comparison, right)
  }

  /// A condition in parentheses, or one of the functions that are conditions.
  private mutating func grouped() throws(JSONPathError) -> JSONPath.Condition? {
    if take("match(") { return try pattern(isWhole: true) }
    if take("search(") { return try pattern(isWhole: false) }
    guard take("(") else { return nil }
    let inner = try condition()
    guard takeOperator(")") else { throw error("\")\" should stand here") }
    return inner
  }

  private mutating func takeComparison() -> JSONPath.Comparison? {
    [.equal, .notEqual, .lessOrEqual, .greaterOrEqual, .less, .greater].first { take($0.rawValue) }
  }

  private func requireSingle(_ operand: JSONPath.Operand) throws(JSONPathError) {
    if case .query(let query) = operand, !query.segments.allSatisfy(\.isSingular) {
      throw error("only a query for one value can stand here")
    }
  }

  private mutating func pattern(isWhole: Bool) throws(JSONPathError) -> JSONPath.Condition {
    let subject = try operand()
    try requireSingle(subject)
    guard takeOperator(",") else { throw error("\",\" should stand here") }
    let pattern = try operand()
    try requireSingle(pattern)
    guard takeOperator(")") else { throw error("\")\" should stand here") }
    guard case .literal(.string(let source)) = pattern else {
      return .matches(subject, .operand(pattern), isWhole: isWhole)
    }
    let compiled = isWhole ? try? Pattern.anchored(source) : try? Pattern(source)
    return .matches(subject, .literal(compiled), isWhole: isWhole)
  }

  private mutating func operand() throws(JSONPathError) -> JSONPath.Operand {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.depthLimit else { throw error("nested too deeply") }
    skipBlanks()
    if take("length(") {
      let inner = try argument { parser throws(JSONPathError) in try parser.operand() }
      try requireSingle(inner)
      return .length(inner)
    }
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
