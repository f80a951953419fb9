import DeliveryLoop
import Engine
import Git
import Support
import Testing

@Suite struct `Changes` {
  @Test func `are none in a clean working tree`() async throws {
    let sample = try await Sample()
    #expect(try sample.repository().changes() == [])
  }

  /// What is done to the first commit, and the changes that it makes.
  static let edits: [(String, [String])] = [
    ("echo more >> README", ["modified README"]),
    ("touch -d @1 README", []),
    ("mkdir -p a/b && touch a/b/c a/b/d", ["added a/b/c", "added a/b/d"]),
    ("touch staged && git add staged", ["added staged"]),
    ("touch staged && git add staged && rm staged", ["deleted staged"]),
    ("git rm -q README", ["deleted README"]),
    ("rm README", ["deleted README"]),
    ("git mv README LIESMICH", ["added LIESMICH", "deleted README"]),
    ("chmod +x README", ["modified README"]),
    ("rm README && ln -s run.sh README", ["typeChanged README"]),
    ("ln -s nowhere dangling", ["added dangling"]),
    ("rm -r src && touch src", ["added src", "deleted src/main.c"]),
    ("rm README && mkdir README && touch README/x", ["deleted README", "added README/x"]),
    ("mkdir empty", []),
    ("printf '*.o\\n' > .gitignore && touch x.o y.c", ["added .gitignore", "added y.c"]),
    ("printf '*\\n' > src/.gitignore && touch src/x x", ["added x"]),
    ("echo '/out' >> .git/info/exclude && mkdir out && touch out/x", []),
    ("echo README >> .git/info/exclude && echo more >> README", ["modified README"]),
    (
      "touch 'two words' 'tab\there' 'quote\"' 'näht' -- '-dash' ':(top)' 'star*' 'back\\slash' 'line\nbreak'",
      [
        "added -dash", "added :(top)", "added back\\slash", "added line\nbreak", "added näht", "added quote\"",
        "added star*", "added tab\there", "added two words",
      ]
    ),
  ]

  @Test(arguments: edits.indices) func `are those that were made`(number: Int) async throws {
    let (edit, expected) = Self.edits[number]
    let sample = try await Sample()
    try await sample.sh(edit)
    let changes = try sample.repository().changes()
    #expect(changes.map { "\($0.kind) \($0.path)" } == expected, "\(edit)")
  }

  /// What is done to two thousand files, where several threads look.
  static let manyEdits = [
    "true", "echo x >> d7/e3/f9", "rm d0/e0/f0 && echo x > d0/e0/x", "mv d1/e1/f1 d1/e1/g1", "mv d1/e1 d1/g1",
    "rm -r d9/e9 && ln -s e8 d9/e9", "rm -r d9/e9 && echo x > d9/e9", "mv d9/e9 d9/g9 && ln -s g9 d9/e9",
    "mv d9 g9 && ln -s g9 d9", "rm -r d5", "mkdir d5/e0/empty",
    "git init -q d5/e0/inner && touch d5/e0/inner/x", "git init -q d5/e0",
    "git init -q d5/e0 && echo x >> d5/e0/f0 && rm d5/e0/f1 && touch d5/e0/new", "touch d2/.git d3/.gitignore",
    "echo '*' > d4/.gitignore && touch d4/x && echo x >> d4/e0/f0",
    "mkdir '[x]' 'd1/two words' '!d' '#d' && touch '[x]/y' "
      + "'d1/two words/z' '!d/a' '#d/b'", "touch d1/-x d1-x d1/e1-x d1/e1.x d1/e10x && mkdir d1/e1x && touch d1/e1x/f",
    "mkdir new && touch new/a new/b new-c new.d", "git mv d3/e3 d3/g3 && git rm -rq --cached d6/e6/f6",
    "chmod +x d8/e8/f8",
    "find . -path ./.git -prune -o -type f -exec touch {} +",
    "git update-index --assume-unchanged d0/e0/f1 && echo x >> d0/e0/f1", "rm -r d0/e0/f3 && mkfifo d0/e0/f3",
    "touch \"$(printf 'd0/e0/\\303\\244')\" && mkdir -p 'd0/ä/ö' && touch 'd0/ä/ö/ü'",
    "printf 'f1\\ng\\n' > .git/info/exclude && mkdir d0/g && touch d0/g/x d0/f1 && rm d1/e1/f1",
    "git update-index --force-remove d0/e0/f0 && git update-index --add --cacheinfo 100644,$(git hash-object -w README),d0/e0/f0/x",
  ]

