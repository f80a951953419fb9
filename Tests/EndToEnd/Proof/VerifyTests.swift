import Foundation
import Testing

@Suite struct `Verifying` {
  @Test func `finds nothing in what was delivered, failed, given up, waived and replayed`() async throws {
    let anchored = try await Anchored { $0.attempts = 1 }
    let project = anchored.project
    try await anchored.deliver()
    #expect(try await project.waybill("replay", "--live").status == 0)
    try await anchored.add("third")
    try await project.sh(
      "sed -i 's/HTTP 200/HTTP 404/' validations/third.hurl && git commit -qam wrong && git push -q origin main")
    #expect(try await project.waybill("run", "third").status == 1)
    #expect(try await project.waybill("abandon").status == 0)
    #expect(try await project.waybill("run", "second", "--until", "test").status == 3)
    let text = try await anchored.findings("--remote")
    #expect(text.hasPrefix("nothing is wrong: "), "\(text)")
    let json = try await project.waybill("verify", "--json").text
    #expect(json.contains(#""findings":0"#) && json.contains(#""notes":1"#) && json.contains(#""runs":4"#), "\(json)")
    for name in ["hello", "second"] {
      let one = try await anchored.findings(name)
      #expect(one.contains(" 1 run, "), "\(one)")
    }
    #expect(try await project.waybill("verify", "nobody").status == 2)
    #expect(try await project.waybill("verify", "--all", "hello").status == 2)
    #expect(try await project.waybill("verify", "--key", "x").status == 2)
  }

