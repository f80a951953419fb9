import LiveChecks
import Testing
import XPath

@Suite struct `XPath by libxml2` {
  private static let page = """
    <!DOCTYPE html><html><head><title>Été &amp; co</title></head>
    <body><h1 class=big>Hi<p>one<p>two<br><a href="/x">link</a> <b>unclosed</body></html>
    """
  private static let feed = """
    <?xml version="1.0"?><feed xmlns="urn:f" xmlns:dc="urn:dc"><entry><dc:id>1</dc:id></entry>
    <entry xmlns:x="urn:x" x:k="v"><dc:id>2</dc:id></entry><!-- c --><![CDATA[<no>]]></feed>
    """

  @Test(
    arguments: [
      ("//p", .nodes(2)), ("//nothing", .nodes(0)), ("string(//title)", .string("Été & co")),
      ("string(//a/@href)", .string("/x")), ("count(//p)", .number(2)), ("boolean(//b)", .bool(true)),
      ("//h1/@class = 'big'", .bool(true)), ("normalize-space(//p[2])", .string("twolink unclosed")),
      ("string-length('é')", .number(1)), ("/html/head/title", .nodes(1)), ("1 div 4", .number(0.25)),
    ] as [(String, XPathValue)])
  func `answers on HTML as it comes`(expression: String, value: XPathValue) {
    #expect(LibXML.evaluate(expression, on: MarkupDocument(Self.page, .html)) == .success(value))
  }

  @Test(
    arguments: [
      ("//_:entry", .nodes(2)), ("//entry", .nodes(0)), ("string(//dc:id[. = '2'])", .string("2")),
      ("string(//@x:k)", .string("v")), ("local-name(/*)", .string("feed")), ("sum(//dc:id)", .number(3)),
      ("string(/_:feed/text()[last()])", .string("<no>")),
    ] as [(String, XPathValue)])
  func `answers on XML by the document's own namespaces`(expression: String, value: XPathValue) {
    #expect(LibXML.evaluate(expression, on: MarkupDocument(Self.feed, .xml)) == .success(value))
  }

  @Test func `believes the declaration of XML only where nobody else has named the charset`() {
    let latin = #"<?xml version="1.0" encoding="ISO-8859-1"?><a>"#.utf8.map { $0 } + [0xe9] + Array("</a>".utf8)
    #expect(
      LibXML.evaluate("string(/a)", on: MarkupDocument(bytes: latin, syntax: .xml, isUTF8: false))
        == .success(.string("é")))
    let text = #"<?xml version="1.0" encoding="ISO-8859-1"?><a>é</a>"#
    #expect(LibXML.evaluate("string(/a)", on: MarkupDocument(text, .xml)) == .success(.string("é")))
  }

  @Test(arguments: [
    ("", "line 1: Document is empty"), ("<a>", "line 1:"), ("<a></b>", "line 1: Opening and ending tag mismatch"),
    ("{}", "line 1:"),
    ("<a>&x;</a>", "line 1: Entity 'x' not defined"), ("<a/><b/>", "line 1:"),
  ])
  func `says where a document is not XML`(document: String, reason: String) {
    guard case .failure(.document(let words)) = LibXML.evaluate("/a", on: MarkupDocument(document, .xml)) else {
      Issue.record("\(document) is read")
      return
    }
    #expect(words.hasPrefix(reason), "\(words)")
  }

  @Test(arguments: ["", "//", "//a[", "a b", "foo()", "$v", "//x:a", "'", "/a/\u{0}", "1 +"])
  func `refuses what is no expression`(expression: String) {
    guard case .failure(.expression(let words)) = LibXML.evaluate(expression, on: MarkupDocument("<a/>", .xml)) else {
      Issue.record("\(expression) is evaluated")
      return
    }
    #expect(!words.isEmpty)
  }

  @Test(arguments: [
    #"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>"#,
    #"<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]><a>&x;</a>"#,
    #"<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><a/>"#,
    #"<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>"#,
    #"<!DOCTYPE a [<!ENTITY x "harmless">]><a>&x;</a>"#,
  ])
  func `refuses documents that declare entities`(document: String) {
    #expect(
      LibXML.evaluate("string(/a)", on: MarkupDocument(document, .xml)) == .failure(.document("it declares entities")))
  }

  @Test func `loads no type definition from anywhere`() {
    let document = #"<!DOCTYPE a SYSTEM "file:///etc/passwd"><a>1</a>"#
    #expect(LibXML.evaluate("string(/a)", on: MarkupDocument(document, .xml)) == .success(.string("1")))
    let include = #"<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd" parse="text"/></a>"#
    #expect(LibXML.evaluate("string(/a)", on: MarkupDocument(include, .xml)) == .success(.string("")))
  }

  @Test func `ends on hostile documents and expressions`() {
    let deep = String(repeating: "<a>", count: 100_000)
    guard case .failure(.document) = LibXML.evaluate("//a", on: MarkupDocument(deep, .xml)) else {
      Issue.record("100,000 levels are read")
      return
    }
    _ = LibXML.evaluate("//a", on: MarkupDocument(deep, .html))
    let wide = "<a>" + String(repeating: "<b/>", count: 20_000) + "</a>"
    let expression = "count(//b[count(//b[count(//b) > 0]) > 0])"
    guard case .failure(.expression(let words)) = LibXML.evaluate(expression, on: MarkupDocument(wide, .xml)) else {
      Issue.record("a cubic expression is evaluated")
      return
    }
    #expect(words.contains("operations"), "\(words)")
    let nested = String(repeating: "(", count: 100_000) + "1" + String(repeating: ")", count: 100_000)
    guard case .failure(.expression) = LibXML.evaluate(nested, on: MarkupDocument("<a/>", .xml)) else {
      Issue.record("100,000 parentheses are evaluated")
      return
    }
  }

  @Test func `never crashes on damaged documents`() {
    let valid = Array(Self.feed.utf8)
    var seed: UInt64 = 5
    for _ in 0..<2000 {
      var bytes = valid
      for _ in 0..<3 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(seed >> 33) % bytes.count] = UInt8(truncatingIfNeeded: seed >> 24)
      }
      for syntax in [MarkupDocument.Syntax.xml, .html] {
        _ = LibXML.evaluate(
          "string(//*[@*])", on: MarkupDocument(bytes: bytes, syntax: syntax, isUTF8: syntax == .html))
      }
    }
  }
}
