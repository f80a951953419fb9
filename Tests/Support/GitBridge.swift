/// `git http-backend` behind TLS on loopback, for the repositories in the folder in which it is started.
package enum GitBridge {
  /// A shell's text that makes a CA, `ca.pem`, and under it the server's certificate for `localhost` in the folder.
  package static let certificates = """
    exec 2> openssl.words; printf 'subjectAltName=DNS:localhost' > san
    key='-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'
    openssl req -x509 $key -days 2 -subj /CN=test-ca -keyout ca.key -out ca.pem
    openssl req $key -subj /CN=localhost -keyout server.key -out server.csr
    openssl x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile san -out server.pem
    """

  /// A CGI bridge (RFC 3875) in Python, as much of it as git needs: its argument is a port, 0 for one that the system
  /// chooses, and it prints which.
  ///
  /// Below `/locked/` it wants credentials, below `/closed/` it refuses.
  package static let program = """
    import http.server, os, ssl, subprocess, sys

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
    server = http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Bridge)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    print("port", server.server_port, flush=True)
    server.serve_forever()
    """
}
