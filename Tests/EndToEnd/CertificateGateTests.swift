import Foundation
import Testing

@Suite struct `The gate that keeps certificate checks on` {
  /// What the agent copies stands beside the repository, so that nothing of it stands in the configuration.
  private func project(_ bad: String, into path: String, _ shape: Project.Shape = .init()) async throws -> Project {
    var shape = shape
    shape.implement = "echo hello > hello.txt; mkdir -p d; cp ../bad '\(path)'"
    shape.attempts = 1
    let project = try await Project(shape)
    try project.write(bad, to: "../bad")
    return project
  }

  private func isUntouched(_ project: Project) async throws -> Bool {
    let remote = try await project.sh("git --git-dir ../remote.git rev-parse main")
    let (local, count) = (try await project.sh("git rev-parse HEAD"), try await project.sh("git rev-list --count HEAD"))
    return local == remote && count == "1"
  }

  @Test(arguments: [
    (
      "d/a.go", "package d\n\nvar c = tls.Config{InsecureSkipVerify: true}\n", "3:20",
      "Go's InsecureSkipVerify; put the CA into"
    ),
    ("a.py", "requests.get(u, verify=False)\n", "1:17", "Python's verify=False; name the CA with verify="),
    ("deploy.sh", "#!/bin/sh\ncurl -fsS \\\n  -k https://h/\n", "2:1", "curl -k; use --cacert ca.pem"),
    (".gitconfig", "[http]\n\tsslVerify = false\n", "2:2", "git's http.sslVerify switched off; set http.sslCAInfo"),
    ("Dockerfile", "FROM x\nENV NODE_TLS_REJECT_UNAUTHORIZED 0\n", "2:5", "NODE_TLS_REJECT_UNAUTHORIZED=0; set"),
    (".curlrc", "# for now\ninsecure\n", "2:1", "curl -k; use --cacert ca.pem"),
    (".npmrc", "strict-ssl=false\n", "1:1", "npm's and yarn's strict-ssl switched off; set cafile"),
    (
      "a.ipynb", "{\"source\": [\"requests.get(u, verify=False)\\n\"]}\n", "1:30",
      "Python's verify=False; name the CA with verify="
    ),
    (
      "A.java", "class A {\n  void checkServerTrusted(X509Certificate[] c, String a) {\n  }\n}\n", "2:8",
      "a trust manager that checks nothing; load the CA"
    ),
    (
      "values.yaml", "tls:\n  insecure_skip_verify: true\n", "2:3",
      "insecure_skip_verify: true; name the CA with ca_file"
    ),
  ])
  func `stops a change that switches them off`(path: String, text: String, place: String, words: String) async throws {
    let project = try await project(text, into: path)
    let (status, output) = try await project.waybill("run", "hello")
    #expect(status == 4, "\(output)")
    #expect(output.contains("\"\(path)\":\(place) switches certificate checks off: \(words)"), "\(output)")
    #expect(output.contains("or, if nothing is switched off there, commit the line"), "\(output)")
    #expect(try await isUntouched(project))
    #expect(try await project.waybill("why").text.contains("switches certificate checks off"))
  }

  @Test func `stops a change that switches them off in UTF-16`() async throws {
    let project = try await project("$a = 1\nInvoke-WebRequest -SkipCertificateCheck https://h/\n", into: "a.ps1")
    try await project.sh("iconv -f UTF-8 -t UTF-16 ../bad > ../wide && mv ../wide ../bad")
    let (status, output) = try await project.waybill("run", "hello")
    #expect(status == 4, "\(output)")
    #expect(
      output.contains("\"a.ps1\":2:19 switches certificate checks off: PowerShell's -SkipCertificateCheck"), "\(output)"
    )
    #expect(try await isUntouched(project))
  }

  @Test func `lets a text for people, a comment and what was there before pass`() async throws {
    var shape = Project.Shape()
    shape.files = ["old.py": "requests.get(u, verify=False)\n"]
    shape.implement =
      "echo hello > hello.txt; cp ../bad notes.md; sed 's/^/# /' ../bad > a.py; { echo; cat old.py; } > new; mv new old.py"
    shape.attempts = 1
    let project = try await Project(shape)
    try project.write("Never write verify=False.\n", to: "../bad")
    let (status, output) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(output)")
  }

  @Test func `takes an allowance from the base and none from the change`() async throws {
    let project = try await project("x = { rejectUnauthorized: false }\n", into: "a.js")
    let first = try await project.waybill("run", "hello")
    let print = String(try #require(first.text.firstMatch(of: /[0-9a-f]{8}-[0-9a-f]{32}/)).output)
    try project.write("\(print) a sample for the linter\n", to: ".waybill-allow")
    #expect(try await project.waybill("resume").status == 4)
    #expect(try await project.waybill("abandon").status == 0)
    try project.write("\(print) a sample for the linter\n", to: ".waybill-allow")
    try await project.sh("git add .waybill-allow && git commit -qm allow && git push -q origin main")
    try await project.sh("echo hello > hello.txt; cp ../bad a.js")
    let again = try await project.waybill("run", "hello", "--adopt")
    #expect(again.status == 0, "\(again.text)")
  }

  @Test(arguments: [
    ("test", "test: ['curl -k https://h/']\n", "switches certificate checks off: curl -k; use --cacert ca.pem"),
    (
      "environment", "environment: { GIT_SSL_NO_VERIFY: '1' }\n",
      "\"environment.GIT_SSL_NO_VERIFY\" switches certificate"
    ),
  ])
  func `refuses a configuration that switches them off`(key: String, line: String, words: String) async throws {
    let project = try await Project()
    try project.write(
      project.read("waybill.yaml").replacing(
        "test: ['test -f hello.txt']\n", with: key == "test" ? line : "test: ['true']\n\(line)"), to: "waybill.yaml")
    try await project.sh("git commit -qam off && git push -q origin main")
    let (status, output) = try await project.waybill("run", "hello")
    #expect(status == 2, "\(output)")
    #expect(output.contains(words) && output.contains("waybill.yaml:"), "\(output)")
    #expect(try await project.sh("git rev-list --count HEAD") == "2")
  }
}
