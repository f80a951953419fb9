import Engine
import Testing

@testable import Git

@Suite struct `Git's words` {
  static let ref = "refs/heads/main"

  /// What git 2.39 prints for a push, and what it means.
  static let answers: [(String, PushAnswer)] = [
    ("*\tc:refs/heads/main\t[new branch]", .accepted), (" \tc:refs/heads/main\t1..2", .accepted),
    ("=\tc:refs/heads/main\t[up to date]", .accepted), ("+\tc:refs/heads/main\t1...2 (forced update)", .accepted),
    ("!\tc:refs/heads/main\t[rejected] (stale info)", .moved(message: "[rejected] (stale info)")),
    ("!\tc:refs/heads/main\t[rejected] (fetch first)", .moved(message: "[rejected] (fetch first)")),
    ("!\tc:refs/heads/main\t[rejected] (non-fast-forward)", .moved(message: "[rejected] (non-fast-forward)")),
    (
      "!\tc:refs/heads/main\t[remote rejected] (failed to update ref)",
      .moved(message: "[remote rejected] (failed to update ref)")
    ),
    (
      "remote: error: GH006: Protected branch        \n!\tc:refs/heads/main\t[remote rejected] (protected branch)",
      .refused(message: "[remote rejected] (protected branch): error: GH006: Protected branch")
    ),
  ]

  @Test(arguments: answers.indices) func `about a push are understood`(number: Int) throws {
    let (line, answer) = Self.answers[number]
    let text = "To ../far.git\n\(line)\nDone\n"
    #expect(try RemoteWords(text).pushAnswer(for: Self.ref, succeeded: answer == .accepted) == answer)
  }

  @Test func `about another branch are not taken for ours`() {
    let text = "To ../far.git\n \tc:refs/heads/domain\t1..2\n"
    #expect(throws: RemoteError.self) { try RemoteWords(text).pushAnswer(for: Self.ref, succeeded: false) }
  }

  /// A connection that was lost on the way, after which nobody knows what the remote has done.
  @Test(arguments: [
    "fatal: the remote end hung up unexpectedly", "send-pack: unexpected disconnect while reading sideband packet",
    "error: RPC failed; curl 56 GnuTLS recv error (-54): Connection reset by peer",
    "Connection reset by 127.0.0.1 port 22\nfatal: the remote end hung up unexpectedly", "words of a git to come", "",
  ])
  func `of a lost connection leave open what has happened`(text: String) {
    #expect {
      try RemoteWords(text).pushAnswer(for: Self.ref, succeeded: false)
    } throws: { error in
      if case .unknown = error as? RemoteError { true } else { false }
    }
  }

  @Test func `are kept in full where it matters: the last lines`() {
    let text = "one\ntwo\n\nthree\nfatal: unable to access 'https://x/': Could not resolve host: x\n"
    let message = "two; three; fatal: unable to access 'https://x/': Could not resolve host: x"
    #expect(RemoteWords(text).error == .unreachable(message: message))
  }
}
