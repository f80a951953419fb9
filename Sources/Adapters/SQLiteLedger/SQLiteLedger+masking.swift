package import DeliveryLoop
package import Engine
import JSONText
package import Redaction

extension SQLiteLedger {
  package func mask(
    _ secrets: SecretSet, besides run: RunID, record: (Masking) -> EventRecord
  ) throws(LedgerError) -> LedgerSweep {
    var sweep = LedgerSweep()
    if secrets.names.isEmpty { return sweep }
    var seen: Set<Int64> = []
    var captures = try captures(besides: run)
    while let number = captures.popLast() {
      guard seen.insert(number).inserted else { continue }
      captures += try mask(EvidenceID(number), secrets, record, &sweep)
    }
    try maskEvents(besides: run, secrets, record, &sweep)
    if !sweep.maskings.isEmpty { try forget() }
    return sweep
  }

  /// The captures of the run and of all runs of which something happened since it was opened.
  private func captures(besides run: RunID) throws(LedgerError) -> [Int64] {
    try withConnection { connection in
      var numbers: [Int64] = []
      try connection.query(
        """
        SELECT id FROM evidence WHERE run IN
          (SELECT DISTINCT run FROM events WHERE seq >= (SELECT opened FROM runs WHERE run = ?)) ORDER BY id DESC
        """, [.text(run.text)]
      ) { numbers.append($0.integer(0)) }
      return numbers
    }
  }

  /// Masks one capture where it has to be, and returns others that hold the same bytes.
  private func mask(
    _ evidence: EvidenceID, _ secrets: SecretSet, _ record: (Masking) -> EventRecord, _ sweep: inout LedgerSweep
  ) throws(LedgerError) -> [Int64] {
    let capture = try withConnection { connection in try Self.capture(evidence, &connection) }
    let look = try failing {
      try replacement(for: capture, secrets, read: { piece in try self.read(piece) }, change: { _, _ in })
    }
    sweep.places += 1
    sweep.bytes += look.bytes
    guard !look.names.isEmpty else { return [] }
    let (masking, others) = try transaction { connection in
      // Looked at anew: it may be written at this moment.
      let capture = try Self.capture(evidence, &connection)
      var replaced: [String] = []
      let found = try replacement(for: capture, secrets, read: { try bytes(of: $0, &connection) }) { piece, bytes in
        replaced.append(piece.digest)
        if !bytes.isEmpty { return try store(bytes, as: piece.number, of: evidence, &connection) }
        try connection.execute(
          "DELETE FROM pieces WHERE evidence = ? AND number = ?", [.integer(evidence.number), .integer(piece.number)])
      }
      try connection.execute(
        "UPDATE evidence SET name = ?, masked = masked + 1 WHERE id = ?",
        [.text(secrets.redact(capture.name).text), .integer(evidence.number)])
      var now: (size: Int64, digest: Digest)?
      if capture.digest != nil { now = try masked(evidence, &connection) }
      if let now {
        try connection.execute(
          "UPDATE evidence SET size = ?, digest = ? WHERE id = ?",
          [.integer(now.size), .text(now.digest.text), .integer(evidence.number)])
      }
      let masking = Masking(
        target: .evidence(evidence.number), secrets: found.names, old: capture.digest, new: now?.digest)
      _ = try chain(record(masking), &connection)
      return (masking, try dropped(replaced, &connection))
    }
    sweep.maskings.append(masking)
    return others
  }

  /// Removes contents that no capture has any more, and returns the captures that have the others.
  private func dropped(_ digests: [String], _ connection: inout Connection) throws -> [Int64] {
    var others: [Int64] = []
    for digest in digests {
      let before = others.count
      try connection.query("SELECT DISTINCT evidence FROM pieces WHERE digest = ?", [.text(digest)]) {
        others.append($0.integer(0))
      }
      if others.count == before { try connection.execute("DELETE FROM contents WHERE digest = ?", [.text(digest)]) }
    }
    return others
  }

  private struct StoredCapture: Sendable {
    let kind: String
    let name: String
    /// nil while it is written.
    let digest: Digest?
    let pieces: [Piece]
  }

  private static func capture(_ evidence: EvidenceID, _ connection: inout Connection) throws -> StoredCapture {
    var (kind, name, digest) = ("", "", "")
    try connection.query("SELECT kind, name, digest FROM evidence WHERE id = ?", [.integer(evidence.number)]) {
      (kind, name, digest) = ($0.text(0), $0.text(1), $0.text(2))
    }
    return StoredCapture(
      kind: kind, name: name, digest: Digest(digest), pieces: try pieces(of: evidence, &connection))
  }

