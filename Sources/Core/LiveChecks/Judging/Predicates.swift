import JSONText

/// Judges a value by a predicate.
struct Predicates {
  let queries: Queries

  struct Judgement {
    let holds: Bool
    let actual: String
    let expected: String
    /// Said where two types could not be compared at all.
    var note = ""
  }

  func judge(_ value: CheckValue?, by predicate: PredicateSpec) throws(CheckProblem) -> Judgement {
    let (expected, test) = try test(predicate)
    let prefix = predicate.isNegated ? "not " : ""
    guard let value else {
      // What is not there fulfils nothing but its own absence.
      let holds = predicate.kind == .exists && predicate.isNegated
      return Judgement(holds: holds, actual: "none", expected: prefix + expected)
    }
    guard let result = test(value) else {
      return Judgement(
        holds: false, actual: value.shown, expected: prefix + expected, note: "types between actual and expected are not consistent")
    }
    return Judgement(holds: result != predicate.isNegated, actual: value.shown, expected: prefix + expected)
  }

  /// What is expected in words, and the test; nil where the types do not go together.
  private func test(_ predicate: PredicateSpec) throws(CheckProblem) -> (String, (CheckValue) -> Bool?) {
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
    case .startsWith(let spec): return try sided("starts with", spec) { $0.starts(with: $1) }
    case .endsWith(let spec): return try sided("ends with", spec) { $0.reversed().starts(with: $1.reversed()) }
    case .contains(let spec):
      let wanted = try value(spec)
      return ("contains \(wanted.shown)", { $0.contains(wanted) })
    case .matches(let pattern):
      let compiled = try queries.compiled(pattern, at: predicate.place)
      return ("matches regex <\(compiled.source)>", { $0.string.map(compiled.matches) })
    case .exists: return ("something", { _ in true })
    case .isEmpty: return ("empty", { $0.isEmpty })
    case .isType(let test): return (test.wording, { test.holds(for: $0) })
    }
  }

  private func value(_ spec: ValueSpec) throws(CheckProblem) -> CheckValue {
    switch spec {
    case .value(let value): return value
    case .text(let text): return .string(try queries.variables.fill(text))
    case .variable(let placeholder): return try queries.variables.value(of: placeholder)
    }
  }

  private func ordered(
    _ words: String, _ spec: ValueSpec, _ accept: @escaping (Int) -> Bool
  ) throws(CheckProblem) -> (String, (CheckValue) -> Bool?) {
    let wanted = try value(spec)
    return ("\(words) \(wanted.shown)", { $0.order(to: wanted).map(accept) })
  }

  private func sided(
    _ words: String, _ spec: ValueSpec, _ accept: @escaping ([UInt8], [UInt8]) -> Bool
  ) throws(CheckProblem) -> (String, (CheckValue) -> Bool?) {
    let wanted = try value(spec)
    return (
      "\(words) \(wanted.shown)",
      { value in
        switch (value, wanted) {
        case (.string(let a), .string(let b)): accept(Array(a.utf8), Array(b.utf8))
        case (.bytes(let a), .bytes(let b)): accept(a, b)
        default: nil
        }
      }
    )
  }
}

extension CheckValue {
  var string: String? { if case .string(let text) = self { text } else { nil } }

  func isEqual(to other: CheckValue) -> Bool {
    switch (self, other) {
    case (.object, .object), (.list, .list): json == other.json
    default: self == other
    }
  }

  /// Negative, zero or positive; nil where there is no order between the two.
  func order(to other: CheckValue) -> Int? {
    switch (self, other) {
    case (.number(let a), .number(let b)): a < b ? -1 : a == b ? 0 : 1
    case (.string(let a), .string(let b)): a < b ? -1 : a == b ? 0 : 1
    default: nil
    }
  }

  func contains(_ part: CheckValue) -> Bool? {
    switch (self, part) {
    case (.string(let text), .string(let part)): part.isEmpty || text.contains(part)
    case (.bytes(let bytes), .bytes(let part)): bytes.firstRange(of: part) != nil || part.isEmpty
    case (.list(let elements), _): elements.contains { $0.isEqual(to: part) }
    default: nil
    }
  }

  var isEmpty: Bool? {
    switch self {
    case .string(let text): text.isEmpty
    case .bytes(let bytes): bytes.isEmpty
    case .list(let elements): elements.isEmpty
    case .object(let object): object.members.isEmpty
    case .null, .bool, .number: nil
    }
  }
}

extension PredicateSpec.TypeTest {
  var wording: String {
    switch self {
    case .isBoolean: "boolean"
    case .isInteger: "integer"
    case .isFloat: "float"
    case .isNumber: "number"
    case .isString: "string"
    case .isList: "list"
    case .isObject: "object"
    case .isCollection: "collection"
    case .isIsoDate: "string in the form of RFC 3339"
    case .isUuid: "UUID"
    case .isIpv4: "IPv4 address"
    case .isIpv6: "IPv6 address"
    }
  }

  /// nil where the test is for strings and the value is none.
  func holds(for value: CheckValue) -> Bool? {
    switch (self, value) {
    case (.isBoolean, .bool), (.isString, .string), (.isNumber, .number), (.isList, .list), (.isObject, .object): true
    case (.isInteger, .number(let number)): number.isSpeltAsInteger
    case (.isFloat, .number(let number)): !number.isSpeltAsInteger
    case (.isCollection, .list), (.isCollection, .object): true
    case (.isIsoDate, .string(let text)): Self.isoDate.map { $0.matches(text) } ?? false
    case (.isUuid, .string(let text)): Self.uuid.map { $0.matches(text) } ?? false
    case (.isIpv4, .string(let text)): Self.isIPv4(text)
    case (.isIpv6, .string(let text)): Self.isIPv6(text)
    case (.isIsoDate, _), (.isUuid, _), (.isIpv4, _), (.isIpv6, _): nil
    case (.isBoolean, _), (.isString, _), (.isNumber, _), (.isList, _), (.isObject, _), (.isInteger, _), (.isFloat, _),
      (.isCollection, _):
      false
    }
  }

  private static let isoDate = try? Pattern(
    #"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt ]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$"#)
  private static let uuid = try? Pattern("^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$")

  private static func isIPv4(_ text: String) -> Bool {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        part.utf8.allSatisfy { (48...57).contains($0) } && UInt8(part) != nil && (part.count == 1 || part.first != "0")
      }
  }

  private static func isIPv6(_ text: String) -> Bool {
    var text = text
    var groups = 8
    if let dot = text.firstIndex(of: "."), let colon = text[..<dot].lastIndex(of: ":") {
      guard isIPv4(String(text[text.index(after: colon)...])) else { return false }
      text = String(text[...colon]) + "0"
      groups = 7
    }
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    let parts = halves.map { $0.isEmpty ? [] : $0.split(separator: ":", omittingEmptySubsequences: false) }
    let isHex = parts.joined().allSatisfy { (1...4).contains($0.count) && UInt16($0, radix: 16) != nil }
    let count = parts.reduce(0) { $0 + $1.count }
    return isHex && (halves.count == 1 ? count == groups : halves.count == 2 && count < groups)
  }
}
