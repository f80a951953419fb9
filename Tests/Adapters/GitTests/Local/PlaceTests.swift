import DeliveryLoop
import Engine
import Git
import Testing

@Suite struct `A place` {
  @Test func `is found from a folder below it`() async throws {
    let sample = try await Sample()
    let repository = try GitRepository(at: "\(sample.root)/src")
    #expect(repository.root == sample.root)
    #expect(repository.home == sample.root)
    let place = try GitPlace(at: "\(sample.root)/src")
    #expect([place.root, place.home] == [sample.root, sample.root])
  }

  @Test func `in a linked working tree has the main one's root for its home`() async throws {
    let sample = try await Sample()
    try await sample.sh("git worktree add -q -b side ../linked && mkdir ../linked/deep")
    let linked = "\(sample.path)/linked"
    let repository = try GitRepository(at: "\(linked)/deep")
    #expect([repository.root, repository.home] == [linked, sample.root])
    #expect(try repository.head() == .branch("side", try await sample.id("rev-parse HEAD")))
    let place = try GitPlace(at: "\(linked)/deep")
    #expect([place.root, place.home] == [linked, sample.root])
  }

  @Test func `in a linked working tree of a bare repository has that repository for its home`() async throws {
    let sample = try await Sample()
    try await sample.sh("git clone -q --bare . ../bare && git --git-dir ../bare worktree add -q ../linked main")
    let repository = try GitRepository(at: "\(sample.path)/linked")
    #expect(repository.home == "\(sample.path)/bare")
    #expect(try GitPlace(at: "\(sample.path)/linked").home == "\(sample.path)/bare")
  }

  @Test func `that is bare is refused`() async throws {
    let sample = try await Sample()
    try await sample.sh("git clone -q --bare . ../bare")
    let bare = "\(sample.path)/bare"
    #expect(throws: RepositoryError.bare(path: bare)) { try GitRepository(at: bare) }
    #expect(throws: RepositoryError.bare(path: bare)) { try GitPlace(at: bare) }
  }

  @Test func `outside of any repository is refused`() async throws {
    let sample = try await Sample()
    #expect(throws: RepositoryError.notARepository(path: sample.path)) { try GitRepository(at: sample.path) }
    #expect(throws: RepositoryError.notARepository(path: sample.path)) { try GitPlace(at: sample.path) }
  }
}

@Suite struct `HEAD` {
  @Test func `names a branch, slashes included, and its commit`() async throws {
    let sample = try await Sample()
    try await sample.sh("git switch -q -c topic/näht/1")
    #expect(try sample.repository().head() == .branch("topic/näht/1", try await sample.id("rev-parse HEAD")))
  }

  @Test func `names the branch that has no commit yet`() async throws {
    let sample = try await Sample(commits: false)
    #expect(try sample.repository().head() == .unborn("main"))
  }

  @Test func `names the commit when it is detached`() async throws {
    let sample = try await Sample()
    try await sample.sh("git checkout -q --detach")
    #expect(try sample.repository().head() == .detached(try await sample.id("rev-parse HEAD")))
  }

  @Test func `is read anew after somebody else has moved it`() async throws {
    let sample = try await Sample()
    let repository = try sample.repository()
    _ = try repository.head()
    let next = try await sample.commit("next")
    #expect(try repository.head() == .branch("main", next))
  }

  @Test func `finds what a new working tree lacks beside the main one`() async throws {
    let sample = try await Sample()
    try await sample.sh(
      "git worktree add -q ../tree && echo main > key && echo out > ../out && touch both ../tree/both")
    let tree = try GitRepository(at: "\(sample.root)/../tree")
    let main = try sample.repository()
    #expect(tree.home == main.root && tree.root != main.root)
    #expect(tree.located("key") == "\(main.root)/key")
    #expect(tree.located("both") == "\(tree.root)/both")
    #expect(tree.located("neither") == "\(tree.root)/neither")
    #expect(tree.located("/dev/null") == "/dev/null")
    #expect(main.located("../out") == "\(main.root)/../out")
  }
}
