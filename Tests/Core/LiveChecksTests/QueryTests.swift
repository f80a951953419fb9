import LiveChecks
import Testing

/// Queries and filters that need a clock, a library or TLS.
@Suite struct `Queries` {
  private static let now = Moment(microseconds: 1_800_000_000_000_000)

  private static let libraries = CheckLibraries(
    xpath: { expression, document in
      switch expression {
      case "nodes": .success(.nodes(2))
      case "none": .success(.nodes(0))
      case "number": .success(.number(2.5))
      case "nan": .success(.number(.nan))
      case "bool": .success(.bool(true))
      case "bad": .failure(.expression("invalid expression"))
      case "broken": .failure(.document("line 1: broken"))
      default:
        .success(.string("\(document.syntax) \(document.isUTF8) \(String(decoding: document.bytes, as: UTF8.self))"))
      }
    },
    decode: { bytes, charset in charset == "gbk" ? .success("gbk of \(bytes.count)") : .failure(.unknown) })

  private static let answer = HTTPResponse(
    status: 200,
    headers: [
      HTTPHeader(name: "Content-Type", value: "application/json"),
      HTTPHeader(name: "Expires", value: "Wed, 13 Jan 2021 22:23:01 GMT"),
      HTTPHeader(
        name: "Set-Cookie",
        value:
          "a=b; Expires=Fri, 15 Jan 2027 08:00:00 GMT; Domain=example.org; Path=/x; Secure; HttpOnly; SameSite=Lax; Max-Age=5"
      ),
      HTTPHeader(name: "Set-Cookie", value: "plain=1"),
    ],
    body: Array(
      #"{"date":"2027-01-25T08:00:00Z","html":"a &lt; b","b64":"xOM=","hex":"x","x":"<p>é</p>","l":["b","a"],"f":-1.9,"big":1.5e30}"#
        .utf8),
    url: "https://h/x", peer: "[::1]:443",
    certificate: ServerCertificate(
      subject: "CN = h", issuer: "CN = ca", start: now,
      expiry: Moment(microseconds: now.microseconds + 90 * 86_400_000_000),
      serialNumber: "1e:e8", alternativeNames: "DNS:h"))

  private static func run(_ line: String, _ answer: HTTPResponse = answer, section: String = "Asserts") throws
    -> CheckReport
  {
    let source = "GET http://h\nHTTP 200\n[\(section)]\n\(line)"
    var session = CheckSession(file: try CheckFile.parse(Array(source.utf8), name: "t.hurl"))
    session.functions = FunctionSource(now: now)
    session.libraries = libraries
    _ = session.next()
    session.receive(.response(answer))
    return session.report
  }

