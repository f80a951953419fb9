import DeliveryLoop
import Engine
import Foundation
import Processes
import Support
import Testing

@Suite struct `The remote` {
  @Test func `that has moved is a clear stop, and nothing is overwritten`() async throws {
    let project = try await Project()
    try await project.sh(
      "git clone -q -b main ../remote.git ../other && cd ../other && git commit -q --allow-empty -m theirs && git push -q"
    )
    let theirs = try await project.sh("git --git-dir ../remote.git rev-parse main")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5, "\(text)")
    #expect(text.contains("pull first"))
    #expect(try await project.sh("git --git-dir ../remote.git rev-parse main") == theirs)
  }

  /// The coding agent pushes a commit of somebody else's before it makes the change.
  static func overtaken(by theirs: String, agent: String = "echo hello > hello.txt") -> Project.Shape {
    var shape = Project.Shape()
    shape.implement =
      "rm -rf ../other; git clone -q -b main ../remote.git ../other && ( cd ../other && { \(theirs); } && git add -A && git commit -q -m theirs && git push -q ); \(agent)"
    shape.extra =
      "environment: { GIT_AUTHOR_NAME: G, GIT_AUTHOR_EMAIL: g@x, GIT_COMMITTER_NAME: G, GIT_COMMITTER_EMAIL: g@x }\n"
    return shape
  }

  @Test func `that moves is rebased upon, and every gate sees the change again`() async throws {
    var shape = Self.overtaken(by: "echo more > theirs.txt")
    shape.test = "test -f hello.txt && ls >> ../tested"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    #expect(text.contains("has moved to"))
    #expect(text.contains("ok      rebase"))
    #expect(
      try await project.sh("git --git-dir ../remote.git log --format=%s main") == "Say hello (hello)\ntheirs\nstart")
    #expect(try await project.sh("git status --porcelain") == "")
    // The tests have seen the others' file beside the change.
    #expect(try await project.sh("grep -c theirs.txt ../tested") == "1")
    let tree = try await project.sh("git log -1 --format=%B | sed -n 's/Waybill-Tree: //p'")
    #expect(try await project.sh("git diff --name-only \(tree) HEAD^{tree}") == "tasks/hello.md")
    #expect(try await project.sh("git for-each-ref --format='%(refname)' refs/waybill | grep -c before-rebase") == "1")
  }

  @Test func `that moves again and again is given up after a bounded number of rebases`() async throws {
    var shape = Self.overtaken(by: "date +%s%N > theirs.txt")
    shape.test =
      "cd ../other && git pull -q && date +%s%N > theirs.txt && git add -A && git commit -q -m again && git push -q"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5, "\(text)")
    #expect(text.split(separator: "ok      rebase").count == 4)
    #expect(text.contains("failed at push"))
    #expect(project.read("tasks/hello.md").contains("status: in_progress"))
  }

  @Test func `that changed the same lines is left to a person, whose rebase is then delivered`() async throws {
    let project = try await Project(Self.overtaken(by: "echo hello, theirs > hello.txt"))
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 3, "\(text)")
    #expect(text.contains("changed the same lines of \"hello.txt\""))
    // Nothing is changed before it is asked for, and it is asked for in so many words.
    let again = try await project.waybill("resume")
    #expect(again.status == 3, "\(again.text)")
    let command = try #require(text.split(separator: "run \"").last?.split(separator: "\"").first)
    try await project.sh("\(command) || true")
    try await project.sh("echo hello, both > hello.txt; git add hello.txt; GIT_EDITOR=true git rebase --continue")
    let done = try await project.waybill("resume")
    #expect(done.status == 0, "\(done.text)")
    #expect(
      try await project.sh("git --git-dir ../remote.git log --format=%s main") == "Say hello (hello)\ntheirs\nstart")
    #expect(
      try await project.sh("git show origin/main:hello.txt; git status --porcelain; cat hello.txt").hasSuffix(
        "hello, both"))
  }

  @Test func `that brings other gates is delivered to under those, once somebody has looked`() async throws {
    let project = try await Project(
      Self.overtaken(by: "sed -i \"s/test -f hello.txt/test -s hello.txt/\" waybill.yaml"))
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 3, "\(text)")
    #expect(text.contains("whose waybill.yaml differs"))
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 0, "\(resumed.text)")
    #expect(try await project.waybill("logs").text.contains("test -s hello.txt"))
  }

  @Test func `that refuses says why, and the task stays open`() async throws {
    let project = try await Project()
    try await project.sh(
      "printf '#!/bin/sh\\necho commits need a ticket\\nexit 1\\n' > ../remote.git/hooks/pre-receive && chmod +x ../remote.git/hooks/pre-receive"
    )
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 5, "\(text)")
    #expect(text.contains("refused the commit: [remote rejected] (pre-receive hook declined): commits need a ticket"))
    #expect(try await project.waybill("why", "--json").text.contains("refused-by-remote"))
    try await project.sh("rm ../remote.git/hooks/pre-receive")
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 0, "\(resumed.text)")
    #expect(try await project.sh("git rev-list --count HEAD") == "2")
  }

  @Test func `that is said to have the commit and does not show it is not believed`() async throws {
    let project = try await Project()
    try project.wrapGit("push --porcelain", doing: "printf 'To x\\n \\tHEAD:refs/heads/main\\t1..2\\nDone\\n'; exit 0")
    let (status, text) = try await project.waybill("run", "hello", environment: ["PATH": project.wrappedPath])
    #expect(status == 5, "\(text)")
    #expect(text.contains("accepted the push and does not show the commit"), "\(text)")
    #expect(project.read("tasks/hello.md").contains("status: in_progress"))
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 0, "\(resumed.text)")
    #expect(try await project.sh("git --git-dir ../remote.git rev-list --count main") == "2")
  }

  @Test func `is reached over ssh with the user's own key, and a wrong key is named`() async throws {
    let project = try await Project()
    let server = try await SSHServer(for: project)
    defer { server.stop() }
    try await project.sh("git remote set-url origin ssh://127.0.0.1:\(server.port)\(project.folder)/remote.git")
    let wrong = try await project.waybill(
      "run", "hello", environment: ["GIT_SSH_COMMAND": server.command(key: "stranger")])
    #expect(wrong.status == 5, "\(wrong.text)")
    #expect(wrong.text.contains("the remote does not accept your credentials"))
    let (status, text) = try await project.waybill(
      "resume", environment: ["GIT_SSH_COMMAND": server.command(key: "user")])
    #expect(status == 0, "\(text)")
    #expect(try await project.sh("git --git-dir ../remote.git log --format=%s -1 main") == "Say hello (hello)")
  }

  @Test
  func `is reached over https under a CA of one's own, and one that is not trusted is refused whatever git is told`()
    async throws
  {
    let project = try await Project()
    let server = try await HTTPSServer(for: project)
    defer { server.stop() }
    try await project.sh("git --git-dir ../remote.git config http.receivepack true")
    try await project.sh("git remote set-url origin https://localhost:\(server.port)/remote.git")
    let refused = try await project.waybill("run", "hello", environment: ["GIT_SSL_NO_VERIFY": "1"])
    #expect(refused.status == 3, "\(refused.text)")
    #expect(refused.text.contains("certificate"))
    try await project.sh("git config http.https://localhost:\(server.port).sslVerify false")
    let weakened = try await project.waybill("resume")
    #expect(weakened.text.contains("switches certificate checks off; remove it"), "\(weakened.text)")
    try await project.sh("git config --unset http.https://localhost:\(server.port).sslVerify")
    let (status, text) = try await project.waybill(
      "resume", environment: ["GIT_SSL_CAINFO": "\(project.folder)/ca.pem"])
    #expect(status == 0, "\(text)")
    #expect(try await project.sh("git --git-dir ../remote.git log --format=%s -1 main") == "Say hello (hello)")
  }
}

