import Foundation

/// A process of the test program `ledger-probe`.
final class Probe: Sendable {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  /// The program, which is built beside the tests.
  static let path: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return ((own as NSString).deletingLastPathComponent as NSString).appendingPathComponent("ledger-probe")
  }()

  /// Starts it; `wrapper` is a command before its own.
  init(_ words: String..., wrapper: [String] = []) throws {
    let command = wrapper + [Self.path] + words
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try output.fileHandleForWriting.close()
  }

  deinit { if process.isRunning { kill() } }

  /// The next line that it prints; nil once it has ended.
  func line() throws -> String? {
    var bytes: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first {
      if byte == UInt8(ascii: "\n") { return String(decoding: bytes, as: UTF8.self) }
      bytes.append(byte)
    }
    return nil
  }

  /// Ends its input, for which it waits in the middle of its scene.
  func goOn() throws { try input.fileHandleForWriting.close() }

  func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

  /// What it still prints, line by line, and how it ended; it gets no more input.
  func end() throws -> (lines: [String], status: Int32) {
    try? input.fileHandleForWriting.close()
    let rest = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (String(decoding: rest, as: UTF8.self).split(separator: "\n").map(String.init), process.terminationStatus)
  }
}