  @Test(arguments: [
    "ip == \"::1\"", "ip isIpv6", "certificate \"Subject\" == \"CN = h\"", "certificate \"Issuer\" contains \"ca\"",
    "certificate \"Start-Date\" daysBeforeNow == 0", "certificate \"Expire-Date\" daysAfterNow >= 90",
    "certificate \"Expire-Date\" isDate", "certificate \"Serial-Number\" == \"1e:e8\"",
    "cookie \"a[Expires]\" isDate", "cookie \"a[Expires]\" daysAfterNow == 0",
    "cookie \"a[Domain]\" == \"example.org\"",
    "cookie \"a[Secure]\" == true", "cookie \"plain[Secure]\" not exists", "cookie \"plain[Expires]\" not exists",
    "cookie \"none\" not exists", "cookie \"a[Value]\" == \"b\"", "cookie \"a[Max-Age]\" == 5",
    "header \"Expires\" toDate \"%a, %d %b %Y %H:%M:%S GMT\" daysBeforeNow > 1000",
    "header \"Expires\" toDate \"%a, %d %b %Y %H:%M:%S GMT\" dateFormat \"%A\" == \"Wednesday\"",
    "header \"Expires\" toDate \"%a, %d %b %Y %H:%M:%S GMT\" format \"%Y\" toInt == 2021",
    "jsonpath \"$.date\" toDate \"%+\" daysAfterNow == 10", "jsonpath \"$.date\" toDate \"%+\" not isString",
    "jsonpath \"$.date\" toDate \"%+\" toString == \"2027-01-25T08:00:00.000000Z\"",
    "jsonpath \"$.date\" toDate \"%+\" isDate", "jsonpath \"$.date\" not isDate", "jsonpath \"$.date\" isIsoDate",
    "jsonpath \"$.html\" htmlUnescape == \"a < b\"", "jsonpath \"$.html\" htmlUnescape htmlEscape == \"a &lt; b\"",
    "jsonpath \"$.b64\" base64Decode decode \"gb2312\" == \"gbk of 2\"",
    "jsonpath \"$.b64\" base64Decode decode \"latin1\" == \"Äã\"",
    "jsonpath \"$.x\" xpath \"text\" == \"html true <p>é</p>\"",
    "xpath \"nodes\" count == 2", "xpath \"nodes\" exists", "xpath \"nodes\" isCollection",
    "xpath \"nodes\" not isList",
    "xpath \"none\" count == 0", "xpath \"none\" not exists", "xpath \"none\" isEmpty", "xpath \"nodes\" not isEmpty",
    "xpath \"number\" == 2.5", "xpath \"number\" isFloat", "xpath \"nan\" not exists", "xpath \"bool\" == true",
    "xpath \"text\" startsWith \"xml false {\"", "jsonpath \"$.f\" toInt == -1", "jsonpath \"$.f\" toInt isInteger",
    "jsonpath \"$.big\" toInt == 1500000000000000000000000000000", "jsonpath \"$.l\" last == \"a\"",
    "sha256 not == hex,00;", "md5 count == 16", "sha256 count == 32", "url == \"https://h/x\"",
  ])
  func `hold`(line: String) throws {
    let report = try Self.run(line)
    #expect(report.verdict == .passed, "\(report.rendering)")
  }

  @Test(arguments: [
    (
      "jsonpath \"$.date\" toDate \"%Y\" exists", 19,
      "this filter needs a date in the format \"%Y\" and was given string <2027-01-25T08:00:00Z>"
    ),
    (
      "jsonpath \"$.date\" toDate \"%Q\" exists", 26,
      "\"%Q\" is not a format of strftime, such as \"%Y-%m-%d\" or \"%+\""
    ),
    (
      "jsonpath \"$.date\" daysAfterNow == 1", 19,
      "this filter needs a date; make one with toDate and was given string <2027-01-25T08:00:00Z>"
    ),
    (
      "jsonpath \"$.date\" dateFormat \"%Y\" exists", 19,
      "this filter needs a date; make one with toDate and was given string <2027-01-25T08:00:00Z>"
    ),
    (
      "jsonpath \"$.date\" count == 1", 19,
      "this filter needs a list, an object or bytes and was given string <2027-01-25T08:00:00Z>"
    ),
    ("jsonpath \"$.b64\" base64Decode decode \"klingon\" exists", 38, "the charset \"klingon\" is not known here"),
    ("jsonpath \"$.b64\" decode \"gbk\" exists", 18, "this filter needs bytes and was given string <xOM=>"),
    ("xpath \"bad\" exists", 7, "\"bad\": invalid expression"),
    ("xpath \"broken\" exists", 7, "the document cannot be read: line 1: broken"),
    ("jsonpath \"$.x\" xpath \"bad\" exists", 22, "\"bad\": invalid expression"),
    ("jsonpath \"$.l\" xpath \"x\" exists", 16, "this filter needs a string and was given list <[\"b\",\"a\"]>"),
    ("jsonpath \"$.x\" urlQueryParam \"x\" exists", 16, "this filter needs an address and was given string <<p>é</p>>"),
    ("status htmlEscape exists", 8, "this filter needs a string and was given integer <200>"),
  ])
  func `tell at their column what they cannot take`(line: String, column: Int, message: String) throws {
    let report = try Self.run(line)
    #expect(report.failures.map(\.message) == [message])
    #expect(report.failures.first?.place.column == column)
  }

