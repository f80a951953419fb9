import DeliveryLoop
import Engine
import FileSystem
import Git
import Processes
import Support
import Testing

/// A repository with a pool of working trees, and what its user has there.
struct Pool: Sendable {
  let sample: Sample
  let base: ObjectID

  /// The user is in the middle of something: files edited, staged, new, stashed and ignored.
  init() async throws {
    sample = try await Sample()
    sample.write("*.cache\nbuild/\n", to: ".gitignore")
    base = try await sample.commit("rules")
    try await sample.sh(
      "echo stashed >> README && git stash -q && echo edited >> README && echo staged > staged && git add staged "
        + "&& echo new > new && echo kept > own.cache && git update-index --refresh -q > ../words || true")
    _ = try PrivateFolder(at: folder)
  }

  var folder: String { "\(sample.root)/.waybill" }
  func root(_ name: String) -> String { "\(folder)/worktrees/\(name)" }

  func pool(
    _ more: [String: String] = [:], commands: any Commands = SystemCommands(), limit: Int = 99
  ) throws -> GitWorktreePool {
    GitWorktreePool(
      try sample.repository(), folder: folder, commands: commands,
      environment: sample.environment.merging(more) { $1 }, limit: limit
    ) { path in
      switch try WorkspaceLock.take(path, as: "a test") {
      case .taken(let lock): .taken(lock)
      case .held(let holder): .held(by: holder)
      }
    }
  }

  /// Lends a tree and lets go of it.
  @discardableResult
  func lend(_ base: ObjectID? = nil) async throws -> String {
    try await pool().lend(base: base ?? self.base) { _ in false }.root
  }

  /// Everything of the user's that a pool could harm: files with their ages, index, branches, stash and HEAD.
  func users() async throws -> String {
    try await sample.sh(
      """
      find . -path ./.git -prune -o -path ./.waybill -prune -o -printf '%p %m %s %T@ %C@ %i\\n' | sort
      sha256sum .git/index && stat -c '%Y %Z %i' .git/index && cat .git/HEAD
      git for-each-ref refs/heads/main refs/stash && git stash list && cat own.cache
      """)
  }

  /// In a tree: its files that are neither git's nor ignored, and what git says of it.
  func state(of root: String) async throws -> (status: String, branch: String, tip: ObjectID) {
    (
      try await sample.sh("git -C \(root) --no-optional-locks status --porcelain -uall"),
      try await sample.sh("git -C \(root) symbolic-ref --short HEAD"), try await sample.id("-C \(root) rev-parse HEAD")
    )
  }

  /// Expects that a tree is as one that was just made: clean, at the base, on its own branch.
  func expectReady(_ root: String, at base: ObjectID? = nil, _ comment: Comment? = nil) async throws {
    let state = try await state(of: root)
    #expect(state.status == "", comment)
    #expect(state.branch == "waybill/\(root.suffix(2))", comment)
    #expect(state.tip == base ?? self.base, comment)
  }
}
