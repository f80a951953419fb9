import JSONText

/// Conversions between types.
extension Filters {
  func toInt(_ value: CheckValue) throws(CheckFailure) -> CheckValue {
    switch value {
    case .number(let number):
      if number.isSpeltAsInteger { return value }
      guard let whole = number.truncated else { throw wrong(value, "a number of less than 1000 digits") }
      return .number(whole)
    case .string(let text):
      guard let number = JSONNumber(literal: text), number.isSpeltAsInteger else {
        throw wrong(value, "a whole number")
      }
      return .number(number)
    case .null, .bool, .bytes, .list, .object, .date, .nodeset: throw wrong(value, "a number or a string")
    }
  }

  func toFloat(_ value: CheckValue) throws(CheckFailure) -> CheckValue {
    let number: JSONNumber?
    switch value {
    case .number(let given): number = given
    case .string(let text): number = JSONNumber(literal: text)
    case .null, .bool, .bytes, .list, .object, .date, .nodeset: throw wrong(value, "a number or a string")
    }
    guard let number else { throw wrong(value, "a number") }
    return .number(number.isSpeltAsInteger ? JSONNumber(literal: number.literal + ".0") ?? number : number)
  }

  func toString(_ value: CheckValue) throws(CheckFailure) -> CheckValue {
    switch value {
    case .string, .bool, .number, .null, .date: return .string(value.text)
    case .bytes(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else { throw wrong(value, "UTF-8") }
      return .string(text)
    case .list, .object, .nodeset: throw wrong(value, "a string, number, boolean or date")
    }
  }

  func decode(_ bytes: [UInt8], by label: String, _ value: CheckValue) throws(CheckFailure) -> CheckValue {
    switch Charset.decode(bytes, label: label, queries.libraries) {
    case .success(let text): return .string(text)
    case .failure(.malformed): throw wrong(value, "bytes that are text in \"\(label)\"")
    case .failure(.unknown):
      throw CheckFailure(
        kind: .runtime, title: "Invalid charset", place: spec.argumentPlace, width: max(1, label.count + 2),
        message: "the charset \"\(label)\" is not known here")
    }
  }
}

/// Dates.
extension Filters {
  func date(_ value: CheckValue) throws(CheckFailure) -> Moment {
    guard case .date(let moment) = value else { throw wrong(value, "a date; make one with toDate") }
    return moment
  }

  func format(_ text: TemplateText) throws(CheckFailure) -> DateFormat {
    let source = try queries.variables.fill(text)
    if let format = DateFormat(source) { return format }
    throw CheckFailure(
      kind: .runtime, title: "Invalid date format", place: spec.argumentPlace, width: max(1, text.source.count + 2),
      message: "\"\(source)\" is not a format of strftime, such as \"%Y-%m-%d\" or \"%+\"")
  }

  func now() throws(CheckFailure) -> Moment {
    if let now = queries.variables.functions.now { return now }
    throw CheckFailure(
      kind: .runtime, title: "Time not available", place: place, width: max(1, spec.width),
      message: "nothing here can tell the time; compare with a date instead")
  }

  /// Whole days, rounded towards zero.
  func days(from start: Moment, to end: Moment) -> Int {
    (end.microseconds - start.microseconds) / 86_400_000_000
  }
}
