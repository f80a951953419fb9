import Foundation
import Glibc
import Testing

/// Signals that come before a delivery has begun, or to a verb that is none.
@Suite struct `A signal` {
  /// Prints the secret, after a wait for as long as there is a folder to wait in.
  private static let secret =
    "secrets:\n  TOKEN: { from: { command: [sh, -c, 'test -d ../hold && { touch ../hold/mark; sleep 300; }; echo s3cr3t-value'] }, for: [test] }\n"

  @Test(arguments: [["run", "hello"], ["resume"], ["abandon"], ["doctor"]])
  func `while a secret is fetched stops the verb with nothing left running`(verb: [String]) async throws {
    var shape = Project.Shape()
    shape.extra = Self.secret
    let project = try await Project(shape)
    if verb != ["run", "hello"] { #expect(try await project.waybill("run", "hello", "--until", "format").status == 3) }
    try await project.sh("mkdir ../hold")
    let run = try Harness(project, verb)
    try await run.interrupt(project, once: "test -e ../hold/mark")
    #expect(try await run.end() == .exited(130), "\(run.text)")
    #expect(run.text.contains("stopping; once more to end at once"))
    #expect(project.leftovers().isEmpty)
    try await project.sh("rm -r ../hold")
    let done = try await project.waybill(verb)
    #expect(done.status == 0, "\(done.text)")
  }

  @Test func `while a working tree is lent stops with nothing left running, and the next run goes through`()
    async throws
  {
    var shape = Project.Shape()
    shape.extra = "workspace: worktree\n"
    let project = try await Project(shape)
    try await project.sh("mkdir ../hold")
    try project.wrapGit("worktree add")
    let run = try Harness(project, ["run", "hello"], environment: ["PATH": project.wrappedPath])
    try await run.leaves("\(project.folder)/hold/mark")
    kill(run.pid, SIGINT)
    #expect(try await run.end() == .exited(130), "\(run.text)")
    #expect(project.leftovers().isEmpty)
    let done = try await project.waybill("run", "hello")
    #expect(done.status == 0, "\(done.text)")
  }

  @Test func `to a verb that only reads ends it at once`() async throws {
    var shape = Project.Shape()
    shape.test = "touch ../hold/mark; sleep 300"
    let project = try await Project(shape)
    try await project.sh("mkdir ../hold")
    let run = try Harness(project, "run", "hello")
    try await run.leaves("\(project.folder)/hold/mark")
    let logs = try Harness(project, "logs", "--follow")
    try await logs.says("==> test")
    kill(logs.pid, SIGINT)
    #expect(try await logs.end() == .exited(130), "\(logs.text)")
    #expect(!logs.text.contains("stopping"))
    kill(run.pid, SIGINT)
    #expect(try await run.end() == .exited(130), "\(run.text)")
  }
}
