import Testing

@testable import LiveChecks

@Suite struct `Codings` {
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
