import Foundation
import Testing

/// Every option that says how a server is reached: on the command line, and in the file itself.
@Suite struct `The connection of a check` {
  /// The option as arguments, what it is asked for, and what of the answer shows that it was followed.
  static let cases: [(arguments: [String], file: String, words: String)] = [
    (
      ["--resolve", "elsewhere.test:PORT:127.0.0.1"], "GET http://elsewhere.test:PORT/x\n",
      "\"host\": \"elsewhere.test:"
    ),
    (
      ["--connect-to", "elsewhere.test:80:127.0.0.1:PORT"], "GET http://elsewhere.test/x\n",
      "\"host\": \"elsewhere.test\""
    ),
    (["--proxy", "BASE"], "GET http://elsewhere.test/x\n", "by proxy: http://elsewhere.test/x"),
    (["-x", "http://127.0.0.1:1", "--noproxy", "127.0.0.1"], "GET BASE/x\n", "GET /x HTTP/1.1"),
    (["--unix-socket", "DIR/socket"], "GET http://anything/x\n", "\"host\": \"anything\""),
    (["--path-as-is"], "GET BASE/a/../b\n", "GET /a/../b HTTP"), (["--http1.0"], "GET BASE/x\n", "GET /x HTTP/1.0"),
    (["-4"], "GET BASE/x\n", "GET /x"), (["-A", "somebody/1"], "GET BASE/x\n", "\"user-agent\": \"somebody/1\""),
    (["-H", "X-One: 1", "-H", "X-Two: 2"], "GET BASE/x\n", "\"x-one\": \"1\", \"x-two\": \"2\""),
    (["--user", "ada:secret-word"], "GET BASE/x\n", "\"authorization\": \"Basic YWRhOnNlY3JldC13b3Jk\""),
    (["--digest", "--user", "ada:secret-word"], "GET BASE/auth\n", "welcome"),
    (
      ["--aws-sigv4", "aws:amz:eu-west-1:s3", "--user", "key:secret-word"], "GET BASE/x\n",
      "AWS4-HMAC-SHA256 Credential=key/"
    ),
    (["--netrc-file", "DIR/netrc"], "GET BASE/x\n", "\"authorization\": \"Basic YmVhOnBhc3M=\""),
    (["--netrc"], "GET BASE/x\n", "\"authorization\": \"Basic YmVhOnBhc3M=\""),
    (["--compressed"], "GET BASE/gzip\n", "{\"a\":[1,2,3]}"), (["--location"], "GET BASE/to/3\n", "GET /echo"),
    (["-b", "DIR/cookies"], "GET BASE/x\n", "\"cookie\": \"k=v\""),
    (["--limit-rate", "1000000"], "GET BASE/x\n", "GET /x"),
    ([], "GET BASE/cookie\n\nGET BASE/echo/x\n", "\"cookie\": \"b=two; a=1\""),
  ]

  @Test func `is made as the command line says`() async throws {
    try await CheckServer.run { server in
      try server.project.write("machine 127.0.0.1 login bea password pass\n", to: "../netrc")
      try server.project.write("machine 127.0.0.1 login bea password pass\n", to: "../.netrc")
      try server.project.write("# jar\n\n127.0.0.1\tFALSE\t/\tFALSE\t0\tk\tv\n", to: "../cookies")
      for (arguments, file, words) in Self.cases {
        let (status, text) = try await server.check(file, arguments)
        #expect(status == 0 && text.contains(words), "\(arguments): \(text)")
      }
    }
  }

  @Test func `is made as the file says`() async throws {
    try await CheckServer.run { server in
      try server.project.write("machine 127.0.0.1 login bea password pass\n", to: "../netrc")
      for (arguments, file, words) in Self.cases
      where arguments.count == 2 && arguments[0].hasPrefix("--") && arguments[0] != "--cookie" {
        let options = "[Options]\n\(arguments[0].dropFirst(2)): \(arguments[1])\n"
        let (status, text) = try await server.check(file + options)
        #expect(status == 0 && text.contains(words), "\(options): \(text)")
      }
    }
  }

  @Test func `keeps cookies in a jar, and forgets them where that is asked for`() async throws {
    try await CheckServer.run { server in
      let (status, text) = try await server.check("GET BASE/cookie\n", ["--cookie-jar", "DIR/jar"])
      #expect(status == 0, "\(text)")
      #expect(
        server.project.read("../jar")
          == "# Netscape HTTP Cookie File\n\n127.0.0.1\tFALSE\t/\tFALSE\t0\ta\t1\n127.0.0.1\tFALSE\t/echo\tFALSE\t0\tb\ttwo\n"
      )
      let again = try await server.check("GET BASE/echo\n", ["--cookie", "DIR/jar"])
      #expect(again.text.contains("\"cookie\": \"b=two; a=1\""), "\(again.text)")
      let without = try await server.check("GET BASE/cookie\n\nGET BASE/echo\n", ["--no-cookie-store"])
      #expect(without.status == 0 && !without.text.contains("\"cookie\""), "\(without.text)")
    }
  }

  @Test(arguments: [
    (["--resolve", "x"], "--resolve: \"x\" is not written host:port:address"),
    (["--connect-to", "a:b"], "--connect-to: \"a:b\" is not written host1:port1:host2:port2"),
    (["--limit-rate", "fast"], "--limit-rate: \"fast\" is not a number of bytes a second"),
    (["--cookie", "nowhere"], "\"nowhere\" is not there or cannot be read"),
    (["--cookie", "waybill.yaml"], "--cookie: waybill.yaml:1:1 is no cookie in Netscape's format"),
    (["--cert", ""], "--cert: the name of a file should stand here"),
  ])
  func `that makes no sense is a mistake of the command line`(arguments: [String], words: String) async throws {
    let project = try await Project()
    try project.write("GET http://127.0.0.1:1/\n", to: "a.hurl")
    let (status, text) = try await project.waybill(["check", "a.hurl"] + arguments)
    #expect(status == 1 && text.contains(words), "\(text)")
  }
}

/// Servers that want to fill the memory, the disk or the time of whoever asks them.
@Suite struct `A hostile server` {
  @Test(arguments: [
    ("GET BASE/endless\n", ["--max-filesize", "1000000"], "the response is larger than 1000000 bytes"),
    ("GET BASE/endless\n", [], "the response is larger than 268435456 bytes"),
    ("GET BASE/bomb\n", ["--compressed", "--max-filesize", "5000000"], "the response is larger than 5000000 bytes"),
    ("GET BASE/headers\n", [], "the headers of the response are larger than 262144 bytes"),
    ("GET BASE/slow\n", ["--max-time", "300ms"], "(28)"), ("GET BASE/cut\n", [], "(18)"),
    ("GET BASE/again\n", ["--location", "--max-redirs", "7"], "7"),
  ])
  func `is stopped at a limit, and told so`(file: String, arguments: [String], words: String) async throws {
    try await CheckServer.run { server in
      // Nothing that it sends may need more memory than the largest response and its copy.
      let (status, text) = try await server.check(file + "HTTP 200\n", arguments)
      #expect(status == 3 && text.contains(words), "\(status) \(text)")
    }
  }
}
