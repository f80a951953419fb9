import JSONText

/// Applies one filter.
struct Filters {
  let queries: Queries
  let place: Place

  /// nil when there is nothing to find; throws when the value is of the wrong type.
  func apply(_ kind: FilterSpec.Kind, to value: CheckValue) throws(CheckFailure) -> CheckValue? {
    let variables = queries.variables
    switch kind {
    case .count: return try count(value)
    case .nth(let index): return try element(try self.index(index), of: value)
    case .first: return try element(0, of: value)
    case .last: return try element(-1, of: value)
    case .toInt: return try toInt(value)
    case .toFloat: return try toFloat(value)
    case .toString: return try toString(value)
    case .split(let separator):
      let separator = try variables.fill(separator)
      return .list(try string(value).parts(separatedBy: separator).map { .string($0) })
    case .replace(let old, let new):
      let parts = try string(value).parts(separatedBy: try variables.fill(old))
      return .string(parts.joined(separator: try variables.fill(new)))
    case .replaceRegex(let pattern, let new):
      let pattern = try queries.compiled(pattern, at: place)
      return .string(pattern.replacingAll(in: try string(value), with: try variables.fill(new)))
    case .regex(let pattern): return try queries.firstGroup(of: pattern, in: try string(value), at: place)
    case .jsonpath(let path): return try queries.jsonpath(path, in: try document(value), at: place)
    case .location: return try locations(value)
    case .urlEncode: return .string(Percent.encode(try string(value), keeping: "-._~/"))
    case .urlDecode:
      guard let text = Percent.decode(try string(value)) else { throw wrong(value, "percent-encoded UTF-8") }
      return .string(text)
    case .urlQueryParam(let name): return try parameter(try variables.fill(name), of: value)
    case .base64Decode: return try decode(value, "base64", Base64.decode)
    case .base64UrlSafeDecode: return try decode(value, "URL-safe base64", Base64.decodeURLSafe)
    case .base64Encode: return .string(Base64.encode(try bytes(value)))
    case .base64UrlSafeEncode: return .string(Base64.encodeURLSafe(try bytes(value)))
    case .toHex: return .string(Hexadecimal.encode(try bytes(value)))
    case .utf8Encode: return .bytes(Array(try string(value).utf8))
    case .utf8Decode:
      guard let text = String(validating: try bytes(value), as: UTF8.self) else { throw wrong(value, "UTF-8") }
      return .string(text)
    case .htmlEscape: throw .unsupported("the filter \"htmlEscape\"", at: place)
    case .htmlUnescape: throw .unsupported("the filter \"htmlUnescape\"", at: place)
    case .daysAfterNow: throw .unsupported("the filter \"daysAfterNow\"", at: place)
    case .daysBeforeNow: throw .unsupported("the filter \"daysBeforeNow\"", at: place)
    case .decode: throw .unsupported("the filter \"decode\"", at: place)
    case .toDate: throw .unsupported("the filter \"toDate\"", at: place)
    case .dateFormat: throw .unsupported("the filter \"dateFormat\"", at: place)
    case .xpath: throw .unsupported("the filter \"xpath\"", at: place)
    }
  }

  private func index(_ spec: IndexSpec) throws(CheckFailure) -> Int {
    switch spec {
    case .literal(let index): return index
    case .variable(let placeholder):
      let value = try queries.variables.value(of: placeholder)
      guard case .number(let number) = value, let index = number.int else { throw wrong(value, "a whole number") }
      return index
    }
  }

  private func string(_ value: CheckValue) throws(CheckFailure) -> String {
    guard case .string(let text) = value else { throw wrong(value, "a string") }
    return text
  }

  private func bytes(_ value: CheckValue) throws(CheckFailure) -> [UInt8] {
    guard case .bytes(let bytes) = value else { throw wrong(value, "bytes") }
    return bytes
  }

