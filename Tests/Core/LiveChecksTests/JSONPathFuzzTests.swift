import JSONText
import Testing

@testable import LiveChecks

@Suite struct `Hostile JSONPath` {
  private struct Dice {
    var seed: UInt64
    mutating func roll(_ limit: Int) -> Int {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(seed >> 33) % limit
    }
    mutating func pick<T>(_ all: [T]) -> T { all[roll(all.count)] }
  }

  private static let document =
    #"{"a":[1,2.0,-3e5,"x",null,true,{"b":{"a":[[],{}]},"":0}],"b":{"a":"[a-z]+","c":["é","😀"]},"c":12345678901234567890}"#

  @Test func `never crashes the reader, and what is read is answered`() throws {
    let document = try JSONDocument(Array(Self.document.utf8))
    let pieces = [
      "$", "@", ".", "..", "[", "]", "*", "?", "(", ")", "'a'", "\"b\"", "a", "b", "0", "-1", ":", "::2", ",", "&&",
      "||", "!", "==",
      "<=", "<", "length(", "count(", "match(", "search(", "value(", "1e3", "null", "true", " ", "\\u0061", "'[a-c]+'",
      "9007199254740991",
      "é", "\u{0}", "[?@.a]", "[?@.b == $.c]", "[?match(@, $.b.a)]", "[::-1]", "..*",
    ]
    var dice = Dice(seed: 3)
    var answered = 0
    for _ in 0..<30_000 {
      var text = "$"
      for _ in 0..<dice.roll(8) { text += dice.pick(pieces) }
      guard let path = try? JSONPath(text) else { continue }
      answered += 1
      _ = try? path.nodes(in: document)
    }
    #expect(answered > 1000)
  }

  @Test func `answers the same whatever the white space and the quotes`() throws {
    let segments = [
      ".a", ".b", "['a']", "[0]", "[-1]", "[*]", ".*", "..a", "[?@.a]", "[0:2]", "['a','b']", "[?@.b.a == 'x']",
    ]
    var dice = Dice(seed: 9)
    for _ in 0..<3000 {
      let path = "$" + (0...dice.roll(4)).map { _ in dice.pick(segments) }.joined()
      let other = path.replacing("[", with: "[ \n").replacing("]", with: "\t]").replacing("'", with: "\"")
      #expect(try answer(path, Self.document) == answer(other, Self.document), "\(path)")
    }
  }

  @Test func `selects each value below the root once`() throws {
    let document = try JSONDocument(Array(Self.document.utf8))
    let nodes = try JSONPath("$..*").nodes(in: document)
    #expect(Set(nodes).count == nodes.count)
    let names = document.json(at: document.root).nameCount
    #expect(nodes.count + names + 1 == document.size)
    let nested = try JSONPath("$.a[6].b..*").nodes(in: document)
    #expect(Set(nested).isSubset(of: nodes))
  }

  /// Steps are counted, so that nothing depends on how fast the machine is.
  @Test(arguments: [
    "$..*", "$.items[*].id", "$..id", "$[?@.x == 1]", "$.items[?@.id >= 5 && @.name != 'x'].name",
    "$.items[?@.name == $.items[0].name]",
    "$.items[?count($..id) > 2]", "$.items[?search(@.name, 'v.*[0-9]$')]", "$.items[-1]", "$.items[::-1]",
    "$.items[?@.tags[?@ == 'b']]",
  ])
  func `takes steps in proportion to the document`(path: String) throws {
    func steps(_ count: Int) throws -> Int {
      let items = (0..<count).map { "{\"id\":\($0),\"name\":\"vm-\($0 % 7)\",\"tags\":[\"a\",\"b\"]}" }.joined(
        separator: ",")
      let document = try JSONDocument(Array("{\"items\":[\(items)]}".utf8))
      var evaluation = JSONPathEvaluation(document)
      _ = try evaluation.nodes(JSONPath(path).segments, from: document.root)
      return evaluation.steps
    }
    let (few, many) = (try steps(100), try steps(1000))
    #expect(many <= 11 * few + 100, "\(few) steps, then \(many)")
  }

  @Test func `ends where a query is more than linear`() throws {
    let deep = try Self.nested("[", "", "]")
    // Only the innermost of 500 objects has what is asked for.
    let deepest = try Self.nested("{\"a\":", "{\"z\":{\"x\":1}}", "}")
    let wide = try JSONDocument(Array(("[" + (0..<3000).map { "[\($0)]" }.joined(separator: ",") + "]").utf8))
    #expect(try JSONPath("$[?count($[?@[0] >= 0]) == 3000]").nodes(in: wide).count == 3000)
    #expect(throws: JSONPathError.self) { try JSONPath("$..*..*..*..*").nodes(in: deep) }
    let inner = String(repeating: "$..[?@.x && ", count: 40) + "@.y" + String(repeating: "]", count: 40)
    #expect(throws: JSONPathError.self) { try JSONPath("$[?\(inner)]").nodes(in: deepest) }
  }

  @Test func `refuses a costly pattern that comes with the document`() throws {
    let document = try JSONDocument(
      Array("{\"p\":\"(a{1,90}){1,90}b\",\"t\":\"\(String(repeating: "a", count: 200_000))\"}".utf8))
    #expect(throws: JSONPathError.self) { try JSONPath("$[?search($.t, $.p)]").nodes(in: document) }
  }

  private static func nested(_ open: String, _ middle: String, _ close: String) throws -> JSONDocument {
    try JSONDocument(Array((String(repeating: open, count: 500) + middle + String(repeating: close, count: 500)).utf8))
  }
}

extension JSON {
  fileprivate var nameCount: Int {
    switch self {
    case .array(let elements): elements.reduce(0) { $0 + $1.nameCount }
    case .object(let object): object.members.reduce(object.count) { $0 + $1.value.nameCount }
    case .null, .bool, .number, .string: 0
    }
  }
}
