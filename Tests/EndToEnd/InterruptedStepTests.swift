import Foundation
import Glibc
import Processes
import Testing

/// Ctrl-C in the steps that run no command of the configuration.
@Suite struct `Ctrl-C in the harness's own work` {
  @Test func `while the remote is asked before the claim`() async throws {
    let project = try await Project()
    try await project.sh("mkdir ../hold")
    try project.wrapGit("ls-remote")
    let run = try Harness(project, ["run", "hello"], environment: ["PATH": project.wrappedPath])
    try await run.leaves("\(project.folder)/hold/mark")
    #expect(project.read("tasks/hello.md").contains("status: open"))
    try await interrupt(run, in: project)
    #expect(try await project.waybill("why").text.contains("it was interrupted at claim"))
    try await resume(project)
  }

  @Test func `while a service that ignores SIGTERM is stopped`() async throws {
    var shape = Project.Shape()
    shape.service = "trap \"\" TERM; python3 service.py & while true; do sleep 0.1; done"
    shape.within = "300s"
    let project = try await Project(shape)
    let run = try Harness(project, "run", "hello", "--json")
    try await interrupt(run, in: project, onceItSays: "intended.stop")
    #expect(run.text.contains("observed.stopped"), "\(run.text)")
    #expect(try await project.waybill("why").text.contains("it was interrupted at commit"), "\(run.text)")
    try await resume(project)
  }

  @Test func `while the commit waits for another git`() async throws {
    var shape = Project.Shape()
    shape.test = "test -f hello.txt && { test -e ../locked || { touch ../locked .git/index.lock; }; }"
    let project = try await Project(shape)
    let run = try Harness(project, "run", "hello", "--json")
    try await interrupt(run, in: project, onceItSays: "intended.commit")
    #expect(try await project.waybill("why").text.contains("it was interrupted at commit"))
    #expect(FileManager.default.fileExists(atPath: "\(project.root)/.git/index.lock"), "it is not ours to remove")
    try await project.sh("rm .git/index.lock")
    try await resume(project)
  }

  @Test func `while somebody else writes to the backlog that is to be closed`() async throws {
    let project = try await Project()
    try await project.sh(
      """
      mkdir ../hold; cat > .git/hooks/pre-push <<'END'
      #!/bin/sh
      touch ../hold/mark; while test -d ../hold; do sleep 0.05; done
      END
      chmod +x .git/hooks/pre-push
      """)
    let run = try Harness(project, "run", "hello", "--json")
    try await run.leaves("\(project.folder)/hold/mark")
    let folder = open("\(project.root)/tasks", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    #expect(flock(folder, LOCK_EX | LOCK_NB) == 0)
    try await run.interrupt(project, once: "rm -rf ../hold; grep -q intended.close \(run.output)")
    // A write of the backlog is waited for and not cut off; how it ended is what the run says.
    #expect(try await run.end() == .exited(5), "\(run.text)")
    #expect(run.text.contains("stopping; once more to end at once"))
    #expect(run.text.contains("is locked by another process"))
    #expect(project.leftovers().isEmpty)
    close(folder)
    try await resume(project)
  }

  @Test func `while a run is given up whose commit may be on the remote`() async throws {
    let project = try await Project()
    try await project.sh("printf '#!/bin/sh\\nexit 1\\n' > ../remote.git/hooks/pre-receive")
    try await project.sh("chmod +x ../remote.git/hooks/pre-receive; mkdir ../hold")
    #expect(try await project.waybill("run", "hello").status == 5)
    try project.wrapGit("fetch")
    let run = try Harness(project, ["abandon"], environment: ["PATH": project.wrappedPath])
    try await run.leaves("\(project.folder)/hold/mark")
    try await interrupt(run, in: project)
    #expect(project.read("hello.txt") == "hello\n")
    let given = try await project.waybill("abandon")
    #expect(given.status == 0, "\(given.text)")
    #expect(try await project.sh("git status --porcelain; git rev-list --count HEAD") == "1")
  }

  private func interrupt(_ run: Harness, in project: Project, onceItSays words: String) async throws {
    try await run.interrupt(project, once: "grep -q \(words) \(run.output)")
    try await ends(run, in: project)
  }

  private func interrupt(_ run: Harness, in project: Project) async throws {
    kill(run.pid, SIGINT)
    try await ends(run, in: project)
  }

  private func ends(_ run: Harness, in project: Project) async throws {
    #expect(try await run.end() == .exited(130), "\(run.text)")
    #expect(run.text.contains("stopping; once more to end at once"))
    #expect(project.leftovers().isEmpty)
    #expect(try SystemServices().holder(of: project.port) == nil)
    try await project.sh("rm -rf ../hold")
  }

  private func resume(_ project: Project) async throws {
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 0, "\(resumed.text)")
    #expect(try await project.sh("git status --porcelain; git rev-list --count HEAD") == "2")
    #expect(project.leftovers().isEmpty)
  }
}
