import DeliveryLoop
import JSONText

/// What was asked of the service, what it answered, and what was made of it.
struct ValidationSection {
  let report: RunReport
  let limits: ReportLimits

  var html: HTML {
    let note =
      report.validations.isEmpty
      ? "Nothing was asked of the service."
      : "In the order in which they ran; of each body at most \(Sizes.text(Int64(limits.each))) are shown."
    return Part.html("Validations", in: report, note: note) {
      for waiver in report.run.waived {
        Tag.p(.class("note warn")) { "⚠ Not validated live: \(waiver.validation) \(waiver.wording)".row }
      }
      for validation in report.validations { one(validation) }
      for flake in report.run.flakes { Tag.p(.class("note warn")) { "⚠ \(flake.wording)".row } }
    }
  }

  private func one(_ validation: RunReport.ValidationRecord) -> HTML {
    let attempt = validation.attempt > 1 ? ", attempt \(validation.attempt)" : ""
    guard let document = validation.document else {
      return Tag.p(.class("note warn")) { "⚠ The record of \(validation.name)\(attempt) is not whole.".row }
    }
    let verdict = document.text("verdict")
    let tone = Tone(of: verdict)
    let entries = document.list("entries")
    return Tag.section(.class("validation"), .label("validation \(validation.name)\(attempt)".row)) {
      Tag.h4 {
        Tag.span(.class("tone \(tone.rawValue)")) { "\(tone.sign) \(verdict) " }
        Tag.code { validation.name.row }
        Tag.span(.class("soft")) { attempt }
      }
      for entry in entries { EntryView(entry: entry, limit: limits.each).html }
      surroundings(document)
      folded("Source of the validation", document.text("source"))
      folded("What the service printed meanwhile", document.text("service_log"))
    }
  }

  private func surroundings(_ document: JSON) -> HTML {
    let tools = (document["ran_in"]?["tools"]?.object?.members ?? []).map { "\($0.name) \($0.value.string ?? "")" }
    let variables = document.list("variables").map { "\($0.text("name")) = \($0.text("value"))" }
    let lines =
      tools + (document["ran_in"]?["fingerprint"]?.string.map { ["fingerprint \($0)"] } ?? [])
      + (document["blob"]?.string.map { ["file's blob \($0)"] } ?? []) + variables
    return folded("Variables and surroundings", lines.map(\.row).joined(separator: "\n"))
  }

  private func folded(_ title: String, _ text: String) -> HTML {
    text.isEmpty ? HTML() : Folded.text(title, Excerpt(beginningOf: Array(text.utf8), upTo: limits.each))
  }
}

/// Something that is opened when it is asked for.
enum Folded {
  static func text(_ title: String, _ excerpt: Excerpt, isOpen: Bool = false) -> HTML {
    details(isOpen: isOpen) {
      title.row
    } content: {
      Text.block(excerpt)
    }
  }

  static func details(
    isOpen: Bool = false, @Content summary: () -> HTML, @Content content: () -> HTML
  ) -> HTML {
    let parts = HTML([Tag.summary { summary() }, content()])
    return isOpen ? Tag.details(.open) { parts } : Tag.details { parts }
  }
}

/// Text as it was recorded.
enum Text {
  static func block(_ excerpt: Excerpt, endOnly: Bool = false) -> HTML {
    HTML([
      endOnly ? leftOut(excerpt) : HTML(), Tag.pre { Tag.code { excerpt.text } }, endOnly ? HTML() : leftOut(excerpt),
    ])
  }

  private static func leftOut(_ excerpt: Excerpt) -> HTML {
    excerpt.leftOut > 0 ? Tag.p(.class("soft")) { "… \(Sizes.text(excerpt.leftOut)) are left out here" } : HTML()
  }
}

extension JSON {
  func text(_ name: String) -> String { self[name]?.string ?? "" }
  func list(_ name: String) -> [JSON] { self[name]?.array ?? [] }
}
