import DeliveryLoop
import FileSystem
import Foundation
import RunReports
import Testing

/// Pages as a real browser takes them.
@Suite struct `A report in a browser` {
  private static let time = Timestamp(nanoseconds: 1_700_000_000_000_000_000)

  private func page(_ reports: [RunReport]) -> [UInt8] {
    ReportPage.bytes(of: reports, limits: ReportLimits(texts: 1), made: Self.time, by: "waybill")
  }

  private static let elements: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2", "h3", "h4", "nav", "ul", "li",
    "main",
    "section", "strong", "span", "dl", "dt", "dd", "div", "code", "time", "table", "caption", "thead", "tbody", "tr",
    "th",
    "td", "svg", "rect", "details", "summary", "pre", "footer",
  ]
  private static let attributes: Set<String> = [
    "lang", "charset", "http-equiv", "content", "name", "class", "href", "id", "aria-label", "aria-labelledby", "scope",
    "datetime", "role", "width", "height", "x", "open",
  ]

  @Test func `runs no script of the data and shows it as text`() async throws {
    let seen = try await Browser.open(page([try HostileReport.report()]))
    #expect(seen.title.hasPrefix("br-1: </script><script>"), "\(seen.title)")
    #expect(seen.elements.subtracting(Self.elements).isEmpty, "\(seen.elements)")
    #expect(seen.attributes.subtracting(Self.attributes).isEmpty, "\(seen.attributes)")
    #expect(!seen.log.contains("Content Security Policy"), "\(seen.log)")
    for text in HostileReport.texts {
      let shown = text.replacing("\u{202e}", with: "[U+202E]").replacing("\u{2066}", with: "[U+2066]")
        .replacing("\0", with: "␀").replacing("\u{7}", with: "␇").replacing("\u{1b}", with: "␛")
      #expect(seen.text.ranges(of: shown).count > 30, "\(shown)")
    }
    #expect(!seen.dom.unicodeScalars.contains { (0x202a...0x202e).contains($0.value) || $0.value == 0 })
  }

  @Test func `would run none that got in all the same`() async throws {
    let plain = String(decoding: page([try HostileReport.report("quiet")]), as: UTF8.self)
    let script = "<script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\"></main>"
    let injected = plain.replacing("</main>", with: script)
    let seen = try await Browser.open(Array(injected.utf8))
    #expect(seen.title == "br-1: quiet" && seen.elements.contains("script"))
    #expect(seen.log.contains("Content Security Policy"), "\(seen.log)")
    // This browser does run scripts where nothing is said against it.
    let open = injected.replacing("Content-Security-Policy", with: "X-Nothing")
    #expect(try await Browser.open(Array(open.utf8)).title == "owned")
  }

  @Test func `has an index of several runs and landmarks to go by`() async throws {
    let report = try HostileReport.report("quiet")
    let seen = try await Browser.open(page([report, report]))
    #expect(seen.title == "2 runs")
    #expect(seen.elements.isSuperset(of: ["header", "nav", "main", "footer", "h1", "h2", "h3"]))
    #expect(seen.dom.contains("href=\"#\(report.run.id.text.isEmpty ? "" : "run-\(report.run.id.text)")\""))
    #expect(seen.dom.contains("<html lang=\"en\">"))
  }

  @Test func `shows a delivery whole`() async throws {
    var shape = Project.Shape()
    let owned = "<img src=x onerror=document.title=1>"
    shape.implement = "echo hello > hello.txt; echo \"\(owned)\" > \"\(owned).txt\""
    shape.test = "printf \"a log </script>\(owned) \\\\377 end\""
    shape.files["tasks/hello.md"] = "---\nid: hello\ntitle: 'Say \(owned)'\nstatus: open\n---\nSay it.\n"
    shape.files["validations/hello.hurl"] =
      "GET {{base_url}}/hello.txt\nX-Asked: \(owned)\nHTTP 200\n[Asserts]\nbody contains \"hello\"\nbody not contains \"]]>\"\n"
    let project = try await Project(shape)
    let run = try await project.waybill("run", "hello")
    #expect(run.status == 0, "\(run.text)")
    let made = try await project.waybill("report", "-o", "report.html")
    #expect(made.status == 0 && made.text.contains("report.html: 1 run"), "\(made.text)")
    let page = try #require(FileReader.contents("\(project.root)/report.html"))
    let seen = try await Browser.open(page)
    #expect(seen.title == "hello: Say \(owned)")
    #expect(seen.elements.subtracting(Self.elements).isEmpty, "\(seen.elements)")
    let commit = try await project.sh("git rev-parse HEAD")
    for words in [
      "✓ delivered", "Ada <ada@example.org>", commit, "the same tree", "the same, and the closed record of the task",
      "origin/main shows ", "a log </script>\(owned)", "X-Asked: \(owned)", "200 OK", "body contains \"hello\"",
      "✓ holds",
      "+\(owned)", "Waybill-Run: ",
    ] { #expect(seen.text.contains(words), "\(words)") }
    let several = try await project.waybill("report", "--since", "2020-01-01", "--task", "hello", "-o", "-")
    #expect(several.status == 0 && several.text.hasPrefix("<!DOCTYPE html>") && several.text.hasSuffix("</html>\n"))
  }

  @Test func `says what it cannot report on, and where it cannot write`() async throws {
    let project = try await delivered()
    for (arguments, words) in [
      (["report"], "Missing expected argument '--output"), (["report", "ffff", "-o", "x"], "ffff"),
      (["report", "0", "--since", "2020-01-01", "-o", "x"], "name a run, or say which"),
      (["report", "--since", "yesterday", "-o", "x"], "yesterday"),
      (["report", "--until", "2020-01-01", "-o", "x"], "no run is as the options say"),
    ] {
      let (status, text) = try await project.waybill(arguments)
      #expect(status == 2 && text.contains(words), "\(text)")
    }
    let (status, text) = try await project.waybill("report", "-o", "waybill.yaml/x.html")
    #expect(status == 5 && text.contains("waybill.yaml/x.html"), "\(text)")
  }
}
