import DeliveryLoop

/// One place at which the program can be killed: just before or just after something durable is done.
package struct CrashPoint: Hashable, Sendable, CustomStringConvertible {
  package enum Moment: String, CaseIterable, Sendable { case before, after }

  package let boundary: String
  package let moment: Moment

  package init(_ boundary: String, _ moment: Moment) {
    self.boundary = boundary
    self.moment = moment
  }

  /// Such as `record.intended.push/after` or `push/before`.
  package var description: String { "\(boundary)/\(moment.rawValue)" }

  /// Reads what `description` gave; nil for anything else.
  package init?(_ text: String) {
    guard let point = Self.all.first(where: { $0.description == text }) else { return nil }
    self = point
  }

  /// Every point that there is: each event that can be recorded, and each effect.
  package static let all: [CrashPoint] = (records + Effect.allCases.map(\.rawValue)).flatMap { boundary in
    Moment.allCases.map { CrashPoint(boundary, $0) }
  }

  /// Which step failed makes no difference to what is durable.
  static func boundary(ofRecord kind: String) -> String {
    kind.hasPrefix("failed.") ? "record.failed" : "record.\(kind)"
  }

  private static let facts = [
    "claimed", "implemented", "formatted", "tested", "launched", "started", "planned", "sending", "sent", "judged",
    "validated", "stopped",
    "committed",
    "pushed", "rebased", "closed", "anchored", "attempted",
  ]

  private static let records =
    (["opened"] + Step.allCases.map { "intended.\($0.rawValue)" } + facts.map { "observed.\($0)" }
    + ["failed", "paused", "resumed", "interrupted", "abandoned", "swept"]).map { "record.\($0)" }
}

/// Everything that the engine does to the world through its ports, apart from records.
package enum Effect: String, CaseIterable, Sendable {
  case snapshot, writeTree, merge, storeCommit, advanceBranch, refreshIndex, keepRef, restoreFiles
  case fetch, push
  case fetchNotes, writeNote, pushNotes
  case claimTask, releaseTask, adoptRecord
  case runCommand, startService, stopService, stopStrays
  case writeFile
  case sendRequest
  case openCapture, writeCapture, finishCapture, maskStored
}
