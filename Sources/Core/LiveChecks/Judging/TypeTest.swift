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
    case .isIsoDate, .isDate: "string in the form of RFC 3339"
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
    case .isCollection: Self.isList.holds(for: value) == true || Self.isObject.holds(for: value) == true
    case .isIsoDate, .isDate: value.string.map(Self.isRFC3339)
    case .isUuid: value.string.map(Self.isUUID)
    case .isIpv4: value.string.map(Self.isIPv4)
    case .isIpv6: value.string.map(Self.isIPv6)
    }
  }

  /// `2026-03-01T12:00:00.5+01:00`, with a day that the month has.
  private static func isRFC3339(_ text: String) -> Bool {
    guard
      let pattern = try? Pattern(
        #"^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[Zz]|[+-](\d\d):(\d\d))$"#),
      text.utf8.count < 64, text.utf8.allSatisfy({ $0 < 0x80 }), let groups = pattern.firstMatch(in: text)
    else { return false }
    let parts = groups.dropFirst().map { $0.flatMap { Int($0) } ?? 0 }
    let isLeap = parts[0] % 4 == 0 && (parts[0] % 100 != 0 || parts[0] % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(parts[1]), (1...days[parts[1] - 1]).contains(parts[2]) else { return false }
    return parts[3] < 24 && parts[4] < 60 && parts[5] <= 60 && parts[6] < 24 && parts[7] < 60
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