  private func decode(
    _ value: CheckValue, _ coding: String, _ decode: (String) -> [UInt8]?
  ) throws(CheckFailure) -> CheckValue {
    guard let bytes = decode(try string(value)) else { throw wrong(value, coding) }
    return .bytes(bytes)
  }

  private func document(_ value: CheckValue) throws(CheckFailure) -> JSON {
    do {
      return try JSON.parse(try string(value))
    } catch let failure as CheckFailure {
      throw failure
    } catch {
      throw wrong(value, "a JSON document")
    }
  }

  private func count(_ value: CheckValue) throws(CheckFailure) -> CheckValue {
    switch value {
    case .list(let elements): return CheckValue(elements.count)
    case .object(let object): return CheckValue(object.count)
    case .bytes(let bytes): return CheckValue(bytes.count)
    case .string(let text): return CheckValue(text.unicodeScalars.count)
    case .null, .bool, .number: throw wrong(value, "a list")
    }
  }

  private func element(_ index: Int, of value: CheckValue) throws(CheckFailure) -> CheckValue? {
    guard case .list(let elements) = value else { throw wrong(value, "a list") }
    let place = index < 0 ? elements.count + index : index
    return elements.indices.contains(place) ? elements[place] : nil
  }

  private func locations(_ value: CheckValue) throws(CheckFailure) -> CheckValue {
    switch value {
    case .object(let object): return object["location"].map { CheckValue($0) } ?? .null
    case .list(let elements):
      var locations: [CheckValue] = []
      for element in elements { locations.append(try self.locations(element)) }
      return .list(locations)
    case .null, .bool, .number, .string, .bytes: throw wrong(value, "redirects")
    }
  }

  private func parameter(_ name: String, of value: CheckValue) throws(CheckFailure) -> CheckValue? {
    let query = try string(value).drop { $0 != "?" }.dropFirst().prefix { $0 != "#" }
    for pair in query.split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard Percent.decode(String(sides[0])) == name else { continue }
      return Percent.decode(sides.count > 1 ? String(sides[1]) : "").map { .string($0) }
    }
    return nil
  }

  private func wrong(_ value: CheckValue, _ wanted: String) -> CheckFailure {
    CheckFailure(
      kind: .assert, title: "Filter error", place: place, width: 1,
      message: "this filter needs \(wanted) and was given \(value.shown)")
  }
}

/// Conversions between types.
extension Filters {
  fileprivate func toInt(_ value: CheckValue) throws(CheckFailure) -> CheckValue {
    switch value {
    case .number(let number):
      if number.isSpeltAsInteger { return value }
      if let int = number.int { return CheckValue(int) }
      guard abs(number.double) < 9.2e18 else { throw wrong(value, "a number within 64 bits") }
      return CheckValue(Int(number.double))
    case .string(let text):
      guard let number = JSONNumber(literal: text), number.isSpeltAsInteger else {
        throw wrong(value, "a whole number")
      }
      return .number(number)
    case .null, .bool, .bytes, .list, .object: throw wrong(value, "a number or a string")
    }
  }

  fileprivate func toFloat(_ value: CheckValue) throws(CheckFailure) -> CheckValue {
    let number: JSONNumber?
    switch value {
    case .number(let given): number = given
    case .string(let text): number = JSONNumber(literal: text)
    case .null, .bool, .bytes, .list, .object: throw wrong(value, "a number or a string")
    }
    guard let number else { throw wrong(value, "a number") }
    return .number(number.isSpeltAsInteger ? JSONNumber(literal: number.literal + ".0") ?? number : number)
  }

  fileprivate func toString(_ value: CheckValue) throws(CheckFailure) -> CheckValue {
    switch value {
    case .string, .bool, .number, .null: return .string(value.text)
    case .bytes(let bytes):
      guard let text = String(validating: bytes, as: UTF8.self) else { throw wrong(value, "UTF-8") }
      return .string(text)
    case .list, .object: throw wrong(value, "a string, number or boolean")
    }
  }
}
