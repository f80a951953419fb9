import Codings
import JSONText

/// Applies one filter.
struct Filters {
  let queries: Queries
  let spec: FilterSpec

  var place: Place { spec.place }

  /// nil when there is nothing to find; throws when the value is of the wrong type.
  func apply(to value: CheckValue) throws(CheckFailure) -> CheckValue? {
    let variables = queries.variables
    switch spec.kind {
    case .count: return try count(value)
    case .nth(let index): return try element(try self.index(index), of: value)
    case .first: return try element(0, of: value)
    case .last: return try element(-1, of: value)
    case .toInt: return try toInt(value)
    case .toFloat: return try toFloat(value)
    case .toString: return try toString(value)
    case .split(let separator):
      let separator = try variables.fill(separator)
      return .list(CheckList(try string(value).parts(separatedBy: separator).map { .string($0) }))
    case .replace(let old, let new):
      let parts = try string(value).parts(separatedBy: try variables.fill(old))
      return .string(parts.joined(separator: try variables.fill(new)))
    case .replaceRegex(let pattern, let new):
      let pattern = try queries.compiled(pattern, at: spec.argumentPlace)
      return try replacing(pattern, in: value, with: try variables.fill(new))
    case .regex(let pattern): return try queries.firstGroup(of: pattern, in: try string(value), at: spec.argumentPlace)
    case .jsonpath(let path): return try queries.jsonpath(path, in: try document(value), at: spec.argumentPlace)
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
    case .decode(let charset): return try decode(try bytes(value), by: try variables.fill(charset), value)
    case .htmlEscape: return .string(HTMLReferences.escape(try string(value)))
    case .htmlUnescape: return .string(HTMLReferences.unescape(try string(value)))
    case .toDate(let format):
      guard let moment = try self.format(format).moment(in: try string(value)) else {
        throw wrong(value, "a date in the format \"\(try variables.fill(format))\"")
      }
      return .date(moment)
    case .dateFormat(let format): return .string(try self.format(format).text(of: try date(value)))
    case .daysAfterNow: return CheckValue(days(from: try now(), to: try date(value)))
    case .daysBeforeNow: return CheckValue(days(from: try date(value), to: try now()))
    case .xpath(let expression):
      return try queries.xpath(expression, in: MarkupDocument(try string(value), .html), at: spec.argumentPlace)
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

  func string(_ value: CheckValue) throws(CheckFailure) -> String {
    guard case .string(let text) = value else { throw wrong(value, "a string") }
    return text
  }

  private func replacing(
    _ pattern: Pattern, in value: CheckValue, with new: String
  ) throws(CheckFailure) -> CheckValue {
    let text = try string(value)
    do {
      return .string(try pattern.replacingAll(in: text, with: new))
    } catch {
      throw wrong(value, "a text that can be searched: \(error.reason),")
    }
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

  private func document(_ value: CheckValue) throws(CheckFailure) -> JSONDocument {
    do {
      return try JSONDocument(Array(try string(value).utf8))
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
    case .nodeset(let count): return CheckValue(count)
    case .null, .bool, .number, .string, .date: throw wrong(value, "a list, an object or bytes")
    }
  }

  private func element(_ index: Int, of value: CheckValue) throws(CheckFailure) -> CheckValue? {
    guard case .list(let elements) = value else { throw wrong(value, "a list") }
    let place = index < 0 ? elements.count + index : index
    return elements.indices.contains(place) ? elements[place] : nil
  }

  private func locations(_ value: CheckValue) throws(CheckFailure) -> CheckValue {
    switch value {
    case .object(let object): return object.json["location"].map { CheckValue($0) } ?? .null
    case .list(let elements):
      var locations: [CheckValue] = []
      for element in elements { locations.append(try self.locations(element)) }
      return .list(CheckList(locations))
    case .null, .bool, .number, .string, .bytes, .date, .nodeset: throw wrong(value, "redirects")
    }
  }

  private func parameter(_ name: String, of value: CheckValue) throws(CheckFailure) -> CheckValue? {
    let url = try string(value)
    guard Address(url) != nil else { throw wrong(value, "an address") }
    let query = url.drop { $0 != "?" }.dropFirst().prefix { $0 != "#" }
    for pair in query.split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { side in
        Percent.decode(String(side.map { $0 == "+" ? " " : $0 }))
      }
      if sides[0] == name { return .string(sides.count > 1 ? sides[1] ?? "" : "") }
    }
    return nil
  }

  func wrong(_ value: CheckValue, _ wanted: String) -> CheckFailure {
    CheckFailure(
      kind: .assert, title: "Filter error", place: place, width: max(1, spec.width),
      message: "this filter needs \(wanted) and was given \(value.shown)")
  }
}
