import Engine

extension SQLiteLedger {
  /// The index of the log holds numbers of pages only, and there is no other journal beside a log.
  package func scan(upTo limit: Int, _ body: (_ place: String, [UInt8]) throws -> Void) throws -> Int {
    try withConnection { connection in
      var leftOut = 0
      for (name, isLog) in [("ledger.db", false), ("ledger.db-wal", true)] {
        guard let size = connection.size(ofLog: isLog) else { continue }
        guard isLog || size <= limit else {
          leftOut += 1
          continue
        }
        var offset = 0
        while offset < size {
          try body(name, try connection.read(log: isLog, from: offset, count: min(Self.window, size - offset)))
          if offset + Self.window >= size { break }
          offset += Self.window - Self.overlap
        }
      }
      return leftOut
    }
  }

  private static let window = 1 << 20
  private static let overlap = 4 << 10
}
