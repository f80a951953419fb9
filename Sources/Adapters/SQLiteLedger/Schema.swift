import Engine

/// The tables of the ledger, and the rules that they keep by themselves.
enum Schema {
  /// Written to `user_version`; a file with a higher one was made by a newer program.
  static let version = 1

  /// Makes the tables where there are none and none were; the caller holds the write lock.
  static func prepare(_ connection: inout Connection, _ note: ChainEnd?) throws {
    var mode = ""
    try connection.query("PRAGMA journal_mode=WAL") { mode = $0.text(0) }
    guard mode == "wal" else {
      throw LedgerError.cannotOpen(path: connection.path, message: "its file system cannot hold a shared log")
    }
    try connection.script("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;")
    if note == nil, try found(in: &connection) == 0 {
      var isEmpty = true
      try connection.query("SELECT 1 FROM sqlite_schema LIMIT 1") { _ in isEmpty = false }
      guard isEmpty else {
        throw LedgerError.corrupt(path: connection.path, message: "it is the database of another program")
      }
      try connection.script("BEGIN IMMEDIATE; \(tables) PRAGMA user_version=\(version); COMMIT;")
    }
  }

  /// Throws for a file that another version of the program made, or has changed since it was opened.
  static func check(_ connection: inout Connection) throws {
    let found = try found(in: &connection)
    if found > version { throw LedgerError.newer(path: connection.path, version: found) }
    guard found == version else {
      throw LedgerError.cannotOpen(path: connection.path, message: "it is empty, or of another program")
    }
  }

  /// The same, and for a chain that ends before an event that was acknowledged: SQLite takes a damaged log for one that ends
  /// there, and a database without its log for one that was never written.
  static func check(_ connection: inout Connection, against note: ChainEnd?) throws {
    guard let note else { return try check(&connection) }
    if try found(in: &connection) > 0 {
      try check(&connection)
      if try holds(note, &connection) { return }
    }
    throw LedgerError.corrupt(
      path: connection.path, message: "event \(note.sequence) was written and is gone; its log was damaged or removed")
  }

  /// Whether the chain goes through this event.
  static func holds(_ end: ChainEnd, _ connection: inout Connection) throws -> Bool {
    var holds = false
    try connection.query("SELECT hash FROM events WHERE seq = ?", [.integer(end.sequence)]) {
      holds = $0.text(0) == end.hash
    }
    return holds
  }

  private static func found(in connection: inout Connection) throws -> Int {
    var version = 0
    try connection.query("PRAGMA user_version") { version = Int($0.integer(0)) }
    return version
  }

  /// `events` is the truth and only grows; everything else can be rebuilt from it or hangs on it.
  ///
  /// seal = SHA-256(salt || payload), in lower-case hexadecimal digits.
  /// hash = SHA-256(hash of the event before, 32 bytes || for each of run, kind, time in nanoseconds as decimal digits, seal:
  /// its length in bytes as 8 bytes, big end first, and its bytes). Before the first event stand 32 zero bytes.
  ///
  /// A payload that held a secret is replaced by its masked form and loses its salt, so that nobody can try out what the secret
  /// was; a later event of the kind `masked` vouches for the new payload (decision 5). Nothing else of an event changes.
  ///
  /// `evidence.masked` counts how often pieces of a capture were replaced, which whoever writes it has to know at its end.
  /// `runs.opened` is the sequence of the event that opened the run: the order of runs, which no clock has a say in.
  /// `runs.events` counts them, since a damaged index can hide some.
  private static let tables = """
    CREATE TABLE events (
      seq INTEGER PRIMARY KEY CHECK (seq > 0),
      run TEXT NOT NULL CHECK (length(run) = 36),
      kind TEXT NOT NULL CHECK (length(kind) > 0),
      time INTEGER NOT NULL,
      payload TEXT NOT NULL,
      salt TEXT CHECK (salt IS NULL OR length(salt) = 32),
      seal TEXT NOT NULL CHECK (length(seal) = 64),
      hash TEXT NOT NULL CHECK (length(hash) = 64)
    ) STRICT;
    CREATE INDEX events_of_run ON events (run, seq);
    CREATE TRIGGER events_grow_at_the_end BEFORE INSERT ON events
      WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events)
      BEGIN SELECT raise(ABORT, 'events are appended in sequence'); END;
    CREATE TRIGGER events_stay BEFORE UPDATE ON events
      WHEN NEW.salt IS NOT NULL OR (NEW.seq, NEW.run, NEW.kind, NEW.time, NEW.seal, NEW.hash)
        IS NOT (OLD.seq, OLD.run, OLD.kind, OLD.time, OLD.seal, OLD.hash)
      BEGIN SELECT raise(ABORT, 'events are never changed'); END;
    CREATE TRIGGER events_remain BEFORE DELETE ON events BEGIN SELECT raise(ABORT, 'events are never deleted'); END;
    CREATE TABLE runs (
      opened INTEGER PRIMARY KEY CHECK (opened > 0),
      run TEXT NOT NULL UNIQUE CHECK (length(run) = 36),
      task TEXT NOT NULL,
      title TEXT NOT NULL,
      workspace TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN
        ('running', 'delivered', 'delivered-with-waiver', 'waiting', 'failed', 'interrupted', 'abandoned')),
      step TEXT NOT NULL,
      attempts INTEGER NOT NULL CHECK (attempts >= 0),
      events INTEGER NOT NULL DEFAULT 1 CHECK (events > 0),
      commit_id TEXT CHECK (commit_id IS NULL OR length(commit_id) = 40),
      started INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      CHECK (state NOT LIKE 'delivered%' OR commit_id IS NOT NULL)
    ) STRICT;
    CREATE INDEX runs_of_task ON runs (task, opened);
    CREATE INDEX runs_of_workspace ON runs (workspace, opened);
    CREATE INDEX runs_open ON runs (workspace, opened) WHERE state NOT IN ('delivered', 'delivered-with-waiver', 'abandoned');
    CREATE TABLE evidence (
      id INTEGER PRIMARY KEY,
      run TEXT NOT NULL,
      step TEXT NOT NULL,
      attempt INTEGER NOT NULL,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      began INTEGER NOT NULL,
      size INTEGER NOT NULL DEFAULT 0,
      masked INTEGER NOT NULL DEFAULT 0,
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
