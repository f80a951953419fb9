import DeliveryLoop
import Engine
import Git
import Support
import Testing

@Suite struct `A tree` {
  @Test func `takes over, adds and removes just the files that are named`() async throws {
    let sample = try await Sample()
    let repository = try sample.repository()
    let start = try await sample.id("rev-parse HEAD^{tree}")
    let files = [
      FileContent(path: "run.sh", bytes: Array("#!/bin/sh\ntrue\n".utf8)),
      FileContent(path: "tasks/näht.md", bytes: [0, 255]), FileContent(path: "README", bytes: nil),
      FileContent(path: "absent", bytes: nil),
    ]
    let tree = try repository.tree(start, replacing: files)
    let listed = try await sample.sh("git -c core.quotePath=false ls-tree -r --format='%(objectmode) %(path)' \(tree)")
    #expect(listed == "100755 run.sh\n100644 src/main.c\n100644 tasks/näht.md")
    #expect(try repository.content(of: "tasks/näht.md", at: tree) == [0, 255])
    #expect(try repository.tree(start, replacing: []) == start)
    #expect(try await sample.sh("git status --porcelain") == "")
  }

  /// What is put into the first commit's tree, in this order; nil takes out.
  static let replacements: [[(path: String, text: String?)]] = [
    [("README/deep/x", "x")], [("src", "file")], [("src/main.c", nil)], [("src", nil)], [("src/main.c/x", nil)],
    [("README/x", "x"), ("README", "again")], [("src", "file"), ("src/new", "x")],
    [("src/new", "x"), ("src", "file"), ("src/new", nil)], [("new/a", "a"), ("new/b", "b"), ("new/a", nil)],
    [("new/a", "a"), ("new/a", nil)], [("README", nil), ("run.sh", nil), ("src/main.c", nil)],
    [("run.sh", nil), ("run.sh", "new")], [("src-x", "x"), ("src.x", "x"), ("src0", "x")],
  ]

  @Test(arguments: replacements.indices) func `is the one that git makes of it`(number: Int) async throws {
    let sample = try await Sample()
    let files = Self.replacements[number].map { FileContent(path: $0.path, bytes: $0.text.map { Array($0.utf8) }) }
    let start = try await sample.id("rev-parse HEAD^{tree}")
    for (path, text) in Self.replacements[number] {
      guard let text else {
        try await sample.sh("git update-index --force-remove '\(path)'")
        continue
      }
      let blob = try await sample.sh("printf %s '\(text)' | git hash-object -w --stdin")
      let mode = try await sample.sh("git ls-files -s '\(path)' | cut -c1-6")
      try await sample.sh(
        "git update-index --add --replace --cacheinfo \(mode.hasPrefix("100") && mode.count == 6 ? mode : "100644"),"
          + "\(blob),'\(path)'")
    }
    let expected = try await sample.id("write-tree")
    #expect(try sample.repository().tree(start, replacing: files) == expected)
  }

  @Test func `is that of a commit, and has no content where it has no file`() async throws {
    let sample = try await Sample()
    let repository = try sample.repository()
    let commit = try await sample.id("rev-parse HEAD")
    #expect(try repository.tree(of: commit) == (try await sample.id("rev-parse HEAD^{tree}")))
    #expect(try repository.content(of: "nowhere", at: commit) == nil)
    #expect(try repository.content(of: "src", at: commit) == nil)
  }
}

@Suite struct `A commit` {
  static let message = "Say it (näht-1)\n\n#no comment\n\nWaybill-Run: 1\nTask-Id: näht-1\n"

  /// A commit with a changed README, prepared and not stored.
  static func prepared(in sample: Sample, message: String = message) async throws -> PreparedCommit {
    sample.write("changed\n", to: "README")
    let repository = try sample.repository()
    let base = try await sample.id("rev-parse HEAD")
    return try repository.prepareCommit(
      tree: try repository.snapshot(keeping: [], of: base), parent: base,
      author: Identity(name: "Ada Lövelace", email: "ada@example.org"),
      at: Timestamp(nanoseconds: 1_790_000_000_999_999_999), message: message)
  }

  @Test func `is known by the id that git would give it, before it is there`() async throws {
    let sample = try await Sample()
    let commit = try await Self.prepared(in: sample)
    sample.folder.write(commit.content, to: "content")
    #expect(try await sample.id("hash-object -t commit ../content") == commit.id)
    #expect(try sample.repository().contains(commit.id) == false)
    #expect(try await Self.prepared(in: sample) == commit)
  }

