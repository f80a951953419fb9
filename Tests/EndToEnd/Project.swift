import DeliveryLoop
import Engine
import FileSystem
import Foundation
import Processes
import Support
import Testing

/// A small project in a folder of its own: a repository, its bare remote, a backlog, validations and a service.
final class Project: Sendable {
  let folder: String
  let port: UInt16
  var root: String { "\(folder)/work" }

  /// What differs between tests; everything else is a project whose task is delivered at the first attempt.
  struct Shape: Sendable {
    var backlog = "tasks"
    var implement: String? = "echo hello > hello.txt"
    var attempts = 2
    var format = "true"
    var test = "test -f hello.txt"
    var service: String? = "exec python3 service.py"
    var build: String?
    var within = "10s"
    var validate = "validations/{{task.id}}*.hurl"
    var extra = ""
    var files: [String: String] = [:]
    var remote = true
  }

  init(_ shape: Shape = Shape()) async throws {
    folder = NSTemporaryDirectory() + "waybill-" + UUID().uuidString.lowercased().prefix(13)
    port = Ports.next()
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    try await sh(
      "git init -q --bare ../remote.git && git init -q -b main . && git config user.name Ada && git config user.email ada@example.org"
    )
    for (path, text) in files(shape) { try write(text, to: path) }
    try await sh("git add -A -f && git commit -qm start")
    if shape.remote { try await sh("git remote add origin ../remote.git && git push -q origin main") }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func files(_ shape: Shape) -> [String: String] {
    var configuration = "backlog: { kind: \(shape.backlog) }\nformat: ['\(shape.format)']\ntest: ['\(shape.test)']\n"
    configuration += "validate: ['\(shape.validate)']\npush: { remote: origin, branch: main }\n"
    if let implement = shape.implement {
      configuration +=
        "implement:\n  command: [sh, -c, '\(implement.replacing("'", with: "''"))']\n  attempts: \(shape.attempts)\n"
    }
    if let service = shape.service {
      configuration += "service:\n" + (shape.build.map { "  build: '\($0)'\n" } ?? "")
      configuration +=
        "  run: '\(service)'\n  ready: { url: 'http://127.0.0.1:\(port)/healthz', within: \(shape.within) }\n"
    }
    var files = [
      "waybill.yaml": configuration + shape.extra,
      "service.py": Self.service(port),
      "tasks/hello.md":
        "---\nid: hello\ntitle: Say hello\nstatus: open\n---\nSay it.\n\n## Acceptance\n- [ ] it says hello\n",
      "validations/hello.hurl":
        "GET {{base_url}}/hello.txt\nHTTP 200\n[Captures]\nword: body\n[Asserts]\nbody contains \"hello\"\n",
      ".beads/issues.jsonl": Self.issue("br-1", "Say hello"),
      ".beads/metadata.json": #"{"database":"beads.db","jsonl_export":"issues.jsonl"}"#,
    ]
    for (path, text) in shape.files { files[path] = text }
    return files
  }

  static func issue(_ id: String, _ title: String, status: String = "open", more: String = "") -> String {
    #"{"id":"\#(id)","title":"\#(title)","status":"\#(status)","priority":2,"issue_type":"task","#
      + #""created_at":"2026-01-01T00:00:00.000000001Z","created_by":"ada","updated_at":"2026-01-01T00:00:00.000000001Z""#
      + #"\#(more),"source_repo":".","compaction_level":0,"original_size":0}"# + "\n"
  }

  private static func service(_ port: UInt16) -> String {
    """
    import http.server, sys

    class Handler(http.server.SimpleHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/healthz":
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")
            else:
                super().do_GET()

    http.server.ThreadingHTTPServer.allow_reuse_address = True
    http.server.ThreadingHTTPServer(("127.0.0.1", \(port)), Handler).serve_forever()
    """
  }

  func write(_ text: String, to path: String) throws {
    let file = "\(root)/\(path)"
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try text.write(toFile: file, atomically: true, encoding: .utf8)
  }

  func read(_ path: String) -> String { String(decoding: FileReader.contents("\(root)/\(path)") ?? [], as: UTF8.self) }

  /// Runs a shell's text in the working tree; throws when it fails.
  @discardableResult
  func sh(_ text: String) async throws -> String {
    let (end, output) = try await run(.shell(text), environment: [:])
    guard end == .exited(code: 0) else { throw Failed(command: text, output: output) }
    return output.trimmed
  }

  struct Failed: Error {
    let command: String
    let output: String
  }

  /// Runs the program; its output and its talk in one text.
  func waybill(_ arguments: String..., environment: [String: String] = [:]) async throws -> (
    status: Int32, text: String
  ) { try await waybill(arguments, environment: environment) }

  func waybill(_ arguments: [String], environment: [String: String] = [:]) async throws -> (status: Int32, text: String)
  {
    let (end, output) = try await run(.program([Program.path] + arguments), environment: environment)
    guard case .exited(let code) = end else {
      throw Failed(command: arguments.joined(separator: " "), output: "\(end) \(output)")
    }
    return (code, output)
  }

  private func run(_ line: CommandLine, environment: [String: String]) async throws -> (CommandResult.End, String) {
    let output = Collector()
    let command = Command(
      line, in: root, environment: self.environment.merging(environment) { $1 }, timeout: .seconds(240))
    return (try await SystemCommands().run(command, output: output).end, output.text)
  }

  /// Nothing of the machine's own git configuration.
  var environment: [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1",
      "LANG": "C.UTF-8",
      "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_COMMITTER_NAME": "Ada",
      "GIT_COMMITTER_EMAIL": "ada@example.org",
    ]
  }

  /// Puts a `git` into `wrappedPath` that leaves a mark and sleeps before it does what has these words, for as long as there
  /// is a folder `hold`; or does something else, given as a shell's text.
  func wrapGit(_ words: String, doing text: String? = nil) throws {
    let path = "\(folder)/bin/git"
    let hold = "if test -d \(folder)/hold; then touch \(folder)/hold/mark; sleep 300; fi"
    try write(
      """
      #!/bin/sh
      case "$*" in *"\(words)"*) \(text ?? hold) ;; esac
      PATH='\(environment["PATH"] ?? "")' exec git "$@"
      """, to: "../bin/git")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
  }

  var wrappedPath: String { "\(folder)/bin:" + (environment["PATH"] ?? "") }

  /// Processes that were started in this project and are still there.
  func leftovers() -> [String] {
    let pids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap(Int.init) ?? []
    return pids.compactMap { pid in
      guard let folder = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/cwd"),
        folder.hasPrefix(self.folder)
      else { return nil }
      return String(decoding: FileReader.contents("/proc/\(pid)/cmdline") ?? [], as: UTF8.self)
    }
  }
}

/// The program under test, beside the test bundle.
enum Program {
  static let path: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return ((own as NSString).deletingLastPathComponent as NSString).appendingPathComponent("waybill")
  }()
}

extension Project {
  /// Somebody other than Ada, who runs everything here, decides about the newest run.
  @discardableResult
  func decide(_ verb: String, _ arguments: String..., by person: String = "Grace") async throws -> (
    status: Int32, text: String
  ) {
    let run = try await waybill("runs", "--json").text.split(separator: "\"run\":\"")[1].prefix(36)
    return try await waybill([verb, String(run)] + arguments + ["--by", person, "--reason", "looked at it"])
  }
}