/// An OpenSSH server on loopback that lets one key in.
struct SSHServer {
  let port = Ports.next()
  private let folder: String
  private let record: ServiceRecord
  private let services = SystemServices()

  init(for project: Project) async throws {
    folder = project.folder
    try await project.sh(
      "cd .. && for key in host user stranger; do ssh-keygen -q -t ed25519 -N '' -f $key; done && mkdir -p /run/sshd")
    try await project.sh("cp ../user.pub ../authorized && chmod 600 ../authorized")
    let options = [
      "Port=\(port)", "ListenAddress=127.0.0.1", "HostKey=\(folder)/host", "AuthorizedKeysFile=\(folder)/authorized",
      "StrictModes=no",
      "UsePAM=no", "PidFile=none", "PasswordAuthentication=no", "KbdInteractiveAuthentication=no",
    ]
    record = try await services.start(
      Command(
        .program(["/usr/sbin/sshd", "-D", "-e", "-f", "/dev/null"] + options.flatMap { ["-o", $0] }), in: folder,
        environment: project.environment), port: port, output: Collector())
    while try services.holder(of: port) == nil {
      try #require(services.isRunning(record))
      try await ContinuousClock().sleep(for: .milliseconds(10))
    }
  }

  func command(key: String) -> String {
    "ssh -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=\(folder)/known -i \(folder)/\(key)"
  }

  func stop() {
    let (services, record) = (services, record)
    Task { try await services.stop(record, grace: .seconds(2)) }
  }
}

/// `git http-backend` behind TLS on loopback, with a certificate under a CA made for it.
struct HTTPSServer {
  let port = Ports.next()
  private let record: ServiceRecord
  private let services = SystemServices()

  init(for project: Project) async throws {
    try await project.sh("cd .. && " + GitBridge.certificates)
    try project.write(GitBridge.program, to: "../bridge.py")
    record = try await services.start(
      Command(
        .program(["python3", "bridge.py", String(port)]), in: project.folder, environment: project.environment),
      port: port, output: Collector())
    while try services.holder(of: port) == nil {
      try #require(services.isRunning(record))
      try await ContinuousClock().sleep(for: .milliseconds(10))
    }
  }

  func stop() {
    let (services, record) = (services, record)
    Task { try await services.stop(record, grace: .seconds(2)) }
  }
}
