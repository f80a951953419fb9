import Foundation
import Testing

/// Secrets that are printed in every form that is promised, through every source there is: not a byte of them may be on disk.
@Suite struct `Canaries` {
  /// Its last character ends neither a path nor an id: together with what follows it would be met by chance.
  static let canary = "K7r/Wöq+pX\"zv'Lm<8&Tn>$9\\Bd%Hg jQ"
  static let simple = "Tok3nWithLettersAndDigits77"
  static let key = privateKey(seed: 1)

  @Test func `in every form, by agent, tests and service, are nowhere at rest`() async throws {
    let project = try await project()
    let environment = ["CANARY": Self.canary, "CANARY_KEY": Self.key, "SIMPLE": Self.simple]
    let (status, text) = try await project.waybill("run", "hello", environment: environment)
    #expect(status == 0, "\(text.suffix(3000))")
    let printed = try canaries(of: project)
    // The same program with other secrets: what both print is no part of a secret.
    let decoys = ["CANARY": Self.disguised(Self.canary), "CANARY_KEY": Self.privateKey(seed: 2)]
    try await project.sh(
      "mkdir ../decoys && cd ../decoys && mkdir run canaries && cd run && "
        + decoys.map { "\($0.key)=\(Self.quoted($0.value))" }.joined(separator: " ")
        + " python3 ../../work/emit.py >/dev/null")
    let others = try canaries(of: project, in: "decoys/canaries")
    #expect(printed.count == CanaryForm.ofLine.count + CanaryForm.ofKey.count && others.count == printed.count)
    let corpus = try await corpus(of: project) + [("screen", Array(text.utf8))]
    var told: [UInt64: String] = [:]
    for (form, bytes) in printed {
      let windows = Self.windows(bytes).subtracting(Self.windows(try #require(others[form])))
      #expect(windows.count > 4, "\(form)")
      for window in windows { told[window] = form }
    }
    for (name, text) in [("SIMPLE", Self.simple), ("rotated", project.read("../rotated"))] {
      for window in Self.windows(Array(text.utf8)) { told[window] = name }
    }
    for (place, content) in corpus {
      var found: Set<String> = []
      Self.forEachWindow(content) { if let form = told[$0] { found.insert(form) } }
      #expect(found.isEmpty, "\(place)")
    }
    #expect(try await project.waybill("show").text.contains("secrets none of "))
  }

  private func project() async throws -> Project {
    var shape = Project.Shape()
    shape.extra = """
      risk: [{ class: medium }]
      secrets:
        CANARY: { from: env, for: [implement, test, start, validate] }
        CANARY_KEY: { from: env, for: [implement, test, start] }
        SIMPLE: { from: env, for: [test, start, validate] }

      """
    shape.implement = "python3 emit.py; python3 emit.py >&2; echo hello > hello.txt"
    shape.test = "sh ./sources.sh"
    shape.service = "exec python3 -u service.py"
    shape.files = [
      "emit.py": CanaryForm.program, "sources.sh": Self.sources, "validations/hello.hurl": Self.validation,
    ]
    let project = try await Project(shape)
    try await project.sh("mkdir ../canaries")
    try project.write(Self.service.replacing("PORT", with: "\(project.port)"), to: "service.py")
    try await project.sh("git commit -qam service && git push -q origin main")
    return project
  }

  /// What programs say of their environment, in streams that no text is made for.
  private static let sources = """
    env; export -p; set; cat /proc/self/environ; tr '\\\\0' '\\\\n' < /proc/self/environ
    python3 - <<'END'
    import os, sys
    b = os.environ["CANARY"].encode()
    out, err = sys.stdout.buffer, sys.stderr.buffer
    for piece in (b"\\\\0" + b + b"\\\\0", b"\\\\xff\\\\xfe" + b + b"\\\\xc3", b"x" * 1500000 + b + b"y" * 1500000, b"\\\\n" + b, b + b + b):
        out.write(piece)
    out.flush()
    for i in range(len(b)):
        out.write(b[i:i + 1])
        out.flush()
    out.write(b"\\\\n")
    for stream in (out, err, out, err):
        stream.write(b"interleaved " + b + b"\\\\n")
        stream.flush()
    try:
        raise ValueError({"token": os.environ["CANARY"], "simple": os.environ["SIMPLE"]})
    except ValueError:
        import traceback
        traceback.print_exc()
    END
    """.replacing("\\\\", with: "\\")

  private static let validation = """
    GET {{base_url}}/bot{{SIMPLE}}/path?token={{SIMPLE}}&form={{CANARY}}#{{SIMPLE}}
    Authorization: Bearer {{SIMPLE}}
    authorization: Token {{SIMPLE}}
    X-API-KEY: {{SIMPLE}}
    Referer: http://h/?key={{SIMPLE}}
    Cookie: own={{SIMPLE}}
    HTTP 404
    [Asserts]
    body contains "{{SIMPLE}}"

    GET {{base_url}}/basic
    [BasicAuth]
    ada: {{SIMPLE}}
    HTTP 404

    POST {{base_url}}/form
    [Form]
    password: {{CANARY}}
    plain: {{SIMPLE}}
    HTTP 404

    POST {{base_url}}/json
    {"{{SIMPLE}}": [{"deep": "{{SIMPLE}}"}]}
    HTTP 404

    POST {{base_url}}/upload
    Content-Type: multipart/form-data; boundary=b
    ```
    --b
    Content-Disposition: form-data; name="file"; filename="{{SIMPLE}}.txt"

    {{SIMPLE}}
    --b--
    ```
    HTTP 404

    GET {{base_url}}/moved
    [Options]
    location: true
    HTTP 404

    GET {{base_url}}/rotate
    HTTP 200
    [Captures]
    fresh: jsonpath "$.token"
    whole: body

    GET {{base_url}}/again
    Authorization: Bearer {{fresh}}
    HTTP 404

    GET {{base_url}}/gzip
    HTTP 200
    [Asserts]
    body contains "{{SIMPLE}}"
    """

  /// Says of every request all that it knows, in its log and in an error page; prints the forms as well.
  private static let service = """
    import gzip, http.server, json, os, secrets, subprocess, sys

    simple = os.environ["SIMPLE"]
    fresh = secrets.token_hex(20)
    open("../rotated", "w").write(fresh)
    subprocess.run([sys.executable, "emit.py"])

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self, status, body, *headers):
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            said = self.requestline + "\\n" + str(self.headers) + "\\n" + body.decode("utf-8", "replace")
            print(said, "rotating", simple, "to", fresh, flush=True)
            if self.path == "/healthz":
                self.answer(200, b"ok")
            elif self.path == "/moved":
                self.answer(302, b"", ("Location", "/landed/" + simple + "?access_token=" + simple), ("X-" + simple, simple))
            elif self.path == "/rotate":
                self.answer(200, json.dumps({"token": fresh, "old": simple}).encode(), ("Set-Cookie", "sid=" + fresh))
            elif self.path == "/gzip":
                self.answer(200, gzip.compress(simple.encode() * 3), ("Content-Encoding", "gzip"))
            else:
                page = "<html><body><p title='" + simple + "'>no such page: " + said + "</p></body></html>"
                self.answer(404, page.encode(), ("X-Echo", self.headers.get("Authorization") or ""))

        do_POST = do_GET

    http.server.ThreadingHTTPServer.allow_reuse_address = True
    http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Handler).serve_forever()
    """
}

extension `Canaries` {
  /// What was printed, by the name of the form.
  private func canaries(of project: Project, in folder: String = "canaries") throws -> [String: [UInt8]] {
    let path = "\(project.folder)/\(folder)"
    var found: [String: [UInt8]] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      found[name] = FileManager.default.contents(atPath: "\(path)/\(name)").map { Array($0) }
    }
    return found
  }

  /// All that is on disk and all that is shown, unpacked.
  private func corpus(of project: Project) async throws -> [(String, [UInt8])] {
    var corpus: [(String, [UInt8])] = []
    for folder in ["\(project.root)/.waybill", "\(project.root)/.git", "\(project.folder)/remote.git"] {
      let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
      for name in names {
        if let data = FileManager.default.contents(atPath: "\(folder)/\(name)") { corpus.append((name, Array(data))) }
      }
    }
    for git in ["git", "git --git-dir ../remote.git"] {
      let file = "\(project.folder)/objects"
      try await project.sh("\(git) cat-file --batch-all-objects --batch > ../objects")
      corpus.append((git, Array(try #require(FileManager.default.contents(atPath: file)))))
    }
    for verb in ["logs", "show --exchanges --diff", "show --json", "why", "runs --json"] {
      try await project.sh("\(Program.path) \(verb) > ../objects 2>&1")
      corpus.append((verb, Array(try #require(FileManager.default.contents(atPath: "\(project.folder)/objects")))))
    }
    return corpus
  }

  /// All stretches of eight bytes.
  private static func windows(_ bytes: [UInt8]) -> Set<UInt64> {
    var windows: Set<UInt64> = []
    forEachWindow(bytes) { windows.insert($0) }
    return windows
  }

  private static func forEachWindow(_ bytes: [UInt8], _ body: (UInt64) -> Void) {
    var window: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      window = window << 8 | UInt64(byte)
      if index >= 7 { body(window) }
    }
  }

  /// Every letter and digit is another one, every other sign stands where it stood.
  private static func disguised(_ text: String) -> String {
    String(
      text.map { sign in
        switch sign {
        case "ö": "ä"
        case "a"..."y", "A"..."Y", "0"..."8": Character(Unicode.Scalar((sign.asciiValue ?? 0) + 1))
        case "z": "a"
        case "9": "0"
        default: sign
        }
      })
  }

  private static func privateKey(seed: UInt8) -> String {
    let body = Data((0..<240).map { UInt8(truncatingIfNeeded: $0 &* 197 &+ Int(seed) &* 91 &+ $0 * $0 / 7) })
      .base64EncodedString()
    let lines = stride(from: 0, to: body.count, by: 64).map { String(body.dropFirst($0).prefix(64)) }
    return (["-----BEGIN PRIVATE KEY-----"] + lines + ["-----END PRIVATE KEY-----"]).joined(separator: "\n") + "\n"
  }

  private static func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "'\\''"))'" }
}
