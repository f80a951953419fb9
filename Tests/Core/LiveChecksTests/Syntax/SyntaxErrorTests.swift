import LiveChecks
import Testing

@Suite struct `Syntax errors` {
  struct Case: CustomTestStringConvertible {
    let source: String
    let line: Int
    let column: Int
    let message: String
    init(_ source: String, _ line: Int, _ column: Int, _ message: String) {
      (self.source, self.line, self.column, self.message) = (source, line, column, message)
    }
    var testDescription: String { source }
  }

  static let cases = [
    Case(
      "foo http://h", 1, 1,
      "the HTTP method \"foo\" is not valid; a request starts with a method in capitals, such as GET"),
    Case("get http://h", 1, 1, "the HTTP method \"get\" is not valid; did you mean \"GET\"?"),
    Case("GET", 1, 4, "the address should stand here"),
    Case("GET   # nothing", 1, 4, "the address should stand here"),
    Case("GET http://h\n[Assert]\n", 2, 1, "there is no section \"[Assert]\"; did you mean \"[Asserts]\"?"),
    Case("GET http://h\n[Asserts]\n", 2, 1, "\"[Asserts]\" belongs to a response, after its line HTTP"),
    Case("GET http://h\nHTTP 200\n[Query]\n", 3, 1, "\"[Query]\" belongs to a request, before the response"),
    Case(
      "GET http://h\nHTTP 200\n[Capture]\n", 3, 1, "there is no section \"[Capture]\"; did you mean \"[Captures]\"?"),
    Case("GET http://h\n[Query]\na: 1\n[Query]\n", 4, 1, "\"[Query]\" stands here twice; put its lines together"),
    Case("GET http://h\n[BasicAuth]\na: 1\nb: 2\n", 2, 1, "\"[BasicAuth]\" takes exactly one line \"user: password\""),
    Case("GET http://h\n[Options]\nretrys: 1\n", 3, 1, "\"retrys\" is not an option; did you mean \"retry\"?"),
    Case("GET http://h\n[Options]\nretry: many\n", 3, 8, "\"many\" is not a number of times"),
    Case("GET http://h\n[Options]\ndelay: 5d\n", 3, 8, "\"5d\" is not a duration; its units are ms, s, m and h"),
    Case("GET http://h\n[Options]\nlocation: yes\n", 3, 11, "\"yes\" is neither true nor false"),
    Case(
      "GET http://h\nHTTP/4 200\n", 2, 6,
      "\"HTTP/4\" is not a version; write HTTP alone, HTTP/1.0, HTTP/1.1, HTTP/2 or HTTP/3"),
    Case("GET http://h\nHTTP 20x\n", 2, 6, "\"20x\" is not a status such as 200, nor *"),
    Case("GET http://h\nHTTP\n", 2, 5, "the expected status should stand here, such as 200, or *"),
    Case("GET http://h\nHTTP 200 OK\n", 2, 10, "nothing but a comment may follow on this line"),
    Case(
      "GET http://h\nHTTP 200\n[Asserts]\nstatsu == 200\n", 4, 1, "\"statsu\" is not a query; did you mean \"status\"?"),
    Case(
      "GET http://h\nHTTP 200\n[Asserts]\nbody conains \"a\"\n", 4, 6,
      "\"conains\" is not a filter or predicate; did you mean \"contains\"?"),
    Case("GET http://h\nHTTP 200\n[Asserts]\nstatus\n", 4, 7, "a predicate should stand here, such as == or exists"),
    Case(
      "GET http://h\nHTTP 200\n[Asserts]\nstatus not\n", 4, 11, "a predicate should stand here, such as == or exists"),
    Case("GET http://h\nHTTP 200\n[Asserts]\nstatus ==\n", 4, 10, "a value should stand here"),
    Case("GET http://h\nHTTP 200\n[Asserts]\nbody == abc\n", 4, 9, "\"abc\" is not a value; put text in quotes"),
    Case(
      "GET http://h\nHTTP 200\n[Asserts]\nbody == {\"k\":1}\n", 4, 9,
      "\"{\"k\":1}\" is not a value; objects and lists cannot be compared; use jsonpath"),
    Case(
      "GET http://h\nHTTP 200\n[Asserts]\nbody == \"a\n", 4, 9,
      "this string is not closed; its \" should stand on the same line"),
    Case(
      "GET http://h\nHTTP 200\n[Asserts]\nbody == \"\\q\"\n", 4, 10,
      "\"\\q\" is not an escape; write \"\\\\\" for a backslash"),
    Case(
      "GET http://h\nHTTP 200\n[Asserts]\nbody matches /(/\n", 4, 14,
      "the pattern is not valid: a \"(\" without its \")\""),
    Case(
      "GET http://h\nHTTP 200\n[Asserts]\nregex \"a\" exists\n", 4, 7,
      "this pattern captures nothing; put what you want of the match in parentheses"),
    Case(
      "GET http://h\nHTTP 200\n[Asserts]\njsonpath \"a.b\" exists\n", 4, 10,
      "not a JSONPath: at its character 1, a query starts with \"$\""),
    Case("GET http://h\nHTTP 200\n[Asserts]\njsonpath \"$.a\" nth x == 1\n", 4, 20, "a whole number should stand here"),
    Case("GET http://h/{{}}\n", 1, 16, "the name of a variable should stand here"),
    Case("GET http://h/{{a\n", 1, 14, "a \"{{\" without its \"}}\""),
    Case("POST http://h\n{\"a\": 1,}\n", 2, 9, "a member should follow the comma"),
    Case("POST http://h\n{\"a\" 1}\n", 2, 6, "a \":\" should follow the member's name"),
    Case("POST http://h\n[1, 02]\n", 2, 5, "a JSON value should stand here"),
    Case("POST http://h\n```\nabc\n", 2, 1, "this text is not closed by ```"),
    Case(
      "POST http://h\n```yaml\na\n```\n", 2, 1,
      "```yaml is not supported; there are ```, ```json, ```xml, ```graphql, ```base64 and ```hex"),
    Case("POST http://h\nbase64,a!;\n", 2, 8, "these are not valid bytes in that coding"),
    Case("POST http://h\n<a><b></a>\n", 2, 1, "this XML document has no end"),
    Case("POST http://h\n{}\n[Query]\na: b\n", 3, 1, "sections stand in front of the body; move it up"),
    Case(
      "GET http://h\nHTTP 200\npost http://h\n", 3, 1, "the HTTP method \"post\" is not valid; did you mean \"POST\"?"),
    Case(
      "GET http://h\nHTTP 200\n{}\n???\n", 4, 1,
      "the HTTP method \"???\" is not valid; a request starts with a method in capitals, such as GET"),
  ]

