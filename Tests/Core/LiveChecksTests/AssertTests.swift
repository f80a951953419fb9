import JSONText
import LiveChecks
import Testing

@Suite struct `Asserts` {
  static let body = """
    {"name":"vm-1","n":42,"f":1.6,"big":12345678901234567890123,"ok":true,"nil":null,"list":[1,2.0,"a"],"empty":[],"obj":{"k":"v"},
    "date":"2026-02-28T10:00:00Z","bad":"2026-02-30T10:00:00Z","uuid":"123e4567-e89b-12d3-a456-426614174000","ip":"10.0.0.1","ip6":"fe80::1",
    "csv":"a,b,c","b64":"aGk=","url":"http://x/?q=a%20b&r=1","num":"17","doc":"{\\"a\\":[5]}"}
    """
  static let answer = HTTPResponse.ok(
    body, ("Content-Type", "application/json"), ("X-Two", "a"), ("x-two", "b"), ("ETag", "\"v1\""),
    ("Set-Cookie", "sid=abc; Path=/; HttpOnly; Max-Age=60; SameSite=Lax"))

  static let holding = [
    "status == 200", "status >= 200", "status < 300", "status != 404", "version == \"1.1\"", "url == \"http://h/x\"",
    "ip == \"127.0.0.1\"", "ip isIpv4", "duration < 1000", "duration == 12", "duration isInteger",
    "header \"content-type\" == \"application/json\"", "header \"X-Two\" count == 2", "header \"X-Two\" contains \"b\"",
    "header \"ETag\" == \"\\\"v1\\\"\"", "header \"none\" not exists", "header \"ETag\" == `\"v1\"`",
    "cookie \"sid\" == \"abc\"", "cookie \"sid[Max-Age]\" == 60", "cookie \"sid[HttpOnly]\" == true",
    "cookie \"sid[Secure]\" not exists",
    "cookie \"sid[SameSite]\" == \"Lax\"", "body contains \"vm-1\"", "body startsWith \"{\"",
    "bytes startsWith hex,7b22;",
    "bytes count > 10", "bytes not isEmpty", "jsonpath \"$.name\" == \"vm-1\"", "jsonpath \"$.name\" startsWith \"vm\"",
    "jsonpath \"$.name\" endsWith \"-1\"", "jsonpath \"$.name\" matches \"^vm-\\\\d+$\"",
    "jsonpath \"$.name\" matches /^vm-\\d$/",
    "jsonpath \"$.name\" not matches /x/", "jsonpath \"$.n\" == 42", "jsonpath \"$.n\" == 42.0",
    "jsonpath \"$.n\" == 4.2e1",
    "jsonpath \"$.n\" > 41.5", "jsonpath \"$.n\" isInteger", "jsonpath \"$.n\" not isFloat",
    "jsonpath \"$.n\" isNumber",
    "jsonpath \"$.f\" isFloat", "jsonpath \"$.f\" toInt == 1", "jsonpath \"$.n\" toFloat isFloat",
    "jsonpath \"$.n\" toString == \"42\"",
    "jsonpath \"$.num\" toInt == 17", "jsonpath \"$.num\" != 17", "jsonpath \"$.big\" == 12345678901234567890123",
    "jsonpath \"$.big\" > 12345678901234567890122", "jsonpath \"$.ok\" == true", "jsonpath \"$.ok\" isBoolean",
    "jsonpath \"$.nil\" == null", "jsonpath \"$.nil\" exists", "jsonpath \"$.none\" not exists",
    "jsonpath \"$.list\" isList",
    "jsonpath \"$.list\" isCollection", "jsonpath \"$.list\" count == 3", "jsonpath \"$.list\" contains 2",
    "jsonpath \"$.list\" includes \"a\"",
    "jsonpath \"$.list\" not contains \"z\"", "jsonpath \"$.list\" nth 1 == 2", "jsonpath \"$.list\" nth -1 == \"a\"",
    "jsonpath \"$.list\" first == 1", "jsonpath \"$.list\" last == \"a\"", "jsonpath \"$.list[*]\" count == 3",
    "jsonpath \"$.empty\" isEmpty",
    "jsonpath \"$.empty[*]\" count == 0", "jsonpath \"$.empty\" first not exists", "jsonpath \"$.obj\" isObject",
    "jsonpath \"$.obj\" count == 1",
    "jsonpath \"$.date\" isIsoDate", "jsonpath \"$.bad\" not isIsoDate", "jsonpath \"$.uuid\" isUuid",
    "jsonpath \"$.ip\" isIpv4",
    "jsonpath \"$.ip6\" isIpv6", "jsonpath \"$.ip\" not isIpv6", "jsonpath \"$.csv\" split \",\" nth 1 == \"b\"",
    "jsonpath \"$.csv\" replace \",\" \"-\" == \"a-b-c\"",
    "jsonpath \"$.csv\" replaceRegex /([a-c])/ \"<$1>\" == \"<a>,<b>,<c>\"",
    "jsonpath \"$.csv\" regex /b,(.)/ == \"c\"", "jsonpath \"$.b64\" base64Decode utf8Decode == \"hi\"",
    "jsonpath \"$.b64\" base64Decode == hex,6869;",
    "jsonpath \"$.name\" utf8Encode toHex == \"766d2d31\"",
    "jsonpath \"$.name\" utf8Encode base64Encode == \"dm0tMQ==\"",
    "jsonpath \"$.url\" urlQueryParam \"q\" == \"a b\"",
    "jsonpath \"$.url\" urlEncode == \"http%3A//x/%3Fq%3Da%2520b%26r%3D1\"",
    "jsonpath \"$.url\" urlDecode contains \"a b\"", "jsonpath \"$.doc\" jsonpath \"$.a[0]\" == 5",
    "regex /\"n\":(\\d+)/ == \"42\"",
    "regex \"\\\"n\\\":(\\\\d+)\" toInt == 42", "variable \"v\" == 42", "variable \"v\" isInteger",
    "variable \"none\" not exists",
    "jsonpath \"$.n\" == {{v}}", "jsonpath \"$.n\" != \"{{v}}\"", "jsonpath \"$.{{field}}\" == \"vm-1\"",
    "jsonpath \"$.name\" == {{name}}",
    "body matches /(?i)VM-1/", "redirects count == 0", "jsonpath \"$.name\" < \"vm-2\"", "status == 200 # a comment",
  ]

