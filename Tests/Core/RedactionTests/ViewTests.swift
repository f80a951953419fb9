import Testing

@testable import Redaction

@Suite struct `Every spelling of a secret` {
  static let values: [(name: String, bytes: [UInt8])] = [
    ("awkward", Array("p@ss/w\"rd+<&'é\\ 100%?".utf8)), ("plain", Array("correct-horse-battery-staple".utf8)),
    ("binary", [0, 1, 255, 254, 27, 10, 13, 37, 92, 38, 128, 200, 7, 8, 9, 60, 61]),
    ("emoji", Array("pässwörd😀\t→end".utf8)), ("short", Array("hunter2!".utf8)),
    ("long", (0..<300).map { UInt8(33 + ($0 * 7919) % 90) }),
  ]

  @Test(arguments: values.indices) func `is masked in one write, at every split and byte by byte`(index: Int) throws {
    let value = Self.values[index]
    let set = SecretSet([try Secret(name: "S", bytes: value.bytes)])
    for spelling in Spellings.all(of: value.bytes) {
      let text = Array("a b\n".utf8) + spelling.bytes + Array("\nend of it\n".utf8)
      let whole = set.redact(text).bytes
      let shown = String(decoding: whole, as: UTF8.self)
      let isBase64 = spelling.name.contains("base64")
      let rest = shown.replacing("[redacted:S]", with: "")
      if isBase64 || spelling.name.contains("xxd") || spelling.name.contains("hexdump") {
        #expect(shown.contains("[redacted:S]") && rest.utf8.count < 60, "\(value.name), \(spelling): \(shown)")
      } else {
        #expect(
          rest.split(whereSeparator: \.isWhitespace).joined(separator: " ") == "a b end of it",
          "\(value.name), \(spelling): \(shown)")
      }
      var bytewise = set.redactor()
      #expect(bytewise.outputs(of: text.map { [$0] }).last == whole, "\(value.name), \(spelling), byte by byte")
      let step = value.bytes.count > 100 ? 97 : index < 4 && index != 1 ? 1 : 7
      for split in stride(from: 0, to: text.count, by: step) {
        var redactor = set.redactor()
        #expect(
          redactor.outputs(of: [Array(text[..<split]), Array(text[split...])]).last == whole,
          "\(value.name), \(spelling), split at \(split)")
      }
    }
  }

  @Test func `holds back nothing in ordinary text`() throws {
    let set = SecretSet([try Secret(name: "S", value: "hunter2-hunter2")])
    for text in [
      "100% done ", "C:\\path\\file ", "a & b ", "\u{1b}[31mred\u{1b}[0m ", "line\nnext ", "{\"a\":\"b\\\"c\"} ",
    ] {
      var redactor = set.redactor()
      #expect(redactor.outputs(of: [text, "!"]) == [text, text + "!", text + "!"])
    }
  }

  @Test func `masks at its end what is eight bytes or half of a secret, also in other notations`() throws {
    let set = SecretSet([try Secret(name: "S", value: "0123456789abcdefghij")])
    #expect(set.redact("tail %30123456%37").text == "tail [redacted:S]")
    #expect(set.redact("tail %3012345%36").text == "tail %3012345%36")
    #expect(set.redact("tail 3031323334353637383961626364656667").text == "tail [redacted:S]")
  }

  @Test func `leaves ordinary text with marks alone`() throws {
    let set = SecretSet([try Secret(name: "S", value: "hunter2-hunter2"), try Secret(name: "PIN", value: "8642")])
    for text in [
      "100%25 %zz %4 %", "\\ \\\\ \\x \\u12 \\u{ \\", "&amp; &#; &#x; &nosuch; &", "\u{1b}[ \u{1b}]0;title\u{7} \u{1b}",
      "86\n42",
      "00000000: 6869 0a  hi.\n", "2026-11-23T05:54:00Z  GET /v1 200\n", "deadbeef  cafe\n", " 12 34\n",
      "\n\n\r\n   \n",
    ] { #expect(set.redact(text).text == text) }
  }
}

@Suite struct `A stream in several notations` {
  @Test(arguments: 0..<400)
  func `gives the output of the naive reference wherever the writes are cut`(seed: Int) {
    var random = SplitMix(UInt64(seed))
    let alphabet = Array(["ab%16", "abn\\x6", "ab&l;t", "ab\n\r >", "ab\u{1b}[0m", "ab61 :0\n"][seed % 6].utf8)
    let needles = (0..<Int.random(in: 1...4, using: &random)).map { index in
      Needle(bytes: letters(4...9, Array("ab%\\&<".utf8) + [0x0a], &random), secret: index, form: .verbatim)
    }
    // Long enough for what is looked at ahead.
    var text = letters(0...120, alphabet, &random)
    for needle in needles {
      for _ in 0..<2 {
        let spelling = needle.bytes.flatMap { spell($0, &random) }
        text.insert(contentsOf: spelling, at: Int.random(in: 0...text.count, using: &random))
      }
    }
    text += letters(0...60, Array("ab q".utf8), &random) + Array("\n\nq\n".utf8)
    let masks = needles.map { Array("[\($0.secret)]".utf8) }
    let matcher = Matcher(needles)
    let expected = NaiveReference.redactInViews(text, needles, masks: masks)
    for size in [1, 2, 9, 64, 1_000] {
      for _ in 0..<10 {
        var redactor = Redactor(Scan(matcher), masks: masks)
        #expect(
          redactor.outputs(of: text.pieces(of: 1...size, &random)).last == expected,
          "\(String(decoding: text, as: UTF8.self).debugDescription) \(needles.map { String(decoding: $0.bytes, as: UTF8.self) })"
        )
      }
    }
  }

  private func spell(_ byte: UInt8, _ random: inout SplitMix) -> [UInt8] {
    let digits = String(String(UInt16(byte) + 256, radix: 16).dropFirst())
    let spellings = ["%\(digits)", "%25\(digits)", "\\x\(digits)", "&#\(byte);", "\u{1b}[0m", "\r\n ", "\n > "]
    switch Int.random(in: 0..<10, using: &random) {
    case let choice where choice < 4: return Array(spellings[choice].utf8)
    case 4, 5: return [byte] + Array(spellings[Int.random(in: 4...6, using: &random)].utf8)
    default: return [byte]
    }
  }

  private func letters(_ count: ClosedRange<Int>, _ alphabet: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    (0..<Int.random(in: count, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
  }
}
