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

  @Test func `asks the code of an attempt that nothing but the history knows`() async throws {
    let project = try await delivered {
      $0.attempts = 2
      $0.implement = "if test -f hello.txt; then echo hello > hello.txt; else echo bye > hello.txt; fi"
    }
    try await project.sh("git reflog expire --expire=now --all && git gc -q --prune=now")
    let last = try await project.waybill("replay", "--live")
    #expect(last.status == 0 && last.text.contains("reproduced"), "\(last.text)")
    let first = try await project.waybill("replay", "--live", "--attempt", "1")
    #expect(first.status == 1 && first.text.contains("reproduced: validations/hello.hurl fails"), "\(first.text)")
    let third = try await project.waybill("replay", "--live", "--attempt", "3")
    #expect(third.status == 2 && third.text.contains("name one of 1, 2 with --attempt"), "\(third.text)")
    try await project.sh(
      "git for-each-ref --format='delete %(refname)' refs/waybill | git update-ref --stdin && git gc -q --prune=now")
    let gone = try await project.waybill("replay", "--live", "--attempt", "1")
    #expect(
      gone.status == 2 && gone.text.contains("is not in this repository any more; ask that of a commit"), "\(gone.text)"
    )
    let there = try await project.waybill("replay", "--live", "--attempt", "1", "--at", "HEAD")
    #expect(there.status == 0 && there.text.contains("fixed"), "\(there.text)")
    #expect(try await project.remains() == [])
  }

  @Test func `asks as often as it may until it comes to the same`() async throws {
    // Every third service that is started serves another folder.
    let project = try await delivered {
      $0.service =
        "n=$(cat $HOME/starts 2>/dev/null || echo 1); echo $((n + 1)) > $HOME/starts; root=$PWD; "
        + "if test $((n % 3)) = 2; then cd validations; fi; exec python3 $root/service.py"
    }
    let other = try await project.waybill("replay", "--live")
    #expect(other.status == 1 && other.text.contains("not reproduced: validations/hello.hurl fails"), "\(other.text)")
    let same = try await project.waybill("replay", "--live", "--tries", "3")
    #expect(same.status == 0 && same.text.contains("reproduced"), "\(same.text)")
    #expect(try await project.runs().count == 3, "the first time of asking came to the same")
    let failing = try #require(try await project.runs()[1]["run"] as? String)
    #expect(failing.count == 36)
    #expect(try await project.waybill("replay", "--live", "--tries", "2").status == 0)
    let third = try await project.waybill("replay", "--live", "--tries", "3")
    #expect(third.status == 0, "\(third.text)")
    #expect(try await project.runs().map { $0["state"] as? String }.prefix(2) == ["reproduced", "not-reproduced"])
  }

  @Test func `asks one validation with what prepares it`() async throws {
    let project = try await delivered(failing: true) {
      $0.validate = "validations/*.hurl"
      $0.files["validations/_setup.hurl"] = "GET {{base_url}}/healthz\nHTTP 200\n[Captures]\nok: body\n"
      $0.files["validations/a.hurl"] = "GET {{base_url}}/healthz\nHTTP 200\n[Asserts]\nbody == \"{{ok}}\"\n"
    }
    let run = try await project.waybill("replay", "--live", "--validation", "validations/a.hurl", "--json")
    #expect(run.status == 0, "\(run.text)")
    let replay = try #require(try await project.runs()[0]["run"] as? String)
    let shown = try await project.waybill("show", replay, "--json").text
    #expect(shown.contains(#""validations":["validations/_setup.hurl","validations/a.hurl"]"#), "\(shown)")
    let other = try await project.waybill("replay", "--live", "--validation", "b.hurl")
    #expect(other.status == 2 && other.text.contains("the run has no record of \"b.hurl\""), "\(other.text)")
  }

  @Test func `refuses what it cannot ask`() async throws {
    let project = try await Project()
    #expect(try await project.waybill("replay", "--live").status == 2)
    #expect(try await project.waybill("run", "hello", "--until", "test").status == 3)
    let nothing = try await project.waybill("replay", "--live")
    #expect(nothing.status == 2 && nothing.text.contains("has validated nothing so far"), "\(nothing.text)")
    #expect(try await project.waybill("resume").status == 0)
    #expect(try await project.waybill("replay", "--live").status == 0)
    let replay = try #require(try await project.runs()[0]["run"] as? String)
    let again = try await project.waybill("replay", "--live", replay)
    #expect(
      again.status == 2 && again.text.contains("is itself a replay; name the run that it goes back to"), "\(again.text)"
    )
    let offline = try await project.waybill("replay", replay)
    #expect(offline.status == 0 && offline.text.contains("passed, as recorded"), "\(offline.text)")
    for bad in [
      ["--at", "HEAD"], ["--tries", "2"], ["--live", "--tries", "0"], ["--live", "--with", "x"], ["--failed", replay],
      ["--task", "hello"], ["--live", "--at", "nowhere"],
    ] {
      let (status, text) = try await project.waybill(["replay"] + bad)
      #expect(status == 2, "\(bad): \(text)")
    }
  }
}
