/// The value of a number's spelling in a form of which there is one per value, for comparisons.
struct Decimal: Hashable {
  /// -1, 0 or 1.
  let sign: Int
  /// The magnitude is 0.DIGITS times ten to this power.
  private let scale: Int
  /// Without zeros at either end; empty for zero.
  private let digits: [UInt8]

  /// `literal` follows the grammar of JSON; exponents beyond a thousand million count as that.
  init(_ literal: String) {
    var text = literal.utf8[...]
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative { text.removeFirst() }
    let mark = text.firstIndex { $0 | 0x20 == UInt8(ascii: "e") }
    let exponent = mark.map { Self.exponent(text[text.index(after: $0)...]) } ?? 0
    let mantissa = text[..<(mark ?? text.endIndex)]
    let point = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.endIndex
    var all = Array(mantissa[..<point])
    let whole = all.count
    all += mantissa[point...].dropFirst()
    let leading = all.prefix { $0 == UInt8(ascii: "0") }.count
    all.removeFirst(leading)
    while all.last == UInt8(ascii: "0") { all.removeLast() }
    digits = all
    scale = all.isEmpty ? 0 : whole - leading + exponent
    sign = all.isEmpty ? 0 : isNegative ? -1 : 1
  }

  private static func exponent(_ text: Substring.UTF8View) -> Int {
    let limit = 1_000_000_000
    let value = Int(String(decoding: text, as: UTF8.self)) ?? (text.first == UInt8(ascii: "-") ? -limit : limit)
    return min(max(value, -limit), limit)
  }

  var isInteger: Bool { digits.isEmpty || scale >= digits.count }

  /// The digits in front of the point, with a sign; nil beyond a thousand.
  var wholeDigits: String? {
    guard scale > 0 else { return "0" }
    guard scale <= 1000 else { return nil }
    let zeros = String(repeating: "0", count: max(0, scale - digits.count))
    return (sign < 0 ? "-" : "") + String(decoding: digits.prefix(scale), as: UTF8.self) + zeros
  }

  var int: Int? {
    if digits.isEmpty { return 0 }
    guard isInteger, scale <= 19 else { return nil }
    let text = String(decoding: digits, as: UTF8.self) + String(repeating: "0", count: scale - digits.count)
    return Int((sign < 0 ? "-" : "") + text)
  }
}

extension Decimal: Comparable {
  static func < (a: Decimal, b: Decimal) -> Bool {
    if a.sign != b.sign { return a.sign < b.sign }
    return a.sign < 0 ? b.isSmaller(than: a) : a.isSmaller(than: b)
  }

  /// Compares magnitudes.
  private func isSmaller(than other: Decimal) -> Bool {
    scale != other.scale ? scale < other.scale : digits.lexicographicallyPrecedes(other.digits)
  }
}