  @Test func `know no certificate without TLS, and no time without a clock`() throws {
    #expect(
      try ScriptedRun("GET http://h\nHTTP 200\n[Asserts]\ncertificate \"Subject\" not exists").report.verdict == .passed
    )
    let run = try ScriptedRun(
      "GET http://h\nHTTP 200\n[Asserts]\nbody toDate \"%Y-%m-%d\" daysAfterNow > 0\nxpath \"//a\" exists",
      answer: .ok("2026-01-01"))
    #expect(run.report.failures.map(\.title) == ["Time not available", "Invalid XPath expression"])
  }

  @Test(arguments: [
    ("text/html", "html true é"), ("TEXT/HTML; charset=utf-8", "html true é"), ("application/xml", "xml false é"),
    ("application/xml; charset=UTF-8", "xml true é"), ("text/html; charset=gb2312", "html true gbk of 2"),
  ])
  func `give XPath a document by its content type`(type: String, expected: String) throws {
    let answer = HTTPResponse(
      status: 200, headers: [HTTPHeader(name: "Content-Type", value: type)], body: Array("é".utf8))
    let report = try Self.run("xpath \"text\" == \"\(expected)\"", answer)
    #expect(report.verdict == .passed, "\(report.rendering)")
  }

  @Test func `tell an unknown charset from bytes that are not in it`() throws {
    func failure(_ type: String) throws -> String? {
      let answer = HTTPResponse(status: 200, headers: [HTTPHeader(name: "Content-Type", value: type)], body: [0xff])
      return try Self.run("body exists", answer).failures.first?.title
    }
    #expect(try failure("text/plain; charset=klingon") == "Invalid charset")
    #expect(try failure("text/plain; charset=utf-8") == "Invalid decoding")
    #expect(try failure("text/plain") == "Invalid decoding")
    #expect(try failure("text/plain; charset=latin1") == nil)
  }

  @Test func `read a certificate in libcurl's words`() {
    let fields = [
      "Subject": "C = DE, CN = h", "Issuer": "CN=ca", "Start date": "Nov  3 10:00:00 2026 GMT",
      "Expire date": "Feb  1 10:00:00 2027 GMT", "Serial Number": "01E8B", "Cert": "x",
    ]
    let certificate = ServerCertificate(fields: fields)
    #expect(certificate?.subject == "C=DE, CN=h")
    #expect(certificate?.issuer == "CN=ca")
    #expect(certificate?.serialNumber == "00:1e:8b")
    #expect(certificate?.start.microseconds == 1_793_700_000_000_000)
    #expect(certificate?.alternativeNames == nil)
    for name in ["Subject", "Issuer", "Start date", "Expire date", "Serial Number"] {
      #expect(ServerCertificate(fields: fields.filter { $0.key != name }) == nil)
    }
    #expect(ServerCertificate(fields: [:]) == nil)
  }

  @Test func `fail a capture for good where an assert would only fail`() throws {
    let capture = try Self.run("a: status split \",\"", section: "Captures")
    #expect(capture.failures.map(\.kind) == [.runtime])
    let assert = try Self.run("status split \",\" exists")
    #expect(assert.failures.map(\.kind) == [.assert])
  }

  @Test func `show no more than the beginning of what is large`() throws {
    let list = "[" + (0..<100_000).map { "{\"id\":\($0)}" }.joined(separator: ",") + "]"
    for path in ["$", "$[*]", "$[?@.id >= 0]"] {
      let report = try Self.run("jsonpath \"\(path)\" == 1", .ok(list))
      let shown = try #require(report.entries[0].asserts.last?.actual)
      #expect(shown.hasPrefix("list <[{\"id\":0},{\"id\":1},"))
      #expect(shown.hasSuffix("…>"))
      #expect(shown.count < 600)
    }
  }
}
