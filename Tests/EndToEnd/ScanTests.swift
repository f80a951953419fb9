import Foundation
import Testing

/// A repository with nothing in it yet, and the program that scans it.
private struct Scanned {
  let project: Project

  /// `script` is run in the working tree, with the token in `T`.
  init(_ script: String = "true") async throws {
    project = try await Project()
    try await run(script)
  }

  @discardableResult
  func run(_ script: String) async throws -> String { try await project.sh("T='\(SampleSecret.token)'; \(script)") }

  func scan(_ arguments: String...) async throws -> (status: Int32, text: String) {
    let result = try await project.waybill(["scan"] + arguments)
    #expect(!result.text.contains(SampleSecret.token), "\(result.text)")
    return result
  }
}

@Suite struct `A scan of a repository` {
  @Test func `finds in the index what is no longer in the file`() async throws {
    let scanned = try await Scanned("echo \"key $T\" > a && git add a && echo clean > a")
    #expect(try await scanned.scan().status == 0)
    let (status, text) = try await scanned.scan("--staged")
    #expect(status == 1)
    #expect(text.contains("\"a\":1:5 holds what looks like a secret: GitHub"), "\(text)")
    try await scanned.run("git add a")
    #expect(try await scanned.scan("--staged").status == 0)
  }

  @Test func `finds in a range what a later commit has removed`() async throws {
    let scanned = try await Scanned(
      "echo \"$T\" > a && git add a && git commit -qm one && echo > a && git commit -qam two && git rm -q a && git commit -qm three"
    )
    let guilty = try await scanned.run("git rev-parse HEAD~2").prefix(10)
    let (status, text) = try await scanned.scan("--range", "origin/main..HEAD")
    #expect(status == 1)
    #expect(text.contains("\"a\":1:1 in \(guilty)"), "\(text)")
    #expect(text.contains("1 finding in "), "\(text)")
    #expect(try await scanned.scan("--range", "HEAD~2..").status == 0)
    #expect(try await scanned.scan("--range", "HEAD~1..HEAD").status == 0)
    #expect(try await scanned.scan("--history").status == 1)
  }

  @Test(arguments: [
    ("echo x > \"$T.txt\"", "the name \"[redacted:github-personal-token].txt\" in "),
    ("mkdir \"$T\" && echo x > \"$T/x\"", "the name \"[redacted:github-personal-token]/x\" in "),
    ("ln -s \"/run/$T\" link", "\"link\":1:6 in "),
    ("echo x > y; git add y; git commit -qm \"first\n\nkey $T\"", "the message of "),
    ("echo x > y; git add y; git commit -qm y --author \"$T <a@example.org>\"", "the author of "),
    ("git branch \"x/$T\"", "the name \"refs/heads/x/[redacted:github-personal-token]\""),
    ("git tag -a v1 -m \"key $T\"", "the tag \"refs/tags/v1\""),
    ("git update-ref refs/odd $(echo \"$T\" | git hash-object -w --stdin)", "\"refs/odd\":1:1"),
    ("echo \"$T\" | gzip > a.gz", "\"a.gz\":1:1 in "),
    ("echo \"$T\" | base64 > a", "\"a\":1:1 in "),
    ("printf \"$T\" | od -An -v -tx1 | tr -d ' \\n' > a", "\"a\":1:1 in "),
    ("printf 'x\\nkey %s' \"$T\" | iconv -t UTF-16LE > a", "\"a\":2:10 in "),
    ("printf 'x\\nkey %s' \"$T\" | iconv -t UTF-16 > a", "\"a\":2:10 in "),
    ("head -c 10000000 /dev/zero | tr '\\0' ' ' > a; printf %s \"$T\" >> a", "\"a\":1:10000001 in "),
    ("head -c 5000 /dev/urandom > a; printf '\\000%s\\000' \"$T\" >> a", "\"a\":"),
    (
      "printf '{\"cells\":[{\"source\":[\"password = \\\\\"h8Kq2vXz91LmPw47\\\\\"\\\\n\"]}]}' > a.ipynb",
      "\"a.ipynb\":1:"
    ),
    (
      "python3 -c 'import sqlite3, sys; c = sqlite3.connect(\"a.db\"); c.execute(\"create table t(x)\"); c.execute(\"insert into t values (?)\", sys.argv[1:]); c.commit()' \"$T\"",
      "\"a.db\":"
    ),
    (
      "python3 -c 'import zlib, sys; t = b\"Comment\\0\\0\" + zlib.compress(sys.argv[1].encode()); sys.stdout.buffer.write(b\"\\x89PNG\\r\\n\\x1a\\n\" + len(t).to_bytes(4, \"big\") + b\"zTXt\" + t + b\"crc.\")' \"$T\" > a.png",
      "\"a.png\":1:1 in "
    ),
    (
      "python3 -c 'import io, sys, zipfile\ndef pack(name, content):\n  memory = io.BytesIO()\n  with zipfile.ZipFile(memory, \"w\", zipfile.ZIP_DEFLATED) as archive: archive.writestr(name, content)\n  return memory.getvalue()\nsys.stdout.buffer.write(pack(\"inner.zip\", pack(\"dir/key\", \"x\\n\" + sys.argv[1])))' \"$T\" > a.zip",
      "\"a.zip!/inner.zip!/dir/key\":2:1 in "
    ),
    ("echo \"$T\" > key; tar cJf a.tar.xz key; rm key", "\"a.tar.xz!/key\":1:1 in "),
    ("echo x > \"$T\"; tar czf a.tgz \"$T\"; rm \"$T\"", "the name \"a.tgz!/[redacted:github-personal-token]\" in "),
    ("echo \"$T\" > \"$(printf 'a\\nb')\"", "\"a␊b\":1:1 in "),
    ("printf 'k=%s' \"$T\" > \"$(printf 'a\\377b')\"", "\"a\u{fffd}b\":1:3 in "),
  ])
  func `finds what stands in any place and any wrapping`(script: String, place: String) async throws {
    let scanned = try await Scanned(script + "; git add -A; git commit -qm add || true")
    let (status, text) = try await scanned.scan("--history")
    #expect(status == 1, "\(text)")
    #expect(text.contains(place), "\(text)")
  }

