/// A moment on the wall clock, for people to read; nothing is ever ordered by it.
package struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Nanoseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Whole seconds since the epoch, as git dates have them.
  package var seconds: Int64 { floorDivide(nanoseconds, 1_000_000_000).quotient }

  /// RFC 3339 in UTC with the nanoseconds, such as `2026-01-31T23:59:59.000000001Z`.
  package var description: String { text(fraction: 9) }

  /// RFC 3339 in UTC with as many digits of the fraction, 0 to 9, cut and not rounded.
  package func text(fraction digits: Int) -> String {
    let (second, nanosecond) = floorDivide(nanoseconds, 1_000_000_000)
    let (day, time) = floorDivide(second, 86_400)
    let date = CivilDate(daysSinceEpoch: day)
    let whole =
      "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))T"
      + "\(padded(time / 3600, 2)):\(padded(time / 60 % 60, 2)):\(padded(time % 60, 2))"
    return digits == 0 ? whole + "Z" : "\(whole).\(padded(nanosecond, 9).prefix(digits))Z"
  }

  package static func < (a: Timestamp, b: Timestamp) -> Bool { a.nanoseconds < b.nanoseconds }
}

/// A date of the proleptic Gregorian calendar.
struct CivilDate {
  let year, month, day: Int64

  /// Howard Hinnant's `civil_from_days` (chrono-Compatible Low-Level Date Algorithms).
  init(daysSinceEpoch days: Int64) {
    let (era, dayOfEra) = floorDivide(days + 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shifted + 2) / 5 + 1
    month = shifted < 10 ? shifted + 3 : shifted - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }
}

private func floorDivide(_ a: Int64, _ b: Int64) -> (quotient: Int64, remainder: Int64) {
  let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
  return remainder < 0 ? (quotient - 1, remainder + b) : (quotient, remainder)
}

private func padded(_ number: Int64, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
