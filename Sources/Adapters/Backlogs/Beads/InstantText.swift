import DeliveryLoop

/// Moments as trackers write them: RFC 3339, in any offset, with a fraction of any length.
enum InstantText {
  /// The moment to the nanosecond; nil when the text is none.
  static func read(_ text: String) -> Timestamp? {
    var rest = text.utf8[...]
    guard let year = digits(4, &rest), skip("-", &rest), let month = digits(2, &rest), skip("-", &rest),
      let day = digits(2, &rest), skip("T", &rest) || skip("t", &rest) || skip(" ", &rest),
      let hour = digits(2, &rest), skip(":", &rest), let minute = digits(2, &rest), skip(":", &rest),
      let second = digits(2, &rest), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
      second <= 60
    else { return nil }
    var nanosecond: Int64 = 0
    if skip(".", &rest) {
      let fraction = rest.prefix { (0x30...0x39).contains($0) }
      guard !fraction.isEmpty else { return nil }
      rest = rest.dropFirst(fraction.count)
      let padded = (Array(fraction.prefix(9)) + [UInt8](repeating: 0x30, count: 9)).prefix(9)
      nanosecond = Int64(String(decoding: padded, as: UTF8.self)) ?? 0
    }
    guard let offset = offset(&rest), rest.isEmpty else { return nil }
    let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    // Nanoseconds in 64 bits reach from 1678 to 2262.
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carry) = whole.addingReportingOverflow(nanosecond)
    return overflow || carry ? nil : Timestamp(nanoseconds: sum)
  }

  /// UTC with as many of 0, 3, 6 or 9 digits of the fraction as the moment needs.
  static func write(_ time: Timestamp) -> String {
    let nanoseconds = time.nanoseconds
    if nanoseconds % 1_000_000_000 == 0 { return time.text(fraction: 0) }
    if nanoseconds % 1_000_000 == 0 { return time.text(fraction: 3) }
    return time.text(fraction: nanoseconds % 1000 == 0 ? 6 : 9)
  }

  private static func offset(_ rest: inout Substring.UTF8View) -> Int64? {
    if skip("Z", &rest) || skip("z", &rest) { return 0 }
    let isEast = rest.first == UInt8(ascii: "+")
    guard skip("+", &rest) || skip("-", &rest), let hours = digits(2, &rest), skip(":", &rest),
      let minutes = digits(2, &rest), hours < 24, minutes < 60
    else { return nil }
    return (hours * 3600 + minutes * 60) * (isEast ? 1 : -1)
  }

  private static func digits(_ count: Int, _ rest: inout Substring.UTF8View) -> Int64? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    rest = rest.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
  }

  private static func skip(_ character: Unicode.Scalar, _ rest: inout Substring.UTF8View) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// Days since 1970-01-01 (Howard Hinnant's `days_from_civil`); years 0 to 9999.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
