import DeliveryLoop
import Engine
import Git
import Support
import Testing

@Suite struct `A merge` {
  /// What each side does to the start, and the paths on which they disagree.
  static let cases: [(ours: String, theirs: String, conflicts: [String])] = [
    ("true", "true", []),
    ("echo more >> README", "true", []),
    ("true", "echo more >> README", []),
    ("echo same >> README", "echo same >> README", []),
    ("echo ours >> README", "echo theirs >> README", ["README"]),
    ("sed -i 1s/1/one/ lines", "sed -i '$s/9/nine/' lines", []),
    ("sed -i s/1/one/ lines", "sed -i s/1/eins/ lines", ["lines"]),
    ("rm lines", "true", []),
    ("rm lines", "rm lines", []),
    ("rm lines", "echo more >> lines", ["lines"]),
    ("echo more >> lines", "rm lines", ["lines"]),
    ("echo new > new", "echo new > new", []),
    ("echo ours > new", "echo theirs > new", ["new"]),
    ("echo ours > a/new 2> /dev/null || mkdir a && echo ours > a/new", "mkdir a && echo theirs > a/other", []),
    ("chmod +x lines", "echo more >> lines", []),
    ("chmod +x lines", "chmod +x lines", []),
    ("chmod -x run.sh", "chmod +x lines", []),
    ("chmod +x lines", "rm lines", ["lines"]),
    ("printf 'a\\0b' > binary", "printf 'a\\0c' > binary", ["binary"]),
    ("printf 'a\\0b' > blob", "true", []),
    ("printf 'a\\0b' > blob", "printf 'a\\0c' > blob", ["blob"]),
    ("rm README && ln -s lines README", "true", []),
    ("rm README && ln -s lines README", "echo more >> README", ["README"]),
    ("ln -s lines link", "ln -s README link", ["link"]),
    ("rm README && mkdir README && echo x > README/x", "true", []),
    ("rm -r src && echo x > src", "true", []),
    ("rm -r src && echo x > src", "echo more >> src/main.c", ["src", "src/main.c"]),
    ("rm README && mkdir README && echo x > README/x", "echo more >> README", ["README"]),
    ("echo x > new", "mkdir new && echo x > new/x", ["new"]),
    ("mkdir new && echo x > new/x", "echo x > new", ["new"]),
    // A rename is one file deleted and one added.
    ("git mv lines zeilen", "true", []),
    ("git mv lines zeilen", "echo more >> lines", ["lines"]),
    ("git mv src lib", "echo new > src/new", []),
    ("git mv lines zeilen", "git mv lines lignes", []),
  ]

  @Test(arguments: cases.indices) func `takes what either side did, and names what both did`(number: Int) async throws {
    let (ours, theirs, conflicts) = Self.cases[number]
    let sides = try await Sides(ours, theirs)
    let merge = try sides.sample.repository().merge(base: sides.base, ours: sides.ours, theirs: sides.theirs)
    if conflicts.isEmpty {
      let tree = try await sides.mergedByGit().tree
      #expect(merge == .clean(tree: try #require(tree)), "\(ours) | \(theirs)")
    } else {
      #expect(merge == .conflicts(conflicts), "\(ours) | \(theirs)")
      #expect(try await sides.mergedByGit().tree == nil, "\(ours) | \(theirs)")
    }
  }

  @Test func `takes trees as well as commits`() async throws {
    let sides = try await Sides("echo ours > ours", "echo theirs > theirs")
    let repository = try sides.sample.repository()
    let commits = try repository.merge(base: sides.base, ours: sides.ours, theirs: sides.theirs)
    let trees = try repository.merge(
      base: repository.tree(of: sides.base), ours: repository.tree(of: sides.ours),
      theirs: repository.tree(of: sides.theirs))
    #expect(commits == trees)
  }

  @Test(arguments: ["echo theirs > theirs", "echo theirs >> README"])
  func `leaves working tree and index alone`(theirs: String) async throws {
    let sides = try await Sides("echo ours >> README", theirs)
    try await sides.sample.sh("echo edited > README && echo mine > mine && git add mine && rm run.sh")
    let state =
      "cat .git/index | sha256sum; stat -c '%Y %i %s %y' .git/index; git --no-optional-locks status --porcelain; cat README mine"
    let before = try await sides.sample.sh(state)
    _ = try sides.sample.repository().merge(base: sides.base, ours: sides.ours, theirs: sides.theirs)
    #expect(try await sides.sample.sh(state) == before)
  }

