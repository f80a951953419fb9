import JSONText

extension PredicateSpec.TypeTest {
  var words: String {
    switch self {
    case .isBoolean: "boolean"
    case .isInteger: "integer"
    case .isFloat: "float"
    case .isNumber: "number"
    case .isString: "string"
    case .isList: "list"
    case .isObject: "object"
    case .isCollection: "collection"
    case .isDate: "date"
    case .isIsoDate: "string in the form of RFC 3339"
    case .isUuid: "UUID"
    case .isIpv4: "IPv4 address"
    case .isIpv6: "IPv6 address"
    }
  }

  /// nil where the test is for strings and the value is none.
  func holds(for value: CheckValue) -> Bool? {
    switch self {
    case .isBoolean: if case .bool = value { true } else { false }
    case .isString: value.string != nil
    case .isNumber: if case .number = value { true } else { false }
    case .isInteger: if case .number(let number) = value { number.isSpeltAsInteger } else { false }
    case .isFloat: if case .number(let number) = value { !number.isSpeltAsInteger } else { false }
    case .isList: if case .list = value { true } else { false }
    case .isObject: if case .object = value { true } else { false }
    case .isCollection: value.isCollection
    case .isDate: if case .date = value { true } else { false }
    case .isIsoDate: value.string.map { DateFormat("%+")?.moment(in: $0) != nil }
    case .isUuid: value.string.map(Self.isUUID)
    case .isIpv4: value.string.map(Self.isIPv4)
    case .isIpv6: value.string.map(Self.isIPv6)
    }
  }

  private static func isUUID(_ text: String) -> Bool {
    let groups = text.split(separator: "-", omittingEmptySubsequences: false)
    return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
      && groups.joined().unicodeScalars.allSatisfy(\.properties.isASCIIHexDigit)
  }

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
    if text.contains("."), let colon = text.lastIndex(of: ":") {
      guard isIPv4(String(text[text.index(after: colon)...])) else { return false }
      text = String(text[...colon]) + "0"
      groups = 7
    }
    let halves = text.parts(separatedBy: "::")
    let parts = halves.flatMap { $0.isEmpty ? [] : $0.split(separator: ":", omittingEmptySubsequences: false) }
    let areDigits = parts.allSatisfy {
      (1...4).contains($0.count) && $0.unicodeScalars.allSatisfy(\.properties.isASCIIHexDigit)
    }
    return areDigits && (halves.count == 1 ? parts.count == groups : halves.count == 2 && parts.count < groups)
  }
}

extension CheckValue {
  fileprivate var isCollection: Bool {
    switch self {
    case .list, .object, .bytes, .nodeset: true
    case .null, .bool, .number, .string, .date: false
    }
  }
}
