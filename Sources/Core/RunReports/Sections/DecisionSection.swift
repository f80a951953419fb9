import DeliveryLoop

/// What was about to be changed in an environment, and who has agreed to what.
struct DecisionSection {
  let report: RunReport

  var html: HTML {
    let run = report.run
    let isEmpty = run.plans.isEmpty && run.decisions.isEmpty && run.waivers.isEmpty
    return Part.html(
      "Plans and decisions", in: report, note: isEmpty ? "No plan was made, and nothing had to be decided." : nil
    ) {
      for record in run.plans { plan(record) }
      for decision in run.decisions { self.decision(decision) }
      for waiver in run.waivers { self.waiver(waiver) }
    }
  }

  private func plan(_ record: PlanRecord) -> HTML {
    let tone = Tone(of: record.state.rawValue)
    return Tag.table {
      Tag.caption {
        Tag.span(.class("tone \(tone.rawValue)")) { "\(tone.sign) \(record.state.rawValue)" }
        " plan of \(record.plan.risk.rawValue) risk, "
        Tag.code { "sha256 \(record.plan.digest.text)" }
        ", made "
        Moments.html(record.plan.made)
        " for the tree "
        Tag.code { record.plan.tree.text }
      }
      Tag.thead {
        Tag.tr { for name in ["No.", "Request", "Risk", "Sent"] { Tag.th(.scope(.col)) { name } } }
      }
      Tag.tbody {
        for (index, request) in record.plan.requests.enumerated() {
          Tag.tr {
            Tag.th(.scope(.row)) { "\(index + 1)" }
            Tag.td(.class("text")) {
              Tag.code { "\(request.method) \(request.url)".row }
              Tag.p(.class("soft")) { "\(request.validation):\(request.line), environment \(request.environment)".row }
              if let body = request.body { Tag.pre { Tag.code { body } } }
            }
            Tag.td(.class("text")) { "\(request.risk.rawValue): \(request.rule)".row }
            Tag.td(.class("number")) { "\(record.sent[index + 1] ?? 0) of \(request.times)" }
          }
        }
      }
    }
  }

  private func decision(_ decision: Decision) -> HTML {
    let what =
      switch decision.subject {
      case .plan(let digest): "the plan \(digest.text.prefix(12))"
      case .gates(let tree): "what the change makes of its gates, tree \(tree.short)"
      }
    let tone = Tone(of: decision.verdict.rawValue)
    return statement(
      tone, "\(decision.by) has \(decision.verdict.rawValue) \(what)", decision.reason, decision.ticket, decision.at)
  }

  private func waiver(_ waiver: Waiver) -> HTML {
    statement(
      .warn,
      "\(waiver.by) answers for \(waiver.validation) until \(Moments.text(waiver.until)), which could not be asked",
      waiver.reason, waiver.ticket, waiver.at)
  }

  private func statement(_ tone: Tone, _ text: String, _ reason: String, _ ticket: String?, _ time: Timestamp) -> HTML {
    Tag.p(.class("note \(tone.rawValue)")) {
      "\(tone.sign) \(text): \(reason)".row
      if let ticket { " (\(ticket))".row }
      Tag.span(.class("soft")) {
        " · "
        Moments.html(time)
      }
    }
  }
}
