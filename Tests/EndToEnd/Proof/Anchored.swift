import Foundation
import Testing

/// A project whose deliveries are anchored, by a key in a folder of its own.
struct Anchored {
  let project: Project
  let key: String

  init(_ change: (inout Project.Shape) -> Void = { _ in }) async throws {
    var shape = Project.Shape()
    shape.files["tasks/second.md"] = "---\nid: second\ntitle: Say it again\nstatus: open\n---\nAgain.\n"
    shape.files["validations/second.hurl"] = "GET {{base_url}}/hello.txt\nHTTP 200\n"
    shape.implement = "echo hello >> hello.txt"
    change(&shape)
    project = try await Project(shape)
    try await project.sh("git -C ../remote.git symbolic-ref HEAD refs/heads/main")
    let made = try await project.waybill("keys", "init", "--json")
    #expect(made.status == 0, "\(made.text)")
    key =
      try await project.waybill("keys", "show", "--json").text.firstMatch(of: /"key":"([^"]+)"/).map {
        String($0.1)
      } ?? ""
    try await trust(key)
  }

  /// Makes keys the ones that count.
  func trust(_ keys: String...) async throws {
    try await project.sh("sed -i '/^anchor:/d' waybill.yaml")
    try project.write(
      project.read("waybill.yaml") + "anchor: { keys: [\(keys.map { "\"\($0)\"" }.joined(separator: ", "))] }\n",
      to: "waybill.yaml")
    try await project.sh("git commit -qam keys && git push -q origin main")
  }

  /// Writes another task, which the validation of the second one judges.
  func add(_ task: String) async throws {
    try await project.sh(
      """
      sed 's/second/\(task)/' tasks/second.md | sed 's/^status: .*/status: open/' > tasks/\(task).md
      cp validations/second.hurl validations/\(task).hurl
      git add -A && git commit -qm \(task) && git push -q origin main
      """)
  }

  func deliver(_ task: String = "hello") async throws {
    let (status, text) = try await project.waybill("run", task)
    #expect(status == 0, "\(text)")
  }

  /// What `verify` finds, without the figures: lines of promise, place and text.
  func findings(_ arguments: String..., status expected: Int32? = nil) async throws -> String {
    let (status, text) = try await project.waybill(["verify"] + arguments)
    #expect(status == expected ?? (text.contains("nothing is wrong: ") ? 0 : 1), "\(text)")
    return text
  }

  /// Works on the ledger's file behind the program's back, with nothing that guards it in the way.
  func tamper(_ python: String) async throws {
    try project.write(
      """
      import hashlib, json, os, sqlite3
      for name in ["ledger.db.lock"]:
          if os.path.exists(".waybill/" + name):
              os.remove(".waybill/" + name)
      db = sqlite3.connect(".waybill/ledger.db", isolation_level=None)
      for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
          db.execute("DROP TRIGGER " + name)

      def chain(first=1):
          "Makes seals and hashes fit again from an event on."
          previous = bytes(32)
          for seq, run, kind, time, payload, salt, seal, digest in db.execute(
              "SELECT seq, run, kind, time, payload, salt, seal, hash FROM events ORDER BY seq").fetchall():
              if seq >= first:
                  if salt:
                      seal = hashlib.sha256((salt + payload).encode()).hexdigest()
                  data = previous
                  for field in [run, kind, str(time), seal]:
                      data += len(field.encode()).to_bytes(8, "big") + field.encode()
                  digest = hashlib.sha256(data).hexdigest()
                  db.execute("UPDATE events SET seal = ?, hash = ? WHERE seq = ?", (seal, digest, seq))
              previous = bytes.fromhex(digest)

      \(python)
      db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
      db.close()
      """, to: "../tamper.py")
    try await project.sh("python3 ../tamper.py")
  }
}
