import DeliveryLoop
import Engine
import Git
import Support
import Testing

/// A bare repository beside the sample, and how git gets to it.
struct Far: Sendable {
  let sample: Sample
  /// What git is given beyond the sample's own environment.
  var environment: [String: String] = [:]

  /// With the sample's first commit at `main`.
  init() async throws {
    sample = try await Sample()
    try await sample.sh("git clone -q --bare . ../far.git && git remote add origin ../far.git")
    try await sample.sh("git --git-dir ../far.git config http.receivepack true")
  }

  var remote: GitRemote { get throws { try sample.remote(environment) } }

  func tip(_ branch: String = "main") async throws -> ObjectID {
    try await sample.id("--git-dir ../far.git rev-parse refs/heads/\(branch)")
  }

  /// Moves the remote's branch past us, as a colleague does.
  func move() async throws -> ObjectID {
    try await sample.sh("git clone -q ../far.git ../other && cd ../other && git commit -q --allow-empty -m theirs")
    try await sample.sh("git -C ../other push -q origin main")
    return try await tip()
  }

  func refuse(saying words: String) async throws {
    let hook = "../far.git/hooks/pre-receive"
    try await sample.sh("printf '#!/bin/sh\\necho \(words)\\nexit 1\\n' > \(hook) && chmod +x \(hook)")
  }
}

/// What holds over every way to a remote.
enum RemoteContract: CaseIterable {
  case `takes a commit, and shows it`
  case `makes a new branch, once`
  case `takes nothing when it has moved, and loses nothing`
  case `takes nothing when its hook refuses, and says why`
  case `brings what others have pushed`

  func check(_ far: Far) async throws {
    switch self {
    case .`takes a commit, and shows it`: try await accepted(far)
    case .`makes a new branch, once`: try await newBranch(far)
    case .`takes nothing when it has moved, and loses nothing`: try await moved(far)
    case .`takes nothing when its hook refuses, and says why`: try await refused(far)
    case .`brings what others have pushed`: try await fetched(far)
    }
  }

  private func accepted(_ far: Far) async throws {
    let old = try await far.tip()
    let new = try await far.sample.commit("ours")
    #expect(try await far.remote.tip(of: "main", on: "origin") == old)
    // A second time the remote has it already.
    for _ in 1...2 {
      #expect(try await far.remote.push(commit: new, to: "main", on: "origin", expecting: old) == .accepted)
      #expect(try await far.tip() == new)
      #expect(try await far.remote.tip(of: "main", on: "origin") == new)
    }
  }

  private func newBranch(_ far: Far) async throws {
    let new = try await far.sample.commit("ours")
    #expect(try await far.remote.tip(of: "topic/1", on: "origin") == nil)
    #expect(try await far.remote.fetch(branch: "topic/1", from: "origin") == nil)
    #expect(try await far.remote.push(commit: new, to: "topic/1", on: "origin", expecting: nil) == .accepted)
    #expect(try await far.tip("topic/1") == new)
    let newer = try await far.sample.commit("newer")
    let answer = try await far.remote.push(commit: newer, to: "topic/1", on: "origin", expecting: nil)
    #expect(answer.isMoved, "\(answer)")
    #expect(try await far.tip("topic/1") == new)
  }

  private func moved(_ far: Far) async throws {
    let old = try await far.tip()
    let new = try await far.sample.commit("ours")
    let theirs = try await far.move()
    let answer = try await far.remote.push(commit: new, to: "main", on: "origin", expecting: old)
    #expect(answer.isMoved, "\(answer)")
    #expect("\(answer)".contains("stale info"))
    #expect(try await far.tip() == theirs)
  }

  private func refused(_ far: Far) async throws {
    let old = try await far.tip()
    let new = try await far.sample.commit("ours")
    try await far.refuse(saying: "commits need a ticket")
    let answer = try await far.remote.push(commit: new, to: "main", on: "origin", expecting: old)
    #expect(answer == .refused(message: "[remote rejected] (pre-receive hook declined): commits need a ticket"))
    #expect(try await far.tip() == old)
  }

