import Foundation
import Testing

@Suite struct `A key` {
  @Test func `is made once, for this user alone, and is one that openssl knows`() async throws {
    let project = try await Project()
    let missing = try await project.waybill("keys", "show")
    #expect(missing.status == 2 && missing.text.contains("make one with \"waybill keys init\""), "\(missing.text)")
    let made = try await project.waybill("keys", "init")
    #expect(made.status == 0 && made.text.contains("anchor:\n  keys:\n    - \"ada@example.org+"), "\(made.text)")
    let folder = "\(project.folder)/.config/waybill/keys"
    #expect(try await project.sh("stat -c %a \(folder) \(folder)/* | sort -u") == "600\n700")
    let before = try await project.sh("sha256sum \(folder)/*")
    let again = try await project.waybill("keys", "init")
    #expect(again.status == 2 && again.text.contains("keys rotate"), "\(again.text)")
    #expect(try await project.sh("sha256sum \(folder)/*") == before)
    try project.write(try await project.waybill("keys", "show", "--pem").text, to: "../public.pem")
    #expect(try await project.sh("openssl pkey -pubin -in ../public.pem -noout -text | head -1").contains("ED25519"))
  }

  @Test func `with a passphrase is opened by nothing else`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    let keys = ["WAYBILL_KEYS": "\(project.folder)/others"]
    let secret = keys.merging(["WAYBILL_PASSPHRASE": "correct horse"]) { $1 }
    let unasked = try await project.waybill(["keys", "init", "--passphrase"], environment: keys)
    #expect(unasked.status == 2 && unasked.text.contains("WAYBILL_PASSPHRASE"), "\(unasked.text)")
    let made = try await project.waybill(["keys", "init", "--passphrase", "--json"], environment: secret)
    let key = try #require(made.text.firstMatch(of: /"key":"([^"]+)"/)).1
    #expect(try await project.sh("cat ../others/*.pem").contains("ENCRYPTED"))
    try await anchored.trust(String(key))
    let doctor = try await project.waybill(["doctor"], environment: keys)
    #expect(doctor.text.contains("its passphrase is asked for when a run begins"), "\(doctor.text)")
    let nobody = try await project.waybill(["run", "hello"], environment: keys)
    #expect(nobody.status == 2 && nobody.text.contains("has a passphrase"), "\(nobody.text)")
    let wrong = try await project.waybill(
      ["run", "hello"], environment: keys.merging(["WAYBILL_PASSPHRASE": "wrong"]) { $1 })
    #expect(wrong.status == 2 && wrong.text.contains("does not open"), "\(wrong.text)")
    #expect(try await project.sh("git status --porcelain") == "", "nothing was begun")
    let right = try await project.waybill(["run", "hello"], environment: secret)
    #expect(right.status == 0, "\(right.text)")
    // Whoever wanted one before gets none without.
    #expect(try await project.waybill(["keys", "rotate"], environment: secret).status == 0)
    #expect(try await project.sh("grep -L ENCRYPTED ../others/*.pem") == "")
    #expect(try await project.sh("grep -rlF 'correct horse' .waybill .git ../others || true") == "")
  }

  @Test func `that is not among those that count begins no delivery`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    let others = ["WAYBILL_KEYS": "\(project.folder)/others"]
    let healthy = try await project.waybill("doctor")
    #expect(healthy.text.contains("ok      key            \(anchored.key)"), "\(healthy.text)")
    let sick = try await project.waybill(["doctor"], environment: others)
    #expect(sick.status == 1 && sick.text.contains("FAILED  key            there is no key in"), "\(sick.text)")
    let none = try await project.waybill(["run", "hello"], environment: others)
    #expect(none.status == 2 && none.text.contains("there is no key in"), "\(none.text)")
    #expect(try await project.waybill(["keys", "init", "--name", "grace"], environment: others).status == 0)
    let foreign = try await project.waybill(["run", "hello"], environment: others)
    #expect(foreign.status == 2 && foreign.text.contains("the one at hand is none of them"), "\(foreign.text)")
    #expect(try await project.sh("git status --porcelain; git -C ../remote.git for-each-ref | wc -l") == "1")
  }

  @Test func `that follows another is trusted for its sake until that one is taken out`() async throws {
    let anchored = try await Anchored()
    let project = anchored.project
    try await anchored.deliver()
    let rotated = try await project.waybill("keys", "rotate")
    #expect(rotated.status == 0 && rotated.text.contains("waybill hand-over\n\(anchored.key)\n"), "\(rotated.text)")
    try await anchored.deliver("second")
    #expect(try await anchored.findings("--remote").hasPrefix("nothing is wrong: "))
    let next = try #require(
      try await project.waybill("keys", "show", "--json").text.firstMatch(of: /"key":"([^"]+)"/)
    ).1
    #expect(next != anchored.key)
    try await anchored.trust(String(next))
    try await anchored.add("third")
    try await anchored.deliver("third")
    #expect(try await anchored.findings("--remote").hasPrefix("nothing is wrong: "))
    // Another key alone: what was handed over to counts no more.
    let others = ["WAYBILL_KEYS": "\(project.folder)/others"]
    let other = try await project.waybill(["keys", "init", "--json"], environment: others)
    try await anchored.trust(String(try #require(other.text.firstMatch(of: /"key":"([^"]+)"/)).1))
    try await anchored.add("fourth")
    let refused = try await project.waybill("run", "fourth")
    #expect(refused.status == 2 && refused.text.contains("none of them"), "\(refused.text)")
  }

  @Test(arguments: [
    ("chmod 644 *.pem", "can be read by others"), ("chmod 640 current", "can be read by others"),
    ("echo nonsense > current", "is damaged"), ("rm *.pem", "there is no key in"),
    ("echo nonsense > $(ls *.pem)", "holds no Ed25519 key"),
    ("openssl genpkey -algorithm ED25519 > $(ls *.pem)", "is damaged"),
    ("openssl genpkey -algorithm X25519 > $(ls *.pem)", "holds no Ed25519 key"),
    ("echo bm9uc2Vuc2U= > hand-overs", "is damaged"),
  ])
  func `that was spoilt is told of, and nothing is begun`(text: String, words: String) async throws {
    let anchored = try await Anchored()
    try await anchored.project.sh("umask 077; cd ../.config/waybill/keys && \(text)")
    let (status, said) = try await anchored.project.waybill("run", "hello")
    #expect(status != 0 && said.contains(words), "\(said)")
    #expect(try await anchored.project.sh("git status --porcelain") == "")
  }

  @Test(arguments: ["ada lovelace", "a+b", ""]) func `cannot have a name that a note cannot hold`(name: String)
    async throws
  {
    let project = try await Project()
    let (status, text) = try await project.waybill("keys", "init", "--name", name)
    #expect(status == 2 && text.contains("cannot be the name of a key"), "\(text)")
  }
}
