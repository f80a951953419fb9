import DeliveryLoop
import Engine
import Foundation
import Git
import Processes
import Support
import Synchronization
import Testing

@Suite struct `A repository` {
  @Test func `says what differs, untracked files singly and ignored ones not at all`() async throws {
    let work = try await WorkingTree([
      "kept": "1", "changed": "1", "gone": "1", ".gitignore": "ignored\n", "staged": "1",
    ])
    try await work.sh(
      "echo 2 > changed; rm gone; mkdir -p new/deep; echo x > new/deep/file; echo x > ignored; echo 2 > staged; git add staged; echo x > 'ödd name'"
    )
    let changes = try work.repository().changes()
    #expect(changes.map(\.path) == ["changed", "gone", "new/deep/file", "staged", "ödd name"])
    #expect(changes.map(\.kind) == [.modified, .deleted, .added, .modified, .added])
  }

  @Test(arguments: 0..<25)
  func `takes the same tree as git does, and leaves the index of the user alone`(seed: Int) async throws {
    let work = try await WorkingTree([
      "a": "1", "b/c": "2", "b/d": "3", "e/f/g": "4", "run.sh": "#!/bin/sh\n", ".gitignore": "*.log\n/out/\n",
      "b/.gitignore": "*.tmp\n!keep.tmp\n",
    ])
    var state = UInt64(seed)
    func random(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % below
    }
    let edits = [
      "echo \(seed) > a", "rm -f b/c", "rm -rf b && echo file > b", "rm -rf e && ln -s a e", "chmod +x a",
      "chmod -x run.sh", "mkdir -p n && echo x > n/x",
      "echo l > x.log; echo k > b/keep.tmp || true", "mkdir -p out && echo o > out/o", "git mv a moved || true",
      "echo s > staged && git add staged && rm staged",
      "git rm -q --cached e/f/g || true", "rm -f a && mkdir a && echo inside > a/inside", "printf 'a\\r\\nb' > crlf",
      ": > empty", "echo x > 'quo\"te' ; echo y > 'tab\tname'",
    ]
    for _ in 0..<6 { try await work.sh("{ \(edits[random(edits.count)]); } 2> /dev/null || true") }
    let index = try Data(contentsOf: URL(filePath: "\(work.path)/.git/index"))
    let base = try await work.id("HEAD")
    let mine = try work.repository().snapshot(keeping: [], of: base)
    #expect(try Data(contentsOf: URL(filePath: "\(work.path)/.git/index")) == index)
    let theirs = try await work.sh(
      "export GIT_INDEX_FILE=$PWD/.git/other; git read-tree HEAD; git add -A; git write-tree")
    let difference = try await work.sh("git diff-tree -r \(mine) \(theirs)")
    #expect(mine.text == theirs, "\(difference)")
  }