  private func fetched(_ far: Far) async throws {
    let before = try await far.sample.sh("git for-each-ref refs/heads refs/tags; cat .git/HEAD; git status --porcelain")
    let theirs = try await far.move()
    #expect(try far.sample.repository().contains(theirs) == false)
    for _ in 1...2 { #expect(try await far.remote.fetch(branch: "main", from: "origin") == theirs) }
    #expect(try far.sample.repository().contains(theirs))
    let kept = "refs/waybill/remote/origin/main"
    #expect(try await far.sample.id("rev-parse \(kept)") == theirs)
    #expect(
      try await far.sample.sh("git for-each-ref refs/heads refs/tags; cat .git/HEAD; git status --porcelain") == before)
    #expect(far.sample.folder.read("work/.git/FETCH_HEAD") == nil)
  }
}

@Suite struct `A remote` {
  @Test(arguments: RemoteContract.allCases) func `by a local path`(clause: RemoteContract) async throws {
    try await clause.check(try await Far())
  }

  @Test func `that is not set is named`() async throws {
    let far = try await Far()
    let remote = try far.remote
    let unborn = ObjectID.unborn
    await #expect(throws: RemoteError.noRemote(name: "upstream")) {
      try await remote.tip(of: "main", on: "upstream")
    }
    await #expect(throws: RemoteError.noRemote(name: "upstream")) {
      try await remote.fetch(branch: "main", from: "upstream")
    }
    await #expect(throws: RemoteError.noRemote(name: "upstream")) {
      try await remote.push(commit: unborn, to: "main", on: "upstream", expecting: nil)
    }
  }

  @Test func `that is not there is unreachable`() async throws {
    let far = try await Far()
    try await far.sample.sh("rm -rf ../far.git")
    await #expect {
      try await far.remote.tip(of: "main", on: "origin")
    } throws: { error in
      if case .unreachable = error as? RemoteError { true } else { false }
    }
  }

  @Test func `that accepts and never answers is given up after the time given`() async throws {
    let far = try await Far()
    let silent = try SilentServer()
    try await far.sample.sh("git remote set-url origin git://127.0.0.1:\(silent.port)/far.git")
    let patience = Duration.milliseconds(300)
    await #expect(throws: RemoteError.timedOut(after: patience)) {
      try await far.sample.remote(timeout: patience).tip(of: "main", on: "origin")
    }
  }

  @Test func `is asked of the repository at hand, whatever the environment says of another`() async throws {
    var far = try await Far()
    try await far.sample.sh("git init -q ../wrong")
    let wrong = "\(far.sample.path)/wrong"
    far.environment = [
      "GIT_DIR": "\(wrong)/.git", "GIT_WORK_TREE": wrong, "GIT_OBJECT_DIRECTORY": "\(wrong)/.git/objects",
      "GIT_INDEX_FILE": "\(wrong)/index", "GIT_NAMESPACE": "other",
    ]
    try await RemoteContract.`takes a commit, and shows it`.check(far)
  }

  @Test func `is not asked where there is no git`() async throws {
    let far = try await Far()
    await #expect(throws: RemoteError.programMissing("git")) {
      try await far.sample.remote(["PATH": "\(far.sample.path)/home"]).tip(of: "main", on: "origin")
    }
  }

  @Test func `runs no hook of ours past it: one that refuses a push is obeyed`() async throws {
    let far = try await Far()
    let old = try await far.tip()
    let new = try await far.sample.commit("ours")
    try await far.sample.sh("printf '#!/bin/sh\\nexit 1\\n' > .git/hooks/pre-push && chmod +x .git/hooks/pre-push")
    await #expect(throws: RemoteError.self) {
      try await far.remote.push(commit: new, to: "main", on: "origin", expecting: old)
    }
    #expect(try await far.tip() == old)
  }
}

extension PushAnswer {
  fileprivate var isMoved: Bool { if case .moved = self { true } else { false } }
}
