import Foundation
import Testing

@Suite struct `Hooks that a change installs` {
  private static let names = [
    "pre-commit", "commit-msg", "post-commit", "post-checkout", "post-index-change", "pre-push",
    "reference-transaction",
    "post-merge", "post-rewrite", "prepare-commit-msg", "fsmonitor-watchman",
  ]
  private static let hook = "#!/bin/sh\ntouch \"$FOLDER/ran-$(basename \"$0\")\"\nexit 1\n"

  @Test(arguments: [
    "mkdir .husky; for n in $NAMES; do install -m 755 ../hook .husky/$n; done; git config core.hooksPath .husky",
    "mkdir h; install -m 755 ../hook h/pre-push; git config core.hooksPath \"$PWD/h\"; git config core.fsmonitor \"$PWD/../hook\"",
    "git config diff.x.textconv \"$PWD/../hook\"; echo \"*.txt diff=x\" > .gitattributes",
    "git config diff.external \"$PWD/../hook\"; git config alias.push \"!$PWD/../hook\"; git config core.pager \"$PWD/../hook\"",
  ])
  func `are never run`(implement: String) async throws {
    var shape = Project.Shape()
    shape.implement =
      "echo hello > hello.txt; \(implement.replacing("$NAMES", with: Self.names.joined(separator: " ")))"
    shape.attempts = 1
    let project = try await Project(shape)
    try project.write(Self.hook.replacing("$FOLDER", with: project.folder), to: "../hook")
    try await project.sh("chmod 755 ../hook")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    #expect(try await project.sh("cd ..; ls | grep ^ran- || true") == "")
  }

  @Test func `are no way past the filters either`() async throws {
    var shape = Project.Shape()
    shape.implement =
      "echo hello > hello.txt; git config filter.x.clean \"tr a-z A-Z\"; echo \"*.txt filter=x\" > .gitattributes"
    shape.attempts = 1
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5, "\(text)")
    #expect(text.contains("the filter \"x\" changes files on their way into git"), "\(text)")
    #expect(try await project.sh("git rev-list --count HEAD") == "1")
  }
}