  @Test func `keeps the paths that it is asked to keep, and puts files into a tree`() async throws {
    let work = try await WorkingTree(["record": "old", "code": "1"])
    try await work.sh("echo new > record; echo 2 > code; echo x > another")
    let repository = try work.repository()
    let tree = try repository.snapshot(keeping: ["record", "another"], of: try await work.id("HEAD"))
    #expect(try repository.content(of: "record", at: tree) == Array("old".utf8))
    #expect(try repository.content(of: "another", at: tree) == nil)
    #expect(try repository.paths(in: tree) == ["code", "record"])
    let closed = try repository.tree(
      tree,
      replacing: [FileContent(path: "record", bytes: Array("closed".utf8)), FileContent(path: "code", bytes: nil)])
    #expect(try repository.content(of: "record", at: closed) == Array("closed".utf8))
    let changes = try repository.difference(from: tree, to: closed)
    #expect(
      changes == [
        FileChange(path: "code", kind: .deleted, removed: 1),
        FileChange(path: "record", kind: .modified, added: 1, removed: 1),
      ])
    #expect(String(decoding: try repository.patch(from: tree, to: closed), as: UTF8.self).contains("+closed"))
  }

  @Test func `knows the id of a commit before it is made, makes it once and moves the branch by compare-and-set`()
    async throws
  {
    let work = try await WorkingTree(["a": "1"])
    let (repository, base) = (try work.repository(), try await work.id("HEAD"))
    try await work.sh("echo 2 > a")
    let tree = try repository.snapshot(keeping: [], of: base)
    let commit = try repository.prepareCommit(
      tree: tree, parent: base, author: Identity(name: "Ada Ö", email: "ada@example.org"),
      at: Timestamp(nanoseconds: 1_700_000_000_000_000_000),
      message: "Say\n\nTask-Id: t\n")
    #expect(try !repository.contains(commit.id))
    #expect(try await work.sh("printf %s '\(commit.content)' | git hash-object -t commit --stdin") == commit.id.text)
    try repository.store(commit)
    try repository.store(commit)
    #expect(try repository.advance(branch: "main", from: base, to: commit.id) == .done)
    #expect(try repository.advance(branch: "main", from: base, to: commit.id) == .done)
    try repository.refreshIndex()
    #expect(try await work.sh("git status --porcelain") == "")
    #expect(try await work.sh("git log -1 --format='%an <%ae> %at %s'") == "Ada Ö <ada@example.org> 1700000000 Say")
    #expect(try repository.isAncestor(base, of: commit.id) && !repository.isAncestor(commit.id, of: base))
    try await work.sh("git commit -q --allow-empty -m theirs")
    let theirs = try await work.id("HEAD")
    #expect(try repository.advance(branch: "main", from: base, to: base) == .movedBySomebodyElse(to: theirs))
    #expect(try await work.id("HEAD") == theirs)
  }

  @Test func `restores files to a tree, and keeps what is ignored`() async throws {
    let work = try await WorkingTree(["a": "1", ".gitignore": "out\n"])
    try await work.sh("echo 2 > a; echo x > stray; echo o > out")
    let repository = try work.repository()
    try repository.restore(tree: try repository.tree(of: try await work.id("HEAD")))
    #expect(try await work.sh("git status --porcelain") == "")
    #expect(FileManager.default.fileExists(atPath: "\(work.path)/out"))
    #expect(!FileManager.default.fileExists(atPath: "\(work.path)/stray"))
  }

  @Test func `tells branch, detached HEAD and a branch without a commit`() async throws {
    let work = try await WorkingTree(["a": "1"])
    let base = try await work.id("HEAD")
    #expect(try work.repository().head() == .branch("main", base))
    try await work.sh("git checkout -q --detach")
    #expect(try work.repository().head() == .detached(base))
    try await work.sh("git checkout -q --orphan fresh/start")
    #expect(try work.repository().head() == .unborn("fresh/start"))
  }

  @Test func `of a linked working tree has its home at the main one, also without the library`() async throws {
    let work = try await WorkingTree(["a": "1"])
    try await work.sh("git worktree add -q ../linked; mkdir ../linked/sub")
    let linked = try GitRepository(at: "\(work.path)/../linked/sub")
    #expect(linked.home == work.path)
    let place = try GitPlace(at: "\(work.path)/../linked/sub")
    #expect(place.root == linked.root && place.home == linked.home)
    let main = try GitPlace(at: work.path)
    #expect(main.root == work.path && main.home == work.path)
    try await work.sh("git clone -q --bare . ../bare")
    #expect { try GitRepository(at: "\(work.path)/../bare") } throws: {
      if case .bare? = $0 as? RepositoryError { true } else { false }
    }
    #expect { try GitPlace(at: "\(work.path)/../bare") } throws: {
      if case .bare? = $0 as? RepositoryError { true } else { false }
    }
    #expect(throws: RepositoryError.notARepository(path: "/")) { try GitRepository(at: "/") }
    #expect(throws: RepositoryError.notARepository(path: "/")) { try GitPlace(at: "/") }
  }

  @Test(arguments: [
    ("git config core.sparseCheckout true", Hazard.sparseCheckout),
    (
      "echo '*.bin filter=big' > .gitattributes; git add .; git commit -qm x; git config filter.big.clean cat",
      .cleanFilter(driver: "big")
    ),
    (
      "git checkout -qb o; echo 2 > a; git commit -qam o; git checkout -q main; echo 3 > a; git commit -qam m; git merge -q o || true",
      .operationInProgress("merge")
    ),
    (
      "mkdir b; echo '!keep.log' > b/.gitignore; git add .; git commit -qm x",
      .undoneIgnore(rule: "!keep.log", path: "b/.gitignore")
    ),
    ("git config http.https://host.sslVerify false", .certificateChecksOff(setting: "http.https://host.sslverify")),
  ])
  func `names what would make a delivery wrong`(setup: String, hazard: Hazard) async throws {
    let work = try await WorkingTree(["a": "1"])
    #expect(try work.repository().hazards().isEmpty)
    try await work.sh(setup)
    #expect(try work.repository().hazards() == [hazard])
  }

  @Test func `with a lock of another git in the way names it`() async throws {
    let work = try await WorkingTree(["a": "1"])
    try await work.sh("touch .git/index.lock")
    #expect { try work.repository().refreshIndex() } throws: { error in
      if case .locked(let path)? = error as? RepositoryError { path.hasSuffix("index.lock") } else { false }
    }
  }
}

