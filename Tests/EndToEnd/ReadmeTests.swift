import DeliveryLoop
import Engine
import FileSystem
import Foundation
import Processes
import Support
import Testing

/// Types what the README shows, and compares what comes with what it shows.
@Suite struct `The README` {
  static let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../README.md").standardized
    .path()

  struct Line {
    let command: String
    var output: [String] = []
  }

  @Test func `shows what really happens`() async throws {
    let folder = NSTemporaryDirectory() + "waybill-" + UUID().uuidString.lowercased()
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    var directory = folder
    let lines = try Self.console()
    #expect(lines.count >= 6)
    for line in lines {
      if line.command.hasPrefix("cd ") {
        directory += "/" + line.command.dropFirst(3)
        continue
      }
      let output = Collector()
      let program = (Program.path as NSString).deletingLastPathComponent
      let command = Command(
        .shell(line.command), in: directory,
        environment: [
          "PATH": program + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? ""), "HOME": folder,
          "LANG": "C.UTF-8",
        ])
      _ = try await SystemCommands().run(command, output: output)
      let real = output.text.split(separator: "\n").map(String.init)
      let shown = line.output.last == "..." ? Array(line.output.dropLast()) : line.output
      let compared = line.output.last == "..." ? Array(real.prefix(shown.count)) : real
      #expect(
        compared.map { Self.normal($0, folder) } == shown.map { Self.normal($0, folder) },
        "\(line.command)\n\(output.text)")
    }
  }

  @Test func `is short`() throws {
    let text = try String(contentsOfFile: Self.path, encoding: .utf8)
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count <= 200)
  }

  /// The commands of all blocks of the kind `console`, each with the output below it.
  private static func console() throws -> [Line] {
    var lines: [Line] = []
    var isConsole = false
    for text in try String(contentsOfFile: path, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init) {
      if text.hasPrefix("```") {
        isConsole = text == "```console"
      } else if isConsole, text.hasPrefix("$ ") {
        lines.append(Line(command: String(text.dropFirst(2))))
      } else if isConsole, !lines.isEmpty {
        lines[lines.count - 1].output.append(text)
      }
    }
    return lines
  }

  /// Without what differs from run to run: ids, times, folders and the width of columns.
  private static func normal(_ line: String, _ folder: String) -> String {
    var line = line.replacing(folder + "/", with: "")
    for (pattern, name) in [
      (#"\b[0-9a-f]{8}-[0-9a-f]{4}\b"#, "RUN"), (#"\b[0-9a-f]{10}\b"#, "ID"), (#"\b(\d+m)?\d+(\.\d+)? ?m?s\b"#, "TIME"),
      (#"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"#, "NOW"), (#" +"#, " "),
    ] { line = line.replacingOccurrences(of: pattern, with: name, options: .regularExpression) }
    return line
  }
}
