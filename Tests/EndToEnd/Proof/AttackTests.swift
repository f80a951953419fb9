import Foundation
import Testing

/// The attacks on a history that is chained, signed and anchored, each done for real.
@Suite struct `An attack` {
  @Test(arguments: [
    // A byte of a payload; of a hash; an event less in the middle; two that change places.
    (
      #"db.execute("UPDATE events SET payload = replace(payload, 'in_progress', 'in_progresS') WHERE seq = 3")"#,
      "event 3"
    ),
    (
      #"db.execute("UPDATE events SET hash = iif(hash LIKE '0%', '1', '0') || substr(hash, 2) WHERE seq = 7")"#,
      "event 8"
    ),
    (#"db.execute("DELETE FROM events WHERE seq = 9")"#, "event 10"),
    (#"db.execute("UPDATE events SET time = time + 1 WHERE seq = 4")"#, "event 4"),
  ])
  func `on one event is caught by the chain`(python: String, place: String) async throws {
    let anchored = try await Anchored()
    try await anchored.deliver()
    try await anchored.tamper(python)
    let text = try await anchored.findings()
    #expect(text.contains("\(place): "), "\(text)")
  }

  @Test func `on one event with all hashes after it made to fit is caught by the note`() async throws {
    let anchored = try await Anchored()
    try await anchored.deliver()
    try await anchored.tamper(
      #"db.execute("UPDATE events SET payload = replace(payload, 'in_progress', 'in_progresS') WHERE seq = 3"); chain(3)"#
    )
    let text = try await anchored.findings()
    #expect(text.contains("the first 25 events are not those that were signed"), "\(text)")
    #expect(text.contains("the run's events are not those that were signed"), "\(text)")
  }

  @Test func `that cuts the end off is caught by the note`() async throws {
    let anchored = try await Anchored()
    try await anchored.deliver()
    try await anchored.tamper(
      """
      db.execute("DELETE FROM events WHERE seq > 12")
      db.execute("UPDATE runs SET events = 12")
      """)
    let text = try await anchored.findings()
    #expect(text.contains("its end was cut off"), "\(text)")
  }

  @Test func `that forgets a whole delivery is caught by its note`() async throws {
    let anchored = try await Anchored()
    try await anchored.deliver()
    try await anchored.deliver("second")
    try await anchored.tamper(
      """
      run, = db.execute("SELECT run FROM runs ORDER BY opened DESC LIMIT 1").fetchone()
      for table in ["events", "runs"]:
          db.execute("DELETE FROM " + table + " WHERE run = ?", (run,))
      """)
    let text = try await anchored.findings()
    #expect(text.contains("its end was cut off"), "\(text)")
  }

  @Test func `that rewrites everything from the first event on is caught by the note`() async throws {
    let anchored = try await Anchored()
    try await anchored.deliver()
    try await anchored.tamper(
      #"db.execute("UPDATE events SET payload = replace(payload, 'Ada', 'Bob')"); chain()"#)
    let text = try await anchored.findings()
    #expect(text.contains("it was signed over another history than this one"), "\(text)")
  }

  @Test func `by whoever has the key, who signs anew, is caught by the notes' own history`() async throws {
    let anchored = try await Anchored()
    try await anchored.deliver()
    // The note is replaced by a later one, as the remote's rules allow.
    try await anchored.project.sh(
      """
      git fetch -q origin refs/notes/delivery:refs/notes/delivery
      git notes --ref=delivery show HEAD > ../note
      sed 's/^task hello/task other/' ../note > ../changed
      git notes --ref=delivery add -f -F ../changed HEAD
      git push -q origin refs/notes/delivery
      """)
    let text = try await anchored.findings("--remote")
    #expect(text.contains("it was changed or removed by"), "\(text)")
    #expect(text.contains("it is not signed by a key that counted"), "\(text)")
  }

  @Test func `that puts other notes in the place of the remote's is seen by whoever has seen them`() async throws {
    let anchored = try await Anchored()
    try await anchored.deliver()
    try await anchored.project.sh(
      """
      cd ../remote.git && git update-ref -d refs/notes/delivery
      git -c user.name=Eve -c user.email=e@x notes --ref=delivery add -m other main
      """)
    for _ in 0..<2 {
      let text = try await anchored.findings("--remote")
      #expect(text.contains("was rewritten or removed"), "\(text)")
    }
    #expect(try await anchored.findings().hasPrefix("nothing is wrong"), "what was seen is still here")
  }

  @Test func `that rewrites the notes of the remote is seen by whoever has seen them`() async throws {
    let anchored = try await Anchored()
    try await anchored.deliver()
    try await anchored.project.sh("git -C ../remote.git update-ref -d refs/notes/delivery")
    let removed = try await anchored.findings("--remote")
    #expect(removed.contains("was rewritten or removed"), "\(removed)")
    // Nobody delivers on top of that either.
    let run = try await anchored.project.waybill("run", "second")
    #expect(run.status == 5 && run.text.contains("was rewritten or removed"), "\(run.text)")
    let advice = try await anchored.project.sh("git push -q origin refs/waybill/notes/origin:refs/notes/delivery")
    #expect(advice == "")
    #expect(try await anchored.project.waybill("resume").status == 0)
    #expect(try await anchored.findings("--remote").hasPrefix("nothing is wrong"))
  }

  @Test(arguments: [
    (
      #"db.execute("UPDATE contents SET bytes = x'00' WHERE digest = (SELECT digest FROM pieces LIMIT 1)")"#,
      "its bytes cannot be read"
    ),
    (
      #"db.execute("UPDATE evidence SET digest = '\#(String(repeating: "0", count: 64))' WHERE id = 1")"#,
      "is not what event"
    ),
    (#"db.execute("DELETE FROM pieces"); db.execute("DELETE FROM evidence")"#, "vouches for it, and it is not there"),
    (
      #"db.execute("INSERT INTO evidence (run, step, attempt, kind, name, began, digest) SELECT run, step, attempt, kind, 'more', began, '\#(emptyDigest)' FROM evidence LIMIT 1")"#,
      "no event vouches for it"
    ),
    (#"db.execute("UPDATE runs SET state = 'abandoned'")"#, "does not say what its events say"),
    (#"db.execute("DELETE FROM runs")"#, "is not listed"),
    (#"db.execute("UPDATE evidence SET name = 'another' WHERE id = 1")"#, "is not what event"),
    (#"db.execute("UPDATE evidence SET began = began + 1 WHERE id = 1")"#, "is not what event"),
    (#"db.execute("UPDATE runs SET started = started + 1")"#, "does not say what its events say"),
    (#"db.execute("UPDATE runs SET author = 'Bob'")"#, "does not say what its events say"),
  ])
  func `on what hangs on the events is caught`(python: String, words: String) async throws {
    let anchored = try await Anchored()
    try await anchored.deliver()
    try await anchored.tamper(python)
    let text = try await anchored.findings()
    #expect(text.contains(words), "\(text)")
  }
}

/// SHA-256 of nothing.
private let emptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