  @Test func `of something that is not there is refused`() async throws {
    let sample = try await Sample()
    let head = try await sample.id("rev-parse HEAD")
    let nobody = try #require(ObjectID(String(repeating: "1", count: 40)))
    #expect(throws: RepositoryError.self) { try sample.repository().merge(base: head, ours: nobody, theirs: head) }
  }

  /// Twenty repositories in which both sides edit at random.
  @Test(arguments: UInt64(1)...20) func `agrees with git merge on random edits`(seed: UInt64) async throws {
    var random = SplitMix(seed)
    let sample = try await Sides.start()
    for round in 1...5 {
      let (ours, theirs) = (Self.edits(&random), Self.edits(&random))
      let sides = try await Sides(ours, theirs, in: sample)
      let story = Comment(rawValue: "seed \(seed), round \(round)\nours: \(ours)\ntheirs: \(theirs)")
      let byGit = try await sides.mergedByGit()
      switch try sample.repository().merge(base: sides.base, ours: sides.ours, theirs: sides.theirs) {
      case .clean(let tree): #expect(tree == byGit.tree, story)
      case .conflicts(let paths):
        #expect(byGit.tree == nil, story)
        #expect(paths == byGit.conflicts, story)
      }
    }
  }

  private static func edits(_ random: inout SplitMix) -> String {
    let names = ["README", "lines", "lines", "run.sh", "src", "src/main.c", "src/new", "new", "new/deep", "blob"]
    return (1...Int.random(in: 1...4, using: &random)).map { _ in
      let (a, b) = (names.randomElement(using: &random) ?? "x", names.randomElement(using: &random) ?? "y")
      let (line, number) = (Int.random(in: 1...9, using: &random), Int.random(in: 0...2, using: &random))
      let edits = [
        "mkdir -p \"$(dirname \(a))\" && echo \(number) > \(a)", "echo \(number) >> \(a)", "rm -rf \(a)",
        "sed -i '\(line)s/.*/\(number)/' lines", "sed -i '\(line)d' lines", "sed -i '\(line)i\\\(number)' lines",
        "mv \(a) \(b)", "ln -sfn \(number) \(a)", "chmod +x \(a)", "printf '\\0\(number)' > \(a)",
        "sed -i '\(line)s/$/\(number)/' lines",
      ]
      return "{ \(edits.randomElement(using: &random) ?? "true"); } 2> /dev/null"
    }.joined(separator: "; ")
  }
}

/// Two commits on top of one, and what the git program makes of them.
private struct Sides {
  let sample: Sample
  let base: ObjectID
  let ours: ObjectID
  let theirs: ObjectID

  /// A repository with files that can be merged by line, and some that cannot.
  static func start() async throws -> Sample {
    let sample = try await Sample()
    try await sample.sh("seq 1 9 > lines && printf 'a\\0a' > blob")
    try await sample.commit("lines")
    try await sample.sh("git branch base")
    return sample
  }

  /// Shell text makes each side.
  init(_ ours: String, _ theirs: String, in sample: Sample? = nil) async throws {
    let sample = if let sample { sample } else { try await Self.start() }
    func side(_ name: String, _ edit: String) async throws -> ObjectID {
      try await sample.sh(
        "git reset -q --hard && git clean -qfdx && git checkout -q -B \(name) base; { \(edit); } || true")
      return try await sample.commit(name)
    }
    self.sample = sample
    base = try await sample.id("rev-parse base")
    self.theirs = try await side("theirs", theirs)
    self.ours = try await side("ours", ours)
  }

  /// The tree of a real merge in a clone, nil where there were conflicts, and those, by the path before git moved a file out
  /// of a folder's way.
  func mergedByGit() async throws -> (tree: ObjectID?, conflicts: [String]) {
    let clone = "\(sample.path)/clone"
    try await sample.sh("rm -rf \(clone) && git clone -q -b ours . \(clone)")
    let text = try await sample.sh(
      "cd \(clone) && git branch -q --no-track theirs origin/theirs && "
        + "if git merge -q -s recursive -Xno-renames -m merged theirs > ../words 2>&1; then git rev-parse HEAD^{tree}; "
        + "else git ls-files -u | cut -f 2 | sed 's/~.*//' | sort -u; fi")
    if let tree = ObjectID(text) { return (tree, []) }
    return (nil, text.split(separator: "\n").map(String.init))
  }
}
