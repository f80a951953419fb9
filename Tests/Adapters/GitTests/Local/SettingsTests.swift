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

@Suite struct `Git's own set-up` {
  @Test(arguments: [
    ("git config url./thief/.pushInsteadOf ../", "url./thief/.pushinsteadof"),
    ("git config --add url./thief/.insteadOf ../", "url./thief/.insteadof"),
    ("git config remote.origin.pushurl /thief", "remote.origin.pushurl"),
    ("git remote set-url origin /thief", "remote.origin.url"),
    ("git config --add remote.origin.url /thief", "remote.origin.url"),
    ("git config --unset remote.origin.url", "remote.origin.url"),
    ("git config credential.helper '!cat > /thief; :'", "credential.helper"),
    ("git config core.sshCommand thief", "core.sshcommand"), ("git config core.gitProxy thief", "core.gitproxy"),
    ("git config core.askPass thief", "core.askpass"), ("git config http.proxy http://thief/", "http.proxy"),
    ("git config push.gpgSign true", "push.gpgsign"), ("git config gpg.program thief", "gpg.program"),
    ("git config gc.recentObjectsHook thief", "gc.recentobjectshook"),
    ("git config core.excludesFile thief", "core.excludesfile"), ("git config user.name Thief", "user.name"),
    ("git config extensions.worktreeConfig true", "extensions.worktreeconfig"),
    ("git config core.hooksPath /thief", "core.hookspath"), ("git config include.path thief", "include.path"),
    ("printf '[http]\\n\\tproxy = thief\\n' > .git/config.worktree", ".git/config.worktree"),
    ("install -m 755 /dev/null .git/hooks/pre-push", ".git/hooks/pre-push"),
    ("install -m 755 /dev/null .git/hooks/reference-transaction", ".git/hooks/reference-transaction"),
    ("chmod +x .git/hooks/pre-auto-gc", ".git/hooks/pre-auto-gc"),
    ("mkdir -p .git/info && echo '*.txt' >> .git/info/exclude", ".git/info/exclude"),
    ("mkdir -p .git/info && echo '*.txt -text' > .git/info/attributes", ".git/info/attributes"),
    ("mkdir -p .git/info && git rev-parse HEAD > .git/info/grafts", ".git/info/grafts"),
    ("echo /thief/objects > .git/objects/info/alternates", ".git/objects/info/alternates"),
  ])
  func `is looked at again after every command`(command: String, name: String) async throws {
    let sample = try await Sample()
    try await sample.sh(
      "mkdir -p .git/hooks && echo > .git/hooks/pre-auto-gc && git config remote.origin.url ../remote.git")
    let repository = try sample.repository()
    #expect(try repository.hazards() == [])
    try await sample.sh(command)
    let hazards = try repository.hazards()
    guard case .setupChanged(let names) = hazards.first else {
      Issue.record("\(command): \(hazards)")
      return
    }
    #expect(names.contains(name), "\(names)")
    // Whoever opens it anew has seen what was said.
    #expect(try sample.repository().hazards() == [])
  }

  @Test(arguments: [
    "git config branch.main.remote origin", "git config alias.push '!false'", "git config core.pager false",
    "git config core.fsmonitor /bin/false", "git config diff.external false", "git config merge.x.driver false",
    "git config core.hooksPath .husky", "git config core.hooksPath \"$PWD/.husky\"", "git config core.editor vi",
    "install -m 755 /dev/null .git/hooks/pre-commit", "git config --add safe.directory /x",
    "git replace HEAD $(git commit-tree -m other HEAD^{tree})", "git branch other && git tag v1",
  ])
  func `may change where no fetch and no push looks`(command: String) async throws {
    let sample = try await Sample()
    let repository = try sample.repository()
    try await sample.sh(command)
    #expect(try repository.hazards() == [])
  }

  @Test func `takes the hooks from where they are`() async throws {
    let sample = try await Sample()
    try await sample.sh("mkdir ../own && git config core.hooksPath \"$(cd ../own && pwd)\"")
    let repository = try sample.repository()
    try await sample.sh("install -m 755 /dev/null .git/hooks/pre-push")
    #expect(try repository.hazards() == [])
    try await sample.sh("install -m 755 /dev/null ../own/pre-push")
    guard case .setupChanged(let names) = try repository.hazards().first else {
      Issue.record("a hook in the user's own folder was not seen")
      return
    }
    #expect(names.count == 1 && names[0].hasSuffix("/own/pre-push"), "\(names)")
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
