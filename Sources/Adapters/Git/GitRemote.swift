package import DeliveryLoop
package import Engine
import Synchronization

/// The remote through the `git` program: it knows the user's keys, helpers, proxies and hooks, and it can be timed out.
package struct GitRemote: Remote {
  private let repository: GitRepository
  private let commands: any Commands
  private let environment: [String: String]
  private let timeout: Duration

  /// `environment` is what git may see of the user's: PATH and HOME at least, SSH_AUTH_SOCK and the like where they are set.
  package init(
    _ repository: GitRepository, commands: any Commands, environment: [String: String], timeout: Duration = .seconds(60)
  ) {
    self.repository = repository
    self.commands = commands
    self.environment = environment
    self.timeout = timeout
  }

  package func tip(of branch: String, on remote: String) async throws(RemoteError) -> ObjectID? {
    let answer = try await git(["ls-remote", "--refs", "--", remote, "refs/heads/\(branch)"], remote)
    guard answer.succeeded else { throw RemoteWords(answer.text).error }
    for line in answer.lines {
      let parts = line.split(separator: "\t")
      if parts.count == 2, parts[1] == "refs/heads/\(branch)", let id = ObjectID(String(parts[0])) { return id }
    }
    return nil
  }

  package func fetch(branch: String, from remote: String) async throws(RemoteError) -> ObjectID? {
    let kept = "refs/waybill/remote/\(remote)/\(branch)"
    let answer = try await git(
      ["fetch", "--no-tags", "--no-write-fetch-head", "--", remote, "+refs/heads/\(branch):\(kept)"], remote)
    guard answer.succeeded else {
      if answer.text.contains("couldn't find remote ref") { return nil }
      throw RemoteWords(answer.text).error
    }
    return try? repository.commit(at: kept)
  }

  package func push(
    commit: ObjectID, to branch: String, on remote: String, expecting expected: ObjectID?
  ) async throws(RemoteError) -> PushAnswer {
    let ref = "refs/heads/\(branch)"
    let answer = try await git(
      ["push", "--porcelain", "--force-with-lease=\(ref):\(expected?.text ?? "")", "--", remote, "\(commit):\(ref)"],
      remote)
    return try RemoteWords(answer.text).pushAnswer(for: ref, succeeded: answer.succeeded)
  }

  private struct Answer {
    let succeeded: Bool
    let text: String

    var lines: [Substring] { text.split(whereSeparator: \.isNewline) }
  }

  private func git(_ arguments: [String], _ remote: String) async throws(RemoteError) -> Answer {
    guard (try? repository.url(ofRemote: remote)) != nil else { throw .noRemote(name: remote) }
    let settings = ["http.sslVerify=true", "http.lowSpeedLimit=1", "http.lowSpeedTime=30", "core.fsync=all"]
    let command = Command(
      .program(["git"] + settings.flatMap { ["-c", $0] } + arguments), in: repository.root, environment: guarded,
      timeout: timeout)
    let words = Words()
    let result: CommandResult
    do {
      result = try await commands.run(command, output: words)
    } catch is CancellationError {
      throw .cancelled
    } catch {
      throw .programMissing("git")
    }
    switch result.end {
    case .exited(let code): return Answer(succeeded: code == 0, text: words.text)
    case .timedOut: throw .timedOut(after: timeout)
    case .cancelled: throw .cancelled
    case .signaled(let number): throw .unknown(message: "git was ended by signal \(number)")
    }
  }

  /// What would lead git to another repository, or give it settings past the files in which they are checked
  /// (`git rev-parse --local-env-vars`).
  private static let local = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_CONFIG", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS",
    "GIT_DIR", "GIT_GRAFT_FILE", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_NAMESPACE", "GIT_NO_REPLACE_OBJECTS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE", "GIT_WORK_TREE",
  ]

  /// Nothing is asked of a terminal, no certificate check is off, and messages are in the language that is read here.
  private var guarded: [String: String] {
    var environment = self.environment
    environment["GIT_SSL_NO_VERIFY"] = nil
    for name in Self.local { environment[name] = nil }
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

/// What git printed, up to a megabyte.
private final class Words: OutputSink {
  private let bytes = Mutex<[UInt8]>([])

  func write(_ piece: UnsafeRawBufferPointer) {
    bytes.withLock { if $0.count < 1 << 20 { $0.append(contentsOf: piece) } }
  }

  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}
