package import DeliveryLoop
package import Engine
import Redaction
import Synchronization

extension SQLiteLedger {
  package func capture(_ label: EvidenceLabel) throws(LedgerError) -> any EvidenceWriter {
    let id = try transaction { connection in
      try connection.execute(
        "INSERT INTO evidence (run, step, attempt, kind, name, began) VALUES (?, ?, ?, ?, ?, ?)",
        [
          .text(label.run.text), .text(label.step.rawValue), .integer(Int64(label.attempt)), .text(label.kind.rawValue),
          .text(label.name.text), .integer(label.time.nanoseconds),
        ])
      return connection.lastRow
    }
    return PieceWriter(id: EvidenceID(id), label: label, ledger: self)
  }

  package func evidence(of run: RunID) throws(LedgerError) -> [EvidenceSummary] {
    try withConnection { connection in
      var summaries: [EvidenceSummary] = []
      try connection.query(
        """
        SELECT id, step, attempt, kind, name, began, digest,
          iif(digest IS NULL, coalesce((SELECT sum(size) FROM pieces WHERE evidence = evidence.id), 0), size)
        FROM evidence WHERE run = ? ORDER BY id
        """, [.text(run.text)]
      ) { row in
        guard let step = Step(rawValue: row.text(1)), let kind = EvidenceLabel.Kind(rawValue: row.text(3)) else {
          return
        }
        summaries.append(
          EvidenceSummary(
            id: EvidenceID(row.integer(0)), run: run, step: step, attempt: Int(row.integer(2)), kind: kind,
            name: row.text(4), began: Timestamp(nanoseconds: row.integer(5)), size: row.integer(7),
            digest: Digest(row.text(6))))
      }
      return summaries
    }
  }

  package func read(_ evidence: EvidenceID, from offset: Int64, _ body: ([UInt8]) throws -> Void) throws {
    var position: Int64 = 0
    let pieces = try pieces(of: evidence)
    if pieces.isEmpty, try isDropped(evidence) { throw LedgerError.dropped(evidence) }
    for piece in pieces {
      defer { position += piece.size }
      guard position + piece.size > offset else { continue }
      let bytes = try withConnection { connection in try self.bytes(of: piece, &connection) }
      try body(offset > position ? Array(bytes[Int(offset - position)...]) : bytes)
    }
  }

  /// Whether it held something that is not here any more.
  private func isDropped(_ evidence: EvidenceID) throws(LedgerError) -> Bool {
    try withConnection { connection in
      var isDropped = false
      try connection.query(
        "SELECT digest IS NOT NULL AND size > 0 FROM evidence WHERE id = ?", [.integer(evidence.number)]
      ) { isDropped = $0.integer(0) != 0 }
      return isDropped
    }
  }

  struct Piece: Sendable {
    let number: Int64
    let size: Int64
    let digest: String
  }

  func pieces(of evidence: EvidenceID) throws(LedgerError) -> [Piece] {
    try withConnection { connection in try Self.pieces(of: evidence, &connection) }
  }

  static func pieces(of evidence: EvidenceID, _ connection: inout Connection) throws -> [Piece] {
    var exists = false
    try connection.query("SELECT 1 FROM evidence WHERE id = ?", [.integer(evidence.number)]) { _ in exists = true }
    guard exists else { throw LedgerError.unknownEvidence("\(evidence.number)") }
    var pieces: [Piece] = []
    try connection.query(
      "SELECT number, size, digest FROM pieces WHERE evidence = ? ORDER BY number", [.integer(evidence.number)]
    ) { pieces.append(Piece(number: $0.integer(0), size: $0.integer(1), digest: $0.text(2))) }
    return pieces
  }

  func bytes(of piece: Piece, _ connection: inout Connection) throws -> [UInt8] {
    var packed: [UInt8] = []
    try connection.query("SELECT bytes FROM contents WHERE digest = ?", [.text(piece.digest)]) { packed = $0.blob(0) }
    let bytes = try Zstandard.unpack(packed, size: Int(piece.size))
    guard hashing.sha256(bytes).text == piece.digest else {
      throw LedgerError.failed(doing: "read evidence", message: "a piece of it does not match its digest")
    }
    return bytes
  }

