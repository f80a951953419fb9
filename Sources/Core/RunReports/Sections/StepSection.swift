import DeliveryLoop

/// What was done, in the order of doing.
struct StepSection {
  let report: RunReport

  var html: HTML {
    let total = max(1, report.steps.reduce(0) { $0 + $1.milliseconds })
    var before: Int64 = 0
    var rows: [HTML] = []
    for step in report.steps {
      rows.append(row(step, from: before, of: total))
      before += step.milliseconds
    }
    return Part.html("Steps", in: report, note: rows.isEmpty ? "Nothing was done." : nil) {
      if !rows.isEmpty {
        Tag.table(.class("steps")) {
          Tag.caption {
            "\(counted(rows.count, "step")), \(Moments.text(milliseconds: total)) of work; the bars leave out the time between them."
          }
          Tag.thead {
            Tag.tr { for name in ["Step", "Outcome", "Time", "When", "What"] { Tag.th(.scope(.col)) { name } } }
          }
          Tag.tbody { rows }
        }
      }
    }
  }

  private func row(_ step: RunReport.StepLine, from before: Int64, of total: Int64) -> HTML {
    let tone = Tone(of: step.outcome)
    let (start, width) = (tenths(before, total), max(3, tenths(step.milliseconds, total)))
    return Tag.tr(.class(tone.rawValue)) {
      Tag.th(.scope(.row)) {
        step.step.rawValue
        if step.attempt > 1 { Tag.span(.class("soft")) { " attempt \(step.attempt)" } }
      }
      Tag.td(.class("tone")) { "\(tone.sign) \(step.outcome)" }
      Tag.td(.class("number")) { step.ended == nil ? "open" : Moments.text(milliseconds: step.milliseconds) }
      Tag.td(.class("bar")) {
        Tag.svg(
          .role, .label("began \(Moments.text(step.began))"), .width("100%"), .height("10")
        ) { Tag.rect(.x(percent(start)), .width(percent(width)), .height("10")) }
      }
      Tag.td(.class("text")) { step.message }
    }
  }

  private func tenths(_ part: Int64, _ whole: Int64) -> Int64 { part * 1000 / whole }
  private func percent(_ tenths: Int64) -> String { "\(tenths / 10).\(tenths % 10)%" }
}

extension RunReport.StepLine {
  /// 0 while it is open; no clock is believed to run backwards.
  var milliseconds: Int64 { max(0, ((ended ?? began).nanoseconds - began.nanoseconds) / 1_000_000) }
}

/// A part of a run's record, under a heading of its own.
enum Part {
  static func html(
    _ title: String, in report: RunReport, note: String? = nil, @Content content: () -> HTML
  ) -> HTML {
    let id = id(title, in: report)
    return Tag.section(.labelled(by: id)) {
      Tag.h3(.id(id)) { title }
      if let note { Tag.p(.class("soft")) { note } }
      content()
    }
  }

  static func id(_ title: String, in report: RunReport) -> String {
    "\(report.anchor)-\(title.lowercased().filter { $0.isLetter })"
  }
}
