package import DeliveryLoop
package import Engine

/// The remote through the `git` program: it knows the user's keys, helpers, proxies and hooks, and it can be timed out.
package struct GitRemote: Remote {
  private let repository: GitRepository
  private let program: GitProgram

  /// `environment` is what git may see of the user's: PATH and HOME at least, SSH_AUTH_SOCK and the like where they are set.
  package init(
    _ repository: GitRepository, commands: any Commands, environment: [String: String], timeout: Duration = .seconds(60)
  ) {
    self.repository = repository
    program = GitProgram(repository, commands: commands, environment: environment, timeout: timeout)
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
    try await fetch(ref: "refs/heads/\(branch)", from: remote, to: "refs/waybill/remote/\(remote)/\(branch)")
  }

  /// Brings what a ref of the remote leads to here, under a ref of ours; nil when the remote has no such ref.
  ///
  /// One that only ever grows is left as it was here where it has not.
  func fetch(
    ref: String, from remote: String, to kept: String, grows: Bool = false
  ) async throws(RemoteError) -> ObjectID? {
    let line = [
      "fetch", "--no-tags", "--no-write-fetch-head", "--", remote, (grows ? "" : "+") + "\(ref):\(kept)",
    ]
    var answer = try await git(line, remote)
    // Another run of this repository may be fetching the same branch, or making a working tree.
    for _ in 0..<20 where ["cannot lock ref", "bad object worktrees/"].contains(where: answer.text.contains) {
      do { try await ContinuousClock().sleep(for: .milliseconds(100)) } catch { throw .cancelled }
      answer = try await git(line, remote)
    }
    guard answer.succeeded else {
      if answer.text.contains("couldn't find remote ref") { return nil }
      if grows, answer.text.contains("non-fast-forward") { throw .rewritten(ref: ref, remote: remote) }
      throw RemoteWords(answer.text).error
    }
    do {
      return try repository.commit(at: kept)
    } catch {
      throw .unknown(message: error.wording)
    }
  }

  package func push(
    commit: ObjectID, to branch: String, on remote: String, expecting expected: ObjectID?
  ) async throws(RemoteError) -> PushAnswer {
    try await push(commit, to: "refs/heads/\(branch)", on: remote, expecting: expected)
  }

  /// The same for any ref, by its full name.
  func push(
    _ commit: ObjectID, to ref: String, on remote: String, expecting expected: ObjectID?, _ options: [String] = []
  ) async throws(RemoteError) -> PushAnswer {
    let answer = try await git(
      ["push", "--porcelain", "--force-with-lease=\(ref):\(expected?.text ?? "")"] + options
        + ["--", remote, "\(commit):\(ref)"],
      remote)
    return try RemoteWords(answer.text).pushAnswer(for: ref, succeeded: answer.succeeded)
  }

  /// Whether hooks would be taken from where a change can put them (git-config(1), core.hooksPath); the user's own are
  /// obeyed. What cannot be asked counts as such.
  private var hooksAreInTree: Bool {
    do {
      guard let path = try repository.setting("core.hookspath") else { return false }
      return GitSetup.isInTree(hooks: path, root: repository.root, home: repository.home)
    } catch {
      return true
    }
  }

  private func git(_ arguments: [String], _ remote: String) async throws(RemoteError) -> GitProgram.Answer {
    guard (try? repository.url(ofRemote: remote)) != nil else { throw .noRemote(name: remote) }
    var settings = [
      "http.sslVerify=true", "http.lowSpeedLimit=1", "http.lowSpeedTime=30", "core.fsync=all", "core.fsmonitor=false",
    ]
    if hooksAreInTree { settings.append("core.hooksPath=/dev/null") }
    do {
      // Not in the working tree: a remote's relative path would lead elsewhere from each of them.
      return try await program.run(arguments, with: settings, in: repository.home)
    } catch {
      switch error {
      case .missing(let name): throw .programMissing(name)
      case .timedOut(let limit): throw .timedOut(after: limit)
      case .cancelled: throw .cancelled
      case .signaled(let number): throw .unknown(message: "git was ended by signal \(number)")
      }
    }
  }
}
