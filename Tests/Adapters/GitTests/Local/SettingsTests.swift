import DeliveryLoop
import Engine
import Git
import Testing

@Suite struct `The identity` {
  @Test func `is that of the environment before that of the configuration`() async throws {
    let sample = try await Sample()
    try await sample.sh("git config user.name Configured && git config user.email c@example.org")
    #expect(try sample.repository().identity() == Identity(name: "Configured", email: "c@example.org"))
    let both = ["GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org"]
    #expect(try sample.repository(both).identity() == Identity(name: "Ada", email: "ada@example.org"))
    let one = ["GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": ""]
    #expect(try sample.repository(one).identity() == Identity(name: "Ada", email: "c@example.org"))
  }

  @Test(arguments: ["true", "git config user.name Ada", "git config user.email ada@example.org"])
  func `is asked for where half of it is missing`(setting: String) async throws {
    let sample = try await Sample()
    try await sample.sh(setting)
    #expect(throws: RepositoryError.noIdentity) { try sample.repository().identity() }
  }
}

@Suite struct `Hazards` {
  @Test func `are none in an ordinary repository`() async throws {
    let sample = try await Sample()
    try await sample.sh("git config http.sslVerify true && git config filter.unused.clean cat")
    #expect(try sample.repository().hazards() == [])
  }

  @Test(arguments: ["true", "1", "yes"]) func `name a sparse checkout`(value: String) async throws {
    let sample = try await Sample()
    try await sample.sh("git config core.sparseCheckout \(value)")
    #expect(try sample.repository().hazards() == [.sparseCheckout])
  }

  static let filters = [
    "echo '*.bin filter=lfs' > .gitattributes && git add -A && git commit -qm attributes",
    "echo '*.bin filter=lfs' > src/.gitattributes && git add -A && git commit -qm attributes && git checkout -q --detach",
    "echo '*.bin -text filter=lfs' > .gitattributes", "echo '*.bin filter=lfs' > .git/info/attributes",
  ]

  @Test(arguments: filters) func `name a clean filter that is set up`(attributes: String) async throws {
    let sample = try await Sample()
    try await sample.sh(attributes)
    #expect(try sample.repository().hazards() == [])
    try await sample.sh("git config filter.lfs.clean 'tr a-z A-Z'")
    #expect(try sample.repository().hazards() == [.cleanFilter(driver: "lfs")])
    try await sample.sh("git config --unset filter.lfs.clean && git config filter.lfs.process 'git-lfs filter-process'")
    #expect(try sample.repository().hazards() == [.cleanFilter(driver: "lfs")])
  }

  /// What is begun and not ended, on two branches that both changed README.
  static let operations = [
    ("merge", "git merge -q side"), ("rebase", "git rebase -q side"), ("cherry-pick", "git cherry-pick side"),
    ("revert", "git revert --no-edit HEAD~1"), ("bisect", "! git bisect start"),
  ]

  @Test(arguments: operations.indices) func `name an operation in progress`(number: Int) async throws {
    let (name, command) = Self.operations[number]
    let sample = try await Sample()
    try await sample.sh("git switch -q -c side && echo side > README && git commit -qam side && git switch -q main")
    try await sample.sh("for word in one two; do echo $word > README; git commit -qam $word; done")
    try await sample.sh("! { \(command); } 2> ../words")
    #expect(try sample.repository().hazards() == [.operationInProgress(name)])
  }

  @Test(arguments: ["assume-unchanged", "skip-worktree"])
  func `name a file that git was told not to look at`(flag: String) async throws {
    let sample = try await Sample()
    try await sample.sh("git update-index --\(flag) README")
    #expect(try sample.repository().hazards() == [.hiddenFromStatus(path: "README")])
  }

  @Test func `name a rule of a folder's ignore file that the library would not undo`() async throws {
    let sample = try await Sample()
    try await sample.sh("echo '!keep.log' > src/.gitignore && git add -A && git commit -qm rules")
    #expect(try sample.repository().hazards() == [.undoneIgnore(rule: "!keep.log", path: "src/.gitignore")])
    try await sample.sh("printf '*.log\\n!keep.log\\n' > src/.gitignore && git commit -qam 'both rules'")
    #expect(try sample.repository().hazards() == [])
  }

  @Test(arguments: ["http.sslVerify", "http.https://example.org.sslVerify", "http.https://Example.org/A.sslverify"])
  func `name a setting that switches certificate checks off`(key: String) async throws {
    let sample = try await Sample()
    for value in ["false", "0", "off"] {
      try await sample.sh("git config \(key) \(value)")
      guard case .certificateChecksOff(let setting) = try sample.repository().hazards().first else {
        Issue.record("\(key)=\(value) was not seen")
        continue
      }
      #expect(setting.lowercased() == key.lowercased())
    }
  }

  @Test func `name it also when a later value of the same setting is harmless`() async throws {
    let sample = try await Sample()
    try await sample.sh("git config http.sslVerify true && git config http.https://example.org.sslVerify false")
    #expect(try sample.repository().hazards() == [.certificateChecksOff(setting: "http.https://example.org.sslverify")])
  }
}

@Suite struct `A remote's address` {
  @Test func `is what is set, and nothing for a name that is not`() async throws {
    let sample = try await Sample()
    try await sample.sh("git remote add origin ../näht.git")
    #expect(try sample.repository().url(ofRemote: "origin") == "../näht.git")
    #expect(try sample.repository().url(ofRemote: "elsewhere") == nil)
  }
}