  /// Stores a piece once, under the digest of its content.
  func store(_ piece: [UInt8], as number: Int64, of evidence: EvidenceID, _ connection: inout Connection) throws {
    let digest = hashing.sha256(piece)
    try connection.execute(
      "INSERT INTO contents (digest, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING",
      [.text(digest.text), .blob(try Zstandard.pack(piece))])
    try connection.execute(
      // The same piece again, and perhaps longer, when the outcome of writing it was not known.
      """
      INSERT INTO pieces (evidence, number, size, digest) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET size = excluded.size, digest = excluded.digest
      """,
      [.integer(evidence.number), .integer(number), .integer(Int64(piece.count)), .text(digest.text)])
  }
}

/// Cuts a capture into pieces of 256 KiB, each stored once under the digest of its content.
final class PieceWriter: EvidenceWriter {
  static let pieceSize = 256 << 10
  /// Small pieces wait this long for more before they are written: a quiet log is seen by those who follow it.
  static let patience = Duration.milliseconds(500)

  let id: EvidenceID
  private let label: EvidenceLabel
  private let ledger: SQLiteLedger

  private struct State {
    var buffer: [UInt8] = []
    var number: Int64 = 0
    var size: Int64 = 0
    var hash: any RunningHash
    var lastWrite = ContinuousClock.now
    /// Of all bytes, once there will be no more.
    var digest: Digest?
    var isRecorded = false
  }
  // Used by one thread at a time, which the mutex makes sure of.
  private let state: Mutex<State>

  init(id: EvidenceID, label: EvidenceLabel, ledger: SQLiteLedger) {
    self.id = id
    self.label = label
    self.ledger = ledger
    state = Mutex(State(hash: ledger.hashing.begin()))
  }

  func write(_ bytes: RedactedBytes) throws(LedgerError) {
    try locked { state in
      state.buffer += bytes.bytes
      state.hash.update(bytes.bytes)
      while state.buffer.count >= Self.pieceSize { try flush(&state, Self.pieceSize) }
      if ContinuousClock.now - state.lastWrite > Self.patience { try flush(&state, state.buffer.count) }
    }
  }

  func flush() throws(LedgerError) { try locked { state in try flush(&state, state.buffer.count) } }

  @discardableResult
  func finish() throws(LedgerError) -> EvidenceSummary {
    try locked { state in
      if !state.isRecorded {
        try flush(&state, state.buffer.count)
        // The hash ends once, and writing it down may have to be tried again.
        let digest = state.digest ?? state.hash.finish()
        state.digest = digest
        let written = (state.size, digest)
        (state.size, state.digest) = try ledger.transaction { connection in
          let (size, digest) = try ledger.masked(id, &connection) ?? written
          try connection.execute(
            "UPDATE evidence SET size = ?, digest = ? WHERE id = ?",
            [.integer(size), .text(digest.text), .integer(id.number)])
          return (size, digest)
        }
        state.isRecorded = true
      }
      return EvidenceSummary(
        id: id, run: label.run, step: label.step, attempt: label.attempt, kind: label.kind, name: label.name.text,
        began: label.time, size: state.size, digest: state.digest)
    }
  }

  private func locked<Result: Sendable>(_ body: (inout State) throws -> Result) throws(LedgerError) -> Result {
    do {
      return try state.withLock { state in try body(&state) }
    } catch let error as LedgerError {
      throw error
    } catch {
      throw .failed(doing: "keep evidence", message: "\(error)")
    }
  }

  private func flush(_ state: inout State, _ count: Int) throws {
    guard count > 0 else { return }
    let piece = Array(state.buffer[..<count])
    let number = state.number
    try ledger.transaction { connection in try ledger.store(piece, as: number, of: id, &connection) }
    state.buffer.removeFirst(count)
    state.number += 1
    state.size += Int64(count)
    state.lastWrite = .now
  }
}
