import JSONText

/// One entry of a validation: its exchanges and asserts, of each attempt.
struct EntryView {
  let entry: JSON
  /// In bytes of the page, for a body.
  let limit: Int

  var html: HTML {
    let verdict = entry.text("verdict")
    let tone = Tone(of: verdict)
    let attempts = entry.list("attempts")
    let last = attempts.last
    let answer = last?.list("exchanges").last.map { ExchangeView(exchange: $0, limit: limit).answer } ?? "not asked"
    return Folded.details(isOpen: tone != .good) {
      Tag.span(.class("tone \(tone.rawValue)")) { "\(tone.sign) " }
      Tag.span(.class("soft")) { "\(entry["index"]?.int ?? 0) " }
      Tag.code { entry.text("request").row }
      " → \(answer)".row
      Tag.span(.class("soft")) { " · \(counted(last?.list("asserts").count ?? 0, "assert"))" }
    } content: {
      for (index, attempt) in attempts.enumerated() {
        if attempts.count > 1 { Tag.h4 { "Try \(index + 1) of \(attempts.count)" } }
        one(attempt)
      }
    }
  }

  private func one(_ attempt: JSON) -> HTML {
    let asserts = attempt.list("asserts")
    let captures = attempt.list("captures")
    return HTML([
      HTML(attempt.list("exchanges").map { ExchangeView(exchange: $0, limit: limit).html }),
      asserts.isEmpty ? HTML() : table(asserts),
      // Asserts that fail are in the table.
      HTML(
        attempt.list("failures").filter { $0["kind"]?.string != "assert" }.map { failure in
          Tag.p(.class("note bad")) {
            "✗ line \(failure["line"]?.int ?? 0): \(failure.text("title")): \(failure.text("message"))"
          }
        }),
      captures.isEmpty
        ? HTML()
        : Tag.dl(.class("facts")) {
          for capture in captures {
            Tag.div {
              Tag.dt { "captured \(capture.text("name"))".row }
              Tag.dd { Tag.code { capture.text("value") } }
            }
          }
        },
    ])
  }

  private func table(_ asserts: [JSON]) -> HTML {
    Tag.table(.class("asserts")) {
      Tag.thead {
        Tag.tr { for name in ["Line", "Assert", "Expected", "Actual", "Result"] { Tag.th(.scope(.col)) { name } } }
      }
      Tag.tbody {
        for assert in asserts {
          let holds = assert["passed"]?.bool == true
          Tag.tr(.class(holds ? "good" : "bad")) {
            Tag.td(.class("number")) { "\(assert["line"]?.int ?? 0)" }
            Tag.td(.class("text")) { Tag.code { "\(assert.text("query")) \(assert.text("predicate"))" } }
            Tag.td(.class("text")) { value(assert.text("expected")) }
            Tag.td(.class("text")) {
              value(assert.text("actual"))
              if let note = assert["note"]?.string { Tag.p(.class("soft")) { note } }
            }
            Tag.td(.class("tone")) { holds ? "✓ holds" : "✗ does not hold" }
          }
        }
      }
    }
  }

  private func value(_ text: String) -> HTML {
    let excerpt = Excerpt(beginningOf: Array(text.utf8), upTo: min(limit, 4 << 10))
    return Tag.code { excerpt.text + (excerpt.leftOut > 0 ? " … \(excerpt.leftOut) bytes more" : "") }
  }
}

/// One request and what came of it.
struct ExchangeView {
  let exchange: JSON
  let limit: Int

  var html: HTML {
    let request = exchange["request"] ?? .null
    return Tag.div(.class("exchange")) {
      message("Request", "\(request.text("method")) \(request.text("url"))", request)
      if let response = exchange["response"] {
        message("Response", "HTTP/\(response.text("version")) \(status(response))", response)
        connection(response)
      } else {
        Tag.p(.class("note bad")) { "✗ No response: \(exchange["failure"]?.text("message") ?? "")" }
      }
    }
  }

  /// What came, in a few words.
  var answer: String {
    guard let response = exchange["response"] else { return "no response" }
    return "\(status(response)) in \(Moments.text(milliseconds: Int64((response["duration_us"]?.int ?? 0) / 1000)))"
  }

  private func status(_ response: JSON) -> String {
    "\(response["status"]?.int ?? 0) \(response.text("reason"))"
  }

  private func message(_ title: String, _ line: String, _ message: JSON) -> HTML {
    let headers = message.list("headers").map { "\($0.text("name")): \($0.text("value"))" }
    let head = ([line] + headers).map(\.row).joined(separator: "\n")
    return HTML([
      Tag.h4 { title },
      Text.block(Excerpt(beginningOf: Array(head.utf8), upTo: limit)),
      message["body"].map(body) ?? HTML(),
    ])
  }

  private func body(_ body: JSON) -> HTML {
    let size = body["size"]?.int ?? 0
    if let reason = body["left_out"]?.string { return note("body of \(size) bytes, left out: \(reason)") }
    let digest = body["sha256"]?.string.map { ", sha256 \($0)" } ?? ""
    if let text = body["text"]?.string {
      return text.isEmpty
        ? note("no body")
        : HTML([Text.block(Excerpt(beginningOf: Array(text.utf8), upTo: limit)), note("\(size) bytes\(digest)")])
    }
    return note(
      body["kept"] == nil
        ? "body of \(size) bytes that are no text\(digest)" : "body of \(size) bytes, kept apart\(digest)")
  }

  private func connection(_ response: JSON) -> HTML {
    let parts = [
      response["peer"]?.string.map { "from \($0)" },
      response["tls"].map { "\($0.text("version")) \($0.text("cipher"))" },
      response["certificate"].map { "certificate of \($0.text("subject")), issued by \($0.text("issuer"))" },
    ].compactMap(\.self)
    return parts.isEmpty ? HTML() : note(parts.joined(separator: " · "))
  }

  private func note(_ text: String) -> HTML { Tag.p(.class("soft")) { text.row } }
}
