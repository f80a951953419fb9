import Foundation
import Testing

/// A project whose run was delivered, or failed since the change is wrong.
func delivered(
  failing: Bool = false, validation: String? = nil, _ change: (inout Project.Shape) -> Void = { _ in }
) async throws -> Project {
  var shape = Project.Shape()
  shape.attempts = 1
  shape.implement = failing ? "echo nothing > hello.txt" : "echo hello > hello.txt"
  shape.files["validations/hello.hurl"] = validation
  change(&shape)
  let project = try await Project(shape)
  let run = try await project.waybill("run", "hello")
  #expect(run.status == (failing ? 1 : 0), "\(run.text)")
  return project
}

extension Project {
  /// Commits what a shell's text does to the files.
  func commit(_ text: String) async throws {
    try await sh("\(text) && git add -A && git commit -qm 'after: \(text.prefix(30).filter { $0 != "'" })'")
  }

  /// Working trees besides the user's own, processes, and locks that somebody holds.
  func remains() async throws -> [String] {
    let trees = try await sh(
      "git worktree list | tail -n +2; git branch --list 'waybill/*'; ls -d .waybill/worktrees/*/ 2>/dev/null || true")
    let locks = try await sh(
      "for f in .waybill/*.lock .waybill/worktrees/*.lock; do flock -n \"$f\" true || echo \"$f\"; done")
    return [trees, locks].filter { !$0.isEmpty } + leftovers()
  }

  /// The ids of runs, the newest first.
  func runs(_ arguments: String...) async throws -> [[String: Any]] {
    let text = try await waybill(["runs", "--json"] + arguments).text
    return try text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }
}

@Suite struct `A live replay` {
  @Test func `reproduces a failure in a run of its own and leaves nothing behind`() async throws {
    let project = try await delivered(failing: true)
    let before = try await project.waybill("show", "--json").text
    let original = try #require(try await project.runs().first?["run"] as? String)
    let (status, text) = try await project.waybill("replay", "--live")
    #expect(status == 1, "\(text)")
    #expect(text.contains("reproduced: validations/hello.hurl fails"), "\(text)")
    #expect(text.contains("line 6: body contains"), "\(text)")
    #expect(try await project.remains() == [])
    #expect(try await project.waybill("show", original, "--json").text == before)
    let runs = try await project.runs()
    #expect(runs.count == 2 && runs[0]["replays"] as? String == original, "\(runs)")
    #expect(runs[0]["state"] as? String == "reproduced" && runs[1]["replays"] is NSNull, "\(runs)")
    #expect(try await project.sh("git status --porcelain hello.txt") != "", "the working tree is as it was")
  }

  @Test func `reproduces what passed`() async throws {
    let project = try await delivered()
    let (status, text) = try await project.waybill("replay", "--live")
    #expect(status == 0 && text.contains("reproduced"), "\(text)")
    #expect(try await project.remains() == [])
  }

  @Test func `says fixed, still failing and new failure of another commit`() async throws {
    let project = try await delivered(failing: true)
    try await project.commit("true")
    let same = try await project.waybill("replay", "--live", "--at", "HEAD")
    #expect(same.status == 1 && same.text.contains("still failing: validations/hello.hurl fails"), "\(same.text)")
    try await project.commit("echo hello > hello.txt")
    let fixed = try await project.waybill("replay", "--live", "--at", "HEAD")
    #expect(fixed.status == 0 && fixed.text.contains("fixed"), "\(fixed.text)")
    try await project.commit("rm hello.txt")
    let other = try await project.waybill("replay", "--live", "--at", "HEAD")
    #expect(other.status == 1 && other.text.contains("new failure"), "\(other.text)")
    #expect(try await project.remains() == [])
  }
}
