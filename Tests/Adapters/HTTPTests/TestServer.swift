import DeliveryLoop
import Engine
import Foundation
import HTTP
import LiveChecks
import Processes
import Support
import Synchronization
import Testing

/// A server for tests, in Python, on a port that the system chose.
struct TestServer {
  let folder: String
  let port: Int
  let output: Collector
  let transport = CurlTransport(caFile: nil)
  let scheme: String

  func url(_ path: String) -> String { "\(scheme)://127.0.0.1:\(port)\(path)" }

  func get(_ path: String) async throws -> HTTPResponse { try await send(HTTPRequest(method: "GET", url: url(path))) }

  func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    switch await transport.send(request) {
    case .response(let response): return response
    case .failure(let failure): throw failure
    }
  }

  static let program = """
    import gzip, http.server, ssl, sys, time, zlib

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self, status, body, *headers):
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def do_GET(self):
            print(self.path, flush=True)
            if self.path == "/headers":
                self.answer(203, b"hello", ("X-Twice", "one"), ("X-Twice", "two"), ("X-Empty", ""))
            elif self.path == "/gzip":
                self.answer(200, gzip.compress(b"hello"), ("Content-Encoding", "gzip"))
            elif self.path == "/zlib":
                self.answer(200, zlib.compress(b"hello"), ("content-ENCODING", "deflate"))
            elif self.path == "/br":
                self.answer(200, b"\\x0b\\x02\\x80hello\\x03", ("Content-Encoding", "br"))
            elif self.path == "/zstd":
                self.answer(200, b"\\x28\\xb5\\x2f\\xfd\\x20\\x05\\x29\\x00\\x00hello", ("Content-Encoding", "zstd"))
            elif self.path == "/twice":
                self.answer(200, gzip.compress(gzip.compress(b"hello")), ("Content-Encoding", "gzip, x-gzip"))
            elif self.path == "/unknown":
                self.answer(200, b"hello", ("Content-Encoding", "gzip, rot13"))
            elif self.path == "/broken":
                self.answer(200, b"hello", ("Content-Encoding", "gzip"))
            elif self.path == "/folded":
                self.wfile.write(b"HTTP/1.1 200 OK\\r\\nX-Long: one\\r\\n  two: 2\\r\\n\\tthree\\r\\nContent-Length: 0\\r\\n\\r\\n")
            elif self.path == "/redirect":
                self.answer(302, b"", ("Location", "/headers"))
            elif self.path == "/chunked":
                self.send_response(200)
                self.send_header("Transfer-Encoding", "chunked")
                self.end_headers()
                self.wfile.write(b"2\\r\\nhe\\r\\n3\\r\\nllo\\r\\n0\\r\\n\\r\\n")
            elif self.path == "/large":
                self.send_response(200)
                self.send_header("Content-Length", str(100 << 20))
                self.end_headers()
                for _ in range(100):
                    self.wfile.write(bytes(1 << 20))
            elif self.path == "/silent":
                time.sleep(600)
            else:
                self.answer(200, self.path.encode())

        do_HEAD = do_GET

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.answer(200, (self.requestline + "\\n" + str(self.headers)).encode() + body)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if len(sys.argv) > 1:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain("server.pem", "server.key")
        if sys.argv[1] == "tls1.2":
            context.maximum_version = ssl.TLSVersion.TLSv1_2
        server.socket = context.wrap_socket(server.socket, server_side=True)
    print(server.server_address[1], flush=True)
    server.serve_forever()
    """

  static let certificates = """
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-ca -keyout ca.key -out ca.pem
    openssl req -newkey rsa:2048 -nodes -utf8 -subj '/C=DE/O=Größe/CN=between' -keyout between.key -out between.csr
    printf 'basicConstraints=CA:true' > ca.ext
    openssl x509 -req -days 2 -in between.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile ca.ext -out between.pem
    openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr
    printf 'subjectAltName=DNS:localhost' > san
    openssl x509 -req -days 2 -in server.csr -CA between.pem -CAkey between.key -CAcreateserial -extfile san -out leaf.pem
    cat leaf.pem between.pem > server.pem
    """
}

func withServer(tls: Bool = false, version: String = "", _ body: (TestServer) async throws -> Void) async throws {
  let folder = TemporaryFolder()
  folder.write(Array(TestServer.program.utf8), to: "server.py")
  let environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]
  if tls {
    let made = try await SystemCommands().run(
      Command(.shell(TestServer.certificates), in: folder.path, environment: environment), output: Collector())
    try #require(made.succeeded)
  }
  let (services, output) = (SystemServices(), Collector())
  let record = try await services.start(
    Command(
      .program(["python3", "server.py"] + (tls ? ["tls" + version] : [])), in: folder.path, environment: environment),
    port: nil, output: output)
  while !output.text.contains("\n") {
    try #require(services.isRunning(record), "\(output.text)")
    try await ContinuousClock().sleep(for: .milliseconds(5))
  }
  let port = try #require(Int(output.text.split(separator: "\n")[0]))
  do {
    try await body(TestServer(folder: folder.path, port: port, output: output, scheme: tls ? "https" : "http"))
  } catch {
    try await services.stop(record, grace: .seconds(1))
    throw error
  }
  try await services.stop(record, grace: .seconds(1))
}

extension SystemCommands {
  /// What a shell's text prints.
  func output(_ text: String, in folder: String) async throws -> String {
    let output = Collector()
    let environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? ""]
    _ = try await run(Command(.shell(text), in: folder, environment: environment), output: output)
    return output.text
  }
}
