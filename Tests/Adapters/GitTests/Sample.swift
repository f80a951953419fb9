import DeliveryLoop
import Engine
import Foundation
import Git
import Processes
import Support
import Synchronization
import Testing

/// A repository in a folder of its own, made with the git program, that sees nothing of this machine's configuration.
final class Sample: Sendable {
  let folder = TemporaryFolder()
  var path: String { folder.path }
  var root: String { "\(path)/work" }

  /// With a first commit of `README`, `src/main.c` and `run.sh`, which is executable.
  init(commits: Bool = true) async throws {
    _ = Self.isolated
    folder.write("", to: "home/.keep")
    folder.write("", to: "work/.keep")
    try await sh("rm .keep && git init -q -b main .")
    guard commits else { return }
    write("hello\n", to: "README")
    write("int main(void) { return 0; }\n", to: "src/main.c")
    folder.write("#!/bin/sh\n", to: "work/run.sh", mode: 0o755)
    try await commit("start")
  }

  /// The library reads the user's configuration from the folder that HOME names when it is set up.
  private static let isolated: Void = {
    setenv("HOME", "/nonexistent", 1)
    unsetenv("XDG_CONFIG_HOME")
  }()

  var environment: [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": "\(path)/home", "GIT_CONFIG_NOSYSTEM": "1",
      "LC_ALL": "C.UTF-8", "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
      "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
    ]
  }

  func repository(_ environment: [String: String] = [:]) throws -> GitRepository {
    try GitRepository(at: root, environment: environment)
  }

  func remote(_ more: [String: String] = [:], timeout: Duration = .seconds(60)) throws -> GitRemote {
    GitRemote(
      try repository(), commands: SystemCommands(), environment: environment.merging(more) { $1 }, timeout: timeout)
  }

  func write(_ text: String, to name: String) { folder.write(text, to: "work/\(name)") }

  /// Runs a shell's text in the working tree; throws when it fails.
  @discardableResult
  func sh(_ text: String, _ more: [String: String] = [:]) async throws -> String {
    let output = Output()
    let command = Command(
      .shell(text), in: root, environment: environment.merging(more) { $1 }, timeout: .seconds(120))
    let end = try await SystemCommands().run(command, output: output).end
    guard end == .exited(code: 0) else { throw Failed(command: text, output: output.text) }
    return output.text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  struct Failed: Error {
    let command: String
    let output: String
  }

  /// Runs git and takes what it prints as an object's id.
  func id(_ arguments: String) async throws -> ObjectID {
    let text = try await sh("git \(arguments)")
    return try #require(ObjectID(text), "\(text)")
  }

  @discardableResult
  func commit(_ message: String) async throws -> ObjectID {
    try await sh("git add -A && git commit -q --allow-empty -m '\(message)'")
    return try await id("rev-parse HEAD")
  }

  /// What `git add -A && git write-tree` makes of the working tree, in a copy of the index.
  func treeByGit() async throws -> ObjectID {
    let text = try await sh(
      "rm -f ../copy; if [ -f .git/index ]; then cp -p .git/index ../copy; fi; git add -A 2> ../words && git write-tree",
      ["GIT_INDEX_FILE": "\(path)/copy"])
    return try #require(ObjectID(text), "\(text)")
  }
}

/// Keeps what a command prints.
final class Output: OutputSink {
  private let bytes = Mutex<[UInt8]>([])
  private let ended = Mutex(false)
  func write(_ piece: UnsafeRawBufferPointer) { bytes.withLock { $0.append(contentsOf: piece) } }
  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }

  /// Notes that nothing more will come.
  func end() { ended.withLock { $0 = true } }
  var hasEnded: Bool { ended.withLock { $0 } }
}
