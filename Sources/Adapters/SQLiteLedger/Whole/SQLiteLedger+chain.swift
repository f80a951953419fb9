import DeliveryLoop
package import Engine

extension SQLiteLedger: Chain, Inspection {
  package func hashes(_ body: ([UInt8]) -> Void) throws(LedgerError) {
    try withConnection { connection in
      try connection.query("SELECT hash FROM events ORDER BY seq") { row in body(ChainLink.bytes(of: row.text(0))) }
    }
  }

  package func damages() throws(LedgerError) -> [String] {
    try withConnection { connection in
      var found: [String] = []
      try connection.query("PRAGMA integrity_check(10)") { found.append($0.text(0)) }
      return found == ["ok"] ? [] : found
    }
  }

  package func inspect(_ body: (InspectedEvent) throws -> Void) throws {
    try withConnection { connection in
      var (last, previous) = (Int64(0), ChainLink.start)
      // Not by the table's order, which a damaged file need not keep, and not by an index.
      try connection.query(
        "SELECT seq, run, time, kind, payload, salt, seal, hash FROM events NOT INDEXED ORDER BY seq"
      ) { row in
        let (sequence, run, seal, hash) = (row.integer(0), row.text(1), row.text(6), row.text(7))
        let event = StoredEvent(
          sequence: sequence, run: RunID(run) ?? RunID(at: Timestamp(nanoseconds: 0), entropy: []),
          time: Timestamp(nanoseconds: row.integer(2)),
          kind: row.text(3), payload: row.text(4), seal: Digest(seal) ?? .zero, hash: Digest(hash) ?? .zero)
        let link = ChainLink(run: run, kind: event.kind, time: event.time.nanoseconds, seal: seal)
        let computed = link.hash(after: previous, hashing).text
        let isReplaced = row.isNull(5)
        let isSealed = isReplaced || ChainLink.seal(event.payload, salt: row.text(5), hashing).text == seal
        var faults: [String] = []
        if sequence != last + 1 { faults.append("events \(last + 1) to \(sequence - 1) are missing before it") }
        if computed != hash { faults.append("it does not follow upon the one before") }
        if !isSealed { faults.append("what it says is not what was sealed") }
        try body(
          InspectedEvent(
            event: event, hash: ChainLink.bytes(of: hash),
            fault: faults.isEmpty ? nil : faults.joined(separator: "; "),
            replacement: isReplaced ? hashing.sha256(Array(event.payload.utf8)) : nil))
        (last, previous) = (sequence, hash)
      }
    }
  }
}
