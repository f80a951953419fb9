import DeliveryLoop
import Engine
import JSONText
import RunReports

/// Reads what a report shows out of the ledger, with memory for what is shown of it.
struct ReportReader {
  let archive: Archive
  let ledger: any Ledger

  /// What is known of a run before it is known how much of each text there is room for.
  private struct Draft {
    let summary: RunSummary
    let run: Run
    let unreadable: [StoredEvent]
    let evidence: [EvidenceSummary]
    let validations: [RunReport.ValidationRecord]

    /// Bodies, logs and diffs.
    var texts: Int {
      validations.reduce(evidence.count) { sum, validation in
        let entries = validation.document?["entries"]?.array ?? []
        let attempts = entries.flatMap { $0["attempts"]?.array ?? [] }
        return sum + attempts.reduce(2) { $0 + 2 * ($1["exchanges"]?.array?.count ?? 0) }
      }
    }
  }

  func reports(of runs: [RunSummary]) throws -> (reports: [RunReport], limits: ReportLimits) {
    let drafts = try runs.map(draft)
    let limits = ReportLimits(texts: drafts.reduce(0) { $0 + $1.texts })
    return (try drafts.map { try report($0, limits) }, limits)
  }

  private func draft(_ summary: RunSummary) throws -> Draft {
    let (run, unreadable) = try History(ledger).run(summary.run)
    let evidence = try ledger.evidence(of: summary.run)
    let validations = try evidence.filter { $0.kind == .validation }.map { item in
      var bytes: [UInt8] = []
      if item.digest != nil { try readIfKept(item, from: 0) { bytes += $0 } }
      return RunReport.ValidationRecord(
        name: item.name, attempt: item.attempt, document: item.digest == nil ? nil : try? JSON.parse(bytes))
    }
    return Draft(summary: summary, run: run, unreadable: unreadable, evidence: evidence, validations: validations)
  }

  private func report(_ draft: Draft, _ limits: ReportLimits) throws -> RunReport {
    let isAlive = archive.isAlive(draft.summary)
    return RunReport(
      run: draft.run, state: Views.state(draft.summary, isAlive: isAlive),
      explanation: Explanation(of: draft.run, isAlive: isAlive), started: draft.summary.started,
      changed: draft.summary.changed,
      steps: Timeline(try ledger.events(of: draft.summary.run)).lines.map { line in
        RunReport.StepLine(
          step: line.step, attempt: line.attempt, began: line.began, ended: line.ended,
          outcome: line.outcome.rawValue, message: line.message)
      },
      validations: draft.validations, captures: try draft.evidence.compactMap { try capture($0, limits) },
      agents: try archive.agentUse(of: draft.run, in: ledger)?.text,
      unreadable: draft.unreadable.map { "event \($0.sequence) (\($0.kind))" })
  }

  /// nil for what is shown elsewhere.
  private func capture(_ item: EvidenceSummary, _ limits: ReportLimits) throws -> RunReport.Capture? {
    let kind: RunReport.Capture.Kind
    switch item.kind {
    case .log: kind = .log
    case .brief: kind = .brief
    case .diff: kind = .diff
    case .validation, .body: return nil
    }
    return RunReport.Capture(
      kind: kind, step: item.step, attempt: item.attempt, name: item.name, size: item.size, digest: item.digest,
      excerpt: try kind == .log ? end(of: item, limits.each) : beginning(of: item, limits.each))
  }

  /// What was let go is shown as if it were empty, with its size and digest beside it.
  private func readIfKept(_ item: EvidenceSummary, from start: Int64, _ body: ([UInt8]) throws -> Void) throws {
    do { try ledger.read(item.id, from: start, body) } catch LedgerError.dropped {}
  }

  private func beginning(of item: EvidenceSummary, _ limit: Int) throws -> Excerpt {
    var (bytes, size): ([UInt8], Int64) = ([], 0)
    try readIfKept(item, from: 0) { piece in
      size += Int64(piece.count)
      if bytes.count < limit { bytes += piece }
    }
    return Excerpt(beginningOf: bytes, of: size, upTo: limit)
  }

  private func end(of item: EvidenceSummary, _ limit: Int) throws -> Excerpt {
    let start = max(0, item.size - Int64(limit))
    var (bytes, size): ([UInt8], Int64) = ([], start)
    try readIfKept(item, from: start) { piece in
      size += Int64(piece.count)
      bytes += piece
      // A capture that never ended is larger than it says.
      if bytes.count > 4 * limit { bytes.removeFirst(bytes.count - limit) }
    }
    return Excerpt(endOf: bytes, of: size, upTo: limit)
  }
}
