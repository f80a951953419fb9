import Foundation
import Testing

/// Everything in the tables of a ledger, as one digest a table.
private let dumping = """
  import hashlib, sqlite3, sys
  db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
  for name in ["events", "evidence", "contents", "pieces", "runs"]:
      rows = sorted(db.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
      print(name, len(rows), hashlib.sha256(repr(rows).encode()).hexdigest())
  """

extension Project {
  fileprivate func dump(_ ledger: String = ".waybill/ledger.db") async throws -> String {
    try write(dumping, to: "../dump.py")
    return try await sh("python3 ../dump.py \(ledger)")
  }
}

@Suite struct `Retention` {
  @Test func `lets bytes go, and nothing of what is proven`() async throws {
    let anchored = try await Anchored {
      $0.implement = "echo hello >> hello.txt; head -c 3000000 /dev/urandom | base64"
    }
    let project = anchored.project
    try await anchored.deliver()
    let attested = try await project.waybill("attest").text
    let before = try await project.dump()
    let later = try await project.waybill("gc", "--keep", "90d")
    #expect(later.status == 0 && later.text.contains("let go of 0 bytes of 0 runs (keep 90d"), "\(later.text)")
    let dry = try await project.waybill("gc", "--keep", "1ms", "--dry-run")
    #expect(dry.status == 0 && dry.text.contains("would let go of"), "\(dry.text)")
    #expect(try await project.dump() == before)
    let size = try await project.sh("stat -c %s .waybill/ledger.db")
    let gone = try await project.waybill("gc", "--keep", "1ms")
    #expect(gone.status == 0 && gone.text.contains(" of 1 run ("), "\(gone.text)")
    let smaller = try await project.sh("stat -c %s .waybill/ledger.db")
    #expect(try #require(Int(smaller)) + 2_000_000 < #require(Int(size)))
    let again = try await project.waybill("gc", "--keep", "1ms")
    #expect(again.text.contains("let go of 0 bytes of 0 runs"), "\(again.text)")
    #expect(try await project.sh("python3 ../dump.py .waybill/ledger.db | head -1").hasPrefix("events 29 "))
    let proof = try await anchored.findings("--remote")
    #expect(proof.hasPrefix("nothing is wrong: ") && proof.contains("captures dropped by policy"), "\(proof)")
    #expect(try await project.waybill("attest").text == attested)
    #expect(try await project.waybill("report", "-o", "../page.html").status == 0)
    #expect(try await project.waybill("show").status == 0)
    for arguments in [["replay"], ["logs"], ["show", "--diff"], ["show", "--exchanges"], ["export", "--har", "-"]] {
      let (status, text) = try await project.waybill(arguments)
      #expect(status == 2 && text.contains("were let go by \"waybill gc\""), "\(arguments): \(status) \(text)")
    }
    // What is missing for another reason is no less wrong than before.
    try await anchored.tamper("db.execute(\"DELETE FROM evidence WHERE id = 2\")")
    #expect(try await anchored.findings().contains("vouches for it, and it is not there"))
  }

  @Test func `keeps what rests, the newest runs, and what was given up for as long as it is told`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try await anchored.deliver()
    #expect(try await project.waybill("run", "second", "--until", "test").status == 3)
    func gone(_ arguments: String...) async throws -> Int {
      let (status, text) = try await project.waybill(["gc", "--dry-run", "--json", "--keep", "1ms"] + arguments)
      #expect(status == 0, "\(text)")
      return text.split(separator: "\n").count { $0.contains(#""run""#) }
    }
    #expect(try await gone() == 1)
    #expect(try await gone("--keep-runs", "2") == 0)
    #expect(try await project.waybill("abandon").status == 0)
    #expect(try await gone() == 2)
    #expect(try await gone("--keep-abandoned", "90d") == 1)
    #expect(try await gone("--keep-runs", "1") == 1)
    for bad in [[], ["--keep", "soon"], ["--keep", "0d"], ["--keep", "1d", "--keep-runs", "-1"]] {
      #expect(try await project.waybill(["gc"] + bad).status == 2)
    }
    try await project.sh("echo 'retention: { keep: 1ms, abandoned: 90d }' >> waybill.yaml && git commit -qam keep")
    let configured = try await project.waybill("gc")
    #expect(
      configured.status == 0 && configured.text.contains("of 1 run (keep 0.001 seconds, abandoned 90d)"),
      "\(configured.text)")
  }