  /// Hands over what each piece of a capture has to become where that is something else, nothing included; returns the names of
  /// the secrets that are masked by it. Only a document is held in memory as a whole.
  private func replacement(
    for capture: StoredCapture, _ secrets: SecretSet, read: (Piece) throws -> [UInt8],
    change: (Piece, [UInt8]) throws -> Void
  ) throws -> (names: [String], bytes: Int) {
    let name = secrets.redact(capture.name).text
    var names = name == capture.name ? [] : secrets.names(maskedIn: Array(name.utf8))
    var bytes = 0
    func settle(_ piece: Piece, _ old: [UInt8], _ new: [UInt8]) throws {
      guard old != new else { return }
      names.formUnion(secrets.names(maskedIn: new))
      try change(piece, new)
    }
    if capture.kind == EvidenceLabel.Kind.validation.rawValue {
      let document = try capture.pieces.flatMap { try read($0) }
      let masked = secrets.redact(document: document).bytes
      for (index, piece) in capture.pieces.enumerated() where masked != document {
        try settle(piece, document, index == 0 ? masked : [])
      }
      return (names.sorted(), document.count)
    }
    var redactor = secrets.redactor()
    for (index, piece) in capture.pieces.enumerated() {
      let old = try read(piece)
      bytes += old.count
      var new: [UInt8] = []
      redactor.write(old) { new += $0.bytes }
      if index == capture.pieces.count - 1 { redactor.finish { new += $0.bytes } }
      try settle(piece, old, new)
    }
    return (names.sorted(), bytes)
  }

  /// Size and digest of a capture of which pieces were replaced; nil for one as it was written.
  func masked(_ evidence: EvidenceID, _ connection: inout Connection) throws -> (size: Int64, digest: Digest)? {
    var count: Int64 = 0
    try connection.query("SELECT masked FROM evidence WHERE id = ?", [.integer(evidence.number)]) {
      count = $0.integer(0)
    }
    if count == 0 { return nil }
    var (size, hash) = (Int64(0), hashing.begin())
    for piece in try Self.pieces(of: evidence, &connection) {
      hash.update(try bytes(of: piece, &connection))
      size += piece.size
    }
    return (size, hash.finish())
  }

  private func read(_ piece: Piece) throws(LedgerError) -> [UInt8] {
    try withConnection { connection in try bytes(of: piece, &connection) }
  }
}

// MARK: Events

extension SQLiteLedger {
  /// Masks events since the run was opened. What was intended, and how a run began, is needed as it is.
  private func maskEvents(
    besides run: RunID, _ secrets: SecretSet, _ record: (Masking) -> EventRecord, _ sweep: inout LedgerSweep
  ) throws(LedgerError) {
    var found: [(event: StoredEvent, masked: String)] = []
    let looked = try withConnection { connection in
      var (count, bytes) = (0, 0)
      try connection.query(
        """
        SELECT seq, run, time, kind, payload, seal, hash FROM events
        WHERE seq >= (SELECT opened FROM runs WHERE run = ?) ORDER BY seq
        """, [.text(run.text)]
      ) { row in
        let event = StoredEvent(
          sequence: row.integer(0), run: RunID(row.text(1)) ?? run, time: Timestamp(nanoseconds: row.integer(2)),
          kind: row.text(3), payload: row.text(4), seal: Digest(row.text(5)) ?? .zero,
          hash: Digest(row.text(6)) ?? .zero)
        (count, bytes) = (count + 1, bytes + event.payload.utf8.count)
        let masked = secrets.redact(document: Array(event.payload.utf8)).text.text
        if masked != event.payload { found.append((event, masked)) }
      }
      return (count, bytes)
    }
    sweep.places += looked.0
    sweep.bytes += looked.1
    for (event, masked) in found {
      let names = secrets.names(maskedIn: Array(masked.utf8)).sorted()
      guard !event.kind.hasPrefix("intended."), event.kind != "opened", let json = try? JSON.parse(masked),
        (try? Event(kind: event.kind, stored: json)) != nil
      else {
        sweep.findings += names.map { Sweep.Finding(secret: $0, place: "event \(event.sequence) of the ledger") }
        continue
      }
      let masking = Masking(
        target: .event(event.sequence), secrets: names, old: event.hash, new: hashing.sha256(Array(masked.utf8)))
      try transaction { connection in
        _ = try chain(record(masking), &connection)
        try connection.execute(
          "UPDATE events SET payload = ?, salt = NULL WHERE seq = ?", [.text(masked), .integer(event.sequence)])
      }
      sweep.maskings.append(masking)
    }
  }

  /// Throws for a payload that was replaced by what no later event speaks of.
  func vouch(for events: [StoredEvent], _ connection: inout Connection) throws {
    guard let first = events.map(\.sequence).min() else { return }
    var latest: [Int64: Digest] = [:]
    try connection.query(
      "SELECT payload, salt, seal FROM events WHERE kind = 'masked' AND seq > ? ORDER BY seq", [.integer(first)]
    ) { row in
      guard ChainLink.seal(row.text(0), salt: row.text(1), hashing).text == row.text(2),
        let json = try? JSON.parse(row.text(0)), case .masked(let masking)? = try? Event(kind: "masked", stored: json),
        case .event(let sequence) = masking.target
      else { return }
      latest[sequence] = masking.new
    }
    for event in events where latest[event.sequence] != hashing.sha256(Array(event.payload.utf8)) {
      throw LedgerError.corrupt(
        path: connection.path, message: "event \(event.sequence) was replaced by something else")
    }
  }
}
