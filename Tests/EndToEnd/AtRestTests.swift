import Foundation
import Testing

@Suite struct `What a run leaves on disk` {
  static let value = "s3cr3t/value+with\"quotes"
  static let declaration = "secrets:\n  API_TOKEN: { from: env, for: [implement, test, start] }\n"

  @Test func `is looked through at its end, and the result is a fact of the run`() async throws {
    var shape = Project.Shape()
    shape.extra = Self.declaration
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello", environment: ["API_TOKEN": Self.value])
    #expect(status == 0, "\(text)")
    let page = try await project.waybill("show").text
    #expect(page.contains("secrets none of 1 in "), "\(page)")
    let json = try await project.waybill("show", "--json").text
    #expect(json.contains(#""at_rest":{"secrets":1,"places":"#), "\(json)")
    #expect(!(try await project.waybill("why").text.contains("at rest")))
  }

  @Test func `loses what was kept before it was known to be a secret`() async throws {
    var shape = Project.Shape()
    shape.implement = "cat \"$WAYBILL_BRIEF\"; cat ../fixed; echo hello > hello.txt; echo x >> tries.txt"
    shape.test = "cat ../fixed; test $(wc -l < tries.txt) = 2"
    shape.service = "cat ../fixed; exec python3 service.py"
    shape.files = [
      ".gitignore": "token.json\n",
      "validations/hello.hurl":
        "GET {{base_url}}/token.json\nHTTP 200\n[Asserts]\njsonpath \"$.token\" matches /^fixed/\n",
    ]
    let project = try await Project(shape)
    let token = "fixed-\(UUID().uuidString)"
    try project.write("token \(token)\n", to: "../fixed")
    try project.write("{\"token\":\"\(token)\"}", to: "token.json")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    #expect(text.contains("response.token was kept before it was known, and is masked now"), "\(text)")
    let logs = try await project.waybill("logs").text
    #expect(logs.components(separatedBy: "token [redacted:response.token]").count >= 5, "\(logs)")
    let page = try await project.waybill("show", "--exchanges").text + project.waybill("show", "--json").text
    #expect(page.contains(" masked late"), "\(page)")
    #expect(page.contains(#""reason":"it held a secret that became known later""#))
    for said in [logs, page, project.read(".waybill/brief-hello.md")] { #expect(!said.contains(token), "\(said)") }
    #expect(try holding(token, in: "\(project.root)/.waybill").isEmpty)
    // The chain is as whole as before.
    #expect(try await project.waybill("runs").status == 0)
  }

  @Test func `holds no object of a change that was refused`() async throws {
    var shape = Project.Shape()
    shape.extra = Self.declaration
    shape.attempts = 1
    shape.implement = "mkdir -p a/b; printf 'k %s' \"$API_TOKEN\" > a/b/key.txt; echo hello > hello.txt"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello", environment: ["API_TOKEN": Self.value])
    #expect(status == 4, "\(text)")
    let objects = try await project.sh("git cat-file --batch-all-objects --batch --buffer | tr -d '\\0'")
    #expect(!objects.contains("s3cr3t"))
    try await project.sh("git fsck --no-dangling")
    let page = try await project.waybill("show", "--json").text
    #expect(page.contains(#""removed":4"#), "\(page)")
    // Once it is mended the run goes on.
    try await project.sh("rm -r a")
    let resumed = try await project.waybill("resume", environment: ["API_TOKEN": Self.value])
    #expect(resumed.status == 0, "\(resumed.text)")
  }

  @Test func `that holds a secret after all is told loudly, by its name and place`() async throws {
    var shape = Project.Shape()
    shape.extra = Self.declaration
    shape.implement =
      "echo hello > hello.txt; git update-ref refs/kept/leak $(printf %s \"$API_TOKEN\" | git hash-object -w --stdin)"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello", environment: ["API_TOKEN": Self.value])
    #expect(status == 5, "\(text)")
    #expect(text.contains("delivered hello"), "\(text)")
    let words = "secrets are at rest: \"API_TOKEN\" in .git/objects/"
    #expect(text.contains(words))
    let why = try await project.waybill("why").text
    #expect(why.contains(words) && why.contains("change these secrets where they are made"), "\(why)")
    #expect(try await project.waybill("show").text.contains(words))
    #expect(try await project.sh("git cat-file -p refs/kept/leak") == Self.value)
    #expect(!(text + why).contains("s3cr3t"))
  }

  @Test(arguments: ["resume", "abandon"]) func `is looked through whenever it comes to rest`(verb: String) async throws
  {
    var shape = Project.Shape()
    shape.extra = Self.declaration
    shape.test = "false"
    shape.attempts = 1
    let project = try await Project(shape)
    let environment = ["API_TOKEN": Self.value]
    #expect(try await project.waybill("run", "hello", environment: environment).status == 1)
    #expect(try await project.waybill("show").text.contains("secrets none of 1"))
    _ = try await project.waybill([verb], environment: environment)
    let page = try await project.waybill("show").text
    #expect(page.contains("secrets none of 1"), "\(page)")
  }

  private func holding(_ text: String, in folder: String) throws -> [String] {
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return files.filter { FileManager.default.contents(atPath: "\(folder)/\($0)")?.range(of: Data(text.utf8)) != nil }
  }
}
