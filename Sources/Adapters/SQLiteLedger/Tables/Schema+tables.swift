extension Schema {
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
  static let tables = """
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

  /// One line for each run, folded from its events.
  ///
  /// `opened` is the sequence of the event that opened the run: the order of runs, which no clock has a say in. `events` counts
  /// them, since a damaged index can hide some. `replays` is the run whose validations this one asks again.
  static let runs = """
    CREATE TABLE runs (
      opened INTEGER PRIMARY KEY CHECK (opened > 0),
      run TEXT NOT NULL UNIQUE CHECK (length(run) = 36),
      task TEXT NOT NULL,
      title TEXT NOT NULL,
      workspace TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN
        ('running', 'delivered', 'delivered-with-waiver', 'waiting', 'failed', 'interrupted', 'abandoned', 'replayed')),
      step TEXT NOT NULL,
      attempts INTEGER NOT NULL CHECK (attempts >= 0),
      events INTEGER NOT NULL DEFAULT 1 CHECK (events > 0),
      commit_id TEXT CHECK (commit_id IS NULL OR length(commit_id) = 40),
      started INTEGER NOT NULL,
      changed INTEGER NOT NULL,
      replays TEXT CHECK (replays IS NULL OR length(replays) = 36),
      outcome TEXT CHECK ((outcome IS NOT NULL) = (state = 'replayed')),
      CHECK (state NOT LIKE 'delivered%' OR commit_id IS NOT NULL)
    ) STRICT;
    """

  /// The runs that are gone on with; of replays only what waits for an approval. Written out as the index has it, or it is not
  /// used.
  static let unfinished = """
    state NOT IN ('delivered', 'delivered-with-waiver', 'abandoned', 'replayed')
      AND (replays IS NULL OR state IN ('running', 'waiting'))
    """

  static let indices = """
    CREATE INDEX runs_of_task ON runs (task, opened);
    CREATE INDEX runs_of_workspace ON runs (workspace, opened);
    CREATE INDEX runs_open ON runs (workspace, opened) WHERE \(unfinished);
    CREATE INDEX runs_of_commit ON runs (commit_id, opened) WHERE commit_id IS NOT NULL;
    CREATE INDEX runs_that_replay ON runs (replays, opened) WHERE replays IS NOT NULL;
    """

  /// Who ran it, how many waivers were given, and what finds runs by these, by state and by time.
  static let audited = """
    ALTER TABLE runs ADD COLUMN author TEXT NOT NULL DEFAULT '';
    ALTER TABLE runs ADD COLUMN waivers INTEGER NOT NULL DEFAULT 0 CHECK (waivers >= 0);
    UPDATE runs SET
      author = coalesce((SELECT iif(json_valid(payload), json_extract(payload, '$.owner'), '') FROM events
        WHERE seq = opened), ''),
      waivers = (SELECT count(*) FROM events WHERE events.run = runs.run AND kind = 'waived');
    CREATE INDEX runs_of_author ON runs (author, opened);
    CREATE INDEX runs_of_state ON runs (state, opened);
    CREATE INDEX runs_by_time ON runs (started);
    CREATE INDEX runs_with_waivers ON runs (opened) WHERE waivers > 0;
    """

  /// What brings the tables of version 1, 2 and so on up to the next one; only what can be made anew from events is changed.
  static let upgrades = [
    """
    ALTER TABLE runs RENAME TO old_runs; \(runs)
    INSERT INTO runs SELECT opened, run, task, title, workspace, state, step, attempts, events, commit_id, started, changed,
      NULL, NULL FROM old_runs;
    DROP TABLE old_runs; \(indices)
    """,
    audited,
  ]
}
