import Foundation
import Testing

@Suite struct `Failures that are open` {
  @Test func `are listed, asked again one by one, and settled by a delivery`() async throws {
    let project = try await delivered(failing: true)
    let (status, text) = try await project.waybill("replay", "--failed")
    #expect(status == 1 && text.split(separator: "\n").count == 1, "\(text)")
    #expect(text.contains("hello validations/hello.hurl (line 6: body contains \"hello\"): open since"), "\(text)")
    let live = try await project.waybill("replay", "--failed", "--live", "--json")
    #expect(live.status == 1 && live.text.contains(#""outcome":"reproduced""#), "\(live.text)")
    for narrowed in [["--task", "other"], ["--branch", "other"], ["--since", "2100-01-01"]] {
      let (status, text) = try await project.waybill(["replay", "--failed"] + narrowed)
      #expect(status == 0 && text.contains("no validation that failed is open"), "\(narrowed): \(text)")
    }
    let all = try await project.waybill(
      "replay", "--failed", "--task", "hello", "--branch", "main", "--since", "2026-01-01")
    #expect(all.status == 1, "\(all.text)")
    try await project.sh("echo hello > hello.txt")
    #expect(try await project.waybill("resume").status == 0)
    #expect(try await project.waybill("replay", "--failed").status == 0)
  }

  @Test func `are asked at another commit`() async throws {
    let project = try await delivered(failing: true)
    try await project.commit("echo hello > hello.txt")
    let (status, text) = try await project.waybill("replay", "--failed", "--live", "--at", "HEAD")
    #expect(status == 0 && text.hasSuffix(": fixed\n"), "\(text)")
    #expect(try await project.remains() == [])
  }
}

@Suite struct `Bisecting` {
  @Test func `finds the commit that broke what was delivered, also beside one whose service does not start`()
    async throws
  {
    let project = try await delivered()
    try await project.commit("echo 1 > other")
    try await project.commit("mv service.py kept.py")
    try await project.commit("mv kept.py service.py")
    try await project.commit("echo bye > hello.txt")
    let wanted = try await project.sh("git rev-parse HEAD")
    for number in 2...5 { try await project.commit("echo \(number) > other") }
    let (status, text) = try await project.waybill("bisect")
    #expect(status == 0, "\(text)")
    #expect(text.contains("\(wanted) is the first that fails: after: echo bye > hello.txt"), "\(text)")
    #expect(try await project.remains() == [])
    let runs = try await project.runs()
    #expect(runs.dropLast().allSatisfy { $0["replays"] as? String == runs.last?["run"] as? String }, "\(runs)")
    let json = try await project.waybill("bisect", "--json").text
    #expect(json.contains("\"first\":\"\(wanted)\""), "\(json)")
  }

  @Test func `says between which commits it is where those cannot be asked`() async throws {
    let project = try await delivered()
    try await project.commit("mv service.py kept.py; echo bye > hello.txt")
    try await project.commit("mv kept.py service.py")
    let (status, text) = try await project.waybill("bisect")
    #expect(status == 3, "\(text)")
    #expect(text.contains("the first that fails is one of these; those between cannot be asked:"), "\(text)")
    #expect(text.contains("after: mv kept.py service.py"), "\(text)")
  }

  @Test func `refuses ends between which nothing turns, and such as are none`() async throws {
    let project = try await delivered()
    let same = try await project.waybill("bisect")
    #expect(same.status == 2 && same.text.contains("the validations pass at both"), "\(same.text)")
    let none = try await project.waybill("bisect", "--to", "nowhere")
    #expect(none.status == 2 && none.text.contains("\"nowhere\""), "\(none.text)")
    let reversed = try await project.waybill("bisect", "--from", "HEAD", "--to", "HEAD~1")
    #expect(reversed.status == 2 && reversed.text.contains("does not descend from"), "\(reversed.text)")
    let start = try await project.waybill("bisect", "--from", "HEAD~1")
    #expect(start.status == 0 && start.text.contains("is the first that passes"), "\(start.text)")
  }
}
