import Foundation
import Testing

@Suite struct `A replay` {
  private static let validation = """
    GET {{base_url}}/hello.txt
    X-Token: {{TOKEN}}
    HTTP 200
    [Captures]
    word: body
    [Asserts]
    body contains "hello"
    sha256 exists

    GET {{base_url}}/nothing
    HTTP 404

    """

  private func delivered(failing: Bool = false) async throws -> Project {
    var shape = Project.Shape()
    shape.attempts = 1
    shape.extra = "secrets: { TOKEN: env }\n"
    shape.implement = failing ? "echo nothing > hello.txt" : "echo hello > hello.txt"
    shape.files["validations/hello.hurl"] = Self.validation
    let project = try await Project(shape)
    let run = try await project.waybill(["run", "hello"], environment: ["TOKEN": SampleSecret.token])
    #expect(run.status == (failing ? 1 : 0), "\(run.text)")
    return project
  }

  @Test func `bears verdicts out without network, service, secrets and files`() async throws {
    let project = try await delivered()
    try await project.sh("rm -rf validations service.py hello.txt")
    let (status, text) = try await project.waybill("replay")
    #expect(status == 0, "\(text)")
    #expect(text == "validations/hello.hurl: passed, as recorded (4 asserts, 2 exchanges)\n", "\(text)")
    let json = try await project.waybill("replay", "--json").text
    #expect(json.contains(#""recorded":"passed","replayed":"passed","edited":false,"differences":[]"#), "\(json)")
    let failed = try await delivered(failing: true)
    let replayed = try await failed.waybill("replay")
    #expect(
      replayed.status == 0 && replayed.text.contains("validations/hello.hurl: failed, as recorded"), "\(replayed.text)")
  }

  @Test func `judges a failed validation by an edited file`() async throws {
    let project = try await delivered(failing: true)
    let first = Self.validation.replacing("\"hello\"", with: "\"nothing\"").split(separator: "\n\nGET")[0]
    try project.write(first + "\n", to: "edited.hurl")
    let mended = try await project.waybill("replay", "--with", "edited.hurl")
    #expect(mended.status == 0 && mended.text.contains("passed, recorded as failed"), "\(mended.text)")
    let same = try await project.waybill("replay", "--with", "validations/hello.hurl")
    #expect(same.status == 1 && same.text.contains("--> validations/hello.hurl:7:0"), "\(same.text)")
    try project.write(first + "\n\nGET {{base_url}}/more\n", to: "edited.hurl")
    let more = try await project.waybill("replay", "--with", "edited.hurl")
    #expect(
      more.status == 6 && more.text.contains("/more was never sent: there is no answer on record"), "\(more.text)")
    try project.write("GET", to: "edited.hurl")
    let bad = try await project.waybill("replay", "--with", "edited.hurl")
    #expect(bad.status == 2 && bad.text.contains("--> edited.hurl:1:4"), "\(bad.text)")
    let none = try await project.waybill("replay", "--with", "no.hurl")
    #expect(none.status == 2 && none.text.contains("there is no file \"no.hurl\""), "\(none.text)")
  }

  @Test func `says what it has no record of`() async throws {
    let project = try await Project()
    #expect(try await project.waybill("replay").status == 2)
    #expect(try await project.waybill("run", "hello", "--until", "test").status == 3)
    let (status, text) = try await project.waybill("replay")
    #expect(status == 2 && text.contains("has validated nothing so far"), "\(text)")
  }

  @Test func `hands out archives that other programs read, and no secret`() async throws {
    let project = try await delivered()
    let (status, text) = try await project.waybill(
      "export", "--har", "../run.har", "--hurl-json", "../run.json", "--junit", "../run.xml")
    #expect(status == 0, "\(text)")
    let har = try #require(
      try JSONSerialization.jsonObject(with: Data(project.read("../run.har").utf8)) as? [String: [String: Any]])
    let entries = try #require(har["log"]?["entries"] as? [[String: Any]])
    #expect(entries.count == 2 && entries[0]["_file"] as? String == "validations/hello.hurl")
    #expect((entries[0]["startedDateTime"] as? String)?.hasPrefix("20") == true, "\(entries[0])")
    let hurl = project.read("../run.json")
    #expect(hurl.contains(#""success":true"#) && hurl.contains("/hello.txt"), "\(hurl)")
    #expect(project.read("../run.xml").contains("<testcase"))
    for file in ["../run.har", "../run.json", "../run.xml"] {
      #expect(!project.read(file).contains(SampleSecret.token))
    }
    #expect(try await project.waybill("export", "--junit", "-").text.contains("<testsuite"))
    let nothing = try await project.waybill("export")
    #expect(nothing.status == 2 && nothing.text.contains("name what to write"), "\(nothing.text)")
  }

  @Test func `hands out an archive that an independent validator accepts, and judges it again`() async throws {
    let project = try await delivered()
    let base = "http://127.0.0.1:\(project.port)"
    #expect(try await project.waybill("export", "--har", "../run.har").status == 0)
    let schema = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/har-1.2.schema.json").path()
    let check = """
      import json, jsonschema, sys
      archive = json.load(open("../run.har"))
      jsonschema.validate(archive, json.load(open("\(schema)")))
      del archive["log"]["entries"][0]["request"]["httpVersion"]
      try:
          jsonschema.validate(archive, json.load(open("\(schema)")))
      except jsonschema.ValidationError:
          print("it validates")
      """
    try project.write(check, to: "../check.py")
    let python =
      "python=python3; $python -c 'import jsonschema' 2>/dev/null || python=/usr/bin/python3; $python ../check.py"
    #expect(try await project.sh(python) == "it validates")
    let again = try await project.waybill(
      "replay", "--har", "../run.har", "--with", "validations/hello.hurl", "--variable", "base_url=\(base)",
      "--variable",
      "TOKEN=[redacted:TOKEN]")
    #expect(again.status == 0 && again.text == "validations/hello.hurl: passed on ../run.har\n", "\(again.text)")
    try project.write(Self.validation.replacing("404", with: "200"), to: "edited.hurl")
    let edited = try await project.waybill(
      [
        "replay", "--har", "../run.har", "--with", "edited.hurl", "--variable", "base_url=\(base)", "--variable",
        "TOKEN=x",
      ])
    #expect(edited.status == 1 && edited.text.contains("--> edited.hurl:1"), "\(edited.text)")
    let elsewhere = try await project.waybill(
      [
        "replay", "--har", "../run.har", "--with", "edited.hurl", "--variable", "base_url=http://h", "--variable",
        "TOKEN=x",
      ])
    #expect(
      elsewhere.status == 6 && elsewhere.text.contains("GET http://h/hello.txt was never sent"), "\(elsewhere.text)")
    for (text, wording) in [("{", "is no JSON"), ("{}", "has no \"log.entries\""), ("[1", "is no JSON")] {
      try project.write(text, to: "bad.har")
      let (status, said) = try await project.waybill("replay", "--har", "bad.har", "--with", "edited.hurl")
      #expect(status == 2 && said.contains(wording), "\(said)")
    }
    #expect(try await project.waybill("replay", "--har", "../run.har").status == 2)
  }
}
