extension DateFormat {
  /// The moment that a text of this format names, in UTC where it names no offset, at midnight where it names no time; nil when
  /// it is not of this format, contradicts itself or names no day.
  func moment(in text: String) -> Moment? {
    var reader = DateReader(text)
    for item in items { guard reader.read(item) else { return nil } }
    return reader.isAtEnd ? reader.moment : nil
  }
}

/// Reads a text by the items of a format.
private struct DateReader {
  private var rest: ArraySlice<UInt8>
  private var fields: [DateFormat.Field: Int] = [:]
  private var month: Int?
  private var weekday: Int?
  private var isAfternoon: Bool?
  private var offset = 0

  init(_ text: String) { rest = Array(text.utf8)[...] }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func read(_ item: DateFormat.Item) -> Bool {
    switch item {
    case .literal(let scalar): return take(Array(String(scalar).utf8))
    case .blank:
      skipBlanks()
      return true
    case .number(let field, _, _): return number(field)
    case .month:
      month = name(of: DateFormat.months).map { $0 + 1 }
      return month != nil
    case .weekday:
      weekday = name(of: DateFormat.weekdays)
      return weekday != nil
    case .halfDay:
      guard let half = name(of: ["AM", "PM"], shortest: 2) else { return false }
      isAfternoon = half == 1
      return true
    case .fraction(.automatic): return rest.first == UInt8(ascii: ".") ? fraction(exactly: nil, point: true) : true
    case .fraction(.digits(let count, let point)): return fraction(exactly: count, point: point)
    case .offset(.name):
      rest = rest.drop { $0 > 0x20 }
      return true
    case .offset(let kind): return readOffset(kind)
    case .standard: return standard()
    }
  }

  private mutating func take(_ bytes: [UInt8]) -> Bool {
    guard rest.starts(with: bytes) else { return false }
    rest = rest.dropFirst(bytes.count)
    return true
  }

  private mutating func skipBlanks() { rest = rest.drop { $0 == 0x20 || (9...13).contains($0) } }

