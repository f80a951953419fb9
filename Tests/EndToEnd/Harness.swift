import Engine
import Foundation
import Glibc
import Processes
import Synchronization

/// The program at work beside a test, started as a shell would: what it leaves behind when it dies is left alone.
final class Harness: Sendable {
  enum End: Equatable { case exited(Int32), killed }

  struct Silent: Error {
    let text: String
  }

  private let process: Process
  /// The file in which it stands what the program says.
  let output: String

  convenience init(_ project: Project, _ arguments: String...) throws {
    try self.init(project, arguments)
  }

  convenience init(_ project: Project, _ arguments: [String], environment: [String: String] = [:]) throws {
    try self.init(project, Program.path, arguments, environment)
  }

  /// Any program, as a shell's text.
  convenience init(_ project: Project, running text: String) throws {
    try self.init(project, "/bin/sh", ["-c", text])
  }

  private init(
    _ project: Project, _ program: String, _ arguments: [String], _ environment: [String: String] = [:]
  ) throws {
    output = "\(project.folder)/said-\(UUID().uuidString)"
    _ = FileManager.default.createFile(atPath: output, contents: nil)
    let file = try FileHandle(forWritingTo: URL(filePath: output))
    defer { try? file.close() }
    process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: project.root)
    process.environment = project.environment.merging(environment) { $1 }
    process.standardOutput = file
    process.standardError = file
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  var pid: Int32 { process.processIdentifier }
  var text: String { (try? String(contentsOfFile: output, encoding: .utf8)) ?? "" }

  /// Waits until it has printed something.
  func says(_ words: String) async throws { try await wait { text.contains(words) } }

  /// Waits until a file is there.
  func leaves(_ path: String) async throws { try await wait { access(path, F_OK) == 0 } }

  /// Waits until a process listens on a port.
  func listens(on port: UInt16) async throws {
    try await wait { (try? SystemServices().holder(of: port)?.pid) == .some(pid) }
  }

  func kill() { Glibc.kill(pid, SIGKILL) }

  /// Sends SIGINT as soon as a shell's text succeeds; by a program of its own, since the tests of this process take turns and
  /// the moment may pass.
  func interrupt(_ project: Project, once text: String) async throws {
    let other = try Harness(project, running: "until \(text); do sleep 0.02; done; kill -INT \(pid)")
    _ = try await other.end()
  }

  func end() async throws -> End {
    while process.isRunning { try await ContinuousClock().sleep(for: .milliseconds(10)) }
    return process.terminationReason == .exit ? .exited(process.terminationStatus) : .killed
  }

  private func wait(_ isSo: () -> Bool) async throws {
    while !isSo() {
      guard process.isRunning else { throw Silent(text: text) }
      try await ContinuousClock().sleep(for: .milliseconds(10))
    }
  }
}
