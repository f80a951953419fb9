import JSONText
import Testing

@testable import LiveChecks

@Suite struct `The syntax` {
  private func entry(_ source: String) throws -> Entry { try #require(try CheckFile.parse(source).entries.first) }

  private func body(_ source: String) throws -> BodySpec.Kind {
    try #require(try entry("POST http://h\n\(source)").body).kind
  }

  private func asserts(_ lines: String) throws -> [AssertSpec] {
    try #require(try entry("GET http://h\nHTTP 200\n[Asserts]\n\(lines)").response).asserts
  }

  private func literal(_ text: String) -> TemplateText { TemplateText(literal: text) }

  @Test func `has entries with sections in any order, and bodies last`() throws {
    let file = try CheckFile.parse(
      """
      GET http://h/1
      [Options]
      retry: 1
      [Cookies]
      a: b
      [Query]
      c: d
      `body`
      HTTP/2 204
      X-A: b
      [Asserts]
      status == 204
      [Captures]
      n: status
      file,e;
      GET http://h/2
      HTTP/3 *
      GET http://h/3
      """)
    #expect(file.entries.count == 3)
    let first = file.entries[0]
    #expect([first.options.count, first.cookies.count, first.query.count] == [1, 1, 1])
    #expect(first.response?.version == "2" && first.response?.status == 204)
    #expect(first.response?.headers.count == 1 && first.response?.captures.count == 1)
    #expect(first.response?.asserts.count == 1 && first.response?.body != nil)
    #expect(file.entries[1].response?.version == "3" && file.entries[1].response?.status == nil)
    #expect(file.entries[2].response == nil)
  }

  @Test func `knows every escape, in names, values, strings and names of files`() throws {
    let entry = try entry(
      "GET http://h\nk\\:\\#\\u{1F600}{{n}}: \\\\ \\n\\t\\# \\\" x#y # no\nHTTP 200\nfile,a\\;\\ b\\#\\{.{{x}};")
    #expect(entry.headers[0].name.source == "k:#\u{1F600}{{n}}")
    #expect(entry.headers[0].value == literal("\\ \n\t# \" x#y"))
    guard case .file(let file)? = entry.response?.body?.kind else {
      Issue.record("a file should have come")
      return
    }
    #expect(file.name.source == "a; b#{.{{x}}")
    #expect([file.place.line, file.place.column, file.width] == [4, 6, 16])
    let texts = try asserts("body == \"\\b\\f\\r\\u{e9}\\\"\"\nbody == `a \\` \\\\ # b`")
    #expect(texts[0].predicate.kind == .equal(.text(literal("\u{8}\u{c}\ré\""))))
    #expect(texts[1].predicate.kind == .equal(.text(literal("a ` \\ # b"))))
  }

  @Test func `has every kind of body`() throws {
    #expect(try body("{\"\\u00e9\": 1}") == .json(literal("{\"\\u00e9\": 1}")))
    #expect(
      try body("<a b='>'><!-- </a> --><![CDATA[</a>]]></a>  # c")
        == .text(literal("<a b='>'><!-- </a> --><![CDATA[</a>]]></a>"), type: "application/xml"))
    #expect(
      try body("<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b \">\">]>\n<a>{{no}}</a>")
        == .text(
          literal("<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b \">\">]>\n<a>{{no}}</a>"), type: "application/xml"))
    #expect(try body("```\na\\n`` b\n```") == .text(literal("a\\n`` b\n"), type: nil))
    #expect(try body("```json\n{}\n```") == .text(literal("{}\n"), type: "application/json"))
    #expect(try body("```xml\n<a/>\n```") == .text(literal("<a/>\n"), type: "application/xml"))
    #expect(try body("```escape\n\\u{e9}\n```") == .text(literal("é\n"), type: nil))
    #expect(
      try body("```json,escape,novariable\n{{a}}\\t\n```") == .text(literal("{{a}}\t\n"), type: "application/json"))
    #expect(try body("```base64\naG\nk=\n```") == .bytes([0x68, 0x69]))
    #expect(try body("```hex\n68 69\n```") == .bytes([0x68, 0x69]))
    #expect(try body("base64, aGk= ;") == .bytes([0x68, 0x69]))
    #expect(try body("hex,;") == .bytes([]))
    #expect(try body("```graphql\n{ a }\n```") == .graphql(literal("{ a }\n"), variables: nil))
    #expect(
      try body("```graphql\n{ variables {\n  variables { a }\n} }\nvariables {\n \"b\": 1\n}\n```")
        == .graphql(literal("{ variables {\n  variables { a }\n} }\n"), variables: literal("{\n \"b\": 1\n}")))
  }

  @Test func `has parts that are files or texts`() throws {
    let parts = try entry(
      "POST http://h\n[Multipart]\na: b\nf: file,x y.txt; text/plain; charset=utf-8 # c\ng: file,{{n}};"
    ).multipart
    #expect(parts.count == 3)
    guard case .text(let field) = parts[0], case .file(let name, let file, let type, let place) = parts[1],
      case .file(_, let other, nil, _) = parts[2]
    else {
      Issue.record("a text and two files should have come")
      return
    }
    #expect(field.value == literal("b"))
    #expect(name == literal("f") && file.name == literal("x y.txt") && type == literal("text/plain; charset=utf-8"))
    #expect([place.line, place.column] == [4, 1])
    #expect(other.name.source == "{{n}}")
  }

  @Test func `has every query`() throws {
    let queries: [(String, QuerySpec.Kind)] = [
      ("status", .status), ("version", .version), ("header \"X\"", .header(literal("X"))),
      ("cookie \"n\"", .cookie(literal("n"), nil)), ("cookie \"n[Max-Age]\"", .cookie(literal("n"), .maxAge)),
      ("cookie \"n[value]\"", .cookie(literal("n"), .value)), ("body", .body), ("bytes", .bytes),
      ("jsonpath \"$\"", .jsonpath(.literal(try JSONPath("$")))), ("xpath \"//a\"", .xpath(literal("//a"))),
      ("sha256", .sha256),
      ("md5", .md5), ("url", .url), ("redirects", .redirects), ("ip", .ip), ("variable \"x\"", .variable(literal("x"))),
      ("duration", .duration), ("certificate \"Subject-Alt-Name\"", .certificate(.subjectAltName)),
      ("certificate \"Expire-Date\"", .certificate(.expireDate)),
    ]
    let asserts = try asserts(queries.map { "\($0.0) exists\n" }.joined())
    #expect(asserts.map(\.query.kind) == queries.map(\.1))
  }

  @Test func `has every filter`() throws {
    let filters: [(String, FilterSpec.Kind)] = [
      ("count", .count), ("nth -2", .nth(.literal(-2))), ("first", .first), ("last", .last),
      ("jsonpath \"$\"", .jsonpath(.literal(try JSONPath("$")))), ("xpath \"//a\"", .xpath(literal("//a"))),
      ("replace \"a\" \"b\"", .replace(literal("a"), literal("b"))), ("split \",\"", .split(literal(","))),
      ("toInt", .toInt), ("toFloat", .toFloat), ("toString", .toString), ("toDate \"%+\"", .toDate(literal("%+"))),
      ("dateFormat \"%Y\"", .dateFormat(literal("%Y"))), ("format \"%Y\"", .dateFormat(literal("%Y"))),
      ("daysAfterNow", .daysAfterNow), ("daysBeforeNow", .daysBeforeNow), ("base64Decode", .base64Decode),
      ("base64Encode", .base64Encode), ("base64UrlSafeDecode", .base64UrlSafeDecode),
      ("base64UrlSafeEncode", .base64UrlSafeEncode), ("utf8Decode", .utf8Decode), ("utf8Encode", .utf8Encode),
      ("toHex", .toHex), ("decode \"gb2312\"", .decode(literal("gb2312"))), ("urlEncode", .urlEncode),
      ("urlDecode", .urlDecode), ("urlQueryParam \"x\"", .urlQueryParam(literal("x"))), ("htmlEscape", .htmlEscape),
      ("htmlUnescape", .htmlUnescape), ("location", .location),
    ]
    let asserts = try asserts("body \(filters.map(\.0).joined(separator: " ")) exists")
    #expect(asserts[0].filters.map(\.kind) == filters.map(\.1))
    guard case .nth(.variable(let name))? = try self.asserts("body nth {{ i }} exists")[0].filters.first?.kind else {
      Issue.record("a variable should have come")
      return
    }
    #expect(name.name == "i" && name.place == Place(line: 4, column: 13))
  }

  @Test func `has every predicate and value`() throws {
    let values: [(String, PredicateSpec.Kind)] = [
      ("== true", .equal(.value(.bool(true)))), ("!= null", .notEqual(.value(.null))),
      (">= -1.5e3", .greaterOrEqual(.value(.number(JSONNumber(literal: "-1.5e3") ?? JSONNumber(0))))),
      ("<= 1", .lessOrEqual(.value(CheckValue(1)))), ("> 1", .greater(.value(CheckValue(1)))),
      ("< 1", .less(.value(CheckValue(1)))), ("startsWith hex,ff;", .startsWith(.value(.bytes([255])))),
      ("endsWith base64,aGk=;", .endsWith(.value(.bytes([0x68, 0x69])))),
      ("contains \"a\"", .contains(.text(literal("a")))),
      ("includes `b`", .contains(.text(literal("b")))), ("== ```\nx\n```", .equal(.text(literal("x\n")))),
      ("exists", .exists), ("isEmpty", .isEmpty),
    ]
    let tests = PredicateSpec.TypeTest.allCases.map { ($0.rawValue, PredicateSpec.Kind.isType($0)) }
    let asserts = try asserts((values + tests).map { "body not \($0.0)\n" }.joined())
    #expect(asserts.map(\.predicate.kind) == (values + tests).map(\.1))
    #expect(asserts.allSatisfy { $0.predicate.isNegated })
    guard case .equal(.variable(let name)) = try self.asserts("body == {{x}}")[0].predicate.kind else {
      Issue.record("a variable should have come")
      return
    }
    #expect(name.name == "x" && name.place == Place(line: 4, column: 11))
  }

  @Test func `has every option`() throws {
    let lines = OptionSpec.Name.allCases.map { name -> String in
      switch name {
      case .variable: "variable: a=1"
      case .header: "header: a: b"
      case .resolve: "resolve: h:1:[::1]"
      case .connectTo: "connect-to: h:1:i:2"
      case .retry, .repeat, .maxRedirects, .limitRate: "\(name.rawValue): 3"
      case .delay, .retryInterval, .connectTimeout, .maxTime: "\(name.rawValue): 3m"
      case .awsSigV4, .caFile, .certificate, .key, .netrcFile, .noProxy, .output, .pinnedPublicKey, .proxy, .unixSocket,
        .user:
        "\(name.rawValue): x:y"
      default: "\(name.rawValue): true"
      }
    }
    let entry = try entry("GET http://h\n[Options]\n\(lines.joined(separator: "\n"))")
    #expect(entry.options.map(\.name) == OptionSpec.Name.allCases)
    var variables = Variables([:])
    let failure = try #require(throws: CheckFailure.self) { try variables.options(of: entry, over: EntryOptions()) }
    #expect(failure.kind == .policy)
  }

  @Test func `keeps the places of asserts, captures, filters and names`() throws {
    let source = "# é😀\n\nGET http://h\nX-é: a😀 {{ näme }}\n"
    #expect(throws: CheckSyntaxError.self) { try CheckFile.parse(source) }
    let entry = try entry(
      "GET http://h\nX-é: a😀 {{ name }}\nHTTP 200\n[Captures]\n  c: header \"é\" replace \"😀\" \"\" nth 1\n[Asserts]\n\tjsonpath  \"$.é\" count == 1"
    )
    guard case .placeholder(let placeholder)? = entry.headers[0].value.pieces.last else {
      Issue.record("a placeholder should have come")
      return
    }
    #expect(placeholder.place == Place(line: 2, column: 12))
    let capture = try #require(entry.response?.captures.first)
    #expect(capture.place == Place(line: 5, column: 3) && capture.query.place == Place(line: 5, column: 6))
    #expect(capture.query.argumentPlace == Place(line: 5, column: 13) && capture.query.width == 10)
    #expect(capture.filters.map(\.place.column) == [17, 32])
    #expect(capture.filters.map(\.argumentPlace.column) == [25, 36])
    #expect(capture.filters.map(\.width) == [14, 5])
    let assert = try #require(entry.response?.asserts.first)
    #expect(assert.place == Place(line: 7, column: 2) && assert.query.argumentPlace.column == 12)
    #expect(assert.queryText == "jsonpath  \"$.é\" count" && assert.predicateText == "== 1")
    #expect(assert.filters[0].argumentPlace == assert.filters[0].place)
  }
}