  /// Up to so many digits, at least one.
  private mutating func digits(atMost limit: Int) -> Int? {
    let digits = rest.prefix(limit).prefix { (48...57).contains($0) }
    rest = rest.dropFirst(digits.count)
    return digits.isEmpty ? nil : digits.reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  private mutating func number(_ field: DateFormat.Field) -> Bool {
    skipBlanks()
    let isSigned = field == .year || field == .isoYear || field == .timestamp
    let isNegative = isSigned && take([UInt8(ascii: "-")])
    if isSigned, !isNegative { _ = take([UInt8(ascii: "+")]) }
    let width =
      switch field {
      case .year, .isoYear: 4
      case .quarter, .weekday, .isoWeekday: 1
      case .dayOfYear: 3
      case .nanosecond: 9
      case .timestamp: 12
      default: 2
      }
    guard let value = digits(atMost: width) else { return false }
    let signed = isNegative ? -value : value
    if let before = fields[field], before != signed { return false }
    fields[field] = signed
    return true
  }

  /// The index of the name that stands here, in full or by its first letters, whatever their case.
  private mutating func name(of names: [String], shortest: Int = 3) -> Int? {
    func starts(_ name: Substring) -> Bool {
      rest.count >= name.utf8.count && zip(rest, name.utf8).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }
    guard let index = names.firstIndex(where: { starts($0.prefix(shortest)) }) else { return nil }
    rest = rest.dropFirst(starts(names[index][...]) ? names[index].utf8.count : shortest)
    return index
  }

  private mutating func fraction(exactly count: Int?, point: Bool) -> Bool {
    if point, !take([UInt8(ascii: ".")]) { return false }
    let digits = rest.prefix(count ?? .max).prefix { (48...57).contains($0) }
    guard !digits.isEmpty, count == nil || digits.count == count else { return false }
    rest = rest.dropFirst(digits.count)
    let nine = Array(digits.prefix(9)) + Array(repeating: 48, count: max(0, 9 - digits.count))
    fields[.nanosecond] = nine.reduce(0) { $0 * 10 + Int($1 - 48) }
    return true
  }

  /// `Z`, or a sign and hours with minutes.
  private mutating func readOffset(_ kind: DateFormat.Offset) -> Bool {
    skipBlanks()
    if take([UInt8(ascii: "Z")]) || take([UInt8(ascii: "z")]) { return true }
    let isNegative = take([UInt8(ascii: "-")])
    guard isNegative || take([UInt8(ascii: "+")]), let hours = digits(atMost: 2) else { return false }
    skipBlanks()
    _ = take([UInt8(ascii: ":")])
    let minutes = digits(atMost: 2)
    guard hours < 24, (minutes ?? 0) < 60, minutes != nil || kind == .hours || kind == .permissive else { return false }
    var seconds = 0
    if kind == .colonSeconds, take([UInt8(ascii: ":")]) { seconds = digits(atMost: 2) ?? 0 }
    offset = (isNegative ? -1 : 1) * (hours * 3600 + (minutes ?? 0) * 60 + seconds)
    return true
  }

  /// RFC 3339, section 5.6, with a blank allowed for the `T`.
  private mutating func standard() -> Bool {
    guard number(.year), take([45]), number(.month), take([45]), number(.day),
      take([UInt8(ascii: "T")]) || take([UInt8(ascii: "t")]) || take([0x20]), number(.hour), take([58]),
      number(.minute), take([58]), number(.second)
    else { return false }
    if rest.first == UInt8(ascii: "."), !fraction(exactly: nil, point: true) { return false }
    return readOffset(.colon)
  }
}

/// What the fields come to.
extension DateReader {
  fileprivate var moment: Moment? {
    let nanosecond = fields[.nanosecond] ?? 0
    if let timestamp = fields[.timestamp] { return Moment(microseconds: timestamp * 1_000_000 + nanosecond / 1000) }
    guard let date, let second = secondOfDay else { return nil }
    if let weekday, weekday != date.weekday { return nil }
    if let number = fields[.weekday], number != date.weekday { return nil }
    if let number = fields[.isoWeekday], number != date.isoWeekday { return nil }
    let seconds = date.daysSinceEpoch * 86_400 + second - offset
    return Moment(microseconds: seconds * 1_000_000 + nanosecond / 1000)
  }

  private var year: Int? {
    if let year = fields[.year] { return year }
    guard let short = fields[.yearOfCentury] else { return nil }
    return fields[.century].map { $0 * 100 + short } ?? (short < 70 ? 2000 + short : 1900 + short)
  }

  private var date: CivilDate? {
    if let year, let month = fields[.month] ?? month, let day = fields[.day] {
      if let named = self.month, named != month { return nil }
      guard (1...12).contains(month), (1...CivilDate.days(of: month, in: year)).contains(day) else { return nil }
      return CivilDate(year: year, month: month, day: day)
    }
    if let year, let day = fields[.dayOfYear] {
      let date = CivilDate(daysSinceEpoch: CivilDate(year: year, month: 1, day: 1).daysSinceEpoch + day - 1)
      return day >= 1 && date.year == year ? date : nil
    }
    guard let year = fields[.isoYear], let week = fields[.isoWeek],
      let day = fields[.isoWeekday] ?? weekday.map({ ($0 + 6) % 7 + 1 }), (1...7).contains(day)
    else { return nil }
    let fourth = CivilDate(year: year, month: 1, day: 4)
    let days = fourth.daysSinceEpoch - fourth.isoWeekday + (week - 1) * 7 + day
    let date = CivilDate(daysSinceEpoch: days)
    return date.isoWeek == (year, week) ? date : nil
  }

  private var secondOfDay: Int? {
    var hour = fields[.hour] ?? 0
    if let half = fields[.hourOfHalf] {
      guard (1...12).contains(half), let isAfternoon else { return nil }
      hour = half % 12 + (isAfternoon ? 12 : 0)
    }
    let (minute, second) = (fields[.minute] ?? 0, fields[.second] ?? 0)
    // A leap second counts as the first one of the next minute.
    guard hour < 24, minute < 60, second <= 60 else { return nil }
    return hour * 3600 + minute * 60 + second
  }
}
