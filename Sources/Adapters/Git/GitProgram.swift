import DeliveryLoop
import Engine

/// Runs the `git` program: timed out, asking nobody, and in a repository that no variable of the user's can exchange.
struct GitProgram: Sendable {
  private let repository: GitRepository
  private let commands: any Commands
  private let environment: [String: String]
  private let timeout: Duration

  init(
    _ repository: GitRepository, commands: any Commands, environment: [String: String], timeout: Duration
  ) {
    self.repository = repository
    self.commands = commands
    self.environment = environment
    self.timeout = timeout
  }

  /// What a program printed, and whether it ended with 0.
  struct Answer {
    let succeeded: Bool
    let text: String

    var lines: [Substring] { text.split(whereSeparator: \.isNewline) }
    /// The last words of a failure.
    var reason: String { lines.suffix(3).joined(separator: "; ") }
  }

  /// Why a program gave no answer.
  enum Failure: Error {
    case missing(String)
    case timedOut(after: Duration)
    case cancelled
    case signaled(Int32)
  }

  /// Runs git with settings (`key=value`) that are stronger than those of the configuration's files.
  func run(
    _ arguments: [String], with settings: [String], in directory: String
  ) async throws(Failure) -> Answer {
    try await run(program: ["git"] + settings.flatMap { ["-c", $0] } + arguments, in: directory)
  }

  /// Runs any program as git is run.
  func run(program line: [String], in directory: String) async throws(Failure) -> Answer {
    let command = Command(.program(line), in: directory, environment: guarded, timeout: timeout)
    let words = CollectedOutput()
    let result: CommandResult
    do {
      result = try await commands.run(command, output: words)
    } catch is CancellationError {
      throw .cancelled
    } catch {
      throw .missing(line[0])
    }
    switch result.end {
    case .exited(let code): return Answer(succeeded: code == 0, text: words.text)
    case .timedOut, .idle: throw .timedOut(after: timeout)
    case .cancelled: throw .cancelled
    case .signaled(let number): throw .signaled(number)
    }
  }

  /// What would lead git to another repository, or give it settings past the files in which they are checked: libgit2 does
  /// not look where `GIT_CONFIG_GLOBAL` leads
  /// (`git rev-parse --local-env-vars`).
  private static let local = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS",
    "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE", "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
  ]

  private static let tracing = ["GIT_TRACE", "GIT_CURL_VERBOSE", "SSLKEYLOGFILE"]

  /// Nothing is asked of a terminal, nothing is traced, no certificate check is off, and messages are in the language that is read here.
  private var guarded: [String: String] {
    var environment = self.environment
    environment["GIT_SSL_NO_VERIFY"] = nil
    for name in Self.local + ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"] { environment[name] = nil }
    // Traces hold addresses with passwords in them, headers, and whatever stands in the environment; 0 is stronger than git's
    // own settings "trace2.*".
    for name in environment.keys where Self.tracing.contains(where: name.hasPrefix) { environment[name] = nil }
    for name in ["GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE2_PERF"] { environment[name] = "0" }
    // Of a commit counts what it holds, not what a ref under refs/replace puts in its place; libgit2 knows none.
    environment["GIT_NO_REPLACE_OBJECTS"] = "1"
    environment["GIT_TERMINAL_PROMPT"] = "0"
    environment["GIT_ASKPASS"] = environment["GIT_ASKPASS"] ?? "/bin/false"
    environment["SSH_ASKPASS"] = environment["SSH_ASKPASS"] ?? "/bin/false"
    environment["LC_ALL"] = "C"
    if let file = environment["SSL_CERT_FILE"], environment["GIT_SSL_CAINFO"] == nil {
      environment["GIT_SSL_CAINFO"] = file
    }
    let ownSSH = (try? repository.setting("core.sshcommand")) ?? nil
    if environment["GIT_SSH_COMMAND"] == nil, environment["GIT_SSH"] == nil, ownSSH == nil {
      environment["GIT_SSH_COMMAND"] = "ssh -o BatchMode=yes -o ConnectTimeout=20"
    }
    return environment
  }
}
