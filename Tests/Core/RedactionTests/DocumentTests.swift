import JSONText
import Redaction
import Testing

@Suite struct `A document that holds secrets` {
  static let set = secrets(["KEY": "s3cr3t\"<v>&", "PIN": "9081726354"])

  static func secrets(_ values: [String: String]) -> SecretSet {
    SecretSet(values.sorted { $0.key < $1.key }.compactMap { try? Secret(name: $0.key, value: $0.value) })
  }

  @Test(arguments: [
    (#"{ "a": "s3cr3t\"<v>&", "n": 1.50 }"#, #"{ "a": "[redacted:KEY]", "n": 1.50 }"#),
    (#"{"s3cr3t\"<v>&":1}"#, #"{"[redacted:KEY]":1}"#),
    (#"{"pin":9081726354,"x":"9081726354"}"#, #"{"pin":"[redacted:PIN]","x":"[redacted:PIN]"}"#),
    (#"[-9081726354.5e3]"#, #"["-[redacted:PIN].5e3"]"#),
    (#"{"body":"{\"pin\":9081726354}"}"#, #"{"body":"{\"pin\":\"[redacted:PIN]\"}"}"#),
    (#"{"body":"{\"k\":\"s3cr3t\\\"<v>&\"}"}"#, #"{"body":"{\"k\":\"[redacted:KEY]\"}"}"#),
    (#""s3cr3t\"<v>&""#, #""[redacted:KEY]""#), ("9081726354", #""[redacted:PIN]""#),
    ("<a k='s3cr3t&quot;&lt;v&gt;&amp;'>9081726354</a>", "<a k='[redacted:KEY]'>[redacted:PIN]</a>"),
    ("pin 9081726354, not JSON", "pin [redacted:PIN], not JSON"), (#"{"a":1}"#, #"{"a":1}"#),
  ])
  func `stays what it was`(document: String, kept: String) {
    #expect(Self.set.redact(document: Array(document.utf8)).text.text == kept)
  }

  @Test func `is kept as one string where a secret is made of its own signs`() throws {
    let set = Self.secrets(["DOC": #"{"user":"ada","#])
    let kept = set.redact(document: Array(#"{"user":"ada","id":7}"#.utf8))
    #expect(try JSON.parse(kept.bytes) == .string(#"[redacted:DOC]"id":7}"#))
  }

  @Test(arguments: 0..<200) func `is JSON whatever stands in it`(seed: Int) throws {
    var random = SplitMix(UInt64(seed))
    let words = ["9081726354", "s3cr3t\"<v>&", "plain", "{\"a\":9081726354}", "[9081726354,\"9081726354\"]", ""]
    func value(_ depth: Int) -> JSON {
      switch Int.random(in: 0..<(depth > 3 ? 2 : 5), using: &random) {
      case 0: return .string(words[Int.random(in: 0..<words.count, using: &random)])
      case 1: return .number(JSONNumber(Bool.random(using: &random) ? 9_081_726_354 : 5))
      case 2: return .array((0..<3).map { _ in value(depth + 1) })
      case 3: return .object(JSONObject((0..<2).map { (words[$0], value(depth + 1)) }))
      default: return .string(value(depth + 1).compact)
      }
    }
    let document = value(0)
    let kept = Self.set.redact(document: Array(document.compact.utf8))
    _ = try JSON.parse(kept.bytes)
    #expect(Self.set.findings(in: kept.bytes).isEmpty)
  }
}
