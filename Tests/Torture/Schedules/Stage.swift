import Engine
import Foundation
import Processes
import Support

/// A small project that can be set up anew in no time: a repository, its bare remote, a backlog and a service.
///
/// It is made once and copied for each schedule; one stage plays one schedule at a time, since it has one port.
package final class Stage: Sendable {
  package let folder: String
  let port: UInt16
  let scenario: Scenario
  var root: String { "\(folder)/play/work" }

  package init(_ scenario: Scenario) async throws {
    self.scenario = scenario
    folder = NSTemporaryDirectory() + "waybill-torture-" + UUID().uuidString.lowercased().prefix(13)
    port = Ports.next()
    let work = "\(folder)/set/work"
    try FileManager.default.createDirectory(atPath: "\(work)/tasks", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: "\(work)/validations", withIntermediateDirectories: true)
    for (path, text) in files { try text.write(toFile: "\(folder)/set/\(path)", atomically: true, encoding: .utf8) }
    if scenario == .anchored { _ = try await Program.sh("python3 -ISE ../make-key.py", in: work, at: folder) }
    _ = try await Program.sh(Self.setUp, in: work, at: folder)
    if scenario == .refused {
      _ = try await Program.sh(
        "printf '#!/bin/sh\\nexit 1\\n' > ../remote.git/hooks/pre-receive; chmod +x ../remote.git/hooks/pre-receive",
        in: work, at: folder)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Puts everything back to the beginning.
  func reset() async throws {
    _ = try await Program.sh("rm -rf play && cp -a set play", in: folder, at: folder)
  }

  func disturb(_ disturbance: Disturbance) async throws {
    let text =
      switch disturbance {
      case .nothing: ":"
      case .foreignPush: "sh ../overtake"
      case .dropBefore: "echo before > ../drop"
      case .dropAfter: "echo after > ../drop"
      case .packed: "git pack-refs --all && git repack -q -a -d"
      case .touched: "find . -path ./.git -prune -o -type f -exec touch {} +"
      }
    _ = try await Program.sh(text, in: root, at: folder)
  }

  private static let setUp = """
    git init -q -b main --template= --bare ../remote.git && git --git-dir ../remote.git config core.logAllRefUpdates true
    mkdir -p ../remote.git/hooks
    git init -q -b main --template= . && git add -A && git commit -q -m start
    git remote add origin ../remote.git && git config remote.origin.receivepack 'sh ../receive-pack' && git push -q origin main
    """

  private var files: [String: String] {
    var configuration = """
      backlog: { kind: tasks }
      format: ['true']
      test: ['\(scenario.test)']
      service:
        run: 'exec python3 -ISE ../service.py'
        ready: { url: 'http://127.0.0.1:\(port)/healthz', within: 60s }
      validate: ['validations/{{task.id}}.hurl']
      push: { remote: origin, branch: main }
      risk: [{ class: medium }]
      secrets: { TOKEN: { from: { file: ../token }, for: [test] } }

      """
    if let agent = scenario.agent { configuration += "implement: { command: [sh, -c, '\(agent)'], attempts: 30 }\n" }
    return [
      "work/waybill.yaml": configuration,
      "work/tasks/hello.md": "---\nid: hello\ntitle: Say hello\nstatus: open\n---\nSay it.\n",
      "work/validations/hello.hurl": scenario.validation,
      "service.py": Self.service(port), "overtake": Self.overtake, "receive-pack": Self.receivePack,
      "drop.py": Self.drop, "make-key.py": Self.makeKey, "token": "a-token-that-nobody-prints\n",
    ]
  }

  private static func service(_ port: UInt16) -> String {
    """
    import socket
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", \(port)))
    server.listen(16)
    while True:
        client, _ = server.accept()
        words = client.recv(65536).split(b" ")
        path = words[1].lstrip(b"/").decode() if len(words) > 1 else ""
        try:
            if words[0] == b"POST":
                with open("../changes", "a") as changes:
                    changes.write(path + "\\n")
                path = "healthz"
            body, status = (b"ok" if path == "healthz" else open(path, "rb").read()), b"200 OK"
        except OSError:
            body, status = b"", b"404 Not Found"
        client.sendall(b"HTTP/1.1 %s\\r\\nContent-Length: %d\\r\\nConnection: close\\r\\n\\r\\n%s" % (status, len(body), body))
        client.close()
    """
  }

  /// A commit of somebody else's, straight into the remote; with `once` only when there is none yet.
  private static let overtake = """
    git="git --git-dir ../remote.git"
    if [ "$1" = once ] && $git log --format=%s main | grep -q theirs; then exit 0; fi
    export GIT_AUTHOR_NAME=Grace GIT_AUTHOR_EMAIL=g@x GIT_COMMITTER_NAME=Grace GIT_COMMITTER_EMAIL=g@x
    old=$($git rev-parse main)
    blob=$($git rev-list --count main | $git hash-object -w --stdin)
    tree=$( { $git ls-tree main | grep -v theirs.txt; printf '100644 blob %s\\ttheirs.txt\\n' "$blob"; } | $git mktree)
    $git update-ref refs/heads/main $($git commit-tree $tree -p $old -m theirs) $old
    """

  /// A key as `waybill keys init` leaves it, and its public part in the configuration.
  private static let makeKey = """
    import base64, hashlib, os, subprocess
    folder = os.environ["HOME"] + "/.config/waybill/keys"
    os.makedirs(folder)
    os.umask(0o077)
    pem = subprocess.check_output(["openssl", "genpkey", "-algorithm", "ED25519"])
    der = subprocess.run(["openssl", "pkey", "-pubout", "-outform", "DER"], input=pem, stdout=subprocess.PIPE, check=True).stdout
    public = b"\\x01" + der[-32:]
    number = hashlib.sha256(b"ada\\n" + public).hexdigest()[:8]
    key = "ada+" + number + "+" + base64.b64encode(public).decode()
    for name, content in [(number + ".pem", pem), ("current", key.encode() + b"\\n")]:
        with open(folder + "/" + name, "wb") as file:
            file.write(content)
    with open("waybill.yaml", "a") as file:
        file.write('anchor: { keys: ["' + key + '"] }\\n')
    """

  private static let receivePack = """
    if [ -e ../drop ]; then exec python3 -ISE ../drop.py "$@"; fi
    exec git-receive-pack "$@"
    """

  /// Lets the remote's greeting through and loses the connection before or after the push is applied.
  private static let drop = """
    import os, subprocess, sys
    mode = open("../drop").read().strip()
    os.remove("../drop")
    child = subprocess.Popen(["git-receive-pack"] + sys.argv[1:], stdin=None if mode == "after" else subprocess.PIPE, stdout=subprocess.PIPE)
    while True:
        size = child.stdout.read(4)
        sys.stdout.buffer.write(size + (child.stdout.read(int(size, 16) - 4) if int(size, 16) else b""))
        if int(size, 16) == 0:
            break
    sys.stdout.buffer.flush()
    if mode == "after":
        child.stdout.read()
        child.wait()
    else:
        child.kill()
    sys.exit(1)
    """
}
