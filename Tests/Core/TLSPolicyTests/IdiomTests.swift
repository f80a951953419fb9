import Testing

@testable import TLSPolicy

@Suite struct `An idiom that switches certificate checks off` {
  struct Sample: Sendable, CustomStringConvertible {
    let id: String
    let text: String
    var description: String { "\(id): \(text)" }
  }

  static let positives = Idiom.all.flatMap { idiom in idiom.positiveSamples.map { Sample(id: idiom.id, text: $0) } }
  static let negatives = Idiom.all.flatMap { idiom in idiom.negativeSamples.map { Sample(id: idiom.id, text: $0) } }

  @Test(arguments: positives)
  func `is found in each of its samples`(sample: Sample) {
    #expect(!Idiom.findings(in: Array(sample.text.utf8)).isEmpty)
    #expect(!Idiom.findings(in: Array("x\n  \(sample.text)\ny\n".utf8)).isEmpty)
  }

  @Test(arguments: negatives)
  func `is not found in what only looks alike`(sample: Sample) {
    let found = Idiom.findings(in: Array(sample.text.utf8))
    #expect(found.isEmpty, "\(found.map(\.idiom.id))")
  }

  @Test(arguments: Idiom.all)
  func `has a name, words and samples of its own`(idiom: Idiom) {
    #expect(Idiom.all.filter { $0.id == idiom.id }.count == 1)
    #expect(!idiom.what.isEmpty && !idiom.instead.isEmpty && !idiom.instead.hasSuffix("."))
    #expect(!idiom.positiveSamples.isEmpty && !idiom.negativeSamples.isEmpty)
    let own = idiom.positiveSamples.flatMap { Idiom.findings(in: Array($0.utf8)) }
    #expect(own.contains { $0.idiom.id == idiom.id })
  }

  @Test func `is known of many languages and programs`() { #expect(Idiom.all.count >= 40) }

  @Test(arguments: [
    "void checkServerTrusted(X509Certificate[] c, String a) {\n}",
    "override fun checkServerTrusted(c: Array<X509Certificate>, a: String) {\r\n  // nothing\r\n  // at all\r\n}",
    "public boolean verify(String host, SSLSession session) {\n    return true;\n}",
    "hostnameVerifier {\n  _, _ -> true\n}", "conn.setHostnameVerifier(\n  (h, s) -> true)",
    "ServerCertificateCustomValidationCallback = (m, c, ch, e) =>\n{\n    return true;\n};",
    "badCertificateCallback = (c, h, p) {\n  return true;\n}", "checkServerIdentity: () => {\n}",
    "subprocess.run([\"curl\",\n  \"-fsS\",\n  \"-k\"])", "command:\n  - curl -fsS \\\n    -k https://h/",
    "{\"source\": [\"requests.get(u, verify=False)\\n\"]}", "tls.Config{\n\tInsecureSkipVerify:\n\ttrue,\n}",
  ])
  func `is seen over several lines`(text: String) {
    #expect(!Idiom.findings(in: Array(text.utf8)).isEmpty)
  }

  @Test(arguments: [
    "void checkServerTrusted(X509Certificate[] c, String a) {\n  own.checkServerTrusted(c, a);\n}",
    "public boolean verify(String host, SSLSession session) {\n    return trueName(host);\n}",
    "public boolean verify(String text) {\n    return true;\n}", "hostnameVerifier {\n  h, _ -> trusted(h)\n}",
    "checkServerIdentity: () => {\n  check()\n}", "verify_certificate: node", "verify_ssl = 0.5",
    "curl -sS https://h/\ntar -k -xf a",
    "CURL_OPTS=\"-sS\"; sort -k 2", "badCertificateCallback = (c, h, p) {\n  return trueHost(h);\n}",
  ])
  func `is not seen in the lines of something else`(text: String) {
    #expect(Idiom.findings(in: Array(text.utf8)).map(\.idiom.id) == [])
  }

  @Test(arguments: [
    "c\\url -k https://h/", "cu\\\nrl -k https://h/", "curl '-k' https://h/", "'curl' -s\"k\" https://h/",
    "curl --inse''cure https://h/",
    "git -c http.ssl'Verify'=false fetch", "curl \\\n  -k https://h/", "curl https://h/a\\ b -k",
    "sh -c 'curl -k https://h/'", "wget --no-check-cert https://h/",
  ])
  func `is seen in a command however it is quoted`(command: String) {
    #expect(Idiom.first(inCommand: command) != nil)
  }

  @Test(arguments: [
    "curl --cacert ca.pem https://h/", "go test ./... | sort -k 2", "curl -s https://h/ && tar -k -xf a",
    "pytest -k verify", "git -c http.sslCAInfo=ca.pem fetch", "make test",
  ])
  func `is not seen in an ordinary command`(command: String) {
    #expect(Idiom.first(inCommand: command)?.id == nil)
  }

  @Test(arguments: [
    ("NODE_TLS_REJECT_UNAUTHORIZED", "0"), ("GIT_SSL_NO_VERIFY", ""), ("GIT_SSL_NO_VERIFY", "false"),
    ("PYTHONHTTPSVERIFY", "0"), ("VAULT_SKIP_VERIFY", "1"), ("GOFLAGS", "-x --insecure"),
    ("GIT_CONFIG_PARAMETERS", "'http.sslverify'='false'"), ("GIT_CONFIG_KEY_3", "http.https://h/.sslVerify"),
    ("NODE_OPTIONS", "--tls-min-v1.0"), ("NODE_TLS_REJECT_UNAUTHORIZED", "FALSE"), ("NPM_CONFIG_STRICT_SSL", "FALSE"),
    ("npm_config_strict_ssl", "false"),
    ("PIP_TRUSTED_HOST", "h"), ("JAVA_TOOL_OPTIONS", "-Djdk.internal.httpclient.disableHostnameVerification"),
    ("LDAPTLS_REQCERT", "never"), ("PROXMOX_VE_INSECURE", "true"), ("CONSUL_HTTP_SSL_VERIFY", "false"),
  ])
  func `is seen in a variable`(name: String, value: String) {
    #expect((Idiom.first(inVariable: name, value: value) != nil) == (name != "NODE_OPTIONS"))
  }
}
