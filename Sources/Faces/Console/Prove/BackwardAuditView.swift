import DeliveryLoop
import Engine
import HistoryAudit
import JSONText
import RunReports

/// What `waybill audit --history` prints.
struct BackwardAuditView {
  let seat: ScanSeat

  init(of seat: ScanSeat) { self.seat = seat }

  func print(csv: Bool, json: Bool) async throws -> ExitStatus {
    let report = try await seat.audit { Output.complain("warning: \($0)") }
    if json {
      for finding in report.findings { Output.json(Self.document(finding)) }
      Output.json(["summary": Self.summary(report)])
    } else if csv {
      Output.write(
        ([["rule", "task", "commit", "text"]] + report.findings.map(Self.fields)).map(CSV.row).joined(), to: 1)
    } else if !report.findings.isEmpty {
      let rows = report.findings.map { [$0.rule.rawValue, $0.task?.text ?? "", $0.commit?.short ?? "", $0.text] }
      Output.line(Table.text(["RULE", "TASK", "COMMIT", "FINDING"], rows))
    }
    if !json { for line in Self.figures(report) { Output.complain(line) } }
    return report.findings.isEmpty ? .delivered : .gateFailed
  }

  private static func fields(_ finding: AuditFinding) -> [String] {
    [finding.rule.rawValue, finding.task?.text ?? "", finding.commit?.text ?? "", Output.safe(finding.text)]
  }

  private static func document(_ finding: AuditFinding) -> JSON {
    [
      "rule": .string(finding.rule.rawValue), "task": finding.task.map { .string($0.text) } ?? .null,
      "commit": finding.commit.map { .string($0.text) } ?? .null, "text": .string(finding.text),
    ]
  }

  private static func counts(_ report: BackwardAudit.Report) -> [(rule: AuditRule, count: Int)] {
    AuditRule.allCases.map { rule in (rule, report.findings.count { $0.rule == rule }) }
  }

  private static func summary(_ report: BackwardAudit.Report) -> JSON {
    [
      "tasks": JSON(integerLiteral: report.figures.tasks), "closed": JSON(integerLiteral: report.figures.closed),
      "with_one_commit": JSON(integerLiteral: report.figures.delivered),
      "commits": JSON(integerLiteral: report.figures.commits),
      "findings": .object(JSONObject(counts(report).map { ($0.rule.rawValue, JSON(integerLiteral: $0.count)) })),
      "unknown": .array(report.unknown.map { .string($0) }),
    ]
  }

  private static func figures(_ report: BackwardAudit.Report) -> [String] {
    let figures = report.figures
    let head =
      "\(counted(figures.tasks, "task")), \(figures.closed) closed, of these \(figures.delivered) with exactly one commit; "
      + "\(counted(figures.commits, "commit")); \(counted(report.findings.count, "finding"))"
    let parts = counts(report).filter { $0.count > 0 }.map { "  \($0.rule.what): \($0.count)" }
    return [head] + parts + report.unknown.map { "unknown: \($0)" }
  }
}
