/// A point in time: microseconds since 1970-01-01T00:00:00Z, without leap seconds.
package struct Moment: Hashable, Comparable, Sendable {
  package let microseconds: Int

  package init(microseconds: Int) { self.microseconds = microseconds }

  package static func < (a: Moment, b: Moment) -> Bool { a.microseconds < b.microseconds }

  /// In UTC with microseconds, such as `2026-03-01T12:00:00.250000Z` (RFC 3339).
  var rfc3339: String {
    let (days, rest) = microseconds.dividedRoundingDown(by: 86_400_000_000)
    let date = CivilDate(daysSinceEpoch: days)
    let seconds = rest / 1_000_000
    let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { $0.padded(to: 2) }.joined(separator: ":")
    return "\(date.iso)T\(time).\((rest % 1_000_000).padded(to: 6))Z"
  }
}

/// A day in the Gregorian calendar, reckoned back before its beginning.
struct CivilDate: Hashable, Sendable {
  let year: Int
  /// 1...12
  let month: Int
  /// 1...31
  let day: Int

  /// `2026-03-01`
  var iso: String { "\(year.padded(to: 4))-\(month.padded(to: 2))-\(day.padded(to: 2))" }
}

extension CivilDate {
  /// Howard Hinnant, "chrono-compatible low-level date algorithms": years start in March, so that the leap day is the last.
  init(daysSinceEpoch days: Int) {
    let (era, dayOfEra) = (days + 719_468).dividedRoundingDown(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month, day: dayOfYear - (153 * shifted + 2) / 5 + 1)
  }
}

extension Int {
  func dividedRoundingDown(by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  /// With zeros in front.
  func padded(to width: Int) -> String {
    let digits = String(magnitude)
    return (self < 0 ? "-" : "") + String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
  }
}

extension Moment {
  /// Reads a date and time as in RFC 3339; nil for everything else.
  package init?(rfc3339 text: String) {
    guard let moment = DateFormat("%+")?.moment(in: text) else { return nil }
    self = moment
  }
}
