import Support
import Testing

/// A project with a server beside it that answers as checks need it: it echoes, redirects, sets cookies, encodes, delays and
/// misbehaves.
struct CheckServer {
  let project: Project
  let base: String

  /// Runs a body while the server listens, on its port and on the socket `socket` in the project's folder.
  static func run(_ body: (CheckServer) async throws -> Void) async throws {
    let project = try await Project()
    try project.write(program, to: "../server.py")
    let server = try Harness(project, running: "exec python3 ../server.py \(project.port) ../socket")
    try await server.listens(on: project.port)
    do {
      try await body(CheckServer(project: project, base: "http://127.0.0.1:\(project.port)"))
    } catch {
      server.kill()
      throw error
    }
    server.kill()
    _ = try await server.end()
  }

  var port: UInt16 { project.port }

  /// Checks a file with this text; `BASE` in it and in the arguments stands for the server's address, `DIR` for the project's
  /// folder.
  func check(_ text: String, _ arguments: [String] = []) async throws -> (status: Int32, text: String) {
    try project.write(filled(text), to: "../checks/case.hurl")
    return try await project.waybill(
      ["check", "\(project.folder)/checks/case.hurl"] + arguments.map(filled), environment: ["HOME": project.folder])
  }

  private func filled(_ text: String) -> String {
    text.replacing("BASE", with: base).replacing("DIR", with: project.folder).replacing("PORT", with: "\(port)")
  }

  private static let program = """
    import gzip, http.server, json, os, socketserver, sys, threading, time, zlib

    tries = {}

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self, status, body, *headers):
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def echo(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            told = {"line": self.requestline, "headers": {k.lower(): v for k, v in self.headers.items()}, "body": body.decode("latin-1")}
            self.answer(200, json.dumps(told).encode(), ("Content-Type", "application/json"))

        def do_GET(self):
            path = self.path.split("?")[0]
            if path.startswith("http://"):
                return self.answer(200, b"by proxy: " + self.path.encode())
            known = getattr(self, "at_" + path.split("/")[1], None)
            if known:
                return known(path)
            self.echo()

        do_POST = do_PUT = do_DELETE = do_PATCH = do_QUERY = do_GET

        def at_status(self, path):
            self.answer(int(path.split("/")[2]), b"")

        def at_twice(self, path):
            self.answer(200, b"ok", ("X-Twice", "one"), ("X-Twice", "two"))

        def at_fixed(self, path):
            self.answer(200, b'{"a": 1,  "b":[true]}', ("Content-Type", "application/json"))

        def at_types(self, path):
            types = {
                "i": 42, "f": 3.25, "s": "3.25", "w": "abcd", "n": None, "t": True, "l": [1, 2, 3], "o": {"k": 1}, "e": [], "es": "",
                "big": 12345678901234567890123, "d": "2026-11-23T10:20:30Z", "far": "2999-01-01", "u": "01a208f3-84de-7511-b9ae-284c66191eb9",
                "ip4": "127.0.0.1", "ip6": "::1", "cs": "a,b,c", "url": "http://h/?q=a%20b", "sp": "a /b", "en": "a%20b", "h": "&lt;&eacute;&gt;",
                "x": "<a><b>1</b></a>",
            }
            self.answer(200, json.dumps(types).encode(), ("Content-Type", "application/json"))

        def at_cookie(self, path):
            self.answer(200, b"set", ("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=two; Path=/echo; HttpOnly; Max-Age=60"))

        def at_to(self, path):
            count = int(path.split("/")[2])
            self.answer(302, b"", ("Location", "/echo" if count == 0 else "/to/" + str(count - 1)))

        def at_again(self, path):
            self.answer(307, b"", ("Location", self.path))

        def at_later(self, path):
            tries[path] = tries.get(path, 0) + 1
            self.answer(200 if tries[path] > 2 else 503, str(tries[path]).encode())

        def at_gzip(self, path):
            self.answer(200, gzip.compress(b'{"a":[1,2,3]}'), ("Content-Encoding", "gzip"))

        def at_latin(self, path):
            self.answer(200, "caf\\u00e9".encode("latin-1"), ("Content-Type", "text/plain; charset=iso-8859-1"))

        def at_xml(self, path):
            self.answer(200, b'<?xml version="1.0"?><r xmlns:n="u"><i k="1">a</i><i k="2">b</i><n:x>c</n:x></r>', ("Content-Type", "text/xml"))

        def at_page(self, path):
            self.answer(200, b"<!doctype html><title>The page</title><ul><li>one<li>two</ul>", ("Content-Type", "text/html"))

        def at_bytes(self, path):
            self.answer(200, bytes([0xef, 0xbb, 0xbf, 0, 255]))

        def at_auth(self, path):
            proof = self.headers.get("Authorization") or ""
            if proof.startswith("Digest ") and 'username="ada"' in proof:
                return self.answer(200, b"welcome")
            self.answer(401, b"", ("WWW-Authenticate", 'Digest realm="r", nonce="abc", qop="auth", algorithm=MD5'))

        def at_endless(self, path):
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"x" * 65536)
            except OSError:
                pass

        def at_bomb(self, path):
            packer = zlib.compressobj(9, zlib.DEFLATED, 31)
            self.send_response(200)
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            try:
                for _ in range(2048):
                    self.wfile.write(packer.compress(bytes(1 << 20)))
            except OSError:
                pass

        def at_headers(self, path):
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\\r\\n")
                for number in range(200000):
                    self.wfile.write(b"X-%d: %s\\r\\n" % (number, b"y" * 40))
                self.wfile.write(b"Content-Length: 0\\r\\n\\r\\n")
            except OSError:
                pass

        def at_slow(self, path):
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\\r\\n")
                while True:
                    self.wfile.write(b"X: y\\r\\n")
                    self.wfile.flush()
                    time.sleep(0.05)
            except OSError:
                pass

        def at_cut(self, path):
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"too short")
            self.close_connection = True

        def log_message(self, *arguments):
            pass

    class Socket(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
        daemon_threads = True

    class Named(Handler):
        def address_string(self):
            return "socket"

    http.server.ThreadingHTTPServer.allow_reuse_address = True
    named = Socket(sys.argv[2], Named)
    threading.Thread(target=named.serve_forever, daemon=True).start()
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
    """
}
