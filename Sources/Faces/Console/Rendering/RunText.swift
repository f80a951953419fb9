import DeliveryLoop
import Engine

/// All that is known of one run, of which text and JSON are made.
struct RunPage {
  let run: Run
  let summary: RunSummary
  let timeline: Timeline
  let evidence: [EvidenceSummary]
  /// Whether a program is at work on it at this moment.
  let isAlive: Bool
  var agents: AgentUse?

  var explanation: Explanation { Explanation(of: run, isAlive: isAlive) }
}

/// One run as a page of text.
enum RunText {
  static func of(_ page: RunPage) -> String {
    let (run, explanation, evidence) = (page.run, page.explanation, page.evidence)
    var lines = [
      "\(run.opening.task) · \(Printable.row(run.opening.title))",
      "",
      fact("run", run.id.text),
      fact("state", state(page)),
      fact("base", "\(run.base.short) on \(run.opening.branch)"),
    ]
    if run.isCommitted, let commit = run.commit { lines.append(fact("commit", "\(commit.id.text)")) }
    if let pushed = run.pushed {
      lines.append(fact("remote", "\(run.opening.remote)/\(run.opening.remoteBranch) shows \(pushed.short)"))
    }
    if let tree = run.validatedTree ?? run.testedTree ?? run.formattedTree {
      lines.append(fact("tree", trees(run, tree)))
    }
    lines += [fact("secrets", atRest(run))] + (page.agents.map { [fact("agents", $0.text)] } ?? [])
    lines += ["", "steps"]
    lines += page.timeline.lines.map { line in
      let time = line.ended.map { Clocks.text(from: line.began, to: $0) } ?? ""
      let sign = line.outcome == .passed ? "✓" : line.outcome == .failed ? "✗" : "•"
      let text = line.message.isEmpty ? (line.outcome == .passed ? "" : line.outcome.rawValue) : line.message
      return Table.trimmed("  \(sign) \(Table.padded(line.step.rawValue, 10))\(Table.padded(time, 8))\(text)")
    }
    if let plan = run.plan { lines += ["", "plan"] + PlanText.of(plan).map { "  \($0)" } }
    lines += run.decisions.filter { $0 != run.plan?.decision }.map { "  \(PlanText.of($0))" }
    if !run.waived.isEmpty {
      lines += ["", "not validated live"] + run.waived.map { "  \($0.validation): \($0.wording)" }
    }
    if !run.validations.isEmpty {
      lines += ["", "validated live"]
      for file in run.validations {
        lines.append("  \(file.path): \(counted(file.asserts, "assert")), \(counted(file.exchanges, "exchange"))")
        lines += file.captures.map { "    \($0.name) = \($0.value)" }
      }
    }
    if !run.flakes.isEmpty { lines += ["", "flaky"] + run.flakes.map { "  \($0.wording)" } }
    if !evidence.isEmpty {
      lines += ["", "evidence"]
      lines += evidence.map { item in
        let digest = item.digest.map { "sha256 \($0.text.prefix(12))" } ?? "incomplete"
        return
          "  \(Table.padded(item.kind.rawValue, 11))\(Table.padded(item.step.rawValue, 10))\(Table.padded("\(item.size) B", 11))\(digest)  \(item.name)"
      }
    }
    if let next = explanation.next, explanation.reason != .delivered { lines += ["", "next: \(next)"] }
    return lines.joined(separator: "\n")
  }

  private static func state(_ page: RunPage) -> String {
    let explanation = page.explanation
    if explanation.reason == .replayed { return explanation.text }
    let state = Views.state(page.summary, isAlive: page.isAlive)
    return explanation.reason == .delivered ? state : "\(state): \(explanation.text)"
  }

  /// What the last look at what the run has left on disk came to.
  private static func atRest(_ run: Run) -> String {
    guard let sweep = run.sweep else { return "not looked for since it went on" }
    if !sweep.findings.isEmpty { return sweep.wording }
    if sweep.secrets == 0 { return "none to look for" }
    let masked = run.maskings.isEmpty ? "" : ", \(counted(run.maskings.count, "place")) masked late"
    let leftOut = sweep.leftOut == 0 ? "" : ", \(counted(sweep.leftOut, "place")) too large to be looked at"
    return "none of \(sweep.secrets) in \(counted(sweep.places, "place")), \(sweep.bytes) bytes" + masked + leftOut
  }

  private static func fact(_ name: String, _ value: String) -> String { "  \(Table.padded(name, 8))\(value)" }

  /// Promise I1 at a glance: one tree from the formatter to the remote, and what the commit adds to it.
  private static func trees(_ run: Run, _ tree: ObjectID) -> String {
    let passed = [("formatted", run.formattedTree), ("tested", run.testedTree), ("validated", run.validatedTree)]
    let names = passed.filter { $0.1 == tree }.map(\.0).joined(separator: " = ")
    guard run.isCommitted, let commit = run.commit else { return "\(tree.short) \(names)" }
    return "\(tree.short) \(names)"
      + (commit.tree == tree ? " = committed" : "; committed with the closed record as \(commit.tree.short)")
  }
}
