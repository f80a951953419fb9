/// A sum that is not negative, in one currency, exact to 18 places behind the point.
package struct Money: Hashable, Sendable, CustomStringConvertible {
  /// In 10^-18 of the currency.
  private var units: Int128
  /// Three capital letters (ISO 4217), such as `USD`.
  package let currency: String

  package static let usual = "USD"
  private static let places = 18
  /// Below this many digits in front of the point, a hundred thousand sums fit in their total.
  private static let wholeDigits = 15

  /// Reads `amount` by the grammar of JSON's numbers without a sign, such as `1.25` or `3e-7`; nil for everything else, and
  /// for what has more than 15 digits in front of the point or 18 behind it.
  package init?(_ amount: String, currency: String = Money.usual) {
    guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (0x41...0x5a).contains($0) }) else { return nil }
    let halves = amount.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    let parts = (halves.first ?? "").split(separator: ".", omittingEmptySubsequences: false)
    guard halves.count <= 2, (1...2).contains(parts.count), parts.allSatisfy(Self.isDigits) else { return nil }
    let exponent = halves.count == 2 ? Self.exponent(halves[1]) : 0
    guard let exponent else { return nil }
    var digits = Array(parts.joined().utf8.drop { $0 == 0x30 })
    var power = exponent - (parts.count == 2 ? parts[1].utf8.count : 0)
    while digits.last == 0x30 {
      digits.removeLast()
      power += 1
    }
    if digits.isEmpty { power = 0 }
    guard power >= -Self.places, digits.count + power <= Self.wholeDigits else { return nil }
    units = digits.reduce(0) { $0 * 10 + Int128($1 - 0x30) }
    for _ in 0..<(power + Self.places) { units *= 10 }
    self.currency = currency
  }

  /// Both have the same currency.
  mutating func add(_ other: Money) {
    let (sum, isTooLarge) = units.addingReportingOverflow(other.units)
    units = isTooLarge ? .max : sum
  }

  /// Whether nothing is left of `limit`, which has the same currency.
  func reaches(_ limit: Money) -> Bool { units >= limit.units }

  package var isZero: Bool { units == 0 }

  /// All of its places, and two at the least, such as `20.00`.
  package var amount: String {
    let text = String(units)
    let padded = String(repeating: "0", count: max(0, Self.places + 1 - text.count)) + text
    var fraction = padded.suffix(Self.places)
    while fraction.count > 2, fraction.last == "0" { fraction.removeLast() }
    return "\(padded.dropLast(Self.places)).\(fraction)"
  }

  package var description: String { "\(amount) \(currency)" }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func exponent(_ text: Substring) -> Int? {
    let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text
    guard isDigits(digits), digits.utf8.count < 4 else { return nil }
    return Int(text)
  }
}
