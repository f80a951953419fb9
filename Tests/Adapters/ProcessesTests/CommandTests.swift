import DeliveryLoop
import Engine
import Foundation
import Glibc
import Processes
import Support
import Synchronization
import Testing

@Suite struct `A command` {
  let folder = TemporaryFolder()
  let commands = SystemCommands()

  @Test(arguments: [
    ("exit 0", CommandResult.End.exited(code: 0)), ("exit 7", .exited(code: 7)), ("kill -9 $$", .signaled(9)),
  ])
  func `tells how it ended`(text: String, end: CommandResult.End) async throws {
    #expect(try await run(text).result.end == end)
  }

  @Test func `gets exactly its environment, its folder and closed descriptors`() async throws {
    let result = try await run(
      "pwd; env | grep -v -e ^PWD= -e ^SHLVL= -e ^_= -e ^WAYBILL_PROCESS= -e ^OLDPWD= | sort; ls /proc/self/fd | wc -l",
      environment: ["PATH": "/usr/bin:/bin", "A": "b"])
    // 0, 1, 2, and the one with which ls reads the folder.
    #expect(result.text == "\(folder.path)\nA=b\nPATH=/usr/bin:/bin\n4\n")
  }

  @Test func `has no signal blocked or ignored, and a session of its own`() async throws {
    let text = try await run("grep -E '^Sig(Blk|Ign)' /proc/self/status; ps -o sid= -p $$ | tr -d ' '; echo $$").text
    let lines = text.split(separator: "\n").map(String.init)
    // Two signals belong to the C library, which lets nobody touch them.
    let masks = lines.prefix(2).compactMap { UInt64($0.split(separator: "\t")[1], radix: 16) }.map { $0 & ~(3 << 31) }
    #expect(masks == [0, 0], "\(text)")
    #expect(lines[2] == lines[3])
  }

