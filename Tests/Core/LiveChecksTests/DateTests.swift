import Testing

@testable import LiveChecks

@Suite struct `Dates` {
  /// 2001-07-08T00:34:59.026490Z, a Sunday.
  private static let moment = Moment(microseconds: 994_552_499_026_490)

  @Test(arguments: [
    ("%Y|%C|%y|%q", "2001|20|01|3"), ("%m|%b|%B|%h", "07|Jul|July|Jul"), ("%d|%e", "08| 8"),
    ("%a|%A|%w|%u", "Sun|Sunday|0|7"), ("%U|%W|%G|%g|%V", "27|27|2001|01|27"), ("%j", "189"),
    ("%D|%x|%F|%v", "07/08/01|07/08/01|2001-07-08| 8-Jul-2001"), ("%H|%k|%I|%l|%P|%p", "00| 0|12|12|am|AM"),
    ("%M|%S|%f", "34|59|026490000"), ("%.f|%.3f|%.6f|%.9f", ".026490|.026|.026490|.026490000"),
    ("%3f|%6f|%9f", "026|026490|026490000"), ("%R|%T|%X|%r", "00:34|00:34:59|00:34:59|12:34:59 AM"),
    ("%Z|%z|%:z|%::z|%:::z", "UTC|+0000|+00:00|+00:00:00|+00"), ("%c", "Sun Jul  8 00:34:59 2001"),
    ("%+", "2001-07-08T00:34:59.026490+00:00"), ("%s|%t|%n|%%", "994552499|\t|\n|%"),
    ("%-d|%_d|%0e|%-m|%_H|%-j", "8| 8|08|7| 0|189"), ("é%Yé", "é2001é"), ("", ""),
  ])
  func `are written as chrono writes them`(format: String, text: String) {
    #expect(DateFormat(format)?.text(of: Self.moment) == text)
  }

  @Test(arguments: ["%", "%Q", "%4f", "%-", "%-a", "%:", "%::", "%.2f", "%E", "%-+"])
  func `have no other words`(format: String) { #expect(DateFormat(format) == nil) }

  @Test(arguments: [
    ("%Y-%m-%dT%H:%M:%SZ", "2023-01-10T08:29:52Z", "2023-01-10T08:29:52.000000Z"),
    ("%Y-%m-%dT%H:%M:%S%.fZ", "2023-01-23T18:25:43.511Z", "2023-01-23T18:25:43.511000Z"),
    ("%+", "2023-01-23T18:25:43.5+02:00", "2023-01-23T16:25:43.500000Z"),
    ("%+", "2023-01-23t18:25:43z", "2023-01-23T18:25:43.000000Z"),
    ("%a, %d %b %Y %H:%M:%S GMT", "Wed, 13 Jan 2021 22:23:01 GMT", "2021-01-13T22:23:01.000000Z"),
    ("%A, %d-%B-%y", "wednesday, 13-JAN-21", "2021-01-13T00:00:00.000000Z"),
    ("%Y %b %d %H:%M:%S%.3f %z", "1983 Apr 13 12:09:14.274 +0130", "1983-04-13T10:39:14.274000Z"),
    ("%d.%m.%Y", "1.2.2024", "2024-02-01T00:00:00.000000Z"),
    ("%F %r", "2024-02-29 12:00:01 AM", "2024-02-29T00:00:01.000000Z"),
    ("%F %I:%M%p", "2024-02-29 01:30pm", "2024-02-29T13:30:00.000000Z"), ("%s", "-1", "1969-12-31T23:59:59.000000Z"),
    ("%s%.f", "1.5", "1970-01-01T00:00:01.500000Z"), ("%Y-%j", "2024-366", "2024-12-31T00:00:00.000000Z"),
    ("%G-W%V-%u", "2026-W53-7", "2027-01-03T00:00:00.000000Z"),
    ("%c", "Sun Jul  8 00:34:59 2001", "2001-07-08T00:34:59.000000Z"),
    ("%F %T", "2016-12-31 23:59:60", "2017-01-01T00:00:00.000000Z"),
    ("%F%T%f", "2016-12-3123:59:59000001000", "2016-12-31T23:59:59.000001Z"),
    ("%y%m%d", "700101", "1970-01-01T00:00:00.000000Z"), ("%y%m%d", "690101", "2069-01-01T00:00:00.000000Z"),
    ("%b %d %T %Y %Z", "Jan  2 03:04:05 2026 CET", "2026-01-02T03:04:05.000000Z"),
    ("%F %#z", "2026-01-02 +02", "2026-01-01T22:00:00.000000Z"),
  ])
  func `are read as chrono reads them`(format: String, text: String, expected: String) {
    #expect(DateFormat(format)?.moment(in: text)?.rfc3339 == expected)
  }

  @Test(arguments: [
    ("%Y-%m-%d", "2023-02-29"), ("%Y-%m-%d", "2023-13-01"), ("%Y-%m-%d", "2023-00-01"), ("%Y-%m-%d", "2023-1-0"),
    ("%Y-%m-%d", "2023-01-01x"), ("%Y-%m-%d", "2023-01"), ("%Y-%m-%d", ""), ("%H:%M", "12:00"),
    ("%F %T", "2023-01-01 24:00:00"), ("%F %T", "2023-01-01 00:60:00"), ("%F %I", "2023-01-01 03"),
    ("%a %F", "Mon 2023-01-01"), ("%+", "2023-01-01"), ("%+", "2023-01-01T00:00:00"),
    ("%+", "2023-01-01T00:00:00+24:00"),
    ("%+", "2023-01-01T00:00:00."), ("%j %Y", "366 2023"), ("%b %d %Y", "Foo 1 2023"), ("%d", "1"),
    ("%Y%Y-%m-%d", "20232024-01-01"),
    ("%G-W%V-%u", "2025-W53-1"), ("%F %z", "2026-01-02 +2"), ("%F", "99999999999999999999-01-01"),
  ])
  func `are refused where they are none`(format: String, text: String) throws {
    #expect(try #require(DateFormat(format)).moment(in: text) == nil)
  }

  @Test func `come back from what is written of them`() {
    let formats = ["%+", "%F %T%.6f", "%c %f", "%G-W%V-%u %H%M%S%6f", "%Y-%j %r %.9f", "%s %f", "%A %v %k:%M:%S%.f"]
    var seed: UInt64 = 11
    for _ in 0..<3000 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      // From the year 1000 to 9000.
      let moment = Moment(microseconds: Int(seed >> 8) % 250_000_000_000_000_000 - 30_000_000_000_000_000)
      for format in formats.compactMap(DateFormat.init) {
        #expect(format.moment(in: format.text(of: moment)) == moment, "\(format.text(of: moment))")
      }
    }
  }

  @Test(
    arguments: [
      ("Wed, 13 Jan 2021 22:23:01 GMT", "2021-01-13T22:23:01.000000Z"),
      ("Wednesday, 13-Jan-21 22:23:01 GMT", "2021-01-13T22:23:01.000000Z"),
      ("Wed Jan  3 22:23:01 2021", "2021-01-03T22:23:01.000000Z"),
      ("Thu, 01-Jan-1970 00:00:00 GMT", "1970-01-01T00:00:00.000000Z"),
      ("soon", nil), ("", nil), ("31 Feb 2021 00:00:00", nil), ("1 Jan 1600 00:00:00", nil),
      ("1 Jan 2021 25:00:00", nil),
    ] as [(String, String?)])
  func `of cookies are read as browsers read them`(text: String, expected: String?) {
    #expect(Moment(cookieDate: text)?.rfc3339 == expected)
  }
}
