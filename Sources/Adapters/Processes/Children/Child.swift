import CProcess
import DeliveryLoop
import Engine
import Glibc
import Synchronization

/// A started program: a thread of its own reads it, feeds it and, when it is time, stops it with all that came of it.
final class Child: Sendable {
  let pid: pid_t
  let startTicks: UInt64
  let family: Family
  /// Written to when the thread has to look at `requests`.
  private let bell: Int32

  private struct State {
    var isStopRequested = false
    var grace: Duration
    var end: CommandResult.End?
    var result: Result<CommandResult, any Error>?
    var waiters: [CheckedContinuation<CommandResult, any Error>] = []
  }
  private let state: Mutex<State>

  init(_ command: Command, sink: any OutputSink) throws {
    let mark = Children.makeMark()
    var environment = command.environment
    environment[mark.name] = mark.value
    let words = Executable.words(of: command.line)
    guard let path = Executable.locate(words[0], path: environment["PATH"] ?? "", from: command.directory) else {
      throw ProcessError.notFound(program: words[0])
    }
    let output = try Pipe()
    let input = try Pipe()
    var errors: Pipe?
    var errorsEnd = output.write.number
    if command.errors != nil {
      let pipe = try Pipe()
      errorsEnd = pipe.entrance
      errors = consume pipe
    }
    var reason: Int32 = 0
    pid = Children.start {
      let pid = Self.spawn(
        path, words, environment, in: command.directory, input: input.read.number, output: output.write.number,
        errors: errorsEnd)
      reason = errno
      return pid
    }
    guard pid > 0 else { throw ProcessError.cannotStart(program: words[0], message: String(cString: strerror(reason))) }
    startTicks = ProcessTable.entry(pid)?.startTicks ?? 0
    family = Family(root: pid, mark: "\(mark.name)=\(mark.value)", notBefore: startTicks)
    bell = cprocess_event()
    state = Mutex(State(grace: command.grace))
    output.read.makeNonBlocking()
    input.write.makeNonBlocking()
    let loop = ChildLoop(
      child: self, command: command, sink: sink, output: output.read, errors: errors?.reading(), input: input.write,
      bell: bell)
    Thread.run { loop.run() }
  }

  deinit { close(bell) }

  /// How the program's own process ended; nil while it runs.
  var end: CommandResult.End? { state.withLock { $0.end } }

  /// The result, once the process and everything that came of it are gone.
  func finished() async throws -> CommandResult {
    try await withCheckedThrowingContinuation { continuation in
      let result = state.withLock { state in
        if state.result == nil { state.waiters.append(continuation) }
        return state.result
      }
      if let result { continuation.resume(with: result) }
    }
  }

  /// Has the program stopped; returns at once.
  func stop(grace: Duration? = nil) {
    state.withLock { state in
      state.isStopRequested = true
      if let grace { state.grace = grace }
    }
    var one: UInt64 = 1
    _ = write(bell, &one, 8)
  }

  var isStopRequested: Bool { state.withLock { $0.isStopRequested } }
  var grace: Duration { state.withLock { $0.grace } }

  func noteEnd(_ end: CommandResult.End) { state.withLock { $0.end = end } }

  func complete(_ result: Result<CommandResult, any Error>) {
    Children.remove(pid)
    let waiters = state.withLock { state in
      state.result = result
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume(with: result) }
  }

  private static func spawn(
    _ path: String, _ words: [String], _ environment: [String: String], in directory: String, input: Int32,
    output: Int32, errors: Int32
  ) -> pid_t {
    withCStrings(words) { argv in
      withCStrings(environment.map { "\($0.key)=\($0.value)" }.sorted()) { envp in
        cprocess_spawn(path, argv, envp, directory, input, output, errors)
      }
    }
  }

  private static func withCStrings<R>(_ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R)
    -> R
  {
    let copies = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: strings.count + 1)
    for (index, string) in strings.enumerated() { copies[index] = strdup(string) }
    copies[strings.count] = nil
    defer {
      for index in strings.indices { free(copies[index]) }
      copies.deallocate()
    }
    return body(copies)
  }
}
