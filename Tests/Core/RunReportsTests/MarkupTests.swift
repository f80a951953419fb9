import Testing

@testable import RunReports

@Suite struct `Markup of a report` {
  private func shown(_ text: String) -> String { String(decoding: HTML(text).bytes, as: UTF8.self) }

  @Test(arguments: [
    ("a < b && c > d", "a &lt; b &amp;&amp; c &gt; d"), ("</script>", "&lt;/script&gt;"), ("&lt;", "&amp;lt;"),
    ("]]>", "]]&gt;"), ("line\n\tnext", "line\n\tnext"), ("nul\0bel\u{7}del\u{7f}", "nul␀bel␇del␡"),
    ("cr\r\n", "cr␍\n"),
    ("\u{85}\u{9b}", "\u{fffd}\u{fffd}"), ("é €𝄞 \u{2019}", "é €𝄞 \u{2019}"),
    (
      "a\u{202e}b\u{202a}c\u{2066}d\u{2069}e\u{200e}f\u{200f}g\u{61c}",
      "a[U+202E]b[U+202A]c[U+2066]d[U+2069]e[U+200E]f[U+200F]g[U+061C]"
    ),
  ])
  func `shows whatever means something as text`(text: String, escaped: String) {
    #expect(shown(text) == escaped)
  }

  @Test func `keeps an attribute within its quotes`() {
    let html = Tag.div(.label("\" onclick='x'\n>")) { "\"" }
    #expect(
      String(decoding: html.bytes, as: UTF8.self)
        == "<div aria-label=\"&quot; onclick=&#39;x&#39;␊&gt;\">\"</div>")
  }

  @Test func `escapes at the end of a text as well`() {
    #expect(shown("\u{202e}") == "[U+202E]")
    #expect(shown(String(decoding: [0x61, 0xe2, 0x80], as: UTF8.self)) == "a\u{fffd}")
  }

  @Test func `counts an excerpt in bytes of the page, and cuts no character`() {
    let end = Excerpt(endOf: Array("one\ntwo\nthree\n".utf8), upTo: 10)
    #expect(end.text == "three\n" && end.leftOut == 8)
    let amps = Excerpt(beginningOf: Array("&&&&".utf8), upTo: 11)
    #expect(amps.text == "&&" && amps.leftOut == 2)
    let wide = Excerpt(beginningOf: Array("a€€".utf8), upTo: 12)
    #expect(wide.text == "a€" && wide.leftOut == 3)
    #expect(Excerpt(beginningOf: Array("whole".utf8), upTo: 5).leftOut == 0)
    let later = Excerpt(endOf: Array("rest of a line\nlast".utf8), of: 1000, upTo: 100)
    #expect(later.text == "last" && later.leftOut == 996)
    #expect(Excerpt(endOf: [], upTo: 10).text.isEmpty)
  }

  @Test func `gives each text its share of the page`() {
    #expect(ReportLimits(texts: 0).each == 256 << 10)
    #expect(ReportLimits(texts: 2000).each == 7340)
    #expect(ReportLimits(texts: 1 << 30).each == 2 << 10)
  }

  @Test func `shows a diff file by file`() {
    let diff =
      "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1,2 @@\n-a\n+b\n+diff --git a/<b> b/y\ndiff --git a/<z> b/<z>\nBinary\n"
    let text = String(decoding: HTML(DiffView(text: diff).files).bytes, as: UTF8.self)
    #expect(text.components(of: "<details") == 2)
    #expect(text.contains("<code>x</code><span class=\"soft\"> +2 −1</span>"))
    #expect(text.contains("<code>&lt;z&gt;</code>"))
  }
}

extension String {
  fileprivate func components(of word: String) -> Int { ranges(of: word).count }
}
