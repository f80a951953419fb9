import DeliveryLoop
import Engine
import Git
import Processes
import Support
import Testing

@Suite struct `A lent working tree` {
  @Test func `is at another base when that is asked for`() async throws {
    let pool = try await Pool()
    let root = try await pool.lend()
    let older = try await pool.sample.id("rev-parse \(pool.base)~1")
    try await pool.lend(older)
    try await pool.expectReady(root, at: older)
  }

  @Test func `keeps a commit that nothing else holds on a ref`() async throws {
    let pool = try await Pool()
    let root = try await pool.lend()
    try await pool.sample.sh("cd \(root) && echo work > README && git commit -qam work")
    let work = try await pool.sample.id("-C \(root) rev-parse HEAD")
    try await pool.lend()
    #expect(try await pool.sample.id("rev-parse refs/waybill/lent/\(work)") == work)
    #expect(try await pool.sample.sh("git for-each-ref refs/waybill | wc -l") == "1")
    try await pool.lend(work)
    #expect(try await pool.sample.sh("git for-each-ref refs/waybill | wc -l") == "1")
  }

  @Test func `is refused where somebody has its branch checked out`() async throws {
    let pool = try await Pool()
    try await pool.sample.sh("git worktree add -q -b waybill/01 ../elsewhere")
    let before = try await pool.sample.sh("git rev-parse waybill/01")
    await #expect(
      throws: WorktreePoolError.branchInUse(branch: "waybill/01", root: "\(pool.sample.path)/elsewhere")
    ) { try await pool.lend() }
    #expect(try await pool.sample.sh("git rev-parse waybill/01") == before)
    try await pool.sample.sh("git worktree remove ../elsewhere")
    try await pool.expectReady(try await pool.lend())
  }

  @Test func `says what is in the way of its branch`() async throws {
    let pool = try await Pool()
    try await pool.sample.sh("git branch waybill")
    let error = await #expect(throws: WorktreePoolError.self) { try await pool.lend() }
    guard case .failed("set the branch \"waybill/01\" to \(pool.base)", let message)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(message.contains("'refs/heads/waybill' exists"))
  }

  @Test func `is refused at a commit that is not there`() async throws {
    let pool = try await Pool()
    let nobody = try #require(ObjectID(String(repeating: "1", count: 40)))
    await #expect(
      throws: WorktreePoolError.failed(doing: "make a working tree", message: "there is no commit \(nobody)")
    ) { try await pool.lend(nobody) }
  }

  @Test func `is another one while a process is left in the first`() async throws {
    let pool = try await Pool()
    let root = try await pool.lend()
    for left in [
      "cd \(root) && exec sleep 60", "exec env PLACE=\(root)/README sleep 60", "exec tail -f \(root)/README",
    ] {
      let output = Output()
      let agent = Task {
        try await SystemCommands().run(
          Command(.shell("echo there; \(left)"), in: pool.sample.path, environment: pool.sample.environment),
          output: output)
      }
      while !output.text.contains("there") { await Task.yield() }
      // It says so just before it becomes what is looked for.
      var lent = try await pool.lend()
      for _ in 1...50 where lent == root { lent = try await pool.lend() }
      #expect(lent == pool.root("02"), "\(left)")
      agent.cancel()
      _ = try? await agent.value
      #expect(try await pool.lend() == root, "\(left)")
    }
  }

  @Test func `is given back just as it stands to the run that rests there`() async throws {
    let pool = try await Pool()
    let root = try await pool.lend()
    try await pool.sample.sh("cd \(root) && echo half >> README && echo new > new && git add new")
    let state =
      "cd \(root) && git --no-optional-locks status --porcelain && sha256sum \"$(git rev-parse --git-dir)/index\""
    let before = try await pool.sample.sh(state)
    let tree = try await pool.pool().lend(again: root)
    #expect(tree.branch == "waybill/01")
    #expect(try await pool.sample.sh(state) == before)
  }

  @Test(arguments: ["rm -rf .waybill/worktrees/01", "rm -rf .git/worktrees/01", "rm .waybill/worktrees/01/.git"])
  func `is said to be lost where that run cannot go on`(damage: String) async throws {
    let pool = try await Pool()
    let root = try await pool.lend()
    try await pool.sample.sh(damage)
    let before = try await pool.users()
    await #expect(throws: WorktreePoolError.lost(root: root)) { try await pool.pool().lend(again: root) }
    #expect(try await pool.users() == before)
  }

  @Test func `runs no hook of the user's and heeds no variable that leads elsewhere`() async throws {
    let pool = try await Pool()
    try await pool.sample.sh(
      "printf '#!/bin/sh\\ntouch ../../../hooked ../hooked\\n' | tee .git/hooks/post-checkout "
        + "> .git/hooks/reference-transaction && chmod +x .git/hooks/*")
    let before = try await pool.users()
    let lost = [
      "GIT_DIR": "\(pool.sample.root)/.git", "GIT_WORK_TREE": pool.sample.root, "GIT_INDEX_FILE": "/nowhere/index",
    ]
    for _ in 1...2 { _ = try await pool.pool(lost).lend(base: pool.base) { _ in false } }
    try await pool.expectReady(pool.root("01"))
    #expect(try await pool.users() == before)
    #expect(try await pool.sample.sh("find .. -name hooked") == "")
  }

  @Test func `is lent to many at once, to each another`() async throws {
    let pool = try await Pool()
    let trees = try await withThrowingTaskGroup(of: Worktree.self) { group in
      for _ in 1...6 { group.addTask { try await pool.pool().lend(base: pool.base) { _ in false } } }
      return try await group.reduce(into: [Worktree]()) { $0.append($1) }
    }
    #expect(Set(trees.map(\.root)).count == 6)
    for tree in trees { try await pool.expectReady(tree.root) }
  }
}
