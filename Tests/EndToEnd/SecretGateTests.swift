import Foundation
import Testing

@Suite struct `The secret gate` {
  private func shape(_ implement: String, attempts: Int = 1) -> Project.Shape {
    var shape = Project.Shape()
    shape.implement = "echo hello > hello.txt; T=$(cat ../token); \(implement)"
    shape.attempts = attempts
    return shape
  }

  /// The token is beside the repository: where the agent finds it, nothing of it stands in the configuration.
  private func project(_ shape: Project.Shape) async throws -> Project {
    let project = try await Project(shape)
    try project.write(SampleSecret.token, to: "../token")
    return project
  }

  private func isUntouched(_ project: Project) async throws -> Bool {
    let (local, remote) = (
      try await project.sh("git rev-parse HEAD"), try await project.sh("git --git-dir ../remote.git rev-parse main")
    )
    return local == remote
  }

  @Test(arguments: [
    ("echo \"key = $T\" > a.txt", "\"a.txt\":1:7 holds what looks like a secret: GitHub"),
    ("mkdir d; echo x > \"d/$T\"", "the name \"d/[redacted:github-personal-token]\" holds"),
    ("ln -s \"$T\" link", "\"link\":1:1 holds"), ("echo \"$T\" | gzip > a.gz", "\"a.gz\":1:1 holds"),
    ("echo \"$T\" | base64 > a", "\"a\":1:1 holds"),
    ("echo \"$T\" > key; tar cf a.tar key; gzip a.tar; rm key", "\"a.tar.gz!/key\":1:1 holds"),
  ])
  func `stops a change with what rules take for a secret`(implement: String, words: String) async throws {
    let project = try await project(shape(implement))
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 4, "\(text)")
    #expect(text.contains("FAILED  format") && text.contains(words), "\(text)")
    #expect(text.contains("or, if it is no secret, commit the line"), "\(text)")
    #expect(!text.contains(SampleSecret.token))
    #expect(try await isUntouched(project))
    #expect(try await !project.waybill("why").text.contains(SampleSecret.token))
    #expect(try await !project.sh("cat .waybill/*.md").contains(SampleSecret.token))
  }

  @Test func `sends the implementer back with what was found where`() async throws {
    let project = try await project(
      shape(
        "if test -e ../seen; then cp \"$WAYBILL_BRIEF\" ../seen; else touch ../seen; echo \"$T\" > a; echo \"$T\" > b; exit; fi; rm a b",
        attempts: 2))
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    let brief = project.read("../seen")
    #expect(brief.contains("\"a\":1:1 holds what looks like a secret"), "\(brief)")
    #expect(brief.contains("\"b\":1:1 holds what looks like a secret"), "\(brief)")
  }

  @Test func `does not take an allowance from the change itself, and takes it from the base`() async throws {
    let project = try await project(shape("echo \"$T\" > a"))
    let first = try await project.waybill("run", "hello")
    let print = String(try #require(first.text.firstMatch(of: /[0-9a-f]{8}-[0-9a-f]{32}/)).output)
    try project.write("\(print) a key of the test server\n", to: ".waybill-allow")
    let second = try await project.waybill("resume")
    #expect(second.status == 4, "\(second.text)")
    #expect(second.text.contains("\"a\":1:1 holds"))
    #expect(try await project.waybill("abandon").status == 0)
    try project.write("\(print) a key of the test server\n", to: ".waybill-allow")
    try await project.sh("git add .waybill-allow && git commit -qm allow && git push -q origin main")
    try await project.sh("echo hello > hello.txt; cp ../token a")
    let third = try await project.waybill("run", "hello", "--adopt")
    #expect(third.status == 0, "\(third.text)")
    #expect(try await project.sh("git show HEAD:a") == SampleSecret.token)
  }

  @Test func `allows no declared secret`() async throws {
    var shape = shape("echo \"$T\" > a")
    shape.extra = "secrets: { TOKEN: { from: env } }\n"
    let project = try await project(shape)
    let environment = ["TOKEN": SampleSecret.token]
    let report = try await project.sh(
      "TOKEN='\(SampleSecret.token)'; export TOKEN; echo $TOKEN | '\(Program.path)' scan --json - || true")
    let print = String(try #require(report.firstMatch(of: /[0-9a-f]{8}-[0-9a-f]{32}/)).output)
    try project.write("\(print) not at all\n", to: ".waybill-allow")
    try await project.sh("git add .waybill-allow && git commit -qm allow && git push -q origin main")
    let (status, text) = try await project.waybill("run", "hello", environment: environment)
    #expect(status == 4, "\(text)")
    #expect(text.contains("\"a\":1:1 holds the value of \"TOKEN\"; take it out"), "\(text)")
  }

  @Test(arguments: [
    ("head -c 100000000 /dev/zero | gzip > a.gz", "\"a.gz\" was not scanned: it unpacks to more than is looked at"),
    ("printf 'Rar!\\032\\007' > a.rar", "\"a.rar\" was not scanned: it is a RAR archive"),
  ])
  func `refuses what it cannot look at, unless the base says otherwise`(implement: String, words: String) async throws {
    var shape = shape(implement + "; echo 'gate: { unscanned: allow }' >> waybill.yaml")
    let project = try await project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 4, "\(text)")
    #expect(text.contains(words), "\(text)")
    #expect(try await isUntouched(project))
    shape = self.shape(implement)
    shape.extra = "gate: { unscanned: allow }\n"
    let lenient = try await self.project(shape)
    let allowed = try await lenient.waybill("run", "hello")
    #expect(allowed.status == 0, "\(allowed.text)")
  }

  @Test func `looks at every commit that a push would take along`() async throws {
    let project = try await project(shape("true"))
    try await project.sh(
      "sed -i 's/branch: main/branch: feature/' waybill.yaml && echo '\(SampleSecret.token)' > a && git add -A && git commit -qm secret && git rm -q a && git commit -qm removed"
    )
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 4, "\(text)")
    let guilty = try await project.sh("git rev-parse HEAD~2").prefix(10)
    #expect(text.contains("FAILED  push"), "\(text)")
    #expect(text.contains("\"a\":1:1 in \(guilty) holds"), "\(text)")
    #expect(try await project.sh("git --git-dir ../remote.git branch --list feature") == "")
    #expect(try await project.waybill("resume").status == 4)
  }

  @Test func `looks at the name under which a push would be`() async throws {
    let project = try await project(shape("true"))
    try await project.sh(
      "sed -i 's/branch: main/branch: x-\(SampleSecret.token)/' waybill.yaml && git commit -qam branch")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 4, "\(text)")
    #expect(text.contains("the name \"x-[redacted:github-personal-token]\" holds"), "\(text)")
  }
}
