import DeliveryLoop
import Engine
import FileSystem
import Hashing
import SQLiteLedger
import Transparency
import YAMLConfiguration

/// What is kept, moved and let go of the ledger.
extension Wiring {
  /// Such as `90d`.
  static func duration(_ text: String) -> Duration? { DurationText.read(text) }

  private var ledgerPath: String { "\(folder)/ledger.db" }

  /// The ledger, to let go of what is in it; nil where there is none.
  func attic() throws -> (any Ledger & Attic)? {
    guard FileReader.exists(ledgerPath) else { return nil }
    return try SQLiteLedger(path: ledgerPath, for: .deliver, hashing: OpenSSLHashing())
  }

  /// Removes what replays that were killed have left of their working trees.
  func discardLeftovers() async throws {
    let archive = archive
    try await pool(as: "putting replays away").discardLeftovers { try archive.isOccupied($0) }
  }

  /// Writes the whole ledger into a new file.
  func export(to file: String) throws {
    guard FileReader.exists(ledgerPath) else { throw Mistake.noRuns }
    let path = absolute(file)
    if FileReader.exists(path) { throw KeepMistake.exists(file) }
    try SQLiteLedger(path: ledgerPath, for: .look, hashing: OpenSSLHashing()).export(to: path)
  }

  /// Takes a ledger in that was exported, once all of it was looked through.
  func adopt(_ file: String) throws -> (events: Int, new: Int) {
    let path = absolute(file)
    guard FileReader.exists(path) else { throw KeepMistake.noFile(file) }
    let other: SQLiteLedger
    let proof: Proof
    do {
      other = try SQLiteLedger(path: path, for: .examine, hashing: OpenSSLHashing())
      proof = try Verification.soundness(of: other, hashing: OpenSSLHashing(), hasher: Self.hasher)
    } catch let error as LedgerError {
      if case .older = error { throw error }
      if case .newer = error { throw error }
      throw KeepMistake.unsound(file, Wording.of(error).message)
    }
    if let finding = proof.findings.first { throw KeepMistake.unsound(file, "\(finding.proof): \(finding.text)") }
    if proof.events == 0 { throw KeepMistake.unsound(file, "it holds no event") }
    _ = try PrivateFolder(at: folder)
    let here = try SQLiteLedger(path: ledgerPath, for: .deliver, hashing: OpenSSLHashing())
    switch try here.adopt(path) {
    case .taken(let events, let new): return (events, new)
    case .diverged: throw KeepMistake.diverged(file)
    case .behind: throw KeepMistake.older(file)
    }
  }

  private func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(environment.directory)/\(path)" }
}