  static let failing = [
    ("status == 201", "integer <200>", "integer <201>"), ("status == \"200\"", "integer <200>", "string <200>"),
    ("jsonpath \"$.none\" == 1", "none", "integer <1>"), ("jsonpath \"$.none\" != 1", "none", "not integer <1>"),
    ("jsonpath \"$.none\" not == 1", "none", "not integer <1>"),
    ("jsonpath \"$.none\" not isString", "none", "not string"),
    ("jsonpath \"$.none\" exists", "none", "something"),
    ("jsonpath \"$.name\" not exists", "string <vm-1>", "not something"),
    ("jsonpath \"$.name\" > 5", "string <vm-1>", "greater than integer <5>"),
    ("jsonpath \"$.n\" contains \"4\"", "integer <42>", "contains string <4>"),
    ("jsonpath \"$.n\" not contains \"4\"", "integer <42>", "not contains string <4>"),
    ("jsonpath \"$.n\" matches /4/", "integer <42>", "matches regex <4>"),
    ("jsonpath \"$.n\" isEmpty", "integer <42>", "empty"),
    ("jsonpath \"$.n\" isUuid", "integer <42>", "UUID"),
    ("jsonpath \"$.list\" == 1", "list <[1,2.0,\"a\"]>", "integer <1>"),
    ("jsonpath \"$.f\" isInteger", "float <1.6>", "integer"),
    ("header \"x-two\" == \"a\"", "list <[\"a\",\"b\"]>", "string <a>"),
    (
      "jsonpath \"$.big\" == 12345678901234567890124", "integer <12345678901234567890123>",
      "integer <12345678901234567890124>"
    ),
  ]

  private static let variables: [String: CheckValue] = [
    "v": CheckValue(42), "field": .string("name"), "name": .string("vm-1"),
  ]

