/// A format of dates in the words of strftime, as Rust's chrono reads and writes them; names are English, times are in UTC.
struct DateFormat: Hashable, Sendable {
  enum Item: Hashable, Sendable {
    case literal(Unicode.Scalar)
    /// Any number of blanks when reading.
    case blank(Unicode.Scalar)
    case number(Field, width: Int, padding: Padding)
    case month(isLong: Bool)
    case weekday(isLong: Bool)
    case halfDay(isUpper: Bool)
    case fraction(Fraction)
    case offset(Offset)
    /// RFC 3339.
    case standard
  }

  enum Field: Sendable {
    case year, century, yearOfCentury, quarter, month, day, weekday, isoWeekday, weekFromSunday, weekFromMonday
    case isoYear, isoYearOfCentury, isoWeek, dayOfYear, hour, hourOfHalf, minute, second, nanosecond, timestamp
  }

  enum Padding: Sendable { case zero, blank, none }

  enum Fraction: Hashable, Sendable {
    /// With a point, and as many digits as there are, in threes.
    case automatic
    case digits(Int, point: Bool)
  }

  /// How far a time is from UTC.
  enum Offset: Sendable { case name, plain, colon, colonSeconds, hours, permissive }

  let items: [Item]

  /// nil for what has a word that does not exist.
  init?(_ text: String) {
    var scalars = Array(text.unicodeScalars)[...]
    var items: [Item] = []
    while let scalar = scalars.popFirst() {
      if scalar == "%" {
        guard let found = Self.items(&scalars) else { return nil }
        items += found
      } else {
        items.append(scalar.properties.isWhitespace ? .blank(scalar) : .literal(scalar))
      }
    }
    self.items = items
  }

  /// After the percent sign.
  private static func items(_ rest: inout ArraySlice<Unicode.Scalar>) -> [Item]? {
    for (text, item) in fixed where rest.starts(with: text.unicodeScalars) {
      rest = rest.dropFirst(text.unicodeScalars.count)
      return [item]
    }
    var padding: Padding?
    switch rest.first {
    case "-": padding = Padding.none
    case "_": padding = .blank
    case "0": padding = .zero
    default: break
    }
    if padding != nil { rest = rest.dropFirst() }
    guard let letter = rest.popFirst() else { return nil }
    if let (field, width, usual) = numbers[letter] { return [.number(field, width: width, padding: padding ?? usual)] }
    guard padding == nil else { return nil }
    if let whole = compositions[letter] { return DateFormat(whole)?.items }
    return words[letter].map { [$0] }
  }

  private static let fixed: [(String, Item)] = [
    (".f", .fraction(.automatic)), (".3f", .fraction(.digits(3, point: true))),
    (".6f", .fraction(.digits(6, point: true))), (".9f", .fraction(.digits(9, point: true))),
    ("3f", .fraction(.digits(3, point: false))), ("6f", .fraction(.digits(6, point: false))),
    ("9f", .fraction(.digits(9, point: false))), (":::z", .offset(.hours)), ("::z", .offset(.colonSeconds)),
    (":z", .offset(.colon)), ("#z", .offset(.permissive)),
  ]

  private static let numbers: [Unicode.Scalar: (Field, width: Int, Padding)] = [
    "Y": (.year, 4, .zero), "C": (.century, 2, .zero), "y": (.yearOfCentury, 2, .zero), "q": (.quarter, 1, .none),
    "m": (.month, 2, .zero), "d": (.day, 2, .zero), "e": (.day, 2, .blank), "w": (.weekday, 1, .none),
    "u": (.isoWeekday, 1, .none), "U": (.weekFromSunday, 2, .zero), "W": (.weekFromMonday, 2, .zero),
    "G": (.isoYear, 4, .zero), "g": (.isoYearOfCentury, 2, .zero), "V": (.isoWeek, 2, .zero),
    "j": (.dayOfYear, 3, .zero), "H": (.hour, 2, .zero), "k": (.hour, 2, .blank), "I": (.hourOfHalf, 2, .zero),
    "l": (.hourOfHalf, 2, .blank), "M": (.minute, 2, .zero), "S": (.second, 2, .zero), "f": (.nanosecond, 9, .zero),
    "s": (.timestamp, 1, .none),
  ]

  private static let words: [Unicode.Scalar: Item] = [
    "b": .month(isLong: false), "h": .month(isLong: false), "B": .month(isLong: true), "a": .weekday(isLong: false),
    "A": .weekday(isLong: true), "p": .halfDay(isUpper: true), "P": .halfDay(isUpper: false), "Z": .offset(.name),
    "z": .offset(.plain), "+": .standard, "%": .literal("%"), "t": .blank("\t"), "n": .blank("\n"),
  ]

  private static let compositions: [Unicode.Scalar: String] = [
    "D": "%m/%d/%y", "x": "%m/%d/%y", "F": "%Y-%m-%d", "v": "%e-%b-%Y", "R": "%H:%M", "T": "%H:%M:%S",
    "X": "%H:%M:%S", "r": "%I:%M:%S %p", "c": "%a %b %e %H:%M:%S %Y",
  ]

  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// From Sunday.
  static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
}
