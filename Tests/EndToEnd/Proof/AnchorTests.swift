import Foundation
import Testing

@Suite struct `An anchor` {
  @Test func `is a note on the delivered commit whose signature openssl accepts`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try await anchored.deliver()
    try project.write(try await project.waybill("keys", "show", "--pem").text, to: "../public.pem")
    let check = """
      import base64, subprocess
      note = subprocess.check_output(["git", "-C", "../remote.git", "notes", "--ref=delivery", "show", "main"]).decode()
      text, signatures = note.split("\\n\\n")
      text += "\\n"
      assert text.splitlines()[3].startswith("run ") and "task hello" in text.splitlines()
      name, blob = signatures.split("\\n")[0].removeprefix("\\u2014 ").split(" ")
      open("../text", "w").write(text)
      open("../signature", "wb").write(base64.b64decode(blob)[4:])
      """
    try project.write(check, to: "../check.py")
    try await project.sh("python3 ../check.py")
    let verify = "openssl pkeyutl -verify -pubin -inkey ../public.pem -rawin -in ../text -sigfile ../signature"
    #expect(try await project.sh(verify).contains("Signature Verified Successfully"))
    try await project.sh("sed -i 's/task hello/task hullo/' ../text")
    #expect(try await project.sh("\(verify) || true").contains("Failure"))
  }

  @Test func `of two machines that deliver to the same remote stand side by side`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try await project.sh("git clone -q ../remote.git ../other && git -C ../other config pull.rebase true")
    try await anchored.deliver()
    try await project.sh("git -C ../other pull -q")
    let other = try await project.waybill("-C", "../other", "run", "second")
    #expect(other.status == 0, "\(other.text)")
    #expect(try await project.sh("git -C ../remote.git rev-list --count refs/notes/delivery") == "2")
    for place in [".", "../other"] {
      let (status, text) = try await project.waybill("-C", place, "verify", "--remote")
      #expect(status == 0 && text.contains("notes of other histories, which are not here: 1"), "\(text)")
    }
  }

  @Test func `that others have come before is made anew on top of theirs`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    // Between the look and the push somebody else's note arrives.
    try project.wrapGit(
      "push --porcelain --force-with-lease=refs/notes/delivery",
      doing: "if mkdir \(project.folder)/once 2>/dev/null; then git --git-dir \(project.folder)/remote.git notes "
        + "--ref=delivery add -m theirs main~1; fi")
    let run = try await project.waybill(["run", "hello"], environment: ["PATH": project.wrappedPath])
    #expect(run.status == 0, "\(run.text)")
    #expect(try await project.sh("git -C ../remote.git rev-list --count refs/notes/delivery") == "2")
    #expect(try await project.sh("git -C ../remote.git notes --ref=delivery show main~1") == "theirs")
    let text = try await anchored.findings()
    #expect(text.contains("this is no note of a delivery"), "\(text)")
  }

  @Test func `that the remote refuses is waited for, with one note in the end`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try project.write(
      "#!/bin/sh\ncase $1 in refs/notes/*) echo 'no notes here'; exit 1;; esac\n", to: "../remote.git/hooks/update")
    try await project.sh("chmod +x ../remote.git/hooks/update")
    let refused = try await project.waybill("run", "hello")
    #expect(refused.status == 5 && refused.text.contains("refused the note: "), "\(refused.text)")
    #expect(refused.text.contains("no notes here"), "\(refused.text)")
    #expect(try await project.sh("git -C ../remote.git log -1 --format=%s main").contains("hello"))
    #expect(try await anchored.findings().hasPrefix("?"), "it is not delivered yet")
    let given = try await project.waybill("abandon")
    #expect(given.status == 2 && given.text.contains("is on the remote already"), "\(given.text)")
    try await project.sh("rm ../remote.git/hooks/update")
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 0 && resumed.text.contains("ok      anchor"), "\(resumed.text)")
    #expect(try await anchored.findings("--remote").hasPrefix("nothing is wrong"))
    #expect(try await project.sh("git -C ../remote.git rev-list --count refs/notes/delivery") == "1")
  }

  @Test func `whose key was lost on the way is signed by another, and verify tells`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try project.write(
      "#!/bin/sh\ncase $1 in refs/notes/*) exit 1;; esac\n", to: "../remote.git/hooks/update")
    try await project.sh("chmod +x ../remote.git/hooks/update")
    #expect(try await project.waybill("run", "hello").status == 5)
    try await project.sh("rm -r ../remote.git/hooks/update ../.config/waybill/keys")
    let without = try await project.waybill("resume")
    #expect(without.status == 2 && without.text.contains("there is no key in"), "\(without.text)")
    let made = try await project.waybill("keys", "init", "--json")
    let key = String(try #require(made.text.firstMatch(of: /"key":"([^"]+)"/)).1)
    let foreign = try await project.waybill("resume")
    #expect(foreign.status == 2 && foreign.text.contains("the one at hand is none of them"), "\(foreign.text)")
    try await anchored.trust(key)
    #expect(try await project.waybill("resume").status == 0)
    let text = try await anchored.findings()
    #expect(text.contains("is not signed by a key that counted for this delivery"), "\(text)")
    let told = try await project.waybill("verify", "--key", key)
    #expect(told.status == 0, "\(told.text)")
  }

  @Test func `does not take the place of somebody else's note`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try project.wrapGit(
      "fetch --no-tags --no-write-fetch-head -- origin refs/notes/delivery",
      doing: "git --git-dir \(project.folder)/remote.git notes --ref=delivery add -m theirs main 2>/dev/null")
    let run = try await project.waybill(["run", "hello"], environment: ["PATH": project.wrappedPath])
    #expect(run.status == 5 && run.text.contains("has a note of somebody else"), "\(run.text)")
    try await project.sh("git -C ../remote.git notes --ref=delivery remove main")
    #expect(try await project.waybill("resume").status == 0)
  }

  @Test func `is not made where the configuration names no keys`() async throws {
    let project = try await delivered()
    #expect(try await project.sh("git -C ../remote.git for-each-ref refs/notes") == "")
    let (status, text) = try await project.waybill("verify")
    #expect(status == 0 && text.contains("nothing outside vouches for the history"), "\(text)")
  }
}