  @Test func `that is killed has let go of whole runs`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try await anchored.deliver()
    try await anchored.deliver("second")
    let killed = try Harness(project, "gc", "--keep", "1ms")
    try await killed.says("run ")
    killed.kill()
    _ = try await killed.end()
    #expect(try await anchored.findings().hasPrefix("nothing is wrong: "))
    #expect(try await project.waybill("gc", "--keep", "1ms").status == 0)
    #expect(try await anchored.findings().hasPrefix("nothing is wrong: "))
    let left = try await project.waybill("gc", "--keep", "1ms", "--dry-run")
    #expect(left.text.contains("0 bytes of 0 runs"), "\(left.text)")
  }

  @Test func `goes on beside a delivery`() async throws {
    let anchored = try await Anchored {
      $0.implement = "touch ../asked; while test -d ../hold; do sleep 0.02; done; echo hello >> hello.txt"
    }
    let project = anchored.project
    try await anchored.deliver()
    try await project.sh("mkdir ../hold && rm ../asked")
    let second = try Harness(project, "run", "second")
    try await second.leaves("\(project.folder)/asked")
    let gone = try await project.waybill("gc", "--keep", "1ms")
    #expect(gone.status == 0 && gone.text.contains(" of 1 run ("), "\(gone.text)")
    let copy = try await project.waybill("export", "--all", "../copy.db")
    #expect(copy.status == 0, "\(copy.text)")
    try await project.sh("rmdir ../hold")
    #expect(try await second.end() == .exited(0), "\(second.text)")
    #expect(try await anchored.findings("--remote").hasPrefix("nothing is wrong: "))
  }
}

