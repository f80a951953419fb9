import Foundation
import Testing

@Suite struct `A scan's report` {
  private func project() async throws -> Project {
    var shape = Project.Shape()
    shape.extra = "secrets:\n  API_TOKEN: { from: env, for: [test] }\n  OTHER: { from: { command: [touch, ran] } }\n"
    shape.files["b ä%.txt"] = "ä = \(SampleSecret.token)\n"
    shape.files["a.rar"] = "Rar!\u{1a}\u{7}"
    shape.files["c"] = "x\ny a-value-to-hide\n"
    return try await Project(shape)
  }

  private func scan(_ arguments: String..., in project: Project) async throws -> String {
    let output = "\(project.folder)/report"
    let words = arguments.joined(separator: " ")
    try await project.sh(
      "API_TOKEN=a-value-to-hide '\(Program.path)' scan \(words) > \(output) 2> ../talk; test $? = 1")
    let text = try String(contentsOfFile: output, encoding: .utf8)
    #expect(!text.contains(SampleSecret.token) && !text.contains("a-value-to-hide"), "\(text)")
    return text
  }

  @Test func `is lines on standard output, and what was left out on standard error`() async throws {
    let project = try await project()
    let lines = try await scan("--history", in: project).split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix("\"b ä%.txt\":1:6 in ") == true, "\(lines)")
    #expect(lines.last?.hasSuffix(" holds the value of \"API_TOKEN\"") == true, "\(lines)")
    let talk = project.read("../talk")
    #expect(talk.contains("\"a.rar\" in ") && talk.contains("2 findings, 1 not scanned in "), "\(talk)")
    #expect(talk.contains("the secret \"OTHER\" comes from a command, which a scan does not run"), "\(talk)")
    #expect(try await project.sh("test ! -e ran && echo no") == "no")
  }

  @Test func `is the same in JSON lines`() async throws {
    let documents = try await scan("--history", "--json", in: try await project()).split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    #expect(documents.map { $0["type"] as? String } == ["finding", "finding", "not-scanned", "summary"])
    #expect(documents[0]["rule"] as? String == "github-personal-token")
    #expect(documents[0]["file"] as? String == "b ä%.txt")
    #expect((documents[0]["commit"] as? String)?.count == 40)
    #expect([documents[0]["line"] as? Int, documents[0]["column"] as? Int] == [1, 6])
    #expect(documents[1]["secret"] as? String == "API_TOKEN")
    #expect(documents[2]["reason"] as? String == "it is a RAR archive, which cannot be unpacked")
    #expect([documents[3]["findings"] as? Int, documents[3]["not_scanned"] as? Int] == [2, 1])
  }

  /// What the schema of SARIF 2.1.0 requires of the parts that are used (sarif-schema-2.1.0.json, "required").
  @Test func `is SARIF with all that its schema requires`() async throws {
    let text = try await scan("--history", "--sarif", in: try await project())
    let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let runs = try #require(log["runs"] as? [[String: Any]])
    #expect(runs.count == 1)
    let driver = try #require((runs[0]["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["name"] as? String == "waybill")
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(rules.compactMap { $0["id"] as? String } == ["declared-secret", "github-personal-token"])
    for rule in rules { #expect((rule["shortDescription"] as? [String: Any])?["text"] is String) }
    let results = try #require(runs[0]["results"] as? [[String: Any]])
    #expect(results.count == 2)
    for result in results {
      #expect((result["message"] as? [String: Any])?["text"] is String)
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index]["id"] as? String == result["ruleId"] as? String)
      let prints = try #require(result["partialFingerprints"] as? [String: String])
      #expect(prints["waybill/v1"]?.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{32}/) != nil)
    }
    let place = try #require(
      (results[0]["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any])
    #expect((place["artifactLocation"] as? [String: Any])?["uri"] as? String == "b%20%C3%A4%25.txt")
    #expect(place["region"] as? [String: Int] == ["startLine": 1, "startColumn": 5])
    let invocation = try #require((runs[0]["invocations"] as? [[String: Any]])?.first)
    #expect(invocation["executionSuccessful"] as? Bool == true)
    let notes = try #require(invocation["toolExecutionNotifications"] as? [[String: Any]])
    #expect(notes.count == 1)
    for note in notes { #expect((note["message"] as? [String: Any])?["text"] is String) }
  }
}
