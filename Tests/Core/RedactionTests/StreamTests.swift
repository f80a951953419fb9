import Testing

@testable import Redaction

@Suite struct `A stream` {
  @Test(arguments: 0..<240)
  func `gives the output of the naive reference wherever the writes are cut`(seed: Int) {
    var random = SplitMix(UInt64(seed))
    // A tiny alphabet, so that needles overlap, nest, repeat themselves and share their beginnings.
    let alphabet = Array(["ab", "abc-", "abcdefgh"][seed % 3].utf8)
    let needles = (0..<Int.random(in: 1...7, using: &random)).map { index in
      Needle(
        bytes: letters(4...(index == 0 ? 24 : 12), alphabet, &random), secret: index, form: .verbatim,
        edges: edges(alphabet, &random))
    }
    var text = letters(0...300, alphabet + [0x20], &random)
    for needle in needles {
      for _ in 0..<3 { text.insert(contentsOf: needle.bytes, at: Int.random(in: 0...text.count, using: &random)) }
    }
    // What ends in half a secret has a rule of its own, which the reference does not know.
    text += Array("\n\n".utf8)
    let masks = needles.map { Array("[\($0.secret)]".utf8) }
    let expected = NaiveReference.redact(text, needles, masks: masks)
    let matcher = Matcher(needles)
    for size in [1, 2, 9, 64, 1_000] {
      var redactor = Redactor(Scan(matcher), masks: masks)
      #expect(redactor.outputs(of: text.pieces(of: 1...size, &random)).last == expected)
    }
  }

  @Test(arguments: 0..<24)
  func `lets no secret through in any form, and says the same wherever the writes are cut`(seed: Int) throws {
    var random = SplitMix(UInt64(seed))
    let secrets = try (0..<4).map { index in
      try Secret(
        name: "S\(index)",
        bytes: (0..<Int.random(in: 8...30, using: &random)).map { _ in .random(in: 33...126, using: &random) })
    }
    let needles = secrets.enumerated().flatMap { Forms.needles(of: $1, index: $0) }
    var text: [UInt8] = []
    for _ in 0..<20 {
      let form = needles.randomElement(using: &random)?.bytes ?? []
      // Whole forms between beginnings and ends of others.
      text += form.prefix(Int.random(in: 0...form.count, using: &random))
      text += needles.randomElement(using: &random)?.bytes ?? []
      text += [[], [0x20], [0x0a], Array("log: ".utf8)].randomElement(using: &random) ?? []
    }
    text += Array(" end".utf8)
    let set = SecretSet(secrets)
    let whole = set.redact(text).bytes
    for needle in needles { #expect(!whole.contains(needle.bytes), "\(needle.form)") }
    for size in [1, 7, 100] {
      var redactor = set.redactor()
      #expect(redactor.outputs(of: text.pieces(of: 1...size, &random)).last == whole)
    }
  }

  @Test func `masks a secret that is written twice from its first part on`() throws {
    let set = SecretSet([try Secret(name: "S", value: "aabaabaac")])
    var redactor = set.redactor()
    #expect(redactor.outputs(of: ["aabaab", "aabaabaac", " end"]).last == "aabaab[redacted:S] end")
  }

  @Test func `masks what is found inside the beginning of a longer secret that never comes`() throws {
    let set = SecretSet([
      try Secret(name: "A", value: "ppppqqqq"), try Secret(name: "L", value: "qqqqrrrrrrrrssssZ"),
      try Secret(name: "B", value: "rrrrrrrr"),
    ])
    var redactor = set.redactor()
    #expect(redactor.outputs(of: ["ppppqqqqrrrrrrrrssss", "- end"]).last == "[redacted:A][redacted:B]ssss- end")
    redactor = set.redactor()
    #expect(redactor.outputs(of: ["ppppqqqqrrrrrrrrssss", "Z end"]).last == "[redacted:A] end")
  }

  @Test func `names a mask after the secret that starts first, and of those the longest`() throws {
    let set = SecretSet([
      try Secret(name: "OLD", value: "token-1234"), try Secret(name: "NEW", value: "token-12345678"),
    ])
    var redactor = set.redactor()
    #expect(redactor.outputs(of: ["token-1234", "5678 token-12349"]).last == "[redacted:NEW] [redacted:OLD]9")
  }

  @Test func `shows a prompt at once and holds back nothing but what may become a secret`() throws {
    let set = SecretSet([try Secret(name: "S", value: "hunter2-hunter2")])
    var redactor = set.redactor()
    #expect(
      redactor.outputs(of: ["Continue? [y/N] ", "hunter2-hun", "dred. "]) == [
        "Continue? [y/N] ", "Continue? [y/N] ", "Continue? [y/N] hunter2-hundred. ",
        "Continue? [y/N] hunter2-hundred. ",
      ])
  }

  @Test func `masks at its end what is eight bytes or half of a secret`() throws {
    let long = SecretSet([try Secret(name: "S", value: "0123456789abcdefghij")])
    #expect(long.redact("tail 01234567").text == "tail [redacted:S]")
    #expect(long.redact("tail 0123456").text == "tail 0123456")
    let short = SecretSet([try Secret(name: "S", value: "hunter2!hu")])
    #expect(short.redact("tail hunte").text == "tail [redacted:S]")
    #expect(short.redact("tail hunt").text == "tail hunt")
  }

  @Test func `starts anew after its end`() throws {
    let set = SecretSet([try Secret(name: "S", value: "hunter2-hunter2")])
    var redactor = set.redactor()
    #expect(redactor.outputs(of: ["x hun"]).last == "x hun")
    #expect(redactor.outputs(of: ["ter2-hunter2"]).last == "ter2-hunter2")
    #expect(redactor.outputs(of: ["hunter2-hunter2"]).last == "[redacted:S]")
    redactor = SecretSet([try Secret(name: "PIN", value: "8642")]).redactor()
    #expect(redactor.outputs(of: ["a"]).last == "a")
    #expect(redactor.outputs(of: ["8642"]).last == "[redacted:PIN]")
  }

  @Test func `passes bytes that are no text on as they are`() throws {
    let set = SecretSet([try Secret(name: "S", value: "hunter2-hunter2")])
    let bytes = (0..<2_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    #expect(set.redact(bytes).bytes == bytes)
    #expect(
      set.redact(bytes + Array("hunter2-hunter2".utf8) + bytes).bytes == bytes + Array("[redacted:S]".utf8) + bytes)
    #expect(SecretSet.none.redact(bytes).bytes == bytes)
    var redactor = SecretSet.none.redactor()
    #expect(redactor.outputs(of: [bytes, bytes]) == [bytes, bytes + bytes, bytes + bytes])
  }

  private func letters(_ count: ClosedRange<Int>, _ alphabet: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    (0..<Int.random(in: count, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
  }

  private func edges(_ alphabet: [UInt8], _ random: inout SplitMix) -> Needle.Edges {
    func sextet() -> Sextet? {
      let byte = alphabet.randomElement(using: &random) ?? 0
      return Sextet.value(of: byte).map {
        Sextet(bits: $0, mask: [0x30, 0x3c, 0x0f, 0x03].randomElement(using: &random) ?? 0)
      }
    }
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return .words
    case 1: return .sextets(before: sextet(), after: sextet())
    case 2: return .sextets(before: nil, after: sextet())
    default: return .free
    }
  }
}
