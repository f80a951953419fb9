import Testing

@testable import LiveChecks

@Suite struct `Damaged files` {
  private static let valid = """
    # smoke
    POST http://h/{{a}}?x=1
    X-A: b # c
    [Query]
    q: {{a}}
    [Options]
    retry: 1
    location: true
    variable: v="q"
    {"a": [1, {{a}}, "x{{a}}\\n"], "b": {"c": null}}
    HTTP/1.1 200
    Content-Type: application/json
    [Captures]
    id: jsonpath "$..b[?@.c == 'x' && match(@.d, '[a-z]+')]" nth 0 redact
    [Asserts]
    jsonpath "$.a" count == 3
    body matches /(?i)^a{1,3}[^b-d]\\/$/
    regex "(\\\\d+)" toInt not >= 1.5e3
    bytes == base64,aGk=;
    cookie "a[Path]" == file,x;
    ```json
    text {{a}}
    ```

    PUT http://h
    [Multipart]
    f: file,x; text/plain
    n: {{newDate}}
    HTTP 200
    <a><b/></a>
    """

  private static let spice = Array("{}[]\"`\\/<>:#\n $@?*()|0-9aé,;=".utf8)

  private func damaged(_ valid: [UInt8], _ random: inout Random) -> [UInt8] {
    var bytes = valid
    for _ in 0...random.below(4) where !bytes.isEmpty {
      let place = random.below(bytes.count)
      switch random.below(5) {
      case 0: bytes[place] = random.pick(Self.spice)
      case 1: bytes.insert(random.pick(Self.spice), at: place)
      case 2: bytes.remove(at: place)
      case 3: bytes[place] = UInt8(random.below(256))
      default: bytes.removeSubrange(place..<min(bytes.count, place + random.below(20)))
      }
    }
    return bytes
  }

  /// Parses, formats, carries out and reports.
  private func tryOut(_ bytes: [UInt8]) throws -> Bool {
    guard let file = try? CheckFile.parse(bytes, name: "t") else { return false }
    let canonical = try CheckFile.parse(file.formatted)
    #expect(tree(canonical) == tree(file) && canonical.formatted == file.formatted, "\(file.source)")
    var session = CheckSession(file: file, variables: ["a": .string("\"q")])
    session.functions = FunctionSource(now: Moment(microseconds: 0), entropy: Array(repeating: 1, count: 16))
    for _ in 0..<12 {
      switch session.next() {
      case .send:
        session.receive(.response(.ok("{\"a\":[1,2,3],\"b\":[{\"c\":\"x\",\"d\":\"e\"}]}", ("Location", "../x"))))
      case .read: session.receive(file: [1, 2, 3])
      case .pause: continue
      case .finish: break
      }
    }
    _ = session.report.json
    _ = session.report.rendering
    return true
  }

  @Test func `never crash the reader, the formatter or the session`() throws {
    let valid = Array(Self.valid.utf8)
    #expect(try tryOut(valid))
    var random = Random(7)
    var parsed = 0
    for _ in 0..<800 where try tryOut(damaged(valid, &random)) { parsed += 1 }
    #expect(parsed > 50)
  }

  @Test func `of every kind never crash either`() throws {
    var random = Random(11)
    var parsed = 0
    for seed in 0..<800 {
      var generator = FileGenerator(seed: UInt64(seed))
      if try tryOut(damaged(Array(generator.file().utf8), &random)) { parsed += 1 }
    }
    #expect(parsed > 150)
  }

  @Test func `that are noise are refused at a place that there is`() throws {
    var random = Random(13)
    for _ in 0..<2000 {
      let count = random.below(60)
      let bytes = (0..<count).map { _ in random.isLucky(2) ? random.pick(Self.spice) : UInt8(random.below(256)) }
      do {
        _ = try CheckFile.parse(bytes, name: "t")
      } catch {
        let lines = String(decoding: bytes, as: UTF8.self).unicodeScalars.split(
          separator: "\n", omittingEmptySubsequences: false)
        #expect((1...lines.count).contains(error.line), "\(error)")
        #expect(error.column >= 1)
        #expect(!error.message.isEmpty)
        _ = error.description
      }
    }
  }
}