  /// What was being read where each of these files goes wrong, in the words of the format's users.
  @Test(arguments: [
    ("foo http://h", "method"), ("GET", "URL"), ("GET http://h\nHTTP/* 200", "version"),
    ("GET http://h\nHTTP x", "status code"), ("GET http://h\n[Foo]", "request section name"),
    ("GET http://h\nHTTP 200\n[Foo]", "response section name"),
    ("GET http://h\n[Query]\n[QueryStringParams]", "section"),
    ("GET http://h\n[Options]\nfoo: 1", "option"), ("GET http://h\n[Options]\ndelay: 1x", "duration unit"),
    ("GET http://h\n[Options]\nvariable: newUuid=1", "template variable"),
    ("GET http://h\n[Options]\nvariable: a", "option"), ("GET http://h\n[Options]\nconnect-to: a:1", "option"),
    ("GET http://h\nHTTP 200\n[Asserts]\nfoo exists", "query"),
    ("GET http://h\nHTTP 200\n[Captures]\na: body foo", "filter"),
    ("GET http://h\nHTTP 200\n[Captures]\nnewDate: body", "template variable"),
    ("GET http://h\nHTTP 200\n[Asserts]\nbody equals 1", "predicate"),
    ("GET http://h\nHTTP 200\n[Asserts]\nbody == x", "predicate value"),
    ("GET http://h\nHTTP 200\n[Asserts]\ncookie \"a[b]\" exists", "cookie attribute"),
    ("GET http://h\nHTTP 200\n[Asserts]\ncertificate \"a\" exists", "certificate field"),
    ("GET http://h\nHTTP 200\n[Asserts]\njsonpath \"a\" exists", "JSONPath expression"),
    ("GET http://h\nHTTP 200\n[Asserts]\nbody matches /(/", "regex"), ("GET http://h/{{1+1}}", "template variable"),
    ("GET http://h\nA: \\q", "escape character"), ("POST http://h\n\"\\q\"", "escape character"),
    ("POST http://h\n```yaml\n```", "multiline string"), ("POST http://h\n```json,x\n```", "multiline string"),
    ("POST http://h\n```one line```", "multiline string"), ("POST http://h\n```", "multiline string"),
    ("POST http://h\n```graphql\n{ a }\nvariables { a: 1 }\n```", "JSON"),
    ("POST http://h\n```graphql\n{ a }\nvariables {} x\n```", "GraphQL variables"), ("POST http://h\n{", "JSON"),
    ("POST http://h\n<a", "XML"), ("POST http://h\nfile,;", "filename"), ("POST http://h\nhex,f;", "bytes"),
    ("GET http://h\nHTTP 200\n[Asserts]\nheader x exists", "literal"),
  ]) func `are titled by what was being read`(source: String, subject: String) throws {
    let error = try #require(throws: CheckSyntaxError.self) { try CheckFile.parse(source) }
    #expect(error.kind.rawValue == "Parsing \(subject)", "\(error)")
  }

