import Testing

@testable import Redaction

@Suite struct `A stream` {
  @Test(arguments: 0..<300)
  func `gives the same output wherever the writes are cut, and that of the naive reference`(seed: Int) throws {
    var random = SplitMix(UInt64(seed))
    let needles = (0..<Int.random(in: 1...5, using: &random)).map { index in
      // Eight bytes or more, so that none counts between word boundaries only; two letters, so that they overlap and nest.
      Needle(bytes: letters(8...14, &random), secret: index, form: .verbatim, isBounded: false)
    }
    let unique = needles.enumerated().filter { index, needle in !needles[..<index].contains { $0.bytes == needle.bytes }
    }.map(\.element)
    var text = letters(0...400, &random)
    for _ in 0..<6 {
      text.insert(
        contentsOf: unique.randomElement(using: &random)?.bytes ?? [],
        at: Int.random(in: 0...text.count, using: &random))
    }
    // What ends in half a secret has a rule of its own, which the reference does not know.
    text += Array("------".utf8)
    let expected = naive(text, unique)
    let automaton = Automaton(unique)
    for _ in 0..<4 {
      var redactor = Redactor(Scan(automaton, unique), masks: unique.map { Array("[\($0.secret)]".utf8) })
      var output: [UInt8] = []
      var rest = text[...]
      while !rest.isEmpty {
        let piece = Array(rest.prefix(Int.random(in: 1...9, using: &random)))
        rest = rest.dropFirst(piece.count)
        redactor.write(piece) { output += $0.bytes }
      }
      redactor.finish { output += $0.bytes }
      #expect(String(decoding: output, as: UTF8.self) == expected)
    }
  }

  @Test func `masks a secret that begins with a part of itself`() throws {
    let set = SecretSet([try Secret(name: "S", value: "aabaabaac")])
    var redactor = set.redactor()
    var output = ""
    for piece in ["aabaab", "aabaabaac", " end"] {
      redactor.write(Array(piece.utf8)) { output += String(decoding: $0.bytes, as: UTF8.self) }
    }
    redactor.finish { output += String(decoding: $0.bytes, as: UTF8.self) }
    #expect(output == "aabaab[redacted:S] end")
  }

  @Test func `shows a prompt at once and holds back nothing but what may become a secret`() throws {
    let set = SecretSet([try Secret(name: "S", value: "hunter2-hunter2")])
    var redactor = set.redactor()
    var output = ""
    redactor.write(Array("Continue? [y/N] ".utf8)) { output += String(decoding: $0.bytes, as: UTF8.self) }
    #expect(output == "Continue? [y/N] ")
    redactor.write(Array("hunter2-hun".utf8)) { output += String(decoding: $0.bytes, as: UTF8.self) }
    #expect(output == "Continue? [y/N] ")
    redactor.write(Array("dred. ".utf8)) { output += String(decoding: $0.bytes, as: UTF8.self) }
    #expect(output == "Continue? [y/N] hunter2-hundred. ")
  }

  @Test func `masks at its end what is eight bytes or half of a secret`() throws {
    let set = SecretSet([try Secret(name: "S", value: "0123456789abcdefghij")])
    #expect(set.redact("tail 01234567").text == "tail [redacted:S]")
    #expect(set.redact("tail 0123456").text == "tail 0123456")
  }

  @Test func `takes a number of steps that is linear in hostile input`() throws {
    let secret = [UInt8](repeating: UInt8(ascii: "a"), count: 4096) + [UInt8(ascii: "b")]
    let needle = Needle(bytes: secret, secret: 0, form: .verbatim, isBounded: false)
    var scan = Scan(Automaton([needle]), [needle])
    let text = [UInt8](repeating: UInt8(ascii: "a"), count: 100_000)
    let decided = text.withUnsafeBytes { scan.read($0) }
    // The live prefix is the whole secret but its last byte, and everything before it has been let go.
    #expect(decided == 100_000 - 4096)
  }

  private func letters(_ count: ClosedRange<Int>, _ random: inout SplitMix) -> [UInt8] {
    (0..<Int.random(in: count, using: &random)).map { _ in
      Bool.random(using: &random) ? UInt8(ascii: "a") : UInt8(ascii: "b")
    }
  }

  /// Every occurrence of every needle, strict overlaps merged, named after the one that starts first.
  private func naive(_ text: [UInt8], _ needles: [Needle]) -> String {
    var found: [(start: Int, end: Int, needle: Int)] = []
    for end in 1...max(1, text.count) {
      let here = needles.indices.filter {
        text[..<min(end, text.count)].reversed().starts(with: needles[$0].bytes.reversed())
      }
      guard let longest = here.max(by: { needles[$0].bytes.count < needles[$1].bytes.count }) else { continue }
      var match = (start: end - needles[longest].bytes.count, end: end, needle: needles[longest].secret)
      while let last = found.last, last.end > match.start {
        if last.start <= match.start { match.needle = last.needle }
        match.start = min(match.start, last.start)
        found.removeLast()
      }
      found.append(match)
    }
    var output = ""
    var index = 0
    for match in found {
      output += String(decoding: text[index..<match.start], as: UTF8.self) + "[\(match.needle)]"
      index = match.end
    }
    return output + String(decoding: text[index...], as: UTF8.self)
  }
}