  @Test(arguments: holding)
  func `hold`(line: String) throws {
    let run = try ScriptedRun(
      "GET http://h\nHTTP 200\n[Asserts]\n\(line)", variables: Self.variables, answer: Self.answer)
    #expect(run.report.verdict == .passed, "\(run.report.rendering)")
    #expect(run.report.entries[0].asserts.count == 2)
  }

  @Test(arguments: failing)
  func `fail, with what was and what should be`(line: String, actual: String, expected: String) throws {
    let run = try ScriptedRun(
      "GET http://h\nHTTP 200\n[Asserts]\n  \(line)", variables: Self.variables, answer: Self.answer)
    let assert = try #require(run.report.entries[0].asserts.last)
    #expect(run.report.verdict == .failed)
    #expect(!assert.holds)
    #expect(assert.actual == actual)
    #expect(assert.expected == expected)
    #expect([assert.place.line, assert.place.column] == [4, 3])
  }

  @Test(arguments: [
    ("jsonpath \"$.n\" split \",\" count == 1", "this filter needs a string and was given integer <42>", 16),
    ("jsonpath \"$.name\" nth 0 == 1", "this filter needs a list and was given string <vm-1>", 19),
    ("jsonpath \"$.name\" toInt == 1", "this filter needs a whole number and was given string <vm-1>", 19),
    ("jsonpath \"$.name\" base64Decode isEmpty", "this filter needs base64 and was given string <vm-1>", 19),
    ("jsonpath \"$.name\" jsonpath \"$\" exists", "this filter needs a JSON document and was given string <vm-1>", 19),
  ])
  func `fail at the filter that was given the wrong type`(line: String, message: String, column: Int) throws {
    let run = try ScriptedRun("GET http://h\nHTTP 200\n[Asserts]\n\(line)\nstatus == 200", answer: Self.answer)
    #expect(run.report.failures.map(\.message) == [message])
    #expect(run.report.failures[0].place.column == column)
    #expect(run.report.entries[0].asserts.map(\.holds) == [true, false, true])
  }

  @Test func `are all judged, whatever fails`() throws {
    let run = try ScriptedRun(
      "GET http://h\nHTTP 200\nX-A: 1\n[Asserts]\nstatus == 1\nstatus == 2\n\"x\"", answer: Self.answer)
    #expect(run.report.failures.map(\.place.line) == [3, 7, 5, 6])
  }

  @Test func `say when the body is not JSON`() throws {
    let run = try ScriptedRun("GET http://h\nHTTP 200\n[Asserts]\njsonpath \"$.a\" == 1", answer: .ok("<html>"))
    #expect(
      run.report.failures[0].message
        == "the response's body is not JSON: line 1, column 1: a value cannot start with '<'")
    #expect(run.report.verdict == .failed)
  }
}

@Suite struct `Implicit asserts` {
  @Test func `stop at a wrong status`() throws {
    let run = try ScriptedRun("GET http://h\nHTTP/1.1 404\n[Captures]\na: jsonpath \"$.x\"\n[Asserts]\nstatus == 1")
    #expect(run.report.failures.map(\.title) == ["Assert status code"])
    #expect(run.report.failures[0].message == "actual value is <200>")
    #expect(run.report.entries[0].captures.isEmpty)
  }

  @Test func `accept any status behind a star, and compare the version only where it is written`() throws {
    #expect(try ScriptedRun("GET http://h\nHTTP *").report.verdict == .passed)
    #expect(try ScriptedRun("GET http://h\nHTTP/2 200").report.failures[0].title == "Assert HTTP version")
    #expect(try ScriptedRun("GET http://h", answer: HTTPResponse(status: 500)).report.verdict == .passed)
  }