  @Test(arguments: [
    ("head -c 100000000 /dev/zero | gzip > a.gz", "\"a.gz\" in", "it unpacks to more than is looked at"),
    (
      "python3 -c 'import io, sys, zipfile\nmemory = io.BytesIO()\nwith zipfile.ZipFile(memory, \"w\") as archive: archive.writestr(\"key\", \"x\" * 50)\nout = bytearray(memory.getvalue()); out[6] |= 1; out[out.index(b\"PK\\x01\\x02\") + 8] |= 1\nsys.stdout.buffer.write(out)' > a.zip",
      "\"a.zip!/key\" in", "it is encrypted"
    ),
    (
      "echo x > a; for n in 1 2 3 4 5 6 7 8 9; do tar cf b a; mv b a; done", "\"a!/a!/a!/a!/a!/a!/a!/a!/a\" in",
      "nested too deep"
    ),
    ("printf 'Rar!\\032\\007\\001\\000' > a.rar", "\"a.rar\" in", "it is a RAR archive, which cannot be unpacked"),
    (
      "git clone -q . ../other; git -c protocol.file.allow=always submodule --quiet add ../other sub", "\"sub\" in",
      "it is a submodule, a repository of its own"
    ),
    (
      "printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:%064d\\nsize 3\\n' 7 > a.bin", "\"a.bin\" in",
      "its content is kept by Git LFS and not here"
    ),
  ])
  func `names what it could not look at`(script: String, place: String, reason: String) async throws {
    let scanned = try await Scanned(script + "; git add -A; git commit -qm add")
    let (status, text) = try await scanned.scan("--history")
    #expect(status == 0, "\(text)")
    let line = text.split(separator: "\n").first { $0.contains("was not scanned") } ?? ""
    #expect(line.contains(place) && line.contains(reason), "\(text)")
    #expect(text.contains("0 findings, 1 not scanned in "), "\(text)")
  }

  @Test func `looks into the content for which a Git LFS pointer stands`() async throws {
    let scanned = try await Scanned(
      """
      id=$(printf %s "$T" | sha256sum | cut -c1-64)
      printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:%s\\nsize 40\\n' $id > a.bin
      folder=.git/lfs/objects/$(echo $id | cut -c1-2)/$(echo $id | cut -c3-4)
      mkdir -p $folder && printf %s "$T" > $folder/$id; git add a.bin; git commit -qm large
      """)
    let (status, text) = try await scanned.scan("--range", "HEAD~1..HEAD")
    #expect(status == 1)
    #expect(text.contains("\"a.bin\":1:1 in "), "\(text)")
  }

  @Test func `goes on in a clone that lacks commits, and says so`() async throws {
    let scanned = try await Scanned(
      "echo \"$T\" > a && git add a && git commit -qm one && git commit -q --allow-empty -m two")
    try await scanned.run("git clone -q --depth 2 \"file://$PWD\" ../shallow")
    let (status, text) = try await scanned.scan("-C", "../shallow", "--history")
    #expect(status == 1, "\(text)")
    #expect(text.contains("the object is not in this clone"), "\(text)")
    #expect(try await scanned.scan("-C", "../shallow", "--range", "HEAD~1..HEAD").status == 0)
  }

  @Test func `works in a bare one, in a linked working tree, and before the first commit`() async throws {
    let scanned = try await Scanned(
      "echo \"$T\" > a && git add a && git commit -qm one && git push -q origin main && git worktree add -q ../linked && git init -q ../empty && echo \"$T\" > ../empty/a && git -C ../empty add a"
    )
    #expect(try await scanned.scan("-C", "../remote.git", "--history").status == 1)
    #expect(try await scanned.scan("-C", "../linked", "--history").status == 1)
    #expect(try await scanned.scan("-C", "../empty", "--staged").status == 1)
    #expect(try await scanned.scan("-C", "../empty", "--history").status == 0)
    #expect(try await scanned.scan("-C", "../empty", "--range", "HEAD..HEAD").status == 2)
  }
}

