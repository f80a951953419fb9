import Foundation

/// Starts programs and leaves what they leave behind alone, as a crash does.
enum Program {
  enum End: Hashable, Sendable {
    case exited(Int32)
    case killed
    /// It was still there after this many seconds, and was killed.
    case hung(seconds: Int)
  }

  /// The program with crash points, beside the one that runs this.
  static let path: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return ((own as NSString).deletingLastPathComponent as NSString).appendingPathComponent("waybill-crashing")
  }()

  /// Nothing of the machine's own git configuration.
  static func environment(_ home: String) -> [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": home,
      "GIT_CONFIG_NOSYSTEM": "1", "LANG": "C.UTF-8", "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
      "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org",
    ]
  }

  /// Its output goes to a file, since a survivor would keep a pipe open.
  static func run(
    _ path: String, _ arguments: [String], in folder: String, _ environment: [String: String], output: String,
    within seconds: Int = 120
  ) async throws -> End {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: folder)
    process.environment = environment
    _ = FileManager.default.createFile(atPath: output, contents: nil)
    let file = try FileHandle(forWritingTo: URL(filePath: output))
    defer { try? file.close() }
    process.standardOutput = file
    process.standardError = file
    process.standardInput = FileHandle.nullDevice
    let (ends, continuation) = AsyncStream<Bool>.makeStream()
    process.terminationHandler = { _ in
      continuation.yield(true)
      continuation.finish()
    }
    try process.run()
    let watch = Task {
      try await Task.sleep(for: .seconds(seconds))
      continuation.yield(false)
    }
    defer { watch.cancel() }
    var hung = false
    for await hasEnded in ends where !hasEnded {
      hung = true
      kill(process.processIdentifier, SIGKILL)
    }
    if hung { return .hung(seconds: seconds) }
    return process.terminationReason == .exit ? .exited(process.terminationStatus) : .killed
  }

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs a shell's text and returns what it printed; throws when it fails.
  static func sh(_ text: String, in folder: String, at home: String) async throws -> String {
    let output = "\(home)/sh-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: output) }
    let end = try await run("/bin/sh", ["-c", "set -e\n\(text)"], in: folder, environment(home), output: output)
    let printed = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
    guard end == .exited(0) else { throw Failed(description: "\(text)\n\(end): \(printed)") }
    return printed
  }
}