@Suite struct `The git program` {
  @Test func `is not waited for when the server never answers`() async throws {
    let work = try await WorkingTree(["a": "1"])
    // A listener that accepts and says nothing.
    let silent = SystemServices()
    let output = Words()
    let record = try await silent.start(
      Command(
        .program([
          "python3", "-c",
          "import socket, time; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True); time.sleep(600)",
        ]),
        in: work.path, environment: work.environment), port: nil, output: output)
    while !output.text.contains("\n") { try await ContinuousClock().sleep(for: .milliseconds(5)) }
    try await work.sh("git remote add origin http://127.0.0.1:\(output.text.trimmed)/x.git")
    let remote = GitRemote(
      try work.repository(), commands: SystemCommands(), environment: work.environment, timeout: .milliseconds(300))
    await #expect(throws: RemoteError.timedOut(after: .milliseconds(300))) {
      try await remote.tip(of: "main", on: "origin")
    }
    await #expect(throws: RemoteError.noRemote(name: "other")) { try await remote.tip(of: "main", on: "other") }
    try await silent.stop(record, grace: .seconds(1))
  }

  @Test func `pushes with a lease, and says who moved`() async throws {
    let work = try await WorkingTree(["a": "1"])
    try await work.sh("git init -q --bare ../remote.git; git remote add origin ../remote.git")
    let remote = GitRemote(try work.repository(), commands: SystemCommands(), environment: work.environment)
    let first = try await work.id("HEAD")
    #expect(try await remote.tip(of: "main", on: "origin") == nil)
    #expect(try await remote.push(commit: first, to: "main", on: "origin", expecting: nil) == .accepted)
    #expect(try await remote.tip(of: "main", on: "origin") == first)
    try await work.sh("git commit -q --allow-empty -m second")
    let second = try await work.id("HEAD")
    #expect(
      try await remote.push(commit: second, to: "main", on: "origin", expecting: nil)
        == .moved(message: "[rejected] (stale info)"))
    #expect(try await remote.push(commit: second, to: "main", on: "origin", expecting: first) == .accepted)
    #expect(try await remote.push(commit: second, to: "main", on: "origin", expecting: first) == .accepted)
    #expect(try await remote.fetch(branch: "main", from: "origin") == second)
    #expect(try await remote.fetch(branch: "absent", from: "origin") == nil)
  }
}

/// A repository with one commit, in a folder of its own.
final class WorkingTree: Sendable {
  private let folder = TemporaryFolder()
  let path: String
  let environment: [String: String]

  init(_ files: [String: String]) async throws {
    let real = URL(filePath: folder.path).resolvingSymlinksInPath().path()
    path = "\(real.hasSuffix("/") ? String(real.dropLast()) : real)/work"
    environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": folder.path, "GIT_CONFIG_NOSYSTEM": "1",
      "LC_ALL": "C.UTF-8",
      "GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org", "GIT_COMMITTER_NAME": "Ada",
      "GIT_COMMITTER_EMAIL": "ada@example.org",
    ]
    for (name, text) in files { folder.write(Array(text.utf8), to: "work/\(name)") }
    try await sh("git init -q -b main . && git add -A && git commit -qm start")
  }

  func repository() throws -> GitRepository { try GitRepository(at: path) }

  func id(_ name: String) async throws -> ObjectID { try #require(ObjectID(try await sh("git rev-parse \(name)"))) }

  @discardableResult
  func sh(_ text: String) async throws -> String {
    let output = Words()
    let result = try await SystemCommands().run(
      Command(.shell(text), in: path, environment: environment), output: output)
    guard result.succeeded else { throw Failed(text: output.text) }
    return output.text.trimmed
  }

  struct Failed: Error { let text: String }
}

/// Keeps output in memory.
final class Words: OutputSink {
  private let bytes = Mutex<[UInt8]>([])
  func write(_ piece: UnsafeRawBufferPointer) { bytes.withLock { $0.append(contentsOf: piece) } }
  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}
