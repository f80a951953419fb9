package import JSONText
import LiveChecks

/// A report to be looked at in a browser: an index over all runs, and for each file a page with its calls and its source.
///
/// Pages need nothing from elsewhere, run no script, and are light or dark as the reader's system is.
package enum HTMLReport {
  /// One line of the index, kept beside it as JSON so that later runs can be added.
  package struct Line: Sendable {
    let name: String
    let page: String
    let succeeded: Bool
    let milliseconds: Int
    let finished: String

    /// `page` is the name of the file's page, relative to the index; `finished` a moment for people to read.
    package init(_ file: CheckedFile, page: String, finished: String) {
      name = file.name
      self.page = page
      succeeded = file.succeeded
      milliseconds = file.duration.milliseconds
      self.finished = finished
    }

    /// nil for a document of another shape.
    package init?(_ json: JSON) {
      guard let name = json["name"]?.string, let page = json["page"]?.string, let succeeded = json["success"]?.bool,
        let milliseconds = json["time"]?.int, let finished = json["finished"]?.string
      else { return nil }
      (self.name, self.page, self.succeeded, self.milliseconds, self.finished) =
        (name, page, succeeded, milliseconds, finished)
    }

    package var json: JSON {
      [
        "name": .string(name), "page": .string(page), "success": .bool(succeeded), "time": .count(milliseconds),
        "finished": .string(finished),
      ]
    }
  }

  package static func index(_ lines: [Line]) -> String {
    let rows = lines.map { line in
      """
      <tr class="\(line.succeeded ? "ok" : "no")"><td><a href="\(line.page.escapedMarkup)">\(line.name.escapedMarkup)</a></td>
      <td>\(line.succeeded ? "passed" : "failed")</td><td class="n">\(line.milliseconds) ms</td><td>\(line.finished.escapedMarkup)</td></tr>
      """
    }
    let succeeded = lines.count(where: \.succeeded)
    return document(
      "Checks",
      """
      <h1>Checks</h1>
      <p>\(lines.count) files, \(succeeded) passed, \(lines.count - succeeded) failed</p>
      <table><thead><tr><th>File</th><th>Status</th><th>Time</th><th>Finished</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table>
      """)
  }

  package static func page(_ file: CheckedFile) -> String {
    var parts = ["<p><a href=\"../index.html\">all files</a></p>", "<h1>\(file.name.escapedMarkup)</h1>"]
    parts.append(
      "<p class=\"\(file.succeeded ? "ok" : "no")\">\(file.succeeded ? "passed" : "failed") in \(file.duration.milliseconds) ms</p>"
    )
    let problems = file.problems.map { "<pre class=\"no\">\($0.text.escapedMarkup)</pre>" }
    if !problems.isEmpty { parts += ["<h2>What went wrong</h2>"] + problems }
    if let report = file.report {
      parts += ["<h2>Calls</h2>", timeline(of: report)]
      parts += report.entries.flatMap { entry in entry.attempts.map { section(entry, $0, in: report) } }
      parts += ["<h2>Source</h2>", source(of: report)]
    }
    return document(file.name, parts.joined(separator: "\n"))
  }

  /// A bar for each call, in the order of time.
  private static func timeline(of report: CheckReport) -> String {
    let calls = report.entries.flatMap { entry in entry.exchanges.map { (entry, $0) } }
    let begun = calls.compactMap(\.1.response?.timings).map(\.began)
    guard let first = begun.min(),
      let last = calls.compactMap(\.1.response?.timings).map({ $0.began + Int64($0.total) * 1000 }).max(), last > first
    else { return "" }
    let rows = calls.map { entry, exchange -> String in
      let request = report.masked("\(exchange.request.method) \(exchange.request.url)").escapedMarkup
      guard let timings = exchange.response?.timings else {
        return "<tr><td>\(entry.index)</td><td>\(request)</td><td class=\"n\">no response</td><td></td></tr>"
      }
      let span = Double(last - first)
      let start = Double(timings.began - first) / span * 100
      let width = max(0.3, Double(timings.total) * 1000 / span * 100)
      return """
        <tr><td>\(entry.index)</td><td>\(request)</td><td class="n">\(timings.total / 1000) ms</td><td class="bar">\
        <svg role="img" aria-label="from \(Int(start)) to \(Int(start + width)) percent of the run" width="100%" height="12">\
        <rect x="\(tenths(start))%" width="\(tenths(width))%" height="12" rx="2"/></svg></td></tr>
        """
    }
    return """
      <table class="calls"><thead><tr><th>Entry</th><th>Request</th><th>Time</th><th>When</th></tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table>
      """
  }

  private static func section(_ entry: EntryReport, _ attempt: AttemptReport, in report: CheckReport) -> String {
    func shown(_ text: String) -> String { report.masked(text).escapedMarkup }
    let asserts = attempt.asserts.map { assert in
      """
      <tr class="\(assert.holds ? "ok" : "no")"><td class="n">\(assert.place.line)</td>\
      <td><code>\(shown("\(assert.text.query) \(assert.text.predicate)"))</code></td>\
      <td>\(assert.holds ? "holds" : shown("actual: \(assert.actual)"))</td></tr>
      """
    }
    let captures = attempt.captures.map {
      "<tr><td>\(shown($0.name))</td><td><code>\(shown($0.value))</code></td></tr>"
    }
    let tries = entry.tries > 1 ? ", try \(attempt.number) of \(entry.tries)" : ""
    var parts = ["<h3>Entry \(entry.index)\(tries): \(shown(entry.requestLine))</h3>"]
    parts += attempt.exchanges.map { exchange(of: $0, shown) }
    if !asserts.isEmpty { parts.append("<table><tbody>\n\(asserts.joined(separator: "\n"))\n</tbody></table>") }
    if !captures.isEmpty {
      parts.append("<h4>Captures</h4><table><tbody>\n\(captures.joined(separator: "\n"))\n</tbody></table>")
    }
    return "<section>\n\(parts.joined(separator: "\n"))\n</section>"
  }

  private static func exchange(of exchange: Exchange, _ shown: (String) -> String) -> String {
    let request = exchange.request
    func text(_ first: String, _ headers: [HTTPHeader], _ body: [UInt8]?) -> String {
      let lines = [first] + headers.map { "\($0.name): \($0.value)" }
      return "<pre>\(shown(lines.joined(separator: "\n")))\(body.map { "\n\n" + shown(excerpt(of: $0)) } ?? "")</pre>"
    }
    let question = text("\(request.method) \(request.url)", request.headers, request.body)
    switch exchange.outcome {
    case .response(let response):
      let status = "HTTP/\(response.version) \(response.status) \(response.reason)"
      return
        "<details><summary>\(shown("\(request.method) \(request.url)")) \(response.status)</summary>\(question)"
        + text(status, response.headers, response.body) + "</details>"
    case .failure(let failure):
      return
        "<details open><summary>no response</summary>\(question)<pre class=\"no\">\(shown(failure.message))</pre></details>"
    }
  }

  private static let longest = 64 << 10

  private static func excerpt(of body: [UInt8]) -> String {
    guard String(validating: body, as: UTF8.self) != nil else { return "(\(body.count) bytes that are not text)" }
    let text = String(decoding: body.prefix(longest), as: UTF8.self)
    return body.count > longest ? text + "\n… (\(body.count) bytes in all)" : text
  }

  private static func source(of report: CheckReport) -> String {
    let wrong = Set(report.failures.map(\.place.line))
    let lines = report.file.source.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
      let number = $0.offset + 1
      let text = report.masked(String($0.element)).escapedMarkup
      return "<li\(wrong.contains(number) ? " class=\"no\"" : "") id=\"L\(number)\"><code>\(text)</code></li>"
    }
    return "<ol class=\"source\">\n\(lines.joined(separator: "\n"))\n</ol>"
  }

  private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }

  private static func document(_ title: String, _ body: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
    <title>\(title.escapedMarkup)</title>
    <style>
    \(style)
    </style>
    </head>
    <body>
    <main>
    \(body)
    </main>
    </body>
    </html>

    """
  }

  private static let style = """
    :root { color-scheme: light dark; --ok: light-dark(#176b2c, #7ed491); --no: light-dark(#a4161a, #ff9a9a);
      --line: light-dark(#d8dbe0, #3a3f47); --soft: light-dark(#f4f5f7, #1d2025); }
    body { font: 15px/1.5 system-ui, sans-serif; margin: 0; }
    main { max-width: 70rem; margin: 0 auto; padding: 1.5rem; }
    h1 { font-size: 1.5rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; margin-top: 2rem; } h3 { font-size: 1rem; }
    table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .3rem .6rem .3rem 0;
      border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
    td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-right: 1rem; }
    .ok td:nth-child(2), p.ok { color: var(--ok); } .no td:nth-child(2), tr.no td, p.no { color: var(--no); }
    td.bar { width: 35%; } rect { fill: currentColor; opacity: .55; }
    pre { background: var(--soft); padding: .7rem; overflow-x: auto; border-radius: 4px; } pre.no { border-left: 3px solid var(--no); }
    code, pre { font: 13px/1.45 ui-monospace, monospace; } summary { cursor: pointer; overflow-wrap: anywhere; }
    ol.source { background: var(--soft); padding: .7rem .7rem .7rem 4rem; border-radius: 4px; } ol.source code { white-space: pre-wrap; }
    li.no { color: var(--no); font-weight: 600; }
    @media print { details { display: block; } body { font-size: 11px; } }
    """
}
