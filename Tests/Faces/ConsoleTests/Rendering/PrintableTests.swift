import Testing

@testable import Console

@Suite struct `Printable text` {
  @Test(arguments: [
    ("plain, 日本語 and 👩‍👧", "plain, 日本語 and 👩‍👧"), ("one\ntwo\tthree", "one\ntwo\tthree"), ("dos\r\nline", "dos\nline"),
    ("\u{1b}]0;title\u{7}\u{1b}[2J", "␛]0;title␇␛[2J"), ("10%\r20%\r", "10%␍20%␍"), ("\u{0}\u{8}\u{7f}", "␀␈␡"),
    ("a\u{9b}2Jb\u{85}c", "a\u{fffd}2Jb\u{fffd}c"), ("\r\r\n", "␍\n"), ("", ""),
  ])
  func `shows what would command a terminal`(text: String, shown: String) {
    #expect(Printable.text(text).unicodeScalars.elementsEqual(shown.unicodeScalars))
  }

  @Test func `of one row stays in it`() {
    #expect(Printable.row("a\tb\nc\r\nd\u{1b}[A") == "a b␊c␊d␛[A")
  }

  @Test func `is the same however a stream is cut`() {
    let text = "é\u{9b}2J ok\r\n日本\r👩\u{1b}[31m"
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      for second in cut...bytes.count {
        var stream = Printable()
        let pieces = [bytes[..<cut], bytes[cut..<second], bytes[second...]].map { stream.take(Array($0)) }
        #expect(pieces.joined() + stream.finish() == Printable.text(text), "\(cut), \(second)")
      }
    }
  }

  @Test func `is made of bytes that are no text`() {
    var stream = Printable()
    #expect(stream.take([0xff, 0x9b, 0x41, 0xe2, 0x82]) == "\u{fffd}\u{fffd}A")
    #expect(stream.finish() == "\u{fffd}")
  }
}
