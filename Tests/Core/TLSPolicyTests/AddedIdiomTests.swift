import Testing

@testable import TLSPolicy

@Suite struct `Idioms that a change adds` {
  private func added(_ new: String, to old: String? = nil, path: String = "a.go") -> [String] {
    Idiom.added(by: Array(new.utf8), to: old.map { Array($0.utf8) }, path: path).map(\.idiom.id)
  }

  private static let line = "cfg.InsecureSkipVerify = true\n"

  @Test func `are those that the old version has not`() {
    #expect(added(Self.line) == ["go-insecure-skip-verify"])
    #expect(added("a\n" + Self.line, to: Self.line).isEmpty)
    #expect(added(Self.line + Self.line, to: Self.line) == ["go-insecure-skip-verify"])
    #expect(
      added("cfg.InsecureSkipVerify = yes\n", to: "cfg.InsecureSkipVerify = false\n") == ["go-insecure-skip-verify"])
    #expect(added("", to: Self.line).isEmpty)
  }

  @Test func `are found where the name is the old version's and the value the change's`() {
    #expect(added("curl \\\n -k https://h/", to: "curl \\\n https://h/", path: "a.sh") == ["curl-insecure"])
  }

  @Test(arguments: [
    ("a.go", "// InsecureSkipVerify: true"), ("a.go", "x := 1 // never InsecureSkipVerify: true"),
    ("a.py", "  # verify=False is refused"), ("README.md", "Never use `curl -k`."), ("a.lua", "-- verify = \"none\""),
    ("CHANGELOG", "curl -k is refused"), ("a.sql", "-- TrustServerCertificate=true"),
  ])
  func `are none in comments and in texts for people`(path: String, text: String) {
    #expect(added(text, path: path).isEmpty)
  }

  @Test(arguments: [
    ("a.go", "//go:generate curl -k https://h/"), ("a.go", "u := \"// \" + f(InsecureSkipVerify: true)"),
    ("a.py", "x = '# ' if requests.get(u, verify=False) else 1"), ("a.sh", "#!/usr/bin/curl -k"),
    ("requirements.txt", "--trusted-host h"), ("a.c", "# define V CURLOPT_SSL_VERIFYPEER, 0"),
    ("notes.txt", "curl -k https://h/"), ("a.js", "#x = { rejectUnauthorized: false }"),
    ("a.go", "a // b\ncfg.InsecureSkipVerify = true"),
  ])
  func `are found in what a comment only looks like`(path: String, text: String) {
    #expect(added(text, path: path).count == 1)
  }

  @Test func `tell where they stand`() {
    let bytes = Array("a\n  verify=False\n".utf8)
    #expect(Idiom.added(by: bytes, to: nil, path: "a.py").map(\.range) == [4..<16])
  }
}
