import DeliveryLoop
import Engine
import Git
import Processes
import Support
import Synchronization
import Testing

@Suite struct `A pool of working trees` {
  @Test(arguments: WorktreePoolContract.allCases)
  func `keeps the contract`(clause: WorktreePoolContract) async throws {
    let base = try #require(ObjectID(String(repeating: "1", count: 40)))
    try await clause.check(InMemoryWorktreePool(limit: 2), base: base)
    let pool = try await Pool()
    try await clause.check(try pool.pool(limit: 2), base: pool.base)
  }

  @Test func `makes a tree at the base, and leaves all of the user's as it was`() async throws {
    let pool = try await Pool()
    let before = try await pool.users()
    let tree = try await pool.pool().lend(base: pool.base) { _ in false }
    #expect(tree.root == pool.root("01") && tree.branch == "waybill/01")
    try await pool.expectReady(tree.root)
    #expect(try await pool.users() == before)
    try await pool.sample.sh("echo x > \(tree.root)/x && rm \(tree.root)/README && echo y > \(tree.root)/build")
    try await pool.sample.sh("cd \(tree.root) && git add -A && git commit -qm work")
    #expect(try await pool.lend() == pool.root("02"))
    #expect(try await pool.users() == before)
    withExtendedLifetime(tree) {}
  }