  @Test func `that is not there is named`() async throws {
    await #expect(throws: ProcessError.notFound(program: "no-such-program")) {
      try await commands.run(
        Command(.program(["no-such-program"]), in: folder.path, environment: ["PATH": "/bin"]), output: Collector())
    }
    await #expect(throws: ProcessError.self) {
      try await commands.run(Command(.shell("true"), in: "/no/such/folder", environment: [:]), output: Collector())
    }
  }

  @Test func `has both its streams kept in their order`() async throws {
    #expect(try await run("echo 1; echo 2 >&2; echo 3; printf 4").text == "1\n2\n3\n4")
  }

  @Test func `has standard error apart where that is asked for`() async throws {
    let (output, errors) = (Collector(), Collector())
    let command = Command(
      .shell("echo 1; echo 2 >&2; printf 3; printf 4 >&2"), in: folder.path, environment: ["PATH": "/usr/bin:/bin"],
      errors: errors)
    #expect(try await commands.run(command, output: output).end == .exited(code: 0))
    #expect([output.text, errors.text] == ["1\n3", "2\n4"])
  }

  @Test func `may fill either stream without holding up the other`() async throws {
    let (output, errors) = (Counter(), Counter())
    let text = "head -c 3000000 /dev/zero >&2; head -c 2000000 /dev/zero; head -c 1000000 /dev/zero >&2"
    let command = Command(
      .shell(text), in: folder.path, environment: ["PATH": "/usr/bin:/bin"], errors: errors)
    #expect(try await commands.run(command, output: output).end == .exited(code: 0))
    #expect((output.total, errors.total) == (2_000_000, 4_000_000))
  }

  @Test func `that closes one stream early has the other read to its end`() async throws {
    let (output, errors) = (Collector(), Collector())
    let command = Command(
      .shell("exec 1>&-; sleep 0.05; echo late >&2"), in: folder.path, environment: ["PATH": "/usr/bin:/bin"],
      errors: errors)
    #expect(try await commands.run(command, output: output).end == .exited(code: 0))
    #expect([output.text, errors.text] == ["", "late\n"])
  }

  @Test func `may print more than memory holds`() async throws {
    let count = Counter()
    let before = Self.peak
    let result = try await commands.run(
      Command(.shell("head -c 1000000000 /dev/zero"), in: folder.path, environment: ["PATH": "/usr/bin:/bin"]),
      output: count)
    #expect(result.end == .exited(code: 0))
    #expect(count.total == 1_000_000_000)
    // Other tests of this process need memory at the same time.
    #expect(Self.peak - before < 600_000, "KB more than before")
  }

  @Test func `is fed, whether it reads or not`() async throws {
    let input = [UInt8](repeating: UInt8(ascii: "x"), count: 8_000_000)
    let read = try await run("wc -c", input: input)
    #expect(read.text.trimmed == "8000000")
    #expect(try await run("exit 3", input: input).result.end == .exited(code: 3))
    #expect(try await run("exec 0<&-; echo ok", input: input).text == "ok\n")
  }

  @Test func `is stopped when its time is over, whatever it does about it`() async throws {
    let result = try await commands.run(
      Command(
        .shell("trap '' TERM; echo on; while true; do sleep 0.05; done"), in: folder.path,
        environment: ["PATH": "/usr/bin:/bin"],
        timeout: .milliseconds(200), grace: .milliseconds(200)), output: Collector())
    #expect(result.end == .timedOut)
  }

  @Test func `is stopped when its task is cancelled`() async throws {
    let sink = Collector()
    let task = Task { try await run("echo begun; sleep 300", into: sink) }
    while !sink.text.contains("begun") { try await ContinuousClock().sleep(for: .milliseconds(5)) }
    task.cancel()
    #expect(try await task.value.end == .cancelled)
  }

  @Test(arguments: [
    "sleep 301 & echo on", "setsid sleep 302 & echo on", "(setsid sh -c 'sleep 303 & sleep 304' &) ; echo on",
    "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do setsid sleep 305 & done; echo on",
    "sh -c 'trap \"\" TERM; sleep 306' & echo on",
  ])
  func `leaves nothing of what it started, and its output is kept`(text: String) async throws {
    let (result, output) = try await run("sleep 0.01; " + text, grace: .milliseconds(500))
    #expect(result.end == .exited(code: 0))
    #expect(output == "on\n")
    #expect(processes(in: folder.path).isEmpty)
  }

  @Test func `ends with what its reader throws`() async throws {
    struct Refused: Error {}
    struct Refusing: OutputSink { func write(_ bytes: UnsafeRawBufferPointer) throws { throw Refused() } }
    await #expect(throws: Refused.self) {
      try await commands.run(
        Command(.shell("echo x; sleep 300"), in: folder.path, environment: ["PATH": "/usr/bin:/bin"]),
        output: Refusing())
    }
    #expect(processes(in: folder.path).isEmpty)
  }

  @Test func `leaks no descriptor, however many run at once`() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<40 {
        group.addTask {
          let end = try await run("echo \(index); exit \(index)").result.end
          #expect(end == .exited(code: Int32(index)))
        }
      }
      try await group.waitForAll()
    }
    // Other tests open descriptors too, so what is looked for is pipes that lead to no process any more.
    #expect(processes(in: folder.path).isEmpty)
  }

  private func run(
    _ text: String, environment: [String: String] = ["PATH": "/usr/bin:/bin"], input: [UInt8] = [],
    grace: Duration = .seconds(5)
  ) async throws -> (result: CommandResult, text: String) {
    let sink = Collector()
    let result = try await commands.run(
      Command(.shell(text), in: folder.path, environment: environment, input: input, grace: grace), output: sink)
    return (result, sink.text)
  }

  private func run(_ text: String, into sink: Collector) async throws -> CommandResult {
    try await commands.run(Command(.shell(text), in: folder.path, environment: ["PATH": "/usr/bin:/bin"]), output: sink)
  }

  /// Kilobytes.
  private static var peak: Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    return status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }?.split(separator: " ").compactMap { Int($0) }
      .first ?? 0
  }
}

/// Processes whose working folder lies in a folder.
func processes(in folder: String) -> [Int] {
  let pids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap(Int.init) ?? []
  return pids.filter {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\($0)/cwd"))?.hasPrefix(folder) == true
  }
}

/// Counts bytes.
final class Counter: OutputSink {
  private let count = Mutex(0)
  func write(_ piece: UnsafeRawBufferPointer) { count.withLock { $0 += piece.count } }
  var total: Int { count.withLock { $0 } }
}
