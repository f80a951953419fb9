import Support
import Testing

/// A server with a certificate of its own authority beside a project, whose files are in the folder `../tls`.
private struct TLSServer {
  let project: Project
  let port: UInt16

  static func run(beside project: Project, _ body: (TLSServer) async throws -> Void) async throws {
    let port = Ports.next()
    try project.write(program(port), to: "../tls/server.py")
    try await project.sh("cd ../tls && exec 2>/dev/null; \(certificates)")
    let server = try Harness(project, running: "cd ../tls && exec python3 server.py")
    try await server.listens(on: port)
    do {
      try await body(TLSServer(project: project, port: port))
    } catch {
      server.kill()
      throw error
    }
    server.kill()
    _ = try await server.end()
  }

  var base: String { "https://localhost:\(port)" }

  private static let certificates = """
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=test-ca -keyout ca.key -out ca.pem
    openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout server.key -out server.csr
    printf 'subjectAltName=DNS:localhost' > san
    openssl x509 -req -days 2 -in server.csr -CA ca.pem -CAkey ca.key -set_serial 0x1ee8 -extfile san -out server.pem
    """

  private static func program(_ port: UInt16) -> String {
    """
    import http.server, ssl

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

    server = http.server.ThreadingHTTPServer(("127.0.0.1", \(port)), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain("server.pem", "server.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()
    """
  }
}

@Suite struct `What a connection over TLS has negotiated` {
  private static let validation = """
    GET BASE/a
    HTTP 200
    [Captures]
    issuer: certificate "Issuer"
    [Asserts]
    certificate "Subject" == "CN=localhost"
    certificate "Issuer" == "CN=test-ca"
    certificate "Serial-Number" == "1e:e8"
    certificate "Subject-Alt-Name" == "DNS:localhost"
    certificate "Start-Date" isDate
    certificate "Expire-Date" daysAfterNow < 3

    GET BASE/b
    HTTP 200
    [Asserts]
    certificate "Subject" contains "localhost"

    """

  @Test func `is told by checks and their reports`() async throws {
    try await TLSServer.run(beside: try await Project()) { server in
      let project = server.project
      try project.write(Self.validation.replacing("BASE", with: server.base), to: "../tls/a.hurl")
      let refused = try await project.waybill("check", "../tls/a.hurl")
      #expect(refused.status == 3 && refused.text.contains("HTTP connection"), "\(refused.text)")
      let passed = try await project.waybill(
        "check", "--cacert", "../tls/ca.pem", "--very-verbose", "--report-har", "../har", "--report-json", "../json",
        "../tls/a.hurl")
      #expect(passed.status == 0, "\(passed.text)")
      #expect(passed.text.contains("* TLSv1.3, TLS_AES_256_GCM_SHA384\n"), "\(passed.text)")
      #expect(passed.text.contains("* CN=localhost, issued by CN=test-ca, until 2"), "\(passed.text)")
      let har = try await project.sh("cat ../har/*")
      #expect(har.contains("\"version\": \"TLSv1.3\""), "\(har)")
      let report = try await project.sh("cat ../json/report.json")
      #expect(
        report.contains(#""certificate":{"subject":"CN=localhost","issuer":"CN=test-ca","start_date":"2"#), "\(report)")
      #expect(report.contains(#""serial_number":"1e:e8""#) && report.contains(#""_tls":"#), "\(report)")
    }
  }

  @Test func `is evidence of a delivery, under the authority of its environment`() async throws {
    var shape = Project.Shape()
    shape.validate = "validations/hello.hurl"
    let project = try await Project(shape)
    try await TLSServer.run(beside: project) { server in
      let live =
        "GET {{live_url}}/a\nHTTP 200\n\nGET {{live_url}}/b\nHTTP 200\n\nGET {{base_url}}/hello.txt\nHTTP 200\n"
      try project.write(live, to: "validations/hello.hurl")
      let configuration = project.read("waybill.yaml")
      try project.write(configuration + "environments: { live: { urls: ['\(server.base)'] } }\n", to: "waybill.yaml")
      try await project.sh("git commit -qam live && git push -q origin main")
      let distrusting = try await project.waybill("run", "hello")
      #expect(distrusting.status == 3 && distrusting.text.contains("could not be asked"), "\(distrusting.text)")
      #expect(try await project.waybill("abandon").status == 0)
      try await project.sh("cp ../tls/ca.pem ca.pem")
      try project.write(
        configuration + "environments: { live: { urls: ['\(server.base)'], ca: ca.pem } }\n", to: "waybill.yaml")
      try await project.sh("git add -A && git commit -qm trusted && git push -q origin main")
      let (status, text) = try await project.waybill("run", "hello")
      #expect(status == 0, "\(text)")
      let shown = try await project.waybill("show", "--exchanges", "--json").text
      let digest = try #require(
        shown.firstMatch(of: /"tls":{"version":"TLSv1.3","cipher":"[A-Z0-9_]+","chain":\["([0-9a-f]{64})"\]/))
      #expect(shown.matches(of: /"tls":/).count == 2, "\(shown)")
      #expect(
        shown.matches(of: try Regex(#""certificates":\[\{"sha256":"\#(digest.1)","subject":"CN=localhost""#)).count
          == 1,
        "\(shown)")
    }
  }
}