  @Test(arguments: manyEdits) func `are found among many files as git finds them`(edit: String) async throws {
    let sample = try await Sample()
    try await sample.sh(
      "for d in 0 1 2 3 4 5 6 7 8 9; do for e in 0 1 2 3 4 5 6 7 8 9; do mkdir -p d$d/e$e; "
        + "for f in 0 1 2 3 4 5 6 7 8 9; do echo $d$e > d$d/e$e/f$f; done; done; done")
    try await sample.commit("many")
    // Older than the index, or each would be looked into.
    try await sample.sh(
      "find . -path ./.git -prune -o -type f -exec touch -d @1500000000 {} + && git update-index --refresh")
    try await sample.sh(edit)
    let byGit = try await sample.sh(
      "git --no-optional-locks status --porcelain=v1 -z -uall --no-renames | tr '\\0' '\\n' | cut -c4-")
    let paths = try sample.repository().changes().map(\.path)
    #expect(paths == Set(byGit.split(separator: "\n").map(String.init)).sorted(), "\(edit)")
    let base = try await sample.id("rev-parse HEAD")
    if !edit.contains("git init") && !edit.contains("assume") && !edit.contains(".git d3") && !edit.contains("mkfifo") {
      #expect(try sample.repository().snapshot(keeping: [], of: base) == (try await sample.treeByGit()), "\(edit)")
    }
  }

  @Test(arguments: [
    "!d", "#d", "[x]", "[!x]", "a*", "back\\slash", "end\\", " lead", "trail ", ":(top)", "\"", "?", "!", "d/!e",
    "\\[x]",
  ])
  func `are found in a new folder of any name`(name: String) async throws {
    let sample = try await Sample()
    try await sample.sh("mkdir -p '\(name)/deep' && touch '\(name)/deep/a' '\(name)/b'")
    #expect(try sample.repository().changes().map(\.path) == ["\(name)/b", "\(name)/deep/a"])
  }

  @Test func `see a file that is as long and as old as before`() async throws {
    let sample = try await Sample()
    try await sample.sh("touch -d @1500000000 README && git update-index --refresh && printf 'HELLO\\n' > README")
    try await sample.sh("touch -d @1500000000 README")
    #expect(try sample.repository().changes() == [FileChange(path: "README", kind: .modified)])
  }

  @Test func `name a conflict`() async throws {
    let sample = try await Sample()
    try await sample.sh("git switch -q -c side && echo side > README && git commit -qam side && git switch -q main")
    try await sample.sh("echo main > README && git commit -qam main && ! git merge -q side")
    #expect(try sample.repository().changes() == [FileChange(path: "README", kind: .conflicted)])
  }

  @Test func `are all there is before the first commit`() async throws {
    let sample = try await Sample(commits: false)
    sample.write("x", to: "x")
    #expect(try sample.repository().changes() == [FileChange(path: "x", kind: .added)])
  }

  @Test func `leave out what an ignored folder and a pipe hold`() async throws {
    let sample = try await Sample()
    try await sample.sh("mkdir -p out/deep && touch out/deep/x && echo out/ > .git/info/exclude && mkfifo pipe")
    #expect(try sample.repository().changes() == [])
  }
}

@Suite struct `The difference of two trees` {
  @Test func `counts lines and names kinds`() async throws {
    let sample = try await Sample()
    let old = try await sample.id("rev-parse HEAD^{tree}")
    try await sample.sh("printf 'hello\\nyou\\n' > README && rm src/main.c && rm run.sh && ln -s README run.sh")
    try await sample.sh("printf '\\0\\1' > binary")
    let new = try await sample.treeByGit()
    let expected = [
      FileChange(path: "README", kind: .modified, added: 1, removed: 0),
      FileChange(path: "binary", kind: .added),
      FileChange(path: "run.sh", kind: .typeChanged),
      FileChange(path: "src/main.c", kind: .deleted, added: 0, removed: 1),
    ]
    let difference = try sample.repository().difference(from: old, to: new)
    #expect(difference == expected)
    #expect(try sample.repository().difference(from: old, to: old) == [])
  }

  @Test func `is a patch that git applies to the one and gets the other`() async throws {
    let sample = try await Sample()
    let old = try await sample.id("rev-parse HEAD^{tree}")
    try await sample.sh("printf 'hello\\nyou' > README && rm -r src && chmod -x run.sh && ln -s README link && touch e")
    let new = try await sample.treeByGit()
    let patch = try sample.repository().patch(from: old, to: new)
    sample.folder.write(patch, to: "patch")
    try await sample.sh("git reset -q --hard && git clean -qfd && git apply --index ../patch")
    #expect(try await sample.id("write-tree") == new)
  }

  @Test func `names a binary file and does not show it`() async throws {
    let sample = try await Sample()
    let old = try await sample.id("rev-parse HEAD^{tree}")
    try await sample.sh("printf 'secret\\0' > binary")
    let patch = try sample.repository().patch(from: old, to: try await sample.treeByGit())
    let text = String(decoding: patch, as: UTF8.self)
    #expect(text.contains("Binary files /dev/null and b/binary differ") && !text.contains("secret"), "\(text)")
  }
}
