import Testing

@testable import Redaction

@Suite struct `Hostile input` {
  static let repetitive = [UInt8](repeating: UInt8(ascii: "a"), count: 4096)

  @Test func `costs a bounded number of steps for each byte`() {
    // A step goes at most one deeper and a fallback goes up: so no text of n bytes takes more than 2n of both.
    var random = SplitMix(7)
    let needles = (0..<40).map { index in
      let bytes = (0..<Int.random(in: 4...60, using: &random)).map { _ in UInt8.random(in: 97...98, using: &random) }
      return Needle(bytes: bytes, secret: index, form: .verbatim)
    }
    let automaton = Matcher(needles + [Needle(bytes: Self.repetitive + [98], secret: 40, form: .verbatim)]).plain
    for state in 1..<Int32(automaton.stateCount) {
      #expect(automaton.depth(of: automaton.fallback(of: state)) < automaton.depth(of: state))
    }
  }

  @Test func `is held back no further than the longest secret, however long it goes on`() throws {
    let set = SecretSet([try Secret(name: "S", bytes: Self.repetitive + [UInt8(ascii: "b")])])
    var redactor = set.redactor()
    let pieces = [[UInt8]](repeating: Self.repetitive, count: 20)
    let outputs = redactor.outputs(of: pieces)
    for (index, output) in outputs.dropLast().enumerated() { #expect(output.count == 4096 * index) }
  }

  @Test func `that is secret throughout is one mask and is not kept`() throws {
    let set = SecretSet([try Secret(name: "S", bytes: Array(Self.repetitive.prefix(64)))])
    var scan = Scan(
      Matcher(Forms.needles(of: try Secret(name: "S", bytes: Array(Self.repetitive.prefix(64))), index: 0)))
    for _ in 0..<50 {
      Self.repetitive.withUnsafeBytes { scan.read($0) }
      scan.release(upTo: scan.decided)
      #expect(scan.held.end - scan.held.start <= 64)
      #expect(scan.coverage.stretches.count == 1)
    }
    var redactor = set.redactor()
    let text = [[UInt8]](repeating: Self.repetitive, count: 50)
    #expect(redactor.outputs(of: text).last == Array("[redacted:S]".utf8))
  }

  @Test(arguments: [
    "\\", "%", "&", "\u{1b}", "\n", "\r\n", "\\\"", "\\n", "\\\\n", "\\u0022", "%41", "%2541", "&amp;",
    "{\"a\":\"b\\\"c\"}\n",
    "/a%20b?c=d&e=f\n", "\u{1b}[32mok\u{1b}[0m ", "if a && b {\n        c(\"\\t\")\n    }\n", "10:42 C:\\Users\\me\n",
  ])
  func `of marks that are in no secret wakes no view`(piece: String) throws {
    let secret = try Secret(name: "S", value: "kV9#xQ2!mZ7$wL4@rT6^pB1*")
    let grams = Matcher(Forms.needles(of: secret, index: 0)).grams
    let bytes = Array([String](repeating: piece, count: 600).joined().utf8)
    var margin = Margin()
    for index in 2..<(bytes.count - 300) where bytes[index].isSpecial && bytes[index - 1] != .backslash {
      #expect(grams.passes(bytes.span, index, &margin) != nil, "\(index)")
    }
  }

  @Test func `of one byte per write moves nothing more often than it has to`() {
    var held = Held()
    var kept = 0
    for index in 0..<10_000 {
      withUnsafeBytes(of: UInt8(truncatingIfNeeded: index)) { held.append($0) }
      if held.end > 500 { held.release(upTo: held.end - 500) }
      kept = max(kept, held.read { bytes, _ in bytes.count })
    }
    #expect(held.byte(at: 9_999) == UInt8(truncatingIfNeeded: 9_999))
    #expect(held.byte(at: held.start - Held.context) == UInt8(truncatingIfNeeded: held.start - Held.context))
    #expect(kept <= 2 * (500 + Held.context) + 1)
  }
}
