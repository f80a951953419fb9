import JSONText
import Testing

@Suite struct `JSON text` {
  @Test(arguments: [
    #"{"b":1.50e3,"a":"<&>/é😀","b":null}"#, #"["\"\\\b\t\n\f\r\u0000\u001f",[],{},[[]]]"#, "\"\u{7f}\u{2028}\"",
    "123456789012345678901234567890",
  ])
  func `gives back a compact document byte for byte`(source: String) throws {
    #expect(try JSON.parse(source).compact == source)
  }

  @Test func `escapes nothing that need not be`() throws {
    #expect(try JSON.parse(#""\/\u003c\u00e9\u0001""#).compact == "\"/<é\\u0001\"")
  }

  @Test func `breaks lines in the pretty form`() {
    let json: JSON = ["a": [1, [:]], "b": []]
    #expect(json.pretty() == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}")
    #expect(json.pretty(indent: 1) == "{\n \"a\": [\n  1,\n  {}\n ],\n \"b\": []\n}")
  }
}

@Suite struct `JSON objects` {
  @Test func `keep their order and the names that occur twice`() throws {
    let object = try #require(try JSON.parse(#"{"z":1,"a":2,"z":3}"#).object)
    #expect(object.names == ["z", "a", "z"])
    #expect(object["z"] == 3)
  }

  @Test func `replace a member where it stands, append a new one and remove by nil`() {
    var object: JSONObject = ["a": 1, "b": 2]
    object["a"] = 3
    object["c"] = 4
    object["b"] = nil
    #expect(JSON.object(object).compact == #"{"a":3,"c":4}"#)
    object.insert("z", 0, at: 0)
    #expect(object.names == ["z", "a", "c"])
  }

  @Test func `are equal whatever their order, with equal hashes`() throws {
    let (a, b) = (try JSON.parse(#"{"a":1,"b":[{"x":1,"y":2}]}"#), try JSON.parse(#"{"b":[{"y":2.0,"x":1}],"a":1e0}"#))
    #expect(a == b)
    #expect(a.hashValue == b.hashValue)
    #expect(try a != JSON.parse(#"{"a":1,"b":[]}"#))
  }

  @Test func `tell apart names that only look the same`() throws {
    let json = try JSON.parse(#"{"\u00e9":1,"e\u0301":2}"#)
    #expect(json["\u{e9}"] == 1)
    #expect(json["e\u{301}"] == 2)
    #expect(try JSON.parse(#""\u00e9""#) != JSON.parse(#""e\u0301""#))
  }
}

@Suite struct `JSON numbers` {
  @Test(arguments: [
    ("5", "5.0"), ("5", "5e0"), ("500", "5E+2"), ("0", "-0.0"), ("0.05", "5e-2"), ("1.10", "1.1"), ("0e9", "0"),
    ("123456789012345678901", "123456789012345678901.0"), ("1e99999999999999999999", "1e99999999999999999998"),
  ])
  func `are equal by value, with equal hashes`(a: String, b: String) throws {
    let (a, b) = (try #require(JSONNumber(literal: a)), try #require(JSONNumber(literal: b)))
    #expect(a == b)
    #expect(a.hashValue == b.hashValue)
    #expect(!(a < b) && !(b < a))
  }

  @Test(arguments: [
    ("-2", "-1"), ("-1", "0"), ("0", "0.1"), ("9", "10"), ("0.5", "0.51"),
    ("123456789012345678901", "123456789012345678902"),
    ("-1e3", "-999"), ("1e-400", "1e-399"), ("9007199254740992.5", "9007199254740993"),
  ])
  func `are ordered exactly`(a: String, b: String) throws {
    let (a, b) = (try #require(JSONNumber(literal: a)), try #require(JSONNumber(literal: b)))
    #expect(a < b)
    #expect(!(b < a))
    #expect(a != b)
  }

  @Test func `give an integer only when it is exact`() {
    #expect(JSONNumber(literal: "9223372036854775807")?.int == .max)
    #expect(JSONNumber(literal: "-9223372036854775808")?.int == .min)
    #expect(JSONNumber(literal: "9223372036854775808")?.int == nil)
    #expect(JSONNumber(literal: "1.5e1")?.int == 15)
    #expect(JSONNumber(literal: "1.5")?.int == nil)
    #expect(JSONNumber(literal: "1e999")?.int == nil)
  }

  @Test func `keep their spelling and refuse what is none`() {
    #expect(JSONNumber(literal: "1.50e3")?.literal == "1.50e3")
    for literal in ["", "-", ".5", "5.", "01", "+1", "1e", "0x1", "NaN", " 1", "1 "] {
      #expect(JSONNumber(literal: literal) == nil)
    }
    #expect(JSONNumber(Double.nan) == nil)
    #expect(JSONNumber(0.1)?.literal == "0.1")
  }
}