@Suite struct `A history that is moved` {
  @Test func `is the same to the byte, and goes on where it was taken to`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try await anchored.deliver()
    #expect(try await project.waybill("export", "--all", "../one.db").status == 0)
    try await project.sh("git clone -q ../remote.git ../other")
    let taken = try await project.waybill("-C", "../other", "import", "../one.db")
    #expect(taken.status == 0 && taken.text.contains("28 events, 28 of them new here"), "\(taken.text)")
    #expect(try await project.dump("../other/.waybill/ledger.db") == project.dump())
    let again = try await project.waybill("-C", "../other", "import", "../one.db")
    #expect(again.status == 0 && again.text.contains(", 0 of them new here"), "\(again.text)")
    let verified = try await project.waybill("-C", "../other", "verify", "--remote")
    #expect(verified.status == 0 && verified.text.contains("the first 25 events are vouched for"), "\(verified.text)")
    // It goes on there, and comes back.
    #expect(try await project.waybill("-C", "../other", "run", "second").status == 0)
    #expect(try await project.waybill("-C", "../other", "export", "--all", "../two.db").status == 0)
    let back = try await project.waybill("import", "../two.db")
    #expect(back.status == 0, "\(back.text)")
    #expect(try await project.dump("../other/.waybill/ledger.db") == project.dump())
    try await project.sh("git pull -q origin main")
    let proof = try await anchored.findings("--remote")
    // The tree that was validated there is not in this clone.
    #expect(proof.hasPrefix("?   run ") && proof.contains("\nnothing is wrong: "), "\(proof)")
    // What went on in two places is not brought together.
    let older = try await project.waybill("import", "../one.db")
    #expect(older.status == 2 && older.text.contains("is behind the history here"), "\(older.text)")
    #expect(try await project.waybill("replay").status == 0)
    #expect(try await project.waybill("replay", "--live").status == 0)
    #expect(try await project.waybill("-C", "../other", "replay", "--live").status == 0)
    #expect(try await project.waybill("-C", "../other", "export", "--all", "../three.db").status == 0)
    let before = try await project.dump()
    let apart = try await project.waybill("import", "../three.db")
    #expect(apart.status == 2 && apart.text.contains("have gone on apart"), "\(apart.text)")
    #expect(try await project.dump() == before)
  }

  @Test(arguments: [
    ("head -c 40000 ../one.db > ../bad.db", "is not taken in: "), ("echo hello > ../bad.db", "is not taken in: "),
    (": > ../bad.db", "is not taken in: "), ("mkdir ../bad.db", "is not taken in: "), ("true", "there is no file"),
    (
      "python3 -c 'import sqlite3; sqlite3.connect(\"../bad.db\").execute(\"create table x (y)\")'",
      "is not taken in: "
    ),
    (change("UPDATE events SET time = time + 1 WHERE seq = 5"), "event 5: it does not follow upon the one before"),
    (change("DELETE FROM events WHERE seq = 5"), "event 6: "), (change("DELETE FROM events"), "is not taken in: "),
    (change("UPDATE contents SET bytes = substr(bytes, 2)"), "its bytes cannot be read"),
    (change("DELETE FROM contents"), "its bytes cannot be read"), (change("DELETE FROM runs"), "is not listed"),
    (change("UPDATE runs SET state = 'abandoned'"), "does not say what its events say"),
    (change("PRAGMA user_version=99"), "is newer than this program"),
    (change("PRAGMA user_version=1"), "is older than this program"),
  ])
  func `is refused when it is not whole, before anything is written`(text: String, words: String) async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try await anchored.deliver()
    #expect(try await project.waybill("export", "--all", "../one.db").status == 0)
    try await project.sh(text)
    try await project.sh("git clone -q ../remote.git ../other")
    let (status, said) = try await project.waybill("-C", "../other", "import", "../bad.db")
    #expect((status == 2 || status == 5) && said.contains(words), "\(said)")
    #expect(try await project.sh("test -e ../other/.waybill/ledger.db && echo there || true") == "")
    let before = try await project.dump()
    #expect(try await project.waybill("import", "../bad.db").status == status)
    #expect(try await project.dump() == before)
  }

  private static func change(_ sql: String) -> String {
    """
    cp ../one.db ../bad.db; python3 -c "
    import sqlite3
    db = sqlite3.connect('../bad.db', isolation_level=None)
    for (name,) in db.execute('SELECT name FROM sqlite_master WHERE type = \\'trigger\\'').fetchall():
        db.execute('DROP TRIGGER ' + name)
    db.execute(\\"\(sql)\\")
    "
    """
  }

  @Test func `is written into a new file, and into none that is there`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    let nothing = try await project.waybill("export", "--all", "../one.db")
    #expect(nothing.status == 2 && nothing.text.contains("nothing has been delivered"), "\(nothing.text)")
    try await anchored.deliver()
    try await project.sh("echo mine > ../one.db")
    let there = try await project.waybill("export", "--all", "../one.db")
    #expect(there.status == 2 && there.text.contains("exists; choose another file"), "\(there.text)")
    #expect(try await project.sh("cat ../one.db") == "mine")
    let nowhere = try await project.waybill("export", "--all", "/proc/one.db")
    #expect(nowhere.status == 5, "\(nowhere.text)")
    #expect(try await project.waybill("export", "--all", "../two.db", "--har", "-").status == 2)
    #expect(try await project.waybill("export", "--all", "../two.db").status == 0)
    #expect(try await project.sh("stat -c %a ../two.db; ls .. | grep -c part || true") == "600\n0")
  }
}
