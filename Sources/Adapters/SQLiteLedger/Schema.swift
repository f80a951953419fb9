import Engine

/// The tables of the ledger, and the rules that they keep by themselves.
enum Schema {
  /// Written to `user_version`; a file with a higher one was made by a newer program.
  static let version = 1

  static func prepare(_ connection: borrowing Connection) throws {
    try connection.run(
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;")
    let found = try version(of: connection)
    if found > version { throw LedgerError.newer(path: connection.path, version: found) }
    guard found < version else { return }
    try connection.run("BEGIN IMMEDIATE; \(tables) PRAGMA user_version=\(version); COMMIT;")
  }

  static func version(of connection: borrowing Connection) throws -> Int {
    var version = 0
    try connection.query("PRAGMA user_version") { version = Int($0.integer(0)) }
    return version
  }

  /// `events` is the truth and only grows; everything else can be rebuilt from it or hangs on it.
  ///
  /// hash = SHA-256(hash of the event before, 32 bytes || for each of run, kind, time in nanoseconds as decimal digits, payload:
  /// its length in bytes as 8 bytes, big end first, and its bytes). Before the first event stand 32 zero bytes.
  private static let tables = """
    CREATE TABLE events (
      seq INTEGER PRIMARY KEY CHECK (seq > 0),
      run TEXT NOT NULL CHECK (length(run) = 36),
      kind TEXT NOT NULL CHECK (length(kind) > 0),
      time INTEGER NOT NULL,
      payload TEXT NOT NULL,
      hash TEXT NOT NULL CHECK (length(hash) = 64)
    ) STRICT;
    CREATE INDEX events_of_run ON events (run, seq);
    CREATE TRIGGER events_grow_at_the_end BEFORE INSERT ON events
      WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events)
      BEGIN SELECT raise(ABORT, 'events are appended in sequence'); END;
    CREATE TRIGGER events_stay BEFORE UPDATE ON events BEGIN SELECT raise(ABORT, 'events are never changed'); END;
    CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'events are never deleted'); END;
    CREATE TABLE runs (
      run TEXT PRIMARY KEY CHECK (length(run) = 36),
      task TEXT NOT NULL,
      title TEXT NOT NULL,
      workspace TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('running', 'delivered', 'waiting', 'failed', 'interrupted', 'abandoned')),
      step TEXT NOT NULL,
      attempts INTEGER NOT NULL CHECK (attempts >= 0),
      commit_id TEXT CHECK (commit_id IS NULL OR length(commit_id) = 40),
      started INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      CHECK (state <> 'delivered' OR commit_id IS NOT NULL)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX runs_of_task ON runs (task, run);
    CREATE INDEX runs_open ON runs (run) WHERE state NOT IN ('delivered', 'abandoned');
    CREATE TABLE evidence (
      id INTEGER PRIMARY KEY,
      run TEXT NOT NULL,
      step TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      began INTEGER NOT NULL,
      size INTEGER NOT NULL DEFAULT 0,
      digest TEXT CHECK (digest IS NULL OR length(digest) = 64)
    ) STRICT;
    CREATE INDEX evidence_of_run ON evidence (run, id);
    CREATE TABLE contents (
      digest TEXT NOT NULL CHECK (length(digest) = 64),
      bytes BLOB NOT NULL,
      PRIMARY KEY (digest)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE pieces (
      evidence INTEGER NOT NULL REFERENCES evidence (id),
      number INTEGER NOT NULL,
      size INTEGER NOT NULL CHECK (size > 0),
      digest TEXT NOT NULL,
      PRIMARY KEY (evidence, number)
    ) STRICT, WITHOUT ROWID;
    """
}
