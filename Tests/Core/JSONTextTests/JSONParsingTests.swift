import JSONText
import Testing

@Suite struct `JSON parsing` {
  @Test func `reads every kind of value`() throws {
    let json = try JSON.parse(#" {"a":[1,-0.5e+3,true,false,null,"x"],"b":{}} "#)
    #expect(json == ["a": [1, .number(JSONNumber(-500)), true, false, nil, "x"], "b": [:]])
    #expect(json["a"]?[0]?.int == 1)
    #expect(json["a"]?[9] == nil)
    #expect(json["b"]?.object?.isEmpty == true)
  }

  @Test(arguments: [
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"), (#""\u00e9\u20AC""#, "é€"), (#""\ud83d\ude00""#, "😀"),
    (#""\ud83d""#, "\u{fffd}"), (#""\ud83dx\ude00""#, "\u{fffd}x\u{fffd}"), (#""\ud83d\u0041""#, "\u{fffd}A"),
    ("\"ünï\u{7f}\"", "ünï\u{7f}"),
  ])
  func `decodes the escapes of a string`(source: String, text: String) throws {
    #expect(try JSON.parse(source) == .string(text))
  }

  @Test(arguments: [
    ("", 1, 1, "the text ends where a value should stand"), ("[1,]", 1, 4, "a value cannot start with ']'"),
    ("{\"é\" 1}", 1, 6, "':' should follow the name \"é\""),
    ("{\n  \"a\": 1\n  \"b\"}", 3, 3, "',' or '}' should follow a member"),
    ("[1 2]", 1, 4, "',' or ']' should follow an element"), ("01", 1, 1, "this is not a number"),
    ("-", 1, 1, "this is not a number"), ("1.", 1, 1, "this is not a number"), ("1.2.3", 1, 1, "this is not a number"),
    ("+1", 1, 1, "a value cannot start with '+'"), ("tru", 1, 1, "\"true\" should stand here"),
    ("{a:1}", 1, 2, "a member's name in double quotes should stand here"), ("\"a", 1, 3, "a string is not closed"),
    ("\"a\nb\"", 1, 3, "a control character in a string has to be escaped"),
    ("\"\\x\"", 1, 2, "there is no escape \\ with 'x'"),
    ("\"\\u12g4\"", 1, 2, "\\u needs four hexadecimal digits"),
    ("1 2", 1, 3, "something follows the end of the document"),
    ("[\u{feff}]", 1, 2, "a value cannot start with '\u{feff}'"),
  ])
  func `says where and why a text is not JSON`(source: String, line: Int, column: Int, reason: String) {
    let error = #expect(throws: JSONError.self) { try JSON.parse(source) }
    #expect(error?.line == line)
    #expect(error?.column == column)
    #expect(error?.reason == reason)
  }

  @Test func `refuses bytes that are not UTF-8`() {
    let error = #expect(throws: JSONError.self) { try JSON.parse([0x5b, 0x22, 0xff, 0x22, 0x5d]) }
    #expect(error?.offset == 2)
    #expect(throws: JSONError.self) { try JSON.parse([0x22, 0x5c, 0x6e, 0xc0, 0x80, 0x22]) }
  }

  @Test func `reads 512 levels and refuses one more`() throws {
    _ = try JSON.parse(String(repeating: "[", count: 512) + String(repeating: "]", count: 512))
    let error = #expect(throws: JSONError.self) {
      try JSON.parse(String(repeating: "[", count: 513) + String(repeating: "]", count: 513))
    }
    #expect(error?.reason == "nested deeper than 512 levels")
    #expect(throws: JSONError.self) { try JSON.parse(String(repeating: "{\"a\":", count: 100_000)) }
  }

  @Test func `never crashes on damaged documents`() throws {
    let valid = Array(#"{"a":[1,-2.5e10,"\u00e9\n",{"b":null}],"ü":true}"#.utf8)
    var seed: UInt64 = 42
    for _ in 0..<20_000 {
      var bytes = valid
      for _ in 0..<3 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(seed >> 33) % bytes.count] = UInt8(truncatingIfNeeded: seed >> 24)
      }
      guard let json = try? JSON.parse(bytes) else { continue }
      #expect(try JSON.parse(json.compact) == json)
      #expect(try JSON.parse(json.pretty()) == json)
    }
  }
}
