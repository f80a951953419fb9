import Foundation
import Testing

@Suite struct `What a coding agent makes of git's own set-up` {
  private static let thief =
    "#!/bin/sh\ntouch \"$FOLDER/ran-$(basename \"$0\")\"\nif test -t 0; then exit 1; fi\ncat > \"$FOLDER/ran-input\"\n"

  @Test(arguments: [
    ("git config url.../thief.git.pushInsteadOf ../remote.git", "\"url.../thief.git.pushinsteadof\""),
    ("git config url.../thief.git.insteadOf ../remote.git", "\"url.../thief.git.insteadof\""),
    ("git remote set-url --push origin ../thief.git", "\"remote.origin.pushurl\""),
    ("git config remote.origin.url ../thief.git", "\"remote.origin.url\""),
    ("git config --global url.../thief.git.insteadOf ../remote.git", "\"url.../thief.git.insteadof\""),
    ("git config include.path ../../mine", "\"include.path\", \"remote.origin.pushurl\""),
    (
      "git config extensions.worktreeConfig true; git config --worktree remote.origin.pushurl ../thief.git",
      "\".git/config.worktree\", \"extensions.worktreeconfig\""
    ),
    ("git config remote.origin.receivepack \"$PWD/../thief\"", "\"remote.origin.receivepack\""),
    ("git config credential.helper \"!$PWD/../thief\"", "\"credential.helper\""),
    ("git config core.sshCommand \"$PWD/../thief\"", "\"core.sshcommand\""),
    ("install -m 755 ../thief .git/hooks/pre-push", "\".git/hooks/pre-push\""),
    ("install -m 755 ../thief .git/hooks/reference-transaction", "\".git/hooks/reference-transaction\""),
    (
      "mkdir ../h; install -m 755 ../thief ../h/pre-push; git config core.hooksPath \"$(cd ../h; pwd)\"",
      "\"core.hookspath\""
    ),
    ("mkdir -p .git/info; echo hidden >> .git/info/exclude; touch hidden", "\".git/info/exclude\""),
    ("mkdir -p .git/info; git rev-parse HEAD > .git/info/grafts", "\".git/info/grafts\""),
    ("mkdir -p .git/info; echo \"*.txt eol=crlf\" > .git/info/attributes", "\".git/info/attributes\""),
    ("(cd ../thief.git/objects; pwd) > .git/objects/info/alternates", "\".git/objects/info/alternates\""),
  ])
  func `stops the run before anything is committed or sent`(command: String, names: String) async throws {
    var shape = Project.Shape()
    shape.implement = "echo hello > hello.txt; \(command)"
    shape.attempts = 1
    let project = try await Project(shape)
    try project.write(Self.thief.replacing("$FOLDER", with: project.folder), to: "../thief")
    try project.write("[remote \"origin\"]\n\tpushurl = ../thief.git\n", to: "../mine")
    try await project.sh(
      "chmod 755 ../thief; git init -q --bare ../thief.git; cp -a .git ../before; mkdir -p .git/info")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5, "\(text)")
    #expect(text.contains("FAILED  format"), "\(text)")
    #expect(
      text.contains("git's own set-up was changed while the run was at work: \"") && text.contains(names), "\(text)")
    #expect(text.contains("put it back if that was not you"), "\(text)")
    #expect(try await project.waybill("why").text.contains("git's own set-up was changed"))
    #expect(try await project.sh("cd ..; ls | grep ^ran- || true") == "")
    #expect(try await project.sh("git --git-dir ../thief.git for-each-ref") == "")
    #expect(try await project.sh("git --git-dir ../remote.git rev-list --count main") == "1")
    #expect(try await project.sh("git rev-list --count HEAD 2> /dev/null") == "1")

    try await project.sh(
      "rm -f ../.gitconfig .git/config.worktree .git/info/* .git/objects/info/alternates hidden; cp ../before/config .git; "
        + "cp ../before/info/* .git/info/ 2> /dev/null || true; rm -f .git/hooks/pre-push .git/hooks/reference-transaction"
    )
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 0, "\(resumed.text)")
    #expect(try await project.sh("git --git-dir ../remote.git rev-list --count main") == "2")
    #expect(try await project.sh("git --git-dir ../thief.git for-each-ref; cd ..; ls | grep ^ran- || true") == "")
  }

  /// A test runs the change's own code, and a validation asks it: the last look is the one before the push.
  @Test func `counts also when a test or the service does it`() async throws {
    for late in ["test", "service"] {
      let command = "git remote set-url --push origin ../thief.git"
      var shape = Project.Shape()
      if late == "test" { shape.test = command } else { shape.service = "\(command); exec python3 service.py" }
      let project = try await Project(shape)
      try await project.sh("git init -q --bare ../thief.git")
      let (status, text) = try await project.waybill("run", "hello")
      #expect(status == 5, "\(late): \(text)")
      #expect(
        text.contains("git's own set-up was changed while the run was at work: \"remote.origin.pushurl\""), "\(text)")
      #expect(try await project.sh("git --git-dir ../thief.git for-each-ref; git rev-list --count HEAD") == "1")
      #expect(try await project.sh("git --git-dir ../remote.git rev-list --count main") == "1")
    }
  }

  @Test func `counts for nothing where it puts one commit in the place of another`() async throws {
    var shape = Project.Shape()
    shape.implement =
      "echo hello > hello.txt; git replace HEAD $(git commit-tree -m other HEAD^{tree}); rm -rf .git/refs/heads/x"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    #expect(
      try await project.sh("git --git-dir ../remote.git log --reverse --format=%s main") == "start\nSay hello (hello)")
  }
}
