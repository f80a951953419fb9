extension Moment {
  /// A date as cookies have it, in any of the orders that servers write (RFC 6265, section 5.1.1).
  init?(cookieDate text: String) {
    var time: [Int]?
    var day: Int?
    var month: Int?
    var year: Int?
    let tokens = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == ":")) }
    for token in tokens {
      let leading = token.prefix { $0.isNumber }
      if time == nil, let found = Self.clock(token) {
        time = found
      } else if day == nil, (1...2).contains(leading.count) {
        day = Int(leading)
      } else if month == nil, token.count >= 3, leading.isEmpty,
        let index = DateFormat.months.firstIndex(where: { $0.prefix(3).lowercased() == token.prefix(3).lowercased() })
      {
        month = index + 1
      } else if year == nil, (2...4).contains(leading.count), let number = Int(leading) {
        year = number >= 100 ? number : number < 70 ? number + 2000 : number + 1900
      }
    }
    guard let time, let day, let month, let year, year >= 1601, (1...CivilDate.days(of: month, in: year)).contains(day)
    else { return nil }
    let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch
    self.init(microseconds: (days * 86_400 + time[0] * 3600 + time[1] * 60 + time[2]) * 1_000_000)
  }

  private static func clock(_ token: Substring) -> [Int]? {
    let parts = token.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.count <= 2 ? Int($0) : nil }
    guard parts.count == 3, numbers.count == 3, numbers[0] < 24, numbers[1] < 60, numbers[2] < 60 else { return nil }
    return numbers
  }
}
