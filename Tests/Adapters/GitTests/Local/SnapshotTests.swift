import DeliveryLoop
import Engine
import Foundation
import Git
import Support
import Testing

@Suite struct `A snapshot` {
  /// Edits whose result a tree is easily wrong about.
  static let edits = [
    "true", "echo more >> README", "git mv README LIESMICH", "git rm -q --cached README", "rm README",
    "chmod +x README",
    "chmod -x run.sh", "ln -s nowhere dangling", "rm README && ln -s src README", "touch new && git add new && rm new",
    "echo a > README && git add README && echo b > README", "echo new > new && git add -N new", "mkdir empty",
    "rm -r src && touch src", "rm README && mkdir README && touch README/x",
    "mv src other && ln -s other src", "rm -r src && mkdir elsewhere && touch elsewhere/main.c && ln -s elsewhere src",
    "printf '*.o\\n' > .gitignore && touch x.o y.c", "mkdir a && printf '*\\n' > a/.gitignore && touch a/b",
    "echo README > .git/info/exclude && echo more >> README", "mkfifo pipe",
    "echo README > .git/info/exclude && git rm -q --cached README",
    "printf '* text=auto\\n' > .gitattributes && printf 'a\\r\\nb\\r\\n' > dos.txt",
    "git config core.fileMode false && chmod +x README && touch new.sh && chmod +x new.sh",
    "touch 'two words' 'näht' ':(top)' 'star*' 'back\\slash' 'line\nbreak' '[x]'",
  ]

  @Test(arguments: edits) func `has the tree that git add would write`(edit: String) async throws {
    let sample = try await Sample()
    let base = try await sample.id("rev-parse HEAD")
    try await sample.sh(edit)
    #expect(try sample.repository().snapshot(keeping: [], of: base) == (try await sample.treeByGit()), "\(edit)")
  }

  @Test func `leaves bytes and age of the index alone`() async throws {
    let sample = try await Sample()
    try await sample.sh("touch -d @1 README && echo more >> run.sh && touch new && git add new && touch other")
    let base = try await sample.id("rev-parse HEAD")
    let state = "cat .git/index | sha256sum; stat -c '%Y %Z %i %s %y' .git/index"
    let before = try await sample.sh(state)
    let repository = try sample.repository()
    _ = try repository.snapshot(keeping: ["README"], of: base)
    _ = try repository.changes()
    #expect(try await sample.sh(state) == before)
  }

  @Test func `takes kept paths from the base, and leaves out those that it has not`() async throws {
    let sample = try await Sample()
    let base = try await sample.id("rev-parse HEAD")
    try await sample.sh("echo edited > README && rm src/main.c && touch mine theirs")
    let tree = try sample.repository().snapshot(keeping: ["README", "src/main.c", "mine"], of: base)
    #expect(try sample.repository().paths(in: tree) == ["README", "run.sh", "src/main.c", "theirs"])
    #expect(try sample.repository().content(of: "README", at: tree) == Array("hello\n".utf8))
  }

  @Test func `is of the working tree also when HEAD has left the base`() async throws {
    let sample = try await Sample()
    let base = try await sample.id("rev-parse HEAD")
    sample.write("new\n", to: "new")
    sample.write("changed\n", to: "README")
    try await sample.commit("theirs")
    #expect(try sample.repository().snapshot(keeping: [], of: base) == (try await sample.treeByGit()))
    let kept = try sample.repository().snapshot(keeping: ["README"], of: base)
    #expect(try sample.repository().content(of: "README", at: kept) == Array("hello\n".utf8))
  }

  @Test func `refuses a file name that is no text, before it would be lost`() async throws {
    let sample = try await Sample()
    let base = try await sample.id("rev-parse HEAD")
    try await sample.sh("touch \"$(printf 'caf\\351')\"")
    #expect {
      try sample.repository().snapshot(keeping: [], of: base)
    } throws: { error in
      if case .unsupported = error as? RepositoryError { true } else { false }
    }
  }

  @Test func `of a linked working tree is that tree's own`() async throws {
    let sample = try await Sample()
    try await sample.sh("git worktree add -q -b side ../linked && echo linked > ../linked/new && touch mine")
    let linked = try GitRepository(at: "\(sample.path)/linked")
    let tree = try linked.snapshot(keeping: [], of: try await sample.id("rev-parse HEAD"))
    #expect(try linked.paths(in: tree) == ["README", "new", "run.sh", "src/main.c"])
  }
}

@Suite struct `Random edits` {
  /// Ten repositories, each edited ten times in a row.
  @Test(arguments: UInt64(1)...10) func `give the tree and the changes that git gives`(seed: UInt64) async throws {
    let sample = try await Sample()
    let repository = try sample.repository()
    let base = try await sample.id("rev-parse HEAD")
    var random = SplitMix(seed)
    var story: [String] = []
    for _ in 1...10 {
      for _ in 1...Int.random(in: 1...4, using: &random) {
        let edit = Self.edit(&random)
        story.append(edit)
        try await sample.sh("\(edit) || true")
      }
      let (ours, theirs) = (try repository.snapshot(keeping: [], of: base), try await sample.treeByGit())
      try #require(ours == theirs, "\(story.joined(separator: "\n"))")
      let paths = Set(try repository.changes().map(\.path))
      let differing = paths.symmetricDifference(try await Self.status(of: sample))
      try #require(differing.isEmpty, "\(story.joined(separator: "\n"))")
    }
  }

  private static func edit(_ random: inout SplitMix) -> String {
    let names = ["README", "run.sh", "src", "src/main.c", "src/ä b", "lib", "lib/x.o", "lib/deep/y", "-z", "build"]
    func name(_ random: inout SplitMix) -> String { "'./\(names.randomElement(using: &random) ?? "x")'" }
    let (a, b) = (name(&random), name(&random))
    let number = Int.random(in: 0...99, using: &random)
    let edits = [
      "mkdir -p \"$(dirname \(a))\" && echo \(number) > \(a)", "printf \(number) >> \(a)", "rm -rf \(a)",
      "mv \(a) \(b)", "cp -r \(a) \(b)", "ln -sfn \(b) \(a)", "chmod +x \(a)", "chmod -x \(a)", "mkdir -p \(a)",
      "git add -A -- \(a)", "git rm -rqf --cached -- \(a)", "git mv -f \(a) \(b)", "echo '*.o' > .gitignore",
      "mkdir -p lib && printf 'deep/\\n!x.o\\n' > lib/.gitignore", "echo build > .git/info/exclude",
      "git add -A && git commit -qm \(number)", "git reset -q", "touch -d @\(number) \(a)", "git add -N \(a)",
    ]
    return edits.randomElement(using: &random) ?? "true"
  }

  private static func status(of sample: Sample) async throws -> Set<String> {
    let text = try await sample.sh("git status --porcelain=v1 -z -uall --no-renames | tr '\\0' '\\n' | cut -c4-")
    return Set(text.split(separator: "\n").map(String.init))
  }
}
