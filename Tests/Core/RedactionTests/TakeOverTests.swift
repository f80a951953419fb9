import Testing

@testable import Redaction

@Suite struct `A stream whose secrets become more` {
  @Test(arguments: 0..<120)
  func `says the same as before while nothing new comes up, wherever it changes`(seed: Int) {
    var random = SplitMix(UInt64(seed))
    let alphabet = Array(["ab", "abc-", "abcdefgh"][seed % 3].utf8)
    let needles = (0..<Int.random(in: 1...5, using: &random)).map { index in
      Needle(
        bytes: letters(4...(index == 0 ? 24 : 12), alphabet, &random), secret: index, form: .verbatim,
        edges: [.free, .words, .sextets(before: Sextet(bits: 0, mask: 0x30), after: Sextet(bits: 0, mask: 0x30))][
          Int.random(in: 0...2, using: &random)])
    }
    var text = letters(0...200, alphabet + [0x20], &random)
    for needle in needles { text.insert(contentsOf: needle.bytes, at: Int.random(in: 0...text.count, using: &random)) }
    text += Array("\n\n".utf8)
    let masks = needles.map { Array("[\($0.secret)]".utf8) }
    var plain = Redactor(Scan(Matcher(needles)), masks: masks)
    let expected = plain.outputs(of: [text]).last
    // Another needle that never comes, and is as alike to the others as can be.
    let more = needles + [Needle(bytes: (needles[0].bytes + [0x21]), secret: needles.count, form: .verbatim)]
    for size in [1, 3, 40] {
      var redactor = Redactor(Scan(Matcher(needles)), masks: masks)
      var output: [UInt8] = []
      for piece in text.pieces(of: 1...size, &random) {
        redactor.write(piece) { output += $0.bytes }
        redactor.goOn(with: Matcher(more), masks: masks + [Array("[new]".utf8)])
      }
      redactor.finish { output += $0.bytes }
      #expect(output == expected)
    }
  }

  @Test(arguments: 0..<60)
  func `masks what comes after the change as if it had always been known`(seed: Int) throws {
    var random = SplitMix(UInt64(seed))
    let letters = Array("abcdefghijklmnop".utf8)
    let secrets = try (0..<4).map { try Secret(name: "S\($0)", bytes: self.letters(9...20, letters, &random)) }
    let (before, after) = (
      SecretSet(Array(secrets.prefix(2))), SecretSet(Array(secrets.prefix(2))).adding(Array(secrets.suffix(2)))
    )
    var early = self.letters(0...60, letters, &random)
    early += secrets[Int.random(in: 0...1, using: &random)].reveal { $0 }
    // The beginning of a known secret is held back at the moment of the change, and in it that of a new one.
    early += secrets[0].reveal { $0.prefix(Int.random(in: 0...8, using: &random)) }
    var late = secrets[3].reveal { $0 } + self.letters(0...30, letters, &random) + secrets[2].reveal { $0 }
    late += secrets[0].reveal { $0 } + Array("\n\n".utf8)
    let expected = SecretSet(secrets).redact(early + late).bytes
    #expect(!after.findings(in: early).contains { $0.name == "S2" || $0.name == "S3" })
    for size in [1, 2, 9, 100] {
      var redactor = before.redactor()
      var output: [UInt8] = []
      for piece in early.pieces(of: 1...size, &random) { redactor.write(piece) { output += $0.bytes } }
      after.takeOver(&redactor)
      for piece in late.pieces(of: 1...size, &random) { redactor.write(piece) { output += $0.bytes } }
      redactor.finish { output += $0.bytes }
      #expect(output == expected)
    }
  }

  @Test func `looks at what is held back anew`() throws {
    let old = SecretSet([try Secret(name: "OLD", value: "hunter2-hunter2")])
    let new = old.adding([try Secret(name: "NEW", value: "ter2-hunABC")])
    #expect(outputs(old, ["to hunter2-hun"], new, ["ABC end"]) == ["to ", "to hun[redacted:NEW] end"])
    #expect(outputs(old, ["to hunter2-hun"], new, ["ter2 end"]) == ["to ", "to [redacted:OLD] end"])
    #expect(outputs(old, ["to hunter2-hun"], new, []) == ["to ", "to [redacted:OLD]"])
  }

  @Test func `keeps on hiding behind a mask that stands already`() throws {
    let old = SecretSet([try Secret(name: "A", value: "aaaabbbbcccc"), try Secret(name: "B", value: "ccccddddeeee")])
    let new = old.adding([try Secret(name: "C", value: "ddddxxxxyyyy")])
    #expect(outputs(old, ["aaaabbbbcccc"], new, ["ddddeeee."]) == ["", "[redacted:A]."])
    #expect(outputs(old, ["aaaabbbbccccdd"], new, ["ddxxxxyyyy."]) == ["[redacted:A]", "[redacted:A][redacted:C]."])
    #expect(outputs(old, ["aaaabbbbccccdd"], new, ["!"]) == ["[redacted:A]", "[redacted:A]dd!"])
  }

  @Test func `masks the rest of a new secret whose beginning was let go`() throws {
    let new = SecretSet.none.adding([try Secret(name: "S", value: "hunter2-hunter2")])
    #expect(outputs(.none, ["to hunter2"], new, ["-hunter2 end"]) == ["to hunter2", "to hunter2[redacted:S] end"])
    #expect(outputs(.none, ["to hunter2-"], new, ["hunter3 end"]) == ["to hunter2-", "to hunter2-hunter3 end"])
    #expect(outputs(.none, ["to hunter2-hun"], new, ["ter"]) == ["to hunter2-hun", "to hunter2-hun[redacted:S]"])
    #expect(outputs(.none, ["to hunter2-hunter"], new, []) == ["to hunter2-hunter", "to hunter2-hunter"])
  }

  @Test func `masks also where it changed more often than there was something to read`() throws {
    var set = SecretSet.none
    var redactor = set.redactor()
    var output: [UInt8] = []
    for index in 0..<20 {
      set = set.adding([try Secret(name: "S\(index)", value: "token-\(index)-\(index)")])
      set.takeOver(&redactor)
      redactor.write(Array("token-\(index)-".utf8)) { output += $0.bytes }
      set = set.adding([try Secret(name: "T\(index)", value: "other-\(index)-\(index)")])
      set.takeOver(&redactor)
      redactor.write(Array("\(index) other-\(index)-\(index)\n".utf8)) { output += $0.bytes }
    }
    redactor.finish { output += $0.bytes }
    let expected = (0..<20).map { "[redacted:S\($0)] [redacted:T\($0)]\n" }.joined()
    #expect(String(decoding: output, as: UTF8.self) == expected)
  }

  /// What was handed on at the change, and in the end.
  private func outputs(_ old: SecretSet, _ early: [String], _ new: SecretSet, _ late: [String]) -> [String] {
    var redactor = old.redactor()
    var output: [UInt8] = []
    for piece in early { redactor.write(Array(piece.utf8)) { output += $0.bytes } }
    new.takeOver(&redactor)
    let begun = output
    for piece in late { redactor.write(Array(piece.utf8)) { output += $0.bytes } }
    redactor.finish { output += $0.bytes }
    return [begun, output].map { String(decoding: $0, as: UTF8.self) }
  }

  private func letters(_ count: ClosedRange<Int>, _ alphabet: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    (0..<Int.random(in: count, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
  }
}
