import DeliveryLoop
import Engine
import Glibc
import Processes
import Support
import Testing

/// Runs a server for as long as `body` takes, and leaves nothing of it behind.
///
/// `fact` finds in what the server prints that it is ready. Returns false when it ended before it was.
func running<Fact: Sendable>(
  _ command: Command, until fact: (String) -> Fact?, _ body: (Fact) async throws -> Void
) async throws -> Bool {
  let output = Output()
  let server = Task {
    defer { output.end() }
    _ = try await SystemCommands().run(command, output: output)
  }
  var found: Fact?
  while found == nil, !output.hasEnded {
    try? await ContinuousClock().sleep(for: .milliseconds(5))
    found = fact(output.text)
  }
  var failure: (any Error)?
  do { if let found { try await body(found) } } catch { failure = error }
  server.cancel()
  _ = await server.result
  if let failure { throw failure }
  return found != nil
}

/// Takes connections into the queue of the system, and says nothing.
final class SilentServer: Sendable {
  let port: UInt16
  private let descriptor: Int32

  init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { name in
        bind(descriptor, name, size) | listen(descriptor, 8) | getsockname(descriptor, name, &size)
      }
    }
    port = UInt16(bigEndian: address.sin_port)
    try #require(code == 0)
  }

  deinit { close(descriptor) }
}

/// An OpenSSH server on loopback that lets one key in.
enum SSHServer {
  /// Lends the port. Ports below the range from which the system takes its own are tried until one is free.
  static func serving(_ far: Far, _ body: (UInt16) async throws -> Void) async throws {
    let folder = far.sample.path
    try await far.sample.sh("cd .. && for key in host user stranger; do ssh-keygen -q -t ed25519 -N '' -f $key; done")
    if geteuid() == 0 { try await far.sample.sh("mkdir -p /run/sshd") }
    for _ in 1...20 {
      let port = UInt16.random(in: 10_000...32_000)
      let options = [
        "Port=\(port)", "ListenAddress=127.0.0.1", "HostKey=\(folder)/host", "AuthorizedKeysFile=\(folder)/user.pub",
        "StrictModes=no", "UsePAM=no", "PidFile=none", "PasswordAuthentication=no", "KbdInteractiveAuthentication=no",
      ]
      let command = Command(
        .program(["/usr/sbin/sshd", "-D", "-e", "-f", "/dev/null"] + options.flatMap { ["-o", $0] }), in: folder,
        environment: far.sample.environment)
      let isReady = { (text: String) in text.contains("Server listening on 127.0.0.1 port \(port)") ? port : nil }
      if try await running(command, until: isReady, body) { return }
    }
    Issue.record("no port was free")
  }

  /// The command with which git reaches it under one of the keys `user` and `stranger`.
  static func command(_ far: Far, key: String, checking hostKey: String = "no") -> String {
    let folder = far.sample.path
    let options = ["BatchMode=yes", "IdentitiesOnly=yes", "StrictHostKeyChecking=\(hostKey)"]
    return "ssh -F /dev/null -o UserKnownHostsFile=\(folder)/known -i \(folder)/\(key) "
      + options.map { "-o \($0)" }.joined(separator: " ")
  }
}

/// `git http-backend` behind TLS on loopback, with a certificate under a CA made for it at `ca.pem`.
enum HTTPSServer {
  /// Lends the port, which the system has chosen.
  static func serving(_ far: Far, _ body: (UInt16) async throws -> Void) async throws {
    try await far.sample.sh("cd .. && " + GitBridge.certificates)
    far.sample.folder.write(GitBridge.program, to: "bridge.py")
    let command = Command(
      .program(["python3", "bridge.py", "0"]), in: far.sample.path, environment: far.sample.environment)
    let isReady = { (text: String) in
      text.split(separator: "\n").first { $0.hasPrefix("port ") }.flatMap { UInt16($0.dropFirst(5)) }
    }
    #expect(try await running(command, until: isReady, body), "the server ended")
  }
}
