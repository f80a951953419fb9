extension DateFormat {
  func text(of moment: Moment) -> String {
    let time = CivilTime(moment)
    return items.map { text(of: $0, time) }.joined()
  }

  private func text(of item: Item, _ time: CivilTime) -> String {
    switch item {
    case .literal(let scalar), .blank(let scalar): return String(scalar)
    case .number(let field, let width, let padding): return Self.padded(value(of: field, time), width, padding)
    case .month(let isLong):
      let name = Self.months[time.date.month - 1]
      return isLong ? name : String(name.prefix(3))
    case .weekday(let isLong):
      let name = Self.weekdays[time.date.weekday]
      return isLong ? name : String(name.prefix(3))
    case .halfDay(let isUpper): return time.hour < 12 ? (isUpper ? "AM" : "am") : (isUpper ? "PM" : "pm")
    case .fraction(let fraction): return text(of: fraction, time.microsecond)
    case .offset(let offset): return Self.text(of: offset)
    case .standard:
      let clock = [time.hour, time.minute, time.second].map { $0.padded(to: 2) }.joined(separator: ":")
      return "\(time.date.iso)T\(clock)\(text(of: .automatic, time.microsecond))+00:00"
    }
  }

  private static func padded(_ value: Int, _ width: Int, _ padding: Padding) -> String {
    switch padding {
    case .none: return String(value)
    case .zero: return value.padded(to: width)
    case .blank:
      let text = String(value)
      return String(repeating: " ", count: max(0, width - text.count)) + text
    }
  }

  private func text(of fraction: Fraction, _ microsecond: Int) -> String {
    let digits = microsecond.padded(to: 6) + "000"
    switch fraction {
    case .digits(let count, let point): return (point ? "." : "") + digits.prefix(count)
    case .automatic: return microsecond == 0 ? "" : "." + digits.prefix(microsecond % 1000 == 0 ? 3 : 6)
    }
  }

  private static func text(of offset: Offset) -> String {
    switch offset {
    case .name: "UTC"
    case .plain, .permissive: "+0000"
    case .colon: "+00:00"
    case .colonSeconds: "+00:00:00"
    case .hours: "+00"
    }
  }

  private func value(of field: Field, _ time: CivilTime) -> Int {
    let date = time.date
    switch field {
    case .year: return date.year
    case .century: return date.year.dividedRoundingDown(by: 100).quotient
    case .yearOfCentury: return date.year.dividedRoundingDown(by: 100).remainder
    case .quarter: return (date.month + 2) / 3
    case .month: return date.month
    case .day: return date.day
    case .weekday: return date.weekday
    case .isoWeekday: return date.isoWeekday
    case .weekFromSunday: return (date.dayOfYear + 6 - date.weekday) / 7
    case .weekFromMonday: return (date.dayOfYear + 7 - date.isoWeekday) / 7
    case .isoYear: return date.isoWeek.year
    case .isoYearOfCentury: return date.isoWeek.year.dividedRoundingDown(by: 100).remainder
    case .isoWeek: return date.isoWeek.week
    case .dayOfYear: return date.dayOfYear
    case .hour: return time.hour
    case .hourOfHalf: return (time.hour + 11) % 12 + 1
    case .minute: return time.minute
    case .second: return time.second
    case .nanosecond: return time.microsecond * 1000
    case .timestamp: return time.moment.microseconds.dividedRoundingDown(by: 1_000_000).quotient
    }
  }
}

/// A moment by the clock of UTC.
private struct CivilTime {
  let moment: Moment
  let date: CivilDate
  let hour: Int
  let minute: Int
  let second: Int
  let microsecond: Int

  init(_ moment: Moment) {
    self.moment = moment
    let (days, rest) = moment.microseconds.dividedRoundingDown(by: 86_400_000_000)
    date = CivilDate(daysSinceEpoch: days)
    let seconds = rest / 1_000_000
    (hour, minute, second, microsecond) = (seconds / 3600, seconds / 60 % 60, seconds % 60, rest % 1_000_000)
  }
}

extension CivilDate {
  /// The inverse of `init(daysSinceEpoch:)`.
  var daysSinceEpoch: Int {
    let year = month <= 2 ? self.year - 1 : self.year
    let (era, yearOfEra) = year.dividedRoundingDown(by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// 0 is Sunday.
  var weekday: Int { (daysSinceEpoch + 4).dividedRoundingDown(by: 7).remainder }
  /// 1 is Monday.
  var isoWeekday: Int { (weekday + 6) % 7 + 1 }
  /// From 1.
  var dayOfYear: Int { daysSinceEpoch - CivilDate(year: year, month: 1, day: 1).daysSinceEpoch + 1 }

  /// The week of ISO 8601, which belongs to the year in which its Thursday lies.
  var isoWeek: (year: Int, week: Int) {
    let thursday = CivilDate(daysSinceEpoch: daysSinceEpoch - isoWeekday + 4)
    return (thursday.year, (thursday.dayOfYear + 6) / 7)
  }

  /// How many days a month has.
  static func days(of month: Int, in year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
}