  @Test func `finds a commit that is not on the remote any more, and one that was made twice`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try await anchored.deliver()
    try await project.sh(
      """
      tree=$(git rev-parse HEAD^{tree}); git log -1 --format=%B > ../message
      git reset -q --hard $(git commit-tree $tree -p HEAD -F ../message)
      """)
    let twice = try await anchored.findings()
    #expect(twice.contains("I3  run ") && twice.contains("2 commits carry the trailer of this run"), "\(twice)")
    try await project.sh("git push -q --force origin HEAD~2:main")
    let gone = try await anchored.findings("--remote")
    #expect(gone.contains("\"main\" of \"origin\" does not have it"), "\(gone)")
  }

  @Test func `finds a task that was opened again`() async throws {
    let anchored = try await Anchored()
    try await anchored.deliver()
    try await anchored.project.sh("sed -i 's/^status: .*/status: open/' tasks/hello.md")
    let text = try await anchored.findings()
    #expect(text.contains("task hello: it was delivered, and the backlog does not show it as closed"), "\(text)")
  }

  @Test func `in another clone looks at notes and commits`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try await anchored.deliver()
    try await project.sh("git clone -q ../remote.git ../auditor")
    let nothing = try await project.waybill("-C", "../auditor", "verify")
    #expect(nothing.status == 3 && nothing.text.contains("ask it with --remote"), "\(nothing.text)")
    let there = try await project.waybill("-C", "../auditor", "verify", "--remote")
    #expect(there.status == 0 && there.text.contains("1 note"), "\(there.text)")
    // Whoever knows better which keys count says so.
    let others = ["WAYBILL_KEYS": "\(project.folder)/others"]
    let other = try await project.waybill(["keys", "init", "--json"], environment: others)
    let key = String(try #require(other.text.firstMatch(of: /"key":"([^"]+)"/)).1)
    let foreign = try await project.waybill("-C", "../auditor", "verify", "--key", key)
    #expect(foreign.status == 1 && foreign.text.contains("is not signed by a key that counted"), "\(foreign.text)")
    let right = try await project.waybill("-C", "../auditor", "verify", "--key", key, "--key", anchored.key)
    #expect(right.status == 0, "\(right.text)")
  }

  @Test func `does not take the word of a branch that nobody looks at`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try await anchored.deliver()
    // Somebody who may push branches trusts a key of their own there, and delivers.
    let others = ["WAYBILL_KEYS": "\(project.folder)/others"]
    let other = try await project.waybill(["keys", "init", "--json"], environment: others)
    let key = String(try #require(other.text.firstMatch(of: /"key":"([^"]+)"/)).1)
    try await project.sh(
      """
      git clone -q ../remote.git ../evil && cd ../evil && git switch -q -c evil
      sed -i '/^anchor:/d; s/branch: main/branch: evil/' waybill.yaml
      echo 'anchor: { keys: ["\(key)"] }' >> waybill.yaml && git commit -qam keys && git push -q origin evil
      """)
    let evil = try await project.waybill(["-C", "../evil", "run", "second"], environment: others)
    #expect(evil.status == 0, "\(evil.text)")
    try await project.sh("git clone -q ../remote.git ../auditor")
    let (status, text) = try await project.waybill("-C", "../auditor", "verify", "--remote")
    #expect(status == 1 && text.contains("its commit is on none of the branches that were looked at"), "\(text)")
    #expect(text.split(separator: "\n").count { $0.hasPrefix("I") } == 1, "\(text)")
  }

  @Test func `says on a report what it came to`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try await anchored.deliver()
    #expect(try await project.waybill("report", "-o", "../good.html").status == 0)
    #expect(project.read("../good.html").contains("Nothing was found"))
    try await anchored.tamper(
      #"db.execute("UPDATE events SET payload = replace(payload, 'in_progress', 'in_progresS') WHERE seq = 3"); chain(3)"#
    )
    #expect(try await project.waybill("report", "-o", "../bad.html").status == 0)
    #expect(project.read("../bad.html").contains("are not those that were signed"))
    #expect(try await project.waybill("report", "--no-verify", "-o", "../plain.html").status == 0)
    #expect(!project.read("../plain.html").contains("Nothing was found"))
  }

  /// Every bit that is turned over shows, or nothing of what is stored has changed by it.
  @Test func `finds single bits that were turned over anywhere in the file`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try await anchored.deliver()
    try project.write(Self.flipping, to: "../flip.py")
    let seed = UInt32.random(in: 0 ... .max)
    let text = try await project.sh("python3 ../flip.py '\(Program.path)' \(seed) 120")
    #expect(text.contains("missed 0"), "seed \(seed): \(text)")
    #expect(!text.contains("caught 0 "), "seed \(seed): \(text)")
  }

  private static let flipping = """
    import os, random, sqlite3, subprocess, sys
    program, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    random.seed(seed)
    path = ".waybill/ledger.db"
    db = sqlite3.connect(path)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    for name in os.listdir(".waybill"):
        if name.startswith("ledger.db-"):
            os.remove(".waybill/" + name)
    good = open(path, "rb").read()

    def stored():
        "All that is in the tables, as their rows have it."
        db = sqlite3.connect("file:" + path + "?mode=ro", uri=True)
        db.text_factory = bytes
        try:
            names = ["events", "evidence", "contents", "pieces", "runs"]
            return [sorted(db.execute(f"SELECT * FROM {name} NOT INDEXED").fetchall(), key=repr) for name in names]
        except sqlite3.Error as error:
            return repr(error)
        finally:
            db.close()

    original = stored()

    def same(found):
        "Compressed bytes may differ as long as what they unpack to, which was hashed, is the same; how often pieces of a "
        "capture were masked is asked for while it is written, and never again."
        if isinstance(found, str):
            return False
        plain = {"contents": lambda row: row[:1], "evidence": lambda row: row[:8] + row[9:]}
        names = ["events", "evidence", "contents", "pieces", "runs"]
        return all([plain.get(name, tuple)(row) for row in a] == [plain.get(name, tuple)(row) for row in b]
                   for name, a, b in zip(names, original, found))

    def difference(found):
        return [(a, b) for old, new in zip(original, found) for a, b in zip(old, new) if a != b][:1]

    caught, harmless, missed = 0, 0, []
    for _ in range(count):
        place = random.randrange(len(good) * 8)
        bad = bytearray(good)
        bad[place // 8] ^= 1 << place % 8
        open(path, "wb").write(bad)
        end = subprocess.run([program, "verify"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if end.returncode in (1, 5):
            caught += 1
        elif end.returncode == 0 and same(stored()):
            harmless += 1
        else:
            missed.append((place, end.returncode, end.stdout.decode(errors="replace"), difference(stored())))
    open(path, "wb").write(good)
    print(f"caught {caught} , harmless {harmless}, missed {len(missed)}", missed[:3])
    """
}