  @Test func `keeps what is ignored, and nothing else, from one run to the next`() async throws {
    let pool = try await Pool()
    let root = try await pool.lend()
    try await pool.sample.sh(
      """
      cd \(root) && mkdir -p build/deep new/deep && echo warm > build/deep/object && echo warm > x.cache
      echo more >> README && rm run.sh && chmod +x src/main.c && echo n > new/deep/file && echo s > staged && git add staged
      git init -q nested && touch nested/file && mkdir empty
      """)
    let before = try await pool.users()
    try await pool.lend()
    try await pool.expectReady(root)
    #expect(
      try await pool.sample.sh("cd \(root) && find . -mindepth 1 -not -name .git | sort | tr '\\n' ' '")
        == "./.gitignore ./README ./build ./build/deep ./build/deep/object ./run.sh ./src ./src/main.c ./x.cache")
    #expect(try await pool.users() == before)
  }

  /// How the last run may have left its tree, apart from files.
  static let leftBehind = [
    "git checkout -q --detach HEAD~1", "git checkout -q -b other && git commit -q --allow-empty -m other",
    "git rm -rq . && git commit -qm nothing",
    "git update-index --assume-unchanged README && echo hidden > README",
    "git update-index --skip-worktree README && echo hidden > README",
    "rm README && mkdir README && echo x > README/x && rm -r src && echo file > src",
    "echo a > README && git commit -qam a && git checkout -q HEAD~1 && echo b > README && git commit -qam b "
      + "&& ! git merge -q waybill/01",
    "echo a > README && git commit -qam a && git checkout -q HEAD~1 && echo b > README && git commit -qam b "
      + "&& ! git rebase -q waybill/01",
    "git bisect start > ../words", "touch \"$(git rev-parse --git-dir)\"/{index.lock,HEAD.lock}",
    "touch \"$(git rev-parse --git-common-dir)/refs/heads/waybill/01.lock\"",
    ": > \"$(git rev-parse --git-dir)/index\"",
    "rm \"$(git rev-parse --git-dir)/index\"", "git update-ref -d refs/heads/waybill/01",
    "mkdir -p locked/deep && touch locked/deep/x && chmod 555 locked/deep locked",
    "git worktree lock .",
  ]

  @Test(arguments: leftBehind) func `is as new after whatever a run has left behind`(mess: String) async throws {
    let pool = try await Pool()
    let root = try await pool.lend()
    try await pool.sample.sh("echo warm > \(root)/x.cache")
    try await pool.sample.sh("cd \(root) && bash -c '\(mess.replacing("'", with: "'\\''"))' > ../said 2>&1")
    let before = try await pool.users()
    #expect(try await pool.lend() == root)
    try await pool.expectReady(root, "\(mess)")
    #expect(try GitRepository(at: root).hazards() == [], "\(mess)")
    #expect(pool.sample.folder.read("work/.waybill/worktrees/01/x.cache") == Array("warm\n".utf8), "\(mess)")
    #expect(
      try await pool.sample.sh("cd \(root) && cat README && test -x run.sh && ls -d src/main.c") == "hello\nsrc/main.c")
    #expect(try await pool.users() == before, "\(mess)")
  }

  /// What somebody may have done to the pool from outside, with the tree `01` there.
  static let damages = [
    "rm -rf .waybill/worktrees/01", "rm -rf .git/worktrees/01", "rm -rf .git/worktrees",
    "rm -rf .waybill/worktrees/01 && git worktree prune", "rm .waybill/worktrees/01/.git",
    "echo gitdir: /nowhere > .waybill/worktrees/01/.git", "echo /nowhere > .git/worktrees/01/gitdir",
    "rm .git/worktrees/01/HEAD", ": > .git/worktrees/01/HEAD", "rm .git/worktrees/01/commondir",
    "rm -rf .waybill/worktrees/01 && ln -s .. .waybill/worktrees/01",
    "rm -rf .waybill/worktrees/01 && echo file > .waybill/worktrees/01",
    "rm -rf .waybill/worktrees/01 && mkdir .waybill/worktrees/01 && echo x > .waybill/worktrees/01/x",
    "echo gitdir: ../../../.git > .waybill/worktrees/01/.git", "rm -rf .waybill/worktrees",
    "git worktree remove --force .waybill/worktrees/01",
  ]

  @Test(arguments: damages) func `is mended or made anew after damage`(damage: String) async throws {
    let pool = try await Pool()
    let root = try await pool.lend()
    try await pool.sample.sh(damage)
    let before = try await pool.users()
    #expect(try await pool.lend() == root)
    try await pool.expectReady(root, "\(damage)")
    #expect(try await pool.users() == before, "\(damage)")
  }

  /// What `git worktree add`, killed, has left: it writes its own folder, then the tree's `.git`, then HEAD, then the files.
  static let halfMade = [
    "rm .waybill/worktrees/01/README .git/worktrees/01/index && echo initializing > .git/worktrees/01/locked",
    "rm -r .waybill/worktrees/01 .git/worktrees/01/index && echo initializing > .git/worktrees/01/locked",
    "find .waybill/worktrees/01 -mindepth 1 -not -name .git -delete && rm .git/worktrees/01/index "
      + "&& echo 0000000000000000000000000000000000000000 > .git/worktrees/01/HEAD "
      + "&& echo initializing > .git/worktrees/01/locked && touch .git/worktrees/01/index.lock",
    "rm -r .git/worktrees/01/* && echo initializing > .git/worktrees/01/locked && rm -r .waybill/worktrees/01/*",
    ": > .git/worktrees/01/commondir && echo initializing > .git/worktrees/01/locked",
    "git worktree add -q --detach .waybill/worktrees/02 && : > .git/worktrees/02/commondir",
    "rm -rf .git/worktrees/01 && find .waybill/worktrees/01 -mindepth 1 -delete",
  ]

  @Test(arguments: halfMade) func `goes on from a tree that was half made`(leftover: String) async throws {
    let pool = try await Pool()
    let root = try await pool.lend()
    try await pool.sample.sh(leftover)
    let before = try await pool.users()
    #expect(try await pool.lend() == root)
    try await pool.expectReady(root, "\(leftover)")
    #expect(try await pool.users() == before)
    #expect(try await pool.sample.sh("git worktree list --porcelain | grep -c worktrees/01") == "1")
  }

  @Test func `moves with its repository, caches and all`() async throws {
    let pool = try await Pool()
    let root = try await pool.lend()
    try await pool.sample.sh(
      "echo warm > \(root)/x.cache && cd .. && mv work moved && mkdir work && mv moved work/moved")
    let moved = "\(pool.sample.root)/moved"
    let there = GitWorktreePool(
      try GitRepository(at: moved), folder: "\(moved)/.waybill", commands: SystemCommands(),
      environment: pool.sample.environment
    ) { _ in .taken(0) }
    let tree = try await there.lend(base: pool.base) { _ in false }
    #expect(tree.root == "\(moved)/.waybill/worktrees/01")
    try await pool.expectReady(tree.root)
    #expect(try await pool.sample.sh("cat \(tree.root)/x.cache") == "warm")
  }

  /// Cut off before or after each command in turn, while it makes a tree and while it puts one back.
  @Test(arguments: [false, true], [false, true])
  func `goes on from wherever a lender was cut off`(isThere: Bool, isAfter: Bool) async throws {
    let pool = try await Pool()
    if isThere { try await pool.lend() }
    let before = try await pool.users()
    var cuts = 0
    while cuts < 20 {
      do {
        _ = try await pool.pool(commands: CutOff(after: cuts, isAfter)).lend(base: pool.base) { _ in false }
        break
      } catch WorktreePoolError.cancelled {
        cuts += 1
      }
      try await pool.expectReady(try await pool.lend(), "cut off at command \(cuts)")
      #expect(try await pool.users() == before)
      if !isThere {
        try await pool.sample.sh("git worktree remove --force \(pool.root("01")); git branch -qD waybill/01")
      }
    }
    #expect(cuts == (isThere ? 6 : 4))
  }
}

/// Ends a lender at one of its commands, just before that would run or just after.
private final class CutOff: Commands {
  private let left: Mutex<Int>
  private let isAfter: Bool
  private let system = SystemCommands()

  init(after count: Int, _ isAfter: Bool) {
    left = Mutex(count)
    self.isAfter = isAfter
  }

  func run(_ command: Command, output: any OutputSink) async throws -> CommandResult {
    let isLast = left.withLock { left in
      left -= 1
      return left < 0
    }
    if isLast, !isAfter { throw CancellationError() }
    let result = try await system.run(command, output: output)
    if isLast { throw CancellationError() }
    return result
  }

  func locate(_ name: String, path: String) -> String? { system.locate(name, path: path) }
}