  @Test func `is byte for byte what git commit-tree writes`() async throws {
    let sample = try await Sample()
    let commit = try await Self.prepared(in: sample)
    try sample.repository().store(commit)
    sample.folder.write(Self.message, to: "message")
    let zone = try await sample.sh("date -d @1790000000 +%z")
    let author = ["NAME": "Ada Lövelace", "EMAIL": "ada@example.org", "DATE": "1790000000 \(zone)"]
    var environment: [String: String] = [:]
    for (name, value) in author {
      environment["GIT_AUTHOR_\(name)"] = value
      environment["GIT_COMMITTER_\(name)"] = value
    }
    let made = try await sample.sh(
      "git commit-tree \(commit.tree) -p \(commit.parent) -F ../message", environment)
    #expect(made == commit.id.text)
    #expect(try await sample.sh("git log -1 --format='%(trailers:key=Task-Id,valueonly)' \(made)") == "näht-1")
  }

  @Test func `is seen in the repository once it is stored, however often`() async throws {
    let sample = try await Sample()
    let commit = try await Self.prepared(in: sample)
    for _ in 1...2 { try sample.repository().store(commit) }
    #expect(try sample.repository().contains(commit.id))
    sample.folder.write(commit.content, to: "content")
    try await sample.sh("git cat-file commit \(commit.id) > ../stored && cmp ../content ../stored && git fsck --strict")
  }

  @Test func `whose bytes are not those of its id is never taken as stored`() async throws {
    let sample = try await Sample()
    let commit = try await Self.prepared(in: sample)
    let forged = PreparedCommit(
      id: commit.id, tree: commit.tree, parent: commit.parent, content: commit.content + "more")
    #expect(throws: RepositoryError.notObserved("the commit \(commit.id)")) { try sample.repository().store(forged) }
  }

  @Test func `with a zero byte in its message is refused and not cut off`() async throws {
    let sample = try await Sample()
    await #expect(throws: RepositoryError.self) { try await Self.prepared(in: sample, message: "cut\0off") }
  }
}

@Suite struct `A branch` {
  @Test func `moves to the commit, with a line in its reflog, and a second time nothing happens`() async throws {
    let sample = try await Sample()
    let commit = try await `A commit`.prepared(in: sample)
    let repository = try sample.repository()
    try repository.store(commit)
    #expect(try repository.advance(branch: "main", from: commit.parent, to: commit.id) == .done)
    #expect(try await sample.id("rev-parse HEAD") == commit.id)
    let log = try await sample.sh("git reflog main")
    #expect(log.contains("waybill: deliver"))
    #expect(try repository.advance(branch: "main", from: commit.parent, to: commit.id) == .done)
    #expect(try await sample.sh("git reflog main") == log)
  }

  @Test func `that somebody else has moved stays where it is`() async throws {
    let sample = try await Sample()
    let commit = try await `A commit`.prepared(in: sample)
    let repository = try sample.repository()
    try repository.store(commit)
    let theirs = try await sample.commit("theirs")
    let answer = try repository.advance(branch: "main", from: commit.parent, to: commit.id)
    #expect(answer == .movedBySomebodyElse(to: theirs))
    #expect(try await sample.id("rev-parse main") == theirs)
  }

  @Test func `that somebody else has removed is not made anew`() async throws {
    let sample = try await Sample()
    let commit = try await `A commit`.prepared(in: sample)
    try sample.repository().store(commit)
    try await sample.sh("git switch -q -c other && git branch -q -D main")
    #expect(throws: RepositoryError.self) {
      try sample.repository().advance(branch: "main", from: commit.parent, to: commit.id)
    }
    #expect(try await sample.sh("git branch --list main") == "")
  }

  @Test func `that git has locked is reported with the lock's path, and moves once it is gone`() async throws {
    let sample = try await Sample()
    let commit = try await `A commit`.prepared(in: sample)
    let repository = try sample.repository()
    try repository.store(commit)
    sample.write("", to: ".git/refs/heads/main.lock")
    let lock = "\(sample.root)/.git/refs/heads/main.lock"
    #expect(throws: RepositoryError.locked(path: lock)) {
      try repository.advance(branch: "main", from: commit.parent, to: commit.id)
    }
    #expect(sample.folder.read("work/.git/refs/heads/main.lock") != nil)
    try await sample.sh("rm .git/refs/heads/main.lock")
    #expect(try repository.advance(branch: "main", from: commit.parent, to: commit.id) == .done)
  }
}

