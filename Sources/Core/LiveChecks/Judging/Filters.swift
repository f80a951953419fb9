import JSONText

/// Applies one filter.
struct Filters {
  let queries: Queries
  let place: Place

  /// nil when there is nothing to find; throws when the value is of the wrong type.
  func apply(_ kind: FilterSpec.Kind, to value: CheckValue) throws(CheckProblem) -> CheckValue? {
    switch kind {
    case .count: return try count(value)
    case .nth(let index): return try element(index, of: value)
    case .first: return try element(0, of: value)
    case .last: return try element(-1, of: value)
    case .toInt: return try toInt(value)
    case .toFloat: return try toFloat(value)
    case .toString: return .string(value.text)
    case .urlEncode: return .string(Encoding.percent(try string(value), keeping: "-._~/"))
    case .urlDecode: return Encoding.fromPercent(try string(value)).map { .string($0) }
    case .base64Decode:
      guard let bytes = Encoding.fromBase64(try string(value)) else { throw wrong(value, "base64") }
      return .bytes(bytes)
    case .base64Encode:
      if case .bytes(let bytes) = value { return .string(Encoding.base64(bytes)) }
      throw wrong(value, "bytes")
    case .split(let separator):
      let by = try queries.variables.fill(separator)
      return .list(try string(value).split(separator: by, omittingEmptySubsequences: false).map { .string(String($0)) })
    case .replace(let old, let new):
      let (old, new) = (try queries.variables.fill(old), try queries.variables.fill(new))
      return .string(old.isEmpty ? try string(value) : try string(value).replacing(old, with: new))
    case .replaceRegex(let pattern, let new):
      let compiled = try queries.compiled(pattern, at: place)
      return .string(compiled.replacingAll(in: try string(value), with: try queries.variables.fill(new)))
    case .regex(let pattern):
      return queries.firstGroup(of: try queries.compiled(pattern, at: place), in: try string(value), at: place)
    case .jsonpath(let path): return try queries.jsonpath(path, in: Array(try string(value).utf8), at: place)
    }
  }

  private func string(_ value: CheckValue) throws(CheckProblem) -> String {
    guard case .string(let text) = value else { throw wrong(value, "a string") }
    return text
  }

  private func count(_ value: CheckValue) throws(CheckProblem) -> CheckValue {
    switch value {
    case .list(let elements): return CheckValue(elements.count)
    case .object(let object): return CheckValue(object.members.count)
    case .bytes(let bytes): return CheckValue(bytes.count)
    case .string(let text): return CheckValue(text.unicodeScalars.count)
    case .null, .bool, .number: throw wrong(value, "a list")
    }
  }

  private func element(_ index: Int, of value: CheckValue) throws(CheckProblem) -> CheckValue? {
    guard case .list(let elements) = value else { throw wrong(value, "a list") }
    let place = index < 0 ? elements.count + index : index
    return elements.indices.contains(place) ? elements[place] : nil
  }

  private func toInt(_ value: CheckValue) throws(CheckProblem) -> CheckValue {
    switch value {
    case .number(let number):
      if number.isInteger { return value }
      guard abs(number.double) < 9e18 else { throw wrong(value, "a number within 64 bits") }
      return CheckValue(Int(number.double))
    case .string(let text):
      guard let number = JSONNumber(literal: text), number.isInteger else { throw wrong(value, "a whole number") }
      return .number(number)
    case .null, .bool, .bytes, .list, .object: throw wrong(value, "a number or a string")
    }
  }

  private func toFloat(_ value: CheckValue) throws(CheckProblem) -> CheckValue {
    switch value {
    case .number(let number):
      return .number(number.isSpeltAsInteger ? JSONNumber(literal: number.literal + ".0") ?? number : number)
    case .string(let text):
      guard let number = JSONNumber(literal: text) else { throw wrong(value, "a number") }
      return .number(number.isSpeltAsInteger ? JSONNumber(literal: text + ".0") ?? number : number)
    case .null, .bool, .bytes, .list, .object: throw wrong(value, "a number or a string")
    }
  }

  private func wrong(_ value: CheckValue, _ wanted: String) -> CheckProblem {
    CheckProblem(title: "Filter error", place: place, width: 1, message: "this filter needs \(wanted) and was given \(value.shown)")
  }
}