  @Test func `find a header's value among several`() throws {
    #expect(try ScriptedRun("GET http://h\nHTTP 200\nx-two: b", answer: Asserts.answer).report.verdict == .passed)
    let run = try ScriptedRun("GET http://h\nHTTP 200\nx-two: c\nX-None: d", answer: Asserts.answer)
    #expect(
      run.report.failures.map(\.message) == ["actual value is <a>, <b>", "the response has no header \"X-None\""])
  }

  @Test(arguments: [
    #"{"b": [1.0, {{n}}], "a": "\u00e9"}"#, "```\n{\"a\":\"é\",\"b\":[1,2]}\n```", #"`{"a":"\u{e9}","b":[1,2]}\n`"#,
  ])
  func `compare a bare JSON body by its meaning and text by its characters`(body: String) throws {
    let answer = HTTPResponse.ok("{\"a\":\"é\",\"b\":[1,2]}\n")
    let run = try ScriptedRun("GET http://h\nHTTP 200\n\(body)", variables: ["n": CheckValue(2)], answer: answer)
    #expect(run.report.verdict == .passed, "\(run.report.rendering)")
  }

  @Test(arguments: [
    ("{\"a\": {\"b\": [1, 9]}}", "at $.a.b[1]\nactual:   integer <2>\nexpected: integer <9>"),
    ("{\"a\": {\"b\": [1, 2, 3]}}", "at $.a.b[2]\nactual:   none\nexpected: integer <3>"),
    ("{\"a\": {\"b\": [1, 2]}, \"x y\": null}", "at $[\"x y\"]\nactual:   none\nexpected: null <null>"),
    ("{}", "at $.a\nactual:   object <{\"b\":[1,2]}>\nexpected: none"),
    ("```\n{}\n```", "at line 1\nactual:   <{\"a\":{\"b\":[1,2]}}>\nexpected: <{}>"),
    ("hex,7b;", "the bytes differ from offset 1 on; there are 17, expected were 1"),
  ])
  func `show the first difference of a body`(body: String, message: String) throws {
    let run = try ScriptedRun("GET http://h\nHTTP 200\n\(body)", answer: .ok("{\"a\":{\"b\":[1,2]}}"))
    #expect(run.report.failures.map(\.message) == [message])
    #expect(run.report.failures[0].place.line == 3)
  }

  @Test func `decode a body by its charset`() throws {
    let answer = HTTPResponse(
      status: 200, headers: [HTTPHeader(name: "content-type", value: "text/plain; charset=\"ISO-8859-1\"")],
      body: [0xe9])
    #expect(try ScriptedRun("GET http://h\nHTTP 200\n`é`", answer: answer).report.verdict == .passed)
    let run = try ScriptedRun("GET http://h\nHTTP 200\n`é`", answer: HTTPResponse(status: 200, body: [0xe9]))
    #expect(run.report.failures[0].title == "Invalid decoding")
  }
}

@Suite struct `Tests of a text's form` {
  @Test(arguments: [
    ("isIpv4", "127.0.0.1", true), ("isIpv4", "1..2.3.4", false), ("isIpv4", "1.2.3", false),
    ("isIpv4", "1.2.3.", false),
    ("isIpv4", "1.2.3.4.5", false), ("isIpv4", "01.2.3.4", false), ("isIpv4", "256.2.3.4", false),
    ("isIpv4", "+1.2.3.4", false), ("isIpv6", "::1", true), ("isIpv6", "1::2::3", false),
    ("isUuid", "019a0000-0000-7000-8000-000000000001", true), ("isUuid", "019a0000-0000-7000-8000-00000000000g", false),
    ("isUuid", "019a0000--0000-7000-8000-000000000001", false),
  ])
  func `take it exactly`(predicate: String, text: String, holds: Bool) throws {
    let run = try ScriptedRun("GET http://h\nHTTP 200\n[Asserts]\nbody \(predicate)", answer: .ok(text))
    #expect((run.report.verdict == .passed) == holds)
  }

  @Test(arguments: [
    (#"\\\\p{L}"#, 1), (#"\\\\p{Lu}"#, 1), (#"\\\\P{Lu}"#, 2), (#"\\\\p{Nd}"#, 1), (#"\\\\p{}"#, 0),
    (#"\\\\p{Lux}"#, 0),
    (#"\\\\p{Lz}"#, 0),
    (#"\\\\p{X}"#, 0),
  ])
  func `take categories of characters by their one or two letters`(pattern: String, count: Int) throws {
    let run = try ScriptedRun(
      "GET http://h\nHTTP 200\n[Asserts]\njsonpath \"$[?match(@, '\(pattern)')]\" count == \(count)",
      answer: .ok(#"["A", "7", ["a"], "-"]"#))
    #expect(run.report.verdict == .passed, "\(run.report.rendering)")
  }
}
