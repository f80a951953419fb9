import Foundation
import Glibc
import Testing

@Suite struct `The process itself` {
  @Test func `writes no keys, traces or reports down, whatever its environment and git's settings ask for`()
    async throws
  {
    let project = try await Project()
    let spill = "\(project.folder)/spill"
    try FileManager.default.createDirectory(atPath: spill, withIntermediateDirectories: false)
    try project.write(
      "[trace2]\n  eventTarget = \(spill)/event\n  normalTarget = \(spill)/normal\n  perfTarget = \(spill)/perf\n  envVars = SECRET\n",
      to: "../.gitconfig")
    let names = [
      "SSLKEYLOGFILE", "GIT_TRACE", "GIT_TRACE_PACKET", "GIT_TRACE_CURL", "GIT_TRACE2", "GIT_TRACE2_EVENT",
      "MALLOC_TRACE",
      "GIT_TRACE_SETUP",
    ]
    let environment = Dictionary(uniqueKeysWithValues: names.map { ($0, "\(spill)/\($0)") })
    let (status, text) = try await project.waybill(
      "run", "hello", environment: environment.merging(["GIT_CURL_VERBOSE": "1", "SECRET": "s3cr3t-value"]) { $1 })
    #expect(status == 0, "\(text)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: spill) == [])
    #expect(!text.contains("trace:"))
  }

  @Test func `says nothing of its memory when it crashes`() async throws {
    var shape = Project.Shape()
    shape.implement = "touch ../started; sleep 300"
    let project = try await Project(shape)
    let report = "\(project.folder)/crash.txt"
    let harness = try Harness(
      project, ["run", "hello"], environment: ["SWIFT_BACKTRACE": "enable=yes,registers=all,output-to=\(report)"])
    try await harness.leaves("\(project.folder)/started")
    kill(harness.pid, SIGSEGV)
    #expect(try await harness.end() == .killed)
    #expect(!FileManager.default.fileExists(atPath: report))
    #expect(!harness.text.contains("rash") && !harness.text.contains("0x"), "\(harness.text)")
    #expect(try await project.waybill("abandon").status == 0)
  }

  /// Only another user than root can be kept out of a process's own files.
  @Test(.enabled(if: Unprivileged.isAvailable)) func `is closed to other processes of its user, and works so`()
    async throws
  {
    var shape = Project.Shape()
    shape.extra = "secrets:\n  API_TOKEN: { from: env, for: [start] }\n"
    shape.implement = "echo hello > hello.txt; for f in environ mem maps; do cat /proc/$PPID/$f && exit 1; done; true"
    shape.test = "grep -q \"Max core file size *0 *0 \" /proc/self/limits && cat /proc/self/environ"
    let project = try await Project(shape)
    try await project.sh(Unprivileged.own("\(project.folder)"))
    let text = try await project.sh(
      "API_TOKEN=s3cr3t-value-1 \(Unprivileged.prefix) \(Program.path) run hello </dev/null 2>&1")
    #expect(text.contains("delivered"), "\(text)")
    let logs = try await project.sh("\(Unprivileged.prefix) \(Program.path) logs 2>&1")
    #expect(logs.contains("Permission denied") && logs.contains("WAYBILL_RUN="), "\(logs)")
    #expect(!logs.contains("s3cr3t"))
  }

  @Test func `puts no secret where every process can read it`() async throws {
    var shape = Project.Shape()
    shape.extra = "secrets:\n  API_TOKEN: { from: env, for: [test] }\n"
    shape.test = "echo s3cr3t-value-1"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello", environment: ["API_TOKEN": "s3cr3t-value-1"])
    #expect(status == 5, "\(text)")
    #expect(text.contains("a command has the value of \"API_TOKEN\" in its arguments"), "\(text)")
    #expect(!text.contains("s3cr3t"))
  }
}

/// A user without rights, for whom the system has no exceptions.
private enum Unprivileged {
  private static let user = "65534"

  static let isAvailable = geteuid() != 0 || system("\(prefix) test -x \(Program.path)") == 0

  static var prefix: String {
    geteuid() == 0 ? "setpriv --reuid=\(user) --regid=\(user) --clear-groups env HOME=\"$HOME\"" : "env"
  }

  /// A shell's text that gives a folder to that user.
  static func own(_ folder: String) -> String { geteuid() == 0 ? "chown -R \(user):\(user) \(folder)" : "true" }
}
