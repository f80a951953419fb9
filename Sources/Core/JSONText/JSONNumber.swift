/// A JSON number by its exact value and spelling; no comparison goes through a binary fraction.
package struct JSONNumber: Sendable {
  /// As it was read or is written, such as `1.50e3`.
  package let literal: String

  package init(_ value: Int) { literal = String(value) }

  /// The shortest spelling of the value; nil for infinities and what is not a number.
  package init?(_ value: Double) {
    guard value.isFinite else { return nil }
    literal = "\(value)"
  }

  /// Accepts the grammar of RFC 8259, section 6.
  package init?(literal: String) {
    guard Self.length(Array(literal.utf8), from: 0) == literal.utf8.count else { return nil }
    self.literal = literal
  }

  init(unchecked literal: String) { self.literal = literal }

  /// The value, when it is a whole number within 64 bits, however it is spelt.
  package var int: Int? { Int(literal) ?? Decimal(literal).int }

  /// Whether the value is a whole number, however it is spelt.
  package var isInteger: Bool { Int(literal) != nil || Decimal(literal).isInteger }

  /// Without what stands behind the point, spelt as a whole number; nil beyond a thousand digits.
  package var truncated: JSONNumber? { Decimal(literal).wholeDigits.map { JSONNumber(unchecked: $0) } }

  /// The nearest binary fraction; infinite beyond the range.
  package var double: Double { Double(literal) ?? .nan }

  /// How many bytes from `start` make a number; nil when what stands there is none.
  static func length(_ bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    func digits() -> Int {
      let first = index
      while index < bytes.count, bytes[index] &- 48 < 10 { index += 1 }
      return index - first
    }
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") { index += 1 }
    let startsWithZero = index < bytes.count && bytes[index] == UInt8(ascii: "0")
    let whole = digits()
    guard whole > 0, !startsWithZero || whole == 1 else { return nil }
    if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
      index += 1
      guard digits() > 0 else { return nil }
    }
    if index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") { index += 1 }
      guard digits() > 0 else { return nil }
    }
    return index - start
  }
}

/// By value: 5, 5.0 and 5e0 are equal, and integers beyond 64 bits compare exactly.
extension JSONNumber: Hashable, Comparable {
  package static func == (a: JSONNumber, b: JSONNumber) -> Bool {
    if a.literal == b.literal { return true }
    if let a = Int(a.literal), let b = Int(b.literal) { return a == b }
    return Decimal(a.literal) == Decimal(b.literal)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(Decimal(literal)) }

  package static func < (a: JSONNumber, b: JSONNumber) -> Bool {
    if let a = Int(a.literal), let b = Int(b.literal) { return a < b }
    return Decimal(a.literal) < Decimal(b.literal)
  }
}
