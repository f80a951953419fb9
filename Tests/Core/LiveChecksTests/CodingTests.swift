import Testing

@testable import LiveChecks

@Suite struct `Codings` {
  @Test(arguments: [
    ("", "d41d8cd98f00b204e9800998ecf8427e", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "900150983cd24fb0d6963f7d28e17f72", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "8215ef0796a20bcaaae116d3876c664a",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      String(repeating: "a", count: 1_000_000), "7707d6ae4e027c70eea2a935c2296f21",
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    ),
  ])
  func `digest as the standards have it`(text: String, md5: String, sha256: String) {
    #expect(Hexadecimal.encode(MD5.digest(Array(text.utf8))) == md5)
    #expect(Hexadecimal.encode(SHA256.digest(Array(text.utf8))) == sha256)
  }

  @Test func `pad messages of every length`() {
    // One block more from 56 bytes on, where the length has no room any more.
    let ends = (0..<130).map { count -> Int in
      var blocks = 0
      HashBlocks.forEach(of: [UInt8](repeating: 1, count: count), isBigEndian: true) { _ in blocks += 1 }
      return blocks
    }
    #expect(ends == (0..<130).map { ($0 + 8) / 64 + 1 })
  }

  @Test(arguments: [
    ("&lt;&gt;&amp;&quot;&apos;", "<>&\"'"), ("&eacute;&Eacute;&nbsp;", "éÉ\u{a0}"),
    ("&notin;&notit;&not;&not", "∉¬it;¬¬"),
    ("&amp", "&"), ("&ampx", "&x"), ("&amp;amp;", "&amp;"), ("&hearts", "&hearts"), ("&hearts;", "♥"),
    ("&#60;&#x3c;&#X3C;", "<<<"),
    ("&#60", "<"), ("&#x110000;&#0;&#xd800;", "\u{fffd}\u{fffd}\u{fffd}"), ("&#128;&#x80;&#159;", "€€Ÿ"),
    ("&#;&#x;&;&", "&#;&#x;&;&"),
    ("&CounterClockwiseContourIntegral;", "∳"), ("&NotEqualTilde;", "≂\u{338}"), ("&Abcdefgh;", "&Abcdefgh;"),
    ("no", "no"), ("", ""),
    ("&#99999999999999999999;", "\u{fffd}"), ("&fjlig;", "fj"), ("é&eacute;é", "ééé"),
  ])
  func `resolve the references of HTML`(text: String, expected: String) {
    #expect(HTMLReferences.unescape(text) == expected)
  }

  @Test func `undo the escaping of HTML`() {
    let text = "<a href=\"x\">&amp; 'é'</a>"
    #expect(HTMLReferences.escape(text) == "&lt;a href=\"x\"&gt;&amp;amp; 'é'&lt;/a&gt;")
    #expect(HTMLReferences.unescape(HTMLReferences.escape(text)) == text)
  }

  @Test(
    arguments: [
      ("UTF-8", "utf-8"), (" utf8 ", "utf-8"), ("latin1", "windows-1252"), ("ISO-8859-1", "windows-1252"),
      ("us-ascii", "windows-1252"),
      ("gb2312", "gbk"), ("Shift_JIS", "shift_jis"), ("x-sjis", "shift_jis"), ("utf-16", "utf-16le"),
      ("iso-8859-9", "windows-1254"),
      ("big5", "big5"), ("klingon", nil), ("", nil), ("utf-7", nil),
    ] as [(String, String?)])
  func `know the charsets of the web by all their labels`(label: String, name: String?) {
    #expect(Charset.name(of: label) == name)
  }

  @Test(
    arguments: [
      ("text/html", nil), ("text/html; charset=utf-8", "utf-8"), ("text/html;CHARSET=\"latin1\" ; x=y", "latin1"),
      ("text/html; x=y; charset = gbk", "gbk"), ("text/html; charset=", nil), ("charset=utf-8", nil),
    ] as [(String, String?)])
  func `find the label in a content type`(type: String, label: String?) {
    #expect(Charset.label(in: type) == label)
  }

  @Test func `take the web's word for Latin 1`() {
    let none = CheckLibraries()
    #expect(Charset.decode([0x80, 0xe9, 0x81], label: "iso-8859-1", none) == .success("€é\u{81}"))
    #expect(Charset.decode([0xff], label: "utf-8", none) == .failure(.malformed))
    #expect(Charset.decode([0x41], label: "gbk", none) == .failure(.unknown))
    let echo = CheckLibraries(decode: { .success("\($1) \($0)") })
    #expect(Charset.decode([0xfe, 0xff, 0, 0x41], label: "utf-16", echo) == .success("utf-16be [0, 65]"))
    #expect(Charset.decode([0x41, 0], label: "ucs-2", echo) == .success("utf-16le [65, 0]"))
  }
}
