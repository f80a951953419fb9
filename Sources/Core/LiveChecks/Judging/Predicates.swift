/// Judges a value by a predicate.
struct Predicates {
  let queries: Queries
  let files: GivenFiles

  /// How a value was found, in the words of a failure.
  struct Judgement {
    let holds: Bool
    let actual: String
    let expected: String
    /// Said where two types could not be compared at all.
    var note: String?
  }

  func judge(_ value: CheckValue?, by predicate: PredicateSpec) throws(CheckFailure) -> Judgement {
    let (words, test) = try test(predicate)
    let expected = predicate.isNegated ? "not " + words : words
    guard let value else {
      // What is not there fulfils nothing but its own absence.
      return Judgement(holds: predicate.kind == .exists && predicate.isNegated, actual: "none", expected: expected)
    }
    guard let result = test(value) else {
      return Judgement(
        holds: false, actual: value.shown, expected: expected,
        note: "types between actual and expected are not consistent")
    }
    return Judgement(holds: result != predicate.isNegated, actual: value.shown, expected: expected)
  }

  /// nil where the types do not go together.
  private typealias Test = (CheckValue) -> Bool?

  /// What is expected in words, and the test.
  private func test(_ predicate: PredicateSpec) throws(CheckFailure) -> (String, Test) {
    let place = predicate.place
    switch predicate.kind {
    case .equal(let spec):
      let wanted = try value(spec)
      return (wanted.shown, { $0.isEqual(to: wanted) })
    case .notEqual(let spec):
      let wanted = try value(spec)
      return ("not \(wanted.shown)", { !$0.isEqual(to: wanted) })
    case .less(let spec): return try ordered("less than", spec) { $0 < 0 }
    case .lessOrEqual(let spec): return try ordered("less than or equal to", spec) { $0 <= 0 }
    case .greater(let spec): return try ordered("greater than", spec) { $0 > 0 }
    case .greaterOrEqual(let spec): return try ordered("greater than or equal to", spec) { $0 >= 0 }
    case .startsWith(let spec):
      let wanted = try value(spec)
      return ("starts with \(wanted.shown)", { $0.hasEdge(wanted, atEnd: false) })
    case .endsWith(let spec):
      let wanted = try value(spec)
      return ("ends with \(wanted.shown)", { $0.hasEdge(wanted, atEnd: true) })
    case .contains(let spec):
      let wanted = try value(spec)
      return ("contains \(wanted.shown)", { $0.contains(wanted) })
    case .matches(let pattern):
      let compiled = try queries.compiled(pattern, at: place)
      return ("matches regex <\(compiled.source)>", { $0.string.map(compiled.matches) })
    // No node is nothing, as no member is.
    case .exists: return ("something", { $0 != .nodeset(0) })
    case .isEmpty: return ("empty", \.isEmpty)
    case .isType(let test): return (test.words, { test.holds(for: $0) })
    }
  }

  private func value(_ spec: ValueSpec) throws(CheckFailure) -> CheckValue {
    switch spec {
    case .value(let value): return value
    case .text(let text): return .string(try queries.variables.fill(text))
    case .variable(let placeholder): return try queries.variables.value(of: placeholder)
    case .file(let file): return .bytes(try files.content(of: file, queries.variables))
    }
  }

  private func ordered(
    _ words: String, _ spec: ValueSpec, _ accepts: @escaping (Int) -> Bool
  ) throws(CheckFailure) -> (String, Test) {
    let wanted = try value(spec)
    return ("\(words) \(wanted.shown)", { $0.order(to: wanted).map(accepts) })
  }
}
