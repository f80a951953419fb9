package import DeliveryLoop
package import HistoryAudit
package import Redaction
package import SecretScanning
import TLSPolicy

/// Audits a history that this program has never driven: its tasks, its commits, and what their diffs have added.
package struct BackwardAudit {
  private let history: any CommitHistory
  private let scanner: SecretScanner

  package init(_ history: any CommitHistory, scanner: SecretScanner) {
    self.history = history
    self.scanner = scanner
  }

  /// What came of it.
  package struct Report: Sendable {
    package let findings: [AuditFinding]
    package let figures: (tasks: Int, closed: Int, commits: Int, delivered: Int)
    /// What could not be looked at, and why.
    package let unknown: [String]
  }

  /// - Parameters:
  ///   - tasks: as the tip has them.
  ///   - known: secrets that are looked for besides what rules find.
  ///   - allowed: what is no secret, and no switched-off check.
  package func report(
    to tip: ObjectID, of tracker: Tracker, tasks: [AuditedTask], known: SecretSet, allowed: AllowList
  ) async throws -> Report {
    let commits = try history.audited(to: tip, of: tracker)
    let scan = try await scanner.scan(
      try scanner.objects.items(in: .commits(tip, except: [])), known: known, allowed: allowed)
    let secrets = scan.findings.map { finding in
      AuditFinding(.secret, commit: finding.place.commit, scanner.wording(of: finding))
    }
    let audit = HistoryAudit(of: tracker, tasks: tasks, commits: commits)
    var unknown = scan.unscanned.map(\.wording)
    if commits.contains(where: { $0.isOnRemote == nil }) {
      unknown.append("nothing is known of a remote, so what it has is not asked; fetch from it first")
    }
    return Report(
      findings: audit.findings(inDiffs: try secrets + commits.flatMap { try unchecked($0, allowed) }),
      figures: audit.figures, unknown: unknown)
  }

  /// Where a commit switches certificate checks off that its first parent had on.
  private func unchecked(_ commit: AuditedCommit, _ allowed: AllowList) throws -> [AuditFinding] {
    // What a merge brings was found where it was made.
    if commit.isMerge { return [] }
    return try commit.changes.flatMap { change -> [AuditFinding] in
      guard let new = try change.new.flatMap(history.blob).flatMap(SourceText.utf8) else { return [] }
      let old = try change.old.flatMap(history.blob).map { SourceText.utf8(of: $0) ?? [] }
      return try Idiom.added(by: new, to: old, path: change.path).compactMap { finding in
        let print = try scanner.fingerprinter.fingerprint(
          of: Array(change.path.utf8) + [0] + new[finding.range], as: finding.idiom.id)
        if allowed.allows(print) { return nil }
        let position = Position.of([finding.range.lowerBound], in: new)[0]
        let place = ScanPlace(.file(change.path), in: commit.id).text(at: position)
        return AuditFinding(.uncheckedCertificates, commit: commit.id, "\(place): \(finding.idiom.what)")
      }
    }
  }
}
