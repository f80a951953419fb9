package import DeliveryLoop
package import Engine

extension SQLiteLedger: Attic {
  @discardableResult
  package func drop(from run: RunID, record: (_ captures: [Int64], _ bytes: Int64) -> EventRecord) throws(LedgerError)
    -> Int64
  {
    try transaction { connection in
      var (captures, bytes): ([Int64], Int64) = ([], 0)
      // What is still written, has nothing, or is gone already is left alone.
      try connection.query(
        """
        SELECT id, size FROM evidence WHERE run = ? AND digest IS NOT NULL
          AND EXISTS (SELECT 1 FROM pieces WHERE evidence = evidence.id) ORDER BY id
        """, [.text(run.text)]
      ) { row in
        captures.append(row.integer(0))
        bytes += row.integer(1)
      }
      if captures.isEmpty { return 0 }
      for number in captures {
        var digests: [String] = []
        try connection.query("SELECT digest FROM pieces WHERE evidence = ?", [.integer(number)]) {
          digests.append($0.text(0))
        }
        try connection.execute("DELETE FROM pieces WHERE evidence = ?", [.integer(number)])
        for digest in digests {
          try connection.execute(
            "DELETE FROM contents WHERE digest = ?1 AND NOT EXISTS (SELECT 1 FROM pieces WHERE digest = ?1)",
            [.text(digest)])
        }
      }
      _ = try chain(record(captures, bytes), &connection)
      return bytes
    }
  }

  package func size(of run: RunID) throws(LedgerError) -> Int64 {
    try withConnection { connection in
      var bytes: Int64 = 0
      try connection.query(
        """
        SELECT coalesce(sum(size), 0) FROM evidence WHERE run = ? AND digest IS NOT NULL
          AND EXISTS (SELECT 1 FROM pieces WHERE evidence = evidence.id)
        """, [.text(run.text)]
      ) { bytes = $0.integer(0) }
      return bytes
    }
  }

  package func shrink() throws(LedgerError) { try compact() }
}