@Suite struct `Large files` {
  /// Files whose size grows with a number.
  static let shapes: [(name: String, make: @Sendable (Int) -> String)] = [
    ("headers", { "GET http://h\n" + many("X-A: some value # why\n", $0) }),
    ("one value", { "GET http://h\nX-A: " + many("ab ", $0) }),
    ("escapes", { "GET http://h\nX-A: " + many("\\n", $0) }),
    ("placeholders", { "GET http://h\nX-A: " + many("{{ a }}", $0) }),
    ("open braces", { "GET http://h\nX-A: " + many("{ ", $0) }),
    ("comments", { "GET http://h\n" + many("# a comment\n", $0) }),
    ("blank lines", { "GET http://h\n" + many("  \n", $0) }),
    ("requests", { many("GET http://h\nHTTP 200\n\n", $0) }),
    ("JSON elements", { "POST http://h\n[" + many("1 , ", $0) + "1]" }),
    ("JSON string", { "POST http://h\n\"" + many("ab\\n{{a}}", $0) + "\"" }),
    ("deep JSON", { "POST http://h\n" + many("[", $0) }),
    ("XML", { "POST http://h\n<r>" + many("<a x='>'><b/></a><!-- -->", $0) + "</r>" }),
    ("deep XML", { "POST http://h\n" + many("<a>", $0) + many("</a>", $0) }),
    ("open XML", { "POST http://h\n" + many("<a>", $0) }),
    ("text", { "POST http://h\n```\n" + many("a `` b { {{a}}\n", $0) + "```" }),
    ("open text", { "POST http://h\n```\n" + many("a `` b\n", $0) }),
    ("GraphQL", { "POST http://h\n```graphql\n" + many("variables x\n variables {\n a\n", $0) + "```" }),
    ("bytes", { "POST http://h\nbase64," + many("aGkx\n", $0) + ";" }),
    ("open bytes", { "POST http://h\nhex," + many("00\n", $0) }),
    ("asserts", { "GET http://h\nHTTP 200\n[Asserts]\n" + many("body   includes \"a\" # b\n", $0) }),
    ("filters", { "GET http://h\nHTTP 200\n[Asserts]\nbody" + many(" format \"a\"", $0) + " exists" }),
    ("captures", { "GET http://h\nHTTP 200\n[Captures]\n" + many("a: body regex /(a)/\n", $0) }),
    ("options", { "GET http://h\n[Options]\n" + many("delay: 5\n", $0) }),
    ("a key without a colon", { "GET http://h\n" + many("abc", $0) }),
    ("an open key", { "GET http://h\n" + many("{{a}}", $0) }),
    ("a method", { many("G", $0) }), ("blanks", { "GET http://h\nHTTP 200" + many(" ", $0) + "x" }),
  ]

  private static func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  private func steps(_ source: String) -> Int {
    var parser = FileParser(source, name: "t")
    _ = try? parser.file()
    return parser.cursor.steps
  }

  @Test(arguments: shapes.indices) func `take ten times the steps when they are ten times as large`(index: Int) {
    let (name, make) = Self.shapes[index]
    let small = steps(make(200))
    let large = steps(make(2000))
    #expect(large <= 12 * max(small, 200), "\(name): \(small) and \(large) steps")
    #expect(large <= 8 * make(2000).unicodeScalars.count, "\(name): \(large) steps")
  }

  @Test(arguments: shapes.indices) func `are read and formatted whole`(index: Int) {
    if let file = try? CheckFile.parse(Self.shapes[index].make(20_000)) { #expect(!file.formatted.isEmpty) }
  }
}
