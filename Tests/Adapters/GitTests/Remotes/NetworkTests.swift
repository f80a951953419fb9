import DeliveryLoop
import Engine
import Git
import Support
import Testing

@Suite struct `A remote over ssh` {
  @Test(arguments: RemoteContract.allCases) func `with the user's key`(clause: RemoteContract) async throws {
    var far = try await Far()
    far.environment["GIT_SSH_COMMAND"] = SSHServer.command(far, key: "user")
    try await SSHServer.serving(far) { port in
      try await far.sample.sh("git remote set-url origin ssh://127.0.0.1:\(port)\(far.sample.path)/far.git")
      try await clause.check(far)
    }
  }

  @Test(arguments: [("stranger", "no", "Permission denied"), ("user", "yes", "Host key verification failed")])
  func `with a wrong key, on either side, is an authentication error`(
    key: String, checking: String, words: String
  ) async throws {
    var far = try await Far()
    far.environment["GIT_SSH_COMMAND"] = SSHServer.command(far, key: key, checking: checking)
    try await SSHServer.serving(far) { port in
      try await far.sample.sh("git remote set-url origin ssh://127.0.0.1:\(port)\(far.sample.path)/far.git")
      try await far.expectAuthenticationError(saying: words)
    }
  }

  @Test func `asks nothing of the user`() async throws {
    let far = try await Far()
    far.sample.folder.write("#!/bin/sh\necho \"$@\" > ../asked\nexit 1\n", to: "bin/ssh", mode: 0o755)
    try await far.sample.sh("git remote set-url origin ssh://example.invalid/far.git")
    let path = "\(far.sample.path)/bin:\(far.sample.environment["PATH"] ?? "")"
    await #expect(throws: RemoteError.self) {
      try await far.sample.remote(["PATH": path]).tip(of: "main", on: "origin")
    }
    #expect(try await far.sample.sh("cat ../asked").hasPrefix("-o BatchMode=yes -o ConnectTimeout=20"))
  }
}

@Suite struct `A remote over https` {
  @Test(arguments: RemoteContract.allCases, ["GIT_SSL_CAINFO", "SSL_CERT_FILE"])
  func `under a CA of one's own`(clause: RemoteContract, variable: String) async throws {
    var far = try await Far()
    far.environment[variable] = "\(far.sample.path)/ca.pem"
    try await HTTPSServer.serving(far) { port in
      try await far.sample.sh("git remote set-url origin https://localhost:\(port)/far.git")
      try await clause.check(far)
    }
  }

  /// What could make git believe any certificate: variables of the environment, and what is set in the repository.
  static let weakenings: [([String: String], String)] = [
    ([:], "true"), (["GIT_SSL_NO_VERIFY": "1"], "true"), ([:], "git config http.sslVerify false"),
    (
      ["GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "http.https://localhost.sslVerify", "GIT_CONFIG_VALUE_0": "false"],
      "true"
    ),
    (["GIT_CONFIG_PARAMETERS": "'http.https://localhost/.sslverify'='false'"], "true"),
  ]

  @Test(arguments: weakenings.indices)
  func `under a CA that is not trusted is never reached`(number: Int) async throws {
    let (environment, setting) = Self.weakenings[number]
    var far = try await Far()
    far.environment = environment
    try await HTTPSServer.serving(far) { port in
      // A wildcard port is not among git's patterns, so that the one that was drawn is put in.
      far.environment = environment.mapValues { $0.replacing("localhost", with: "localhost:\(port)") }
      try await far.sample.sh("git remote set-url origin https://localhost:\(port)/far.git && \(setting)")
      let new = try await far.sample.commit("ours")
      let old = try await far.tip()
      await #expect {
        try await far.remote.push(commit: new, to: "main", on: "origin", expecting: old)
      } throws: { error in
        guard case .unreachable(let message) = error as? RemoteError else { return false }
        return message.contains("certificate")
      }
      #expect(try await far.tip() == old)
    }
  }

  @Test(arguments: ["locked", "closed"])
  func `that lets nobody in is an authentication error`(folder: String) async throws {
    var far = try await Far()
    far.environment["GIT_SSL_CAINFO"] = "\(far.sample.path)/ca.pem"
    try await HTTPSServer.serving(far) { port in
      try await far.sample.sh("git remote set-url origin https://localhost:\(port)/\(folder)/far.git")
      try await far.expectAuthenticationError(saying: folder == "closed" ? "403" : "could not read Username")
    }
  }
}

extension Far {
  func expectAuthenticationError(saying words: String) async throws {
    let remote = try remote
    await #expect {
      try await remote.tip(of: "main", on: "origin")
    } throws: { error in
      guard case .authentication(let message) = error as? RemoteError else { return false }
      return message.contains(words)
    }
  }
}
