import JSONText
import Testing

@testable import LiveChecks

/// The value of a singular query, or the list of what any other one finds, as compact JSON.
func answer(_ path: String, _ document: String) throws -> String? {
  let document = try JSONDocument(Array(document.utf8))
  let path = try JSONPath(path)
  let values = try path.nodes(in: document).map { document.json(at: $0) }
  return path.isSingular ? values.first?.compact : JSON.array(values).compact
}

@Suite struct `JSONPath queries` {
  /// RFC 9535, figure 1.
  private static let store = """
    {"store":{"book":[
      {"category":"reference","author":"Nigel Rees","title":"Sayings of the Century","price":8.95},
      {"category":"fiction","author":"Evelyn Waugh","title":"Sword of Honour","price":12.99},
      {"category":"fiction","author":"Herman Melville","title":"Moby Dick","isbn":"0-553-21311-3","price":8.99},
      {"category":"fiction","author":"J. R. R. Tolkien","title":"The Lord of the Rings","isbn":"0-395-19395-8","price":22.99}],
      "bicycle":{"color":"red","price":399}}}
    """
  private static let letters = #"["a","b","c","d","e","f","g"]"#
  /// RFC 9535, section 2.3.5.3.
  private static let filters =
    #"{"a":[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],"o":{"p":1,"q":2,"r":3,"s":5,"t":{"u":6}},"e":"f"}"#