@Suite struct `The index` {
  @Test(arguments: ["true", "git checkout -q --detach"])
  func `agrees with HEAD and with the files after a delivery`(before: String) async throws {
    let sample = try await Sample()
    try await sample.sh("echo new > new && git rm -q run.sh && \(before)")
    let repository = try sample.repository()
    let commit = try await `A commit`.prepared(in: sample)
    try repository.store(commit)
    try await sample.sh("git update-ref HEAD \(commit.id)")
    #expect(try await sample.sh("git status --porcelain") != "")
    try repository.refreshIndex(of: nil)
    // Plumbing does not look into a file whose age it knows.
    #expect(try await sample.sh("git diff-files") == "")
    #expect(try await sample.sh("git status --porcelain") == "")
    #expect(try repository.changes() == [])
  }

  @Test func `keeps what somebody has staged of other paths`() async throws {
    let sample = try await Sample()
    try await sample.sh(
      "echo new > new && git rm -q run.sh && echo staged > README && git add README && echo edited > README")
    let repository = try sample.repository()
    try await sample.sh("git rm -q --cached -r src && git add new")
    try repository.refreshIndex(of: ["new", "run.sh", "src/main.c"])
    #expect(try await sample.sh("git show :README") == "staged")
    #expect(try await sample.sh("git diff --cached --name-only") == "README")
  }

  @Test func `that git has locked is reported with the lock's path, and both stay`() async throws {
    let sample = try await Sample()
    try await sample.sh("touch new && git add new && touch .git/index.lock")
    let before = sample.folder.read("work/.git/index")
    #expect(throws: RepositoryError.locked(path: "\(sample.root)/.git/index.lock")) {
      try sample.repository().refreshIndex(of: nil)
    }
    #expect(sample.folder.read("work/.git/index") == before)
    #expect(sample.folder.read("work/.git/index.lock") != nil)
  }
}

@Suite struct `The working tree` {
  @Test func `is restored to a tree, and what is ignored stays`() async throws {
    let sample = try await Sample()
    try await sample.sh("echo out/ > .gitignore")
    let base = try await sample.commit("ignore")
    try await sample.sh("echo more > README && rm -r src && touch src && chmod -x run.sh && mkdir -p a/b out")
    try await sample.sh("touch a/b/c out/kept staged && git add staged && ln -s README link")
    try sample.repository().restore(tree: try sample.repository().tree(of: base))
    #expect(try await sample.sh("git status --porcelain") == "")
    #expect(sample.folder.names(in: "work") == [".git", ".gitignore", "README", "out", "run.sh", "src"])
    #expect(sample.folder.names(in: "work/out") == ["kept"])
  }

  @Test func `is brought to another tree while the branch stays`() async throws {
    let sample = try await Sample()
    let base = try await sample.id("rev-parse HEAD")
    try await sample.sh("echo new > new && rm README && chmod +x src/main.c")
    let tree = try await sample.treeByGit()
    try await sample.sh("git reset -q --hard && git clean -qfd")
    try sample.repository().restore(tree: tree)
    #expect(try sample.repository().snapshot(keeping: [], of: base) == tree)
    #expect(try await sample.id("rev-parse HEAD") == base)
  }
}

@Suite struct `Ancestry` {
  @Test func `is the same or reachable, and never of what is unknown`() async throws {
    let sample = try await Sample()
    let repository = try sample.repository()
    let first = try await sample.id("rev-parse HEAD")
    let second = try await sample.commit("second")
    try await sample.sh("git switch -q -c side \(first)")
    let side = try await sample.commit("side")
    let unknown = try #require(ObjectID(String(repeating: "a", count: 40)))
    let pairs = [(first, first), (first, second), (second, first), (side, second), (unknown, first), (first, unknown)]
    #expect(try pairs.map { try repository.isAncestor($0, of: $1) } == [true, true, false, false, false, false])
    #expect(try repository.isAncestor(unknown, of: unknown) == false)
  }

  @Test func `reaches a commit that is kept at a reference, which is made and moved`() async throws {
    let sample = try await Sample()
    let first = try await sample.id("rev-parse HEAD")
    let second = try await sample.commit("second")
    for commit in [second, first, first] {
      try sample.repository().keep(commit, at: "refs/waybill/1/wip")
      #expect(try await sample.id("rev-parse refs/waybill/1/wip") == commit)
    }
  }
}