  @Test(arguments: [
    ("equals", "=="), ("notEquals", "!="), ("greaterThan", ">"), ("greaterThanOrEquals", ">="), ("lessThan", "<"),
    ("lessThanOrEquals", "<="),
  ]) func `name what stands today for a word that is gone`(word: String, sign: String) throws {
    let error = try #require(throws: CheckSyntaxError.self) {
      try CheckFile.parse("GET http://h\nHTTP 200\n[Asserts]\nbody not \(word) 1")
    }
    #expect(error.message == "\"\(word)\" was removed from the format; write \(sign)")
    #expect([error.line, error.column] == [4, 10])
  }

  @Test(arguments: cases)
  func `say where and what`(_ example: Case) throws {
    let error = try #require(throws: CheckSyntaxError.self) {
      try CheckFile.parse(Array(example.source.utf8), name: "t.hurl")
    }
    #expect(error.message == example.message)
    #expect([error.line, error.column] == [example.line, example.column])
  }

  @Test func `show the line with carets`() throws {
    let source = "# ü\nGET http://h\nHTTP 200\n[Asserts]\n\tstatsu == 200\n"
    let error = try #require(throws: CheckSyntaxError.self) {
      try CheckFile.parse(Array(source.utf8), name: "a/b.hurl")
    }
    #expect(
      "\(error)" == """
        error: Parsing query
          --> a/b.hurl:5:2
           |
         5 | \tstatsu == 200
           | \t^^^^^^ "statsu" is not a query; did you mean "status"?
           |
        """)
  }

  @Test func `point at the first byte that is not UTF-8`() throws {
    let error = try #require(throws: CheckSyntaxError.self) {
      try CheckFile.parse(Array("GET http://h\né".utf8) + [0xff, 0x0a], name: "t.hurl")
    }
    #expect([error.line, error.column] == [2, 2])
  }
}

@Suite struct `Files of checks` {
  @Test(arguments: [
    "", "\n", "# only a comment", "\u{feff}GET http://h", "GET http://h", "GET http://h\r\nHTTP 200\r\n",
  ])
  func `may be short`(source: String) throws {
    _ = try CheckFile.parse(Array(source.utf8), name: "t.hurl")
  }

  @Test func `are read-only when nothing but GET and HEAD is sent`() throws {
    #expect(try CheckFile.parse(Array("GET http://h\nHEAD http://h".utf8), name: "t").isReadOnly)
    #expect(try !CheckFile.parse(Array("GET http://h\nQUERY http://h".utf8), name: "t").isReadOnly)
  }
}
