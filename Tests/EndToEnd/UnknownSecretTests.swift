import Testing

/// Secrets that nobody has declared, printed by every program of a run.
@Suite struct `An unknown secret` {
  private static let key = """
    -----BEGIN PRIVATE KEY-----
    MIIBVQIBADANBgkqhkiG9w0BAQEFAASCAT8wggE7AgEAAkEAq7BFUpkGp3+LQmlQ
    -----END PRIVATE KEY-----
    """

  /// Prints the token in two pieces that no line ends, the key, and lines that are no secrets.
  private static let printer = """
    import sys
    token, key = open("../token").read().strip(), open("../key").read()
    out = sys.stdout.buffer
    for part in (b"before ", token[:11].encode(), token[11:].encode(), b" after\\r\\n", key.encode(), b"ordinary \\xff\\x00 line"):
        out.write(part)
        out.flush()
    print("on stderr:", token, file=sys.stderr, flush=True)
    """

  @Test func `in what programs print is masked in all that is kept and shown`() async throws {
    var shape = Project.Shape()
    shape.attempts = 2
    shape.implement = "python3 print.py; cp \"$WAYBILL_BRIEF\" ../brief; echo hello > hello.txt"
    shape.test = "python3 print.py; test -e ../again || { touch ../again; exit 1; }"
    shape.service = "python3 -u print.py; exec python3 service.py"
    shape.files = ["print.py": Self.printer]
    let project = try await Project(shape)
    try project.write(SampleSecret.token, to: "../token")
    try project.write(Self.key + "\n", to: "../key")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    let logs = try await project.waybill("logs").text
    let shown = try await project.waybill("show", "--json").text
    for said in [text, logs, shown, project.read("../brief")] {
      #expect(!said.contains(SampleSecret.token) && !said.contains("MIIBVQIBADAN"), "\(said)")
    }
    #expect(project.read("../brief").contains("[redacted:github-personal-token]"))
    // Agent, test twice, service: each on both streams.
    let lines = logs.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("before [redacted:github-personal-token] after") } == 5, "\(logs)")
    #expect(lines.count { $0.contains("on stderr: [redacted:github-personal-token]") } == 5, "\(logs)")
    #expect(lines.count { $0.hasPrefix("ordinary") } == 5, "\(logs)")
  }

  @Test func `in what a service answers is masked everywhere from then on`() async throws {
    var shape = Project.Shape()
    shape.implement = "echo hello > hello.txt; cp ../token served"
    shape.files = [
      ".gitignore": "served\n",
      "validations/hello.hurl": """
      GET {{base_url}}/served
      HTTP 200
      [Captures]
      word: body
      [Asserts]
      body contains "ghp_"

      GET {{base_url}}/nothing
      [Query]
      q: {{word}}
      HTTP 404
      """,
    ]
    let project = try await Project(shape)
    try project.write(SampleSecret.token, to: "../token")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    let page = try await project.waybill("show", "--exchanges").text + project.waybill("show", "--json").text
    let logs = try await project.waybill("logs").text
    for said in [text, page, logs] { #expect(!said.contains(SampleSecret.token), "\(said)") }
    #expect(page.contains("[redacted:response.github-personal-token]"), "\(page)")
    #expect(logs.contains("GET /nothing?q=[redacted:"), "\(logs)")
  }
}