@Suite struct `A scan of files` {
  @Test func `walks through folders and leaves out what git ignores, not what is named`() async throws {
    let scanned = try await Scanned(
      "mkdir -p d/out e && echo out > d/.gitignore && echo \"$T\" > d/out/a && echo \"$T\" > e/b && echo \"$T\" | gzip > e/c.gz && ln -s /nowhere e/l && mkfifo e/p"
    )
    let (status, text) = try await scanned.scan()
    #expect(status == 1)
    #expect(text.contains("\"e/b\":1:1 holds") && text.contains("\"e/c.gz\":1:1 holds"), "\(text)")
    #expect(text.contains("2 findings in "), "\(text)")
    #expect(try await scanned.scan("d").status == 0)
    #expect(try await scanned.scan("d/out/a").text.contains("\"d/out/a\":1:1 holds"))
    try await scanned.run("git add -f d/out/a")
    #expect(try await scanned.scan("d").status == 1)
    try await scanned.run("mv e ../outside")
    #expect(try await scanned.scan("-C", "..", "outside").status == 1)
  }

  @Test func `takes standard input, and refuses what is not there and what does not go together`() async throws {
    let scanned = try await Scanned()
    let text = try await scanned.run("printf 'a\\n%s' \"$T\" | \(Program.path) scan - 2>&1; echo $?")
    #expect(text.contains("\"-\":2:1 holds") && text.hasSuffix("\n1"), "\(text)")
    #expect(try await scanned.scan("nowhere").text.contains("error: there is no file \"nowhere\""))
    for arguments in [
      ["nowhere"], ["--staged", "--history"], ["--staged", "x"], ["--json", "--sarif"], ["--range", "HEAD"],
      ["--range", "a...b"], ["--range", "nowhere..HEAD"], ["-C", "/", "--staged"], ["-C", "/", "--history"],
    ] {
      let result = try await scanned.project.waybill(["scan"] + arguments)
      #expect(result.status == 2, "\(arguments): \(result.text)")
    }
  }
}

@Suite struct `An allowance` {
  /// The fingerprint of the only finding.
  private func fingerprint(_ text: String) throws -> String {
    let match = try #require(text.firstMatch(of: /[0-9a-f]{8}-[0-9a-f]{32}/), "\(text)")
    return String(match.output)
  }

  @Test func `counts by its fingerprint when it stands in the commit that protects`() async throws {
    let scanned = try await Scanned("echo \"$T\" > a; git add a")
    let print = try fingerprint(try await scanned.scan("--staged").text)
    try await scanned.run("echo '\(print) a key of the test server' > .waybill-allow; git add .waybill-allow")
    #expect(try await scanned.scan("--staged").status == 1)
    try await scanned.run("git commit -qm both; git rm -q --cached a; git commit -qm without; git add a")
    let (status, text) = try await scanned.scan("--staged")
    #expect(status == 0, "\(text)")
    #expect(text.contains("0 findings, 1 allowed in "), "\(text)")
    // Another value of the same kind, and the same under another key, are not what was allowed.
    try await scanned.run("echo \"${T}x $(echo $T | tr a b)\" > a; git add a")
    #expect(try await scanned.scan("--staged").status == 1)
    try await scanned.run("echo \"$T\" > a; git add a")
    let elsewhere = try await scanned.project.waybill(
      ["scan", "--staged"], environment: ["WAYBILL_FINGERPRINT_KEY": String(repeating: "k", count: 32)])
    #expect(elsewhere.status == 1)
    #expect(elsewhere.text.contains("allowances by other keys (\(print.prefix(8)))"), "\(elsewhere.text)")
    #expect(try await scanned.scan("--range", "HEAD~2..HEAD").status == 1)
  }

  @Test func `is an error with its place when it cannot be read`() async throws {
    let scanned = try await Scanned(
      "printf '# x\\n * reason\\n' > .waybill-allow; git add -A; git commit -qm list; git push -q origin main")
    let (status, text) = try await scanned.scan("--staged")
    #expect(status == 2)
    #expect(text.contains("error: .waybill-allow:2:2: this is no fingerprint"), "\(text)")
    let run = try await scanned.project.waybill("run", "hello")
    #expect(run.status == 5, "\(run.text)")
    #expect(run.text.contains(".waybill-allow:2:2: this is no fingerprint"), "\(run.text)")
  }

  @Test(arguments: [
    ("WAYBILL_FINGERPRINT_KEY", "short", "is shorter than 32 characters"),
    ("XDG_STATE_HOME", "/dev/null/x", "/dev/null"),
  ])
  func `cannot be judged without a key, which is said`(name: String, value: String, words: String) async throws {
    let scanned = try await Scanned("echo \"$T\" > a; git add a")
    let (status, text) = try await scanned.project.waybill(["scan", "--staged"], environment: [name: value])
    #expect(status == 5)
    #expect(text.contains("the key of its fingerprint is not to be had") && text.contains(words), "\(text)")
    try await scanned.run("git rm -qf a")
    #expect(try await scanned.project.waybill(["scan", "--staged"], environment: [name: value]).status == 0)
  }
}
