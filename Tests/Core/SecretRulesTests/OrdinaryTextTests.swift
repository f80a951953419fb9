import Foundation
import Testing

@testable import SecretRules

@Suite struct `Ordinary text` {
  /// What programs print and repositories hold, with new values at every reading.
  static let lines = [
    // Logs.
    #"10.0.0.{digit:2} - - [23/Nov/2026:11:13:{digit:2} +0000] "GET /v1/nodes/{uuid}?page=2 HTTP/1.1" 200 {digit:5}"#,
    "2026-11-23T11:13:{digit:2}Z INFO request_id={uuid} trace={hex:32} span={hex:16} took {digit:3} ms",
    "Nov 23 11:13:{digit:2} host sshd[{digit:4}]: Accepted publickey for root from 10.0.0.1 port 5{digit:4} ssh2: RSA SHA256:{base64:43}",
    "Nov 23 11:13:{digit:2} host sshd[{digit:4}]: Failed password for invalid user admin from 10.0.0.1",
    "Nov 23 11:13:{digit:2} host systemd[1]: session-{digit:4}.scope: Deactivated successfully.",
    "commit {hex:40}\nAuthor: A B <a.b@example.org>\n\n    tokens: read {digit:4} of them",
    "[{digit:3}/{digit:3}] Compiling Redaction Secret.swift (password: no such file)",
    "{\"level\":\"info\",\"msg\":\"token refreshed\",\"expires_in\":3600,\"token_type\":\"Bearer\",\"id\":\"{uuid}\"}",
    "POST /oauth/token 401 error=invalid_client error_description=\"The client secret supplied is invalid\"",
    "key=value key2={digit:6} monkey={alpha:6} turkey: yes keyboard=us author=someone authored=2026",
    "WWW-Authenticate: Bearer realm=\"api\", error=\"invalid_token\"", "Authorization: Bearer",
    "Cookie: lang=en; theme=dark",
    "ETag: \"{hex:32}\"", "X-Request-Id: {uuid}", "Set-Cookie: theme=dark; Path=/; Max-Age=31536000",
    "pulled docker.io/library/debian@sha256:{hex:64}", "Layer sha256:{hex:64} already exists",
    "max_tokens: 4096, total_tokens={digit:5}, prompt_tokens={digit:4}, tokens_per_second={digit:2}.{digit:2}",
    "password authentication failed for user \"app\"", "Enter passphrase for key '/root/.ssh/id_ed25519':",
    "http://127.0.0.1:8080/a@b:c", "ssh://git@github.com:22/o/r.git", "git@github.com:o/r.git", "user@example.org:8443",
    "https://cdn.example.org/assets/app.{hex:20}.js?v={hex:8}",
    "at Object.<anonymous> (/srv/app/token.js:12:{digit:2})",
    // Lock files and digests.
    "      \"integrity\": \"sha512-{base64:86}==\",", "checksum = \"{hex:64}\"", "    --hash=sha256:{hex:64} \\",
    "golang.org/x/crypto v0.17.0 h1:{base64:43}=", "{hex:64}  waybill.tar.gz", "{hex:32} *file",
    "\"resolved\": \"https://registry.npmjs.org/tokens/-/tokens-1.2.{digit:1}.tgz#{hex:40}\"",
    "index {hex:7}..{hex:7} 100644", "Signature: sha256={hex:64}", "tree {hex:40}", "ssh-ed25519 {base64:68} a@b",
    "ssh-rsa {base64:372} a@b", "<script integrity=\"sha384-{base64:64}\"></script>", "cache-key: linux-{hex:64}",
    // Data.
    "data:image/png;base64,iVBORw0KGgo{base64:400}", "src: url(data:font/woff2;base64,d09GMgAB{base64:300})",
    "{base64:76}\n{base64:76}",
    "\"sourceMappingURL=data:application/json;base64,{base64:200}\"",
    "-----BEGIN CERTIFICATE-----\n{base64:64}\n{base64:64}\n-----END CERTIFICATE-----",
    "id: {uuid}", "{hex:128}", "{digit:20},{digit:16},{digit:10}", "{uppernum:32}", "{alnum:22}", "{base32:40}",
    // Code.
    "let token = try parser.next()", "if password == nil { throw Failure.noPassword }",
    "func secret(named name: String) -> Secret?",
    "password = getpass.getpass(\"Password: \")", "token: process.env.API_TOKEN,",
    "self.token = token2 or self.tokens[0]",
    "this.secretKey=e.secretKey||t.getKey(n),r.apiKey=function(e){return i(e,\"apiKey\")}",
    "static const char token[] = \"=\";",
    "case token(Token)", "API_KEY: ${{ secrets.API_KEY }}", "password: !secret db_password",
    "access_key = var.access_key",
    "#define SECRET_KEY_BYTES 32", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: app-token",
    "secretKeyRef:\n  name: app\n  key: token",
    "export TOKEN=$(cat /run/secrets/token)", "curl -H \"Authorization: Bearer $TOKEN\" https://api.example.org",
    "@param password the user's password (8 characters or more)", "assert token == expected_token, \"wrong token\"",
    "!function(e,t){\"object\"==typeof exports&&\"undefined\"!=typeof module?t(exports):t((e=e||self).Token={})}(this,function(e){var t=1e3})",
    "<input type=\"password\" name=\"password\" placeholder=\"Your password\" autocomplete=\"current-password\">",
    "private_key_path = \"/etc/ssl/private/server.key\"", "PasswordAuthentication no", "passwd: files systemd",
    "token_endpoint: https://login.example.org/oauth2/v2.0/token", "csrf_token: {alnum:32}", "nextPageToken={alnum:40}",
    "AKIA is how ids begin; ghp_ and sk_live_ are others; eyJ begins a token",
    "secret = Secret(name: \"S1\", value: value)",
  ]

  @Test(arguments: lines)
  func `yields no finding, whatever its values`(line: String) {
    for seed in 0..<6 {
      let bytes = SampleTemplate(line, seed: UInt64(seed))?.bytes ?? []
      let found = RuleSet.builtIn.findings(in: bytes, decoding: true)
      #expect(found.isEmpty, "\(String(decoding: bytes, as: UTF8.self))")
    }
  }

  @Test func `of the rules and of their description yields no finding`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().resolvingSymlinksInPath()
      .appending(path: "../../../").standardized
    var files = [root.appending(path: "docs/secrets.md")]
    for folder in ["Sources/Core/SecretRules", "Tests/Core/SecretRulesTests"] {
      let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path())?.compactMap {
        $0 as? String
      }
      files += (names ?? []).filter { $0.hasSuffix(".swift") }.map { root.appending(path: folder).appending(path: $0) }
    }
    #expect(files.count > 20)
    for file in files {
      let found = RuleSet.builtIn.findings(in: Array(try Data(contentsOf: file)))
      #expect(found.isEmpty, "\(file.lastPathComponent)")
    }
  }
}