  @Test(arguments: [
    (store, "$.store.book[*].author", #"["Nigel Rees","Evelyn Waugh","Herman Melville","J. R. R. Tolkien"]"#),
    (store, "$..author", #"["Nigel Rees","Evelyn Waugh","Herman Melville","J. R. R. Tolkien"]"#),
    (store, "$.store..price", "[8.95,12.99,8.99,22.99,399]"), (store, "$..book[2].author", #"["Herman Melville"]"#),
    (store, "$..book[2].publisher", "[]"), (store, "$..book[-1].price", "[22.99]"),
    (store, "$..book[0,1].price", "[8.95,12.99]"),
    (store, "$..book[:2].price", "[8.95,12.99]"), (store, "$..book[?@.isbn].price", "[8.99,22.99]"),
    (store, "$..book[?@.price<10].price", "[8.95,8.99]"), (store, "$.store.*.color", #"["red"]"#),
    (letters, "$[1:3]", #"["b","c"]"#), (letters, "$[5:]", #"["f","g"]"#), (letters, "$[1:5:2]", #"["b","d"]"#),
    (letters, "$[5:1:-2]", #"["f","d"]"#), (letters, "$[::-1]", #"["g","f","e","d","c","b","a"]"#),
    (letters, "$[0,3]", #"["a","d"]"#),
    (letters, "$[0:2,5]", #"["a","b","f"]"#), (letters, "$[0,0]", #"["a","a"]"#), (letters, "$[1:3:0]", "[]"),
    (letters, "$[-99:2]", #"["a","b"]"#),
    (filters, "$.a[?@.b == 'kilo']", #"[{"b":"kilo"}]"#), (filters, "$.a[?(@.b == 'kilo')]", #"[{"b":"kilo"}]"#),
    (filters, "$.a[?@>3.5]", "[5,4,6]"), (filters, "$.a[?@.b]", #"[{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}]"#),
    (
      filters, "$[?@.*]",
      #"[[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}],{"p":1,"q":2,"r":3,"s":5,"t":{"u":6}}]"#
    ),
    (filters, "$[?@[?@.b]]", #"[[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}]]"#),
    (filters, "$.o[?@<3, ?@<3]", "[1,2,1,2]"), (filters, "$.a[?@<2 || @.b == \"k\"]", #"[1,{"b":"k"}]"#),
    (filters, "$.a[?match(@.b, \"[jk]\")]", #"[{"b":"j"},{"b":"k"}]"#),
    (filters, "$.a[?search(@.b, \"[jk]\")]", #"[{"b":"j"},{"b":"k"},{"b":"kilo"}]"#),
    (filters, "$.o[?@>1 && @<4]", "[2,3]"), (filters, "$.o[?@.u || @.x]", #"[{"u":6}]"#),
    (filters, "$.a[?@.b == $.x]", "[3,5,1,2,4,6]"),
    (filters, "$.a[?@ == @]", #"[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}]"#),
    (filters, "$.a[?!@.b]", "[3,5,1,2,4,6]"),
    (filters, "$.a[?!(@ == 3 || @.b)]", "[5,1,2,4,6]"), (filters, "$.a[?match(@.b, 'a)|(j')]", "[]"),
    (filters, "$.a[?length(@.b) == 4]", #"[{"b":"kilo"}]"#),
    (filters, "$[?count(@.*) > 5]", #"[[3,5,1,2,4,6,{"b":"j"},{"b":"k"},{"b":{}},{"b":"kilo"}]]"#),
    (filters, "$[?value(@..u) == 6]", #"[{"p":1,"q":2,"r":3,"s":5,"t":{"u":6}}]"#), (filters, "$..u", "[6]"),
    (#"{"o":{"j":1,"k":2},"a":[5,3,[{"j":4},{"k":6}]]}"#, "$..j", "[1,4]"),
    (#"{"o":{"j":1,"k":2},"a":[5,3]}"#, "$..*", #"[{"j":1,"k":2},[5,3],1,2,5,3]"#),
    (#"[1,1.0,"1",null,true]"#, "$[?@==1]", "[1,1.0]"), ("[[],[1]]", "$[?@ == $[0]]", "[[]]"),
    (#"{"a":null}"#, "$[?@==null]", "[null]"), (#"{"profiles":[{"profile-id":7}]}"#, "$.profiles[*].profile-id", "[7]"),
    (letters, "$.[0,1]", #"["a","b"]"#), (filters, "$.a.[?(@.b=='j')]", #"[{"b":"j"}]"#),
    ("[12345678901234567890,12345678901234567891]", "$[?@==12345678901234567891]", "[12345678901234567891]"),
  ])
  func `gives the nodes that the RFC says`(document: String, path: String, expected: String) throws {
    #expect(try answer(path, document) == expected)
  }

  @Test(
    arguments: [
      ("$", #"{"a":{"b c":[1,2]},"☺":0}"#), ("$.a['b c'][1]", "2"), ("$['a'][\"b c\"][-1]", "2"), ("$.☺", "0"),
      ("$['\\u263A']", "0"),
      ("$.a['b c'][2]", nil), ("$.a.x.y", nil), ("$ .a ['b c'] [0]", "1"), ("$.a.b", nil),
    ] as [(String, String?)])
  func `gives the value of a singular query, or nothing`(path: String, expected: String?) throws {
    #expect(try answer(path, #"{"a":{"b c":[1,2]},"☺":0}"#) == expected)
  }

  @Test(arguments: [
    "", "a", "$.", "$..", "$[", "$[]", "$[1", "$['a]", "$[01]", "$[-0]", "$[1:2:3:4]", "$.a ", " $", "$.a . x", "$[?]",
    "$[?1]", "$[?@.a==]", "$[?@.*==1]",
    "$[?@..a==1]", "$[?length(@.*)==1]", "$[?count(1)==1]", "$[?match(@.a)]", "$[?match(@.a,'x')==true]", "$[?!@.a==1]",
    "$[?(@.a]", "$[?@.a=1]", "$['\\x']",
    "$['a\"\\\"']", "$[9007199254740993]", "$[?foo(@.a)]", "$.1a", "$[\"a\",]", "$[?@.a==01]",
  ])
  func `refuses what is no query`(path: String) {
    #expect(throws: JSONPathError.self) { try JSONPath(path) }
  }

  @Test func `ends hostile queries`() throws {
    #expect(throws: JSONPathError.self) { try JSONPath("$[?" + String(repeating: "(", count: 10_000)) }
    #expect(throws: JSONPathError.self) { try JSONPath("$[?" + String(repeating: "length(", count: 10_000)) }
    #expect(throws: JSONPathError.self) { try JSONPath(String(repeating: "$[?@", count: 10_000)) }
    let deep = try JSONDocument(Array((String(repeating: "[", count: 500) + String(repeating: "]", count: 500)).utf8))
    #expect(throws: JSONPathError.self) { try JSONPath("$..*..*..*..*").nodes(in: deep) }
    #expect(throws: JSONPathError.self) { try JSONPath("$..[?@..[?@..[?@..x]]]").nodes(in: deep) }
  }
}
