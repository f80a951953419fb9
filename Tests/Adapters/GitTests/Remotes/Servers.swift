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
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes"
    try await far.sample.sh(
      """
      cd .. && exec 2> openssl.words && printf 'subjectAltName=DNS:localhost' > san
      openssl req -x509 \(key) -days 2 -subj /CN=test-ca -keyout ca.key -out ca.pem
      openssl req \(key) -subj /CN=localhost -keyout server.key -out server.csr
      openssl x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile san -out server.pem
      """)
    far.sample.folder.write(bridge, to: "bridge.py")
    let command = Command(
      .program(["python3", "bridge.py"]), in: far.sample.path, environment: far.sample.environment)
    let isReady = { (text: String) in
      text.split(separator: "\n").first { $0.hasPrefix("port ") }.flatMap { UInt16($0.dropFirst(5)) }
    }
    #expect(try await running(command, until: isReady, body), "the server ended")
  }

  /// A CGI bridge (RFC 3875), as much of it as git needs.
  private static let bridge = """
    import http.server, os, ssl, subprocess

    class Bridge(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def body(self):
            if self.headers.get("Transfer-Encoding") != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body

        def do_GET(self):
            path, _, query = self.path.partition("?")
            if path.startswith("/locked/") or path.startswith("/closed/"):
                self.send_response(401 if path.startswith("/locked/") else 403)
                self.send_header("WWW-Authenticate", "Basic realm=git")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            body = self.body()
            done = subprocess.run(["git", "http-backend"], input=body, stdout=subprocess.PIPE, env={
                **os.environ, "GIT_PROJECT_ROOT": os.getcwd(), "GIT_HTTP_EXPORT_ALL": "1", "PATH_INFO": path,
                "QUERY_STRING": query, "REQUEST_METHOD": self.command, "CONTENT_LENGTH": str(len(body)),
                "CONTENT_TYPE": self.headers.get("Content-Type", ""), "REMOTE_USER": "ada",
                "REMOTE_ADDR": "127.0.0.1", "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", "")})
            head, _, content = done.stdout.partition(b"\\r\\n\\r\\n")
            fields = dict(line.split(": ", 1) for line in head.decode().splitlines())
            self.send_response(int(fields.pop("Status", "200 OK").split()[0]))
            for name, value in fields.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("server.pem", "server.key")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bridge)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    print("port", server.server_port, flush=True)
    server.serve_forever()
    """
}
