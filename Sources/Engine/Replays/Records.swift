package import DeliveryLoop
import JSONText
package import LiveChecks

/// The validations that a run has kept, and what comes of going through them again.
package struct Records: Sendable {
  let ledger: any Ledger
  private let libraries: CheckLibraries

  package init(_ ledger: any Ledger, libraries: CheckLibraries) {
    self.ledger = ledger
    self.libraries = libraries
  }

  /// One validation as it ran once.
  package struct Replayed: Sendable {
    /// As the run called it, with a word where another version of the file ran.
    package let name: String
    /// The attempt of the implementation to which it belongs.
    package let attempt: Int
    package let record: RecordedValidation
    package let replay: OfflineReplay
  }

  /// All that ran (or those of one name), in the order of running; throws `RecordProblem`.
  package func replay(_ run: RunID, only name: String? = nil) throws -> [Replayed] {
    let records = try records(of: run)
    let chosen = records.filter { name == nil || $0.item.name == name }
    if chosen.isEmpty { throw RecordProblem.noSuchValidation(name ?? "", Set(records.map(\.item.name)).sorted()) }
    return try chosen.map { item, record in
      Replayed(
        name: item.name, attempt: item.attempt, record: record,
        replay: try OfflineReplay(record, libraries))
    }
  }

  /// The last record of one validation, judged by a file as it is now.
  package func replay(_ run: RunID, with file: CheckFile, of name: String?) throws -> Replayed {
    let all = try records(of: run)
    let names = Set(all.map(\.record.name)).sorted()
    let wanted =
      name ?? (names.count == 1 ? names[0] : names.first { file.name.hasSuffix($0) || $0.hasSuffix(file.name) })
    guard let wanted, let (item, record) = all.last(where: { $0.record.name == wanted }) else {
      throw RecordProblem.noSuchValidation(name ?? file.name, names)
    }
    return Replayed(
      name: item.name, attempt: item.attempt, record: record,
      replay: try OfflineReplay(record, with: file, libraries))
  }

  private func records(of run: RunID) throws -> [(item: EvidenceSummary, record: RecordedValidation)] {
    let items = try ledger.evidence(of: run).filter { $0.kind == .validation }
    guard !items.isEmpty else { throw RecordProblem.none(run) }
    return try items.map { ($0, try record($0)) }
  }

  /// A body that is kept apart; nil where it is not as it came.
  private func body(_ digest: String, of run: RunID) throws -> [UInt8]? {
    guard let item = try ledger.evidence(of: run).first(where: { $0.kind == .body && $0.digest?.text == digest }) else {
      return nil
    }
    var bytes: [UInt8] = []
    try ledger.read(item.id, from: 0) { bytes += $0 }
    return bytes
  }

  func record(_ item: EvidenceSummary) throws -> RecordedValidation {
    var bytes: [UInt8] = []
    try ledger.read(item.id, from: 0) { bytes += $0 }
    guard item.digest != nil, let json = try? JSON.parse(bytes) else {
      throw RecordProblem.incomplete(item.run, item.name)
    }
    do throws(RecordedValidation.Unreadable) {
      return try RecordedValidation(json) { digest in try? body(digest, of: item.run) }
    } catch {
      throw RecordProblem.unreadable(item.run, item.name, error.reason)
    }
  }
}
