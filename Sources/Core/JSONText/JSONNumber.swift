/// A JSON number by its exact value and spelling; nothing goes through a binary fraction.
package struct JSONNumber: Sendable {
  /// As it was read or is written, such as `1.50e3`.
  package let literal: String
  private let isNegative: Bool
  /// Significant decimal digits without zeros at either end; empty for zero.
  private let digits: [UInt8]
  /// The value is 0.DIGITS times ten to this power.
  private let scale: Int

  package init(_ value: Int) { self.init(unchecked: String(value)) }

  /// Accepts the grammar of RFC 8259, section 6.
  package init?(literal: String) {
    guard Self.isValid(Array(literal.utf8)) else { return nil }
    self.init(unchecked: literal)
  }

  init(unchecked literal: String) {
    self.literal = literal
    var text = literal.utf8[...]
    isNegative = text.first == UInt8(ascii: "-")
    if isNegative { text.removeFirst() }
    let mark = text.firstIndex { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
    let exponent = mark.flatMap { Int(String(decoding: text[text.index(after: $0)...], as: UTF8.self)) } ?? 0
    let mantissa = text[..<(mark ?? text.endIndex)]
    let point = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.endIndex
    let whole = mantissa[..<point]
    let fraction = point == mantissa.endIndex ? mantissa[point...] : mantissa[mantissa.index(after: point)...]
    var all = Array(whole) + Array(fraction)
    let leading = all.prefix { $0 == UInt8(ascii: "0") }.count
    all.removeFirst(leading)
    while all.last == UInt8(ascii: "0") { all.removeLast() }
    digits = all
    scale = all.isEmpty ? 0 : whole.count - leading &+ min(max(exponent, -1_000_000_000), 1_000_000_000)
  }

  /// The value, when it is a whole number within 64 bits.
  package var int: Int? {
    if digits.isEmpty { return 0 }
    guard isInteger, scale <= 19 else { return nil }
    let text = String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: scale - digits.count)
    return Int((isNegative ? "-" : "") + text)
  }

  /// Whether the value is a whole number, however it is spelt.
  package var isInteger: Bool { digits.isEmpty || scale >= digits.count }

  /// The nearest binary fraction.
  package var double: Double { Double(literal) ?? .nan }

  private static func isValid(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    func digits() -> Int {
      let count = rest.prefix { $0 >= 48 && $0 <= 57 }.count
      rest.removeFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let whole = digits()
    guard whole > 0, !startsWithZero || whole == 1 else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      guard digits() > 0 else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest.removeFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest.removeFirst() }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}

/// By value: 5, 5.0 and 5e0 are equal, and integers beyond 64 bits compare exactly.
extension JSONNumber: Hashable, Comparable {
  package static func == (a: JSONNumber, b: JSONNumber) -> Bool {
    a.digits == b.digits && a.scale == b.scale && (a.isNegative == b.isNegative || a.digits.isEmpty)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(digits)
    hasher.combine(scale)
  }

  package static func < (a: JSONNumber, b: JSONNumber) -> Bool {
    let (signA, signB) = (a.sign, b.sign)
    if signA != signB { return signA < signB }
    if signA == 0 { return false }
    return signA > 0 ? a.isSmaller(than: b) : b.isSmaller(than: a)
  }

  private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

  /// Compares magnitudes.
  private func isSmaller(than other: JSONNumber) -> Bool {
    scale != other.scale ? scale < other.scale : digits.lexicographicallyPrecedes(other.digits)
  }
}
