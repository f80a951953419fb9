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
    #expect(added(Self.line + Self.line, to: Self.line + "x\n" + Self.line).isEmpty)
    #expect(added("tls.Config{InsecureSkipVerify: true}\n", to: Self.line) == ["go-insecure-skip-verify"])
    #expect(added(Self.line, to: "// " + Self.line) == ["go-insecure-skip-verify"])
  }

  @Test func `are found where the name is the old version's and the value the change's`() {
    #expect(added("curl \\\n -k https://h/", to: "curl \\\n https://h/", path: "a.sh") == ["curl-insecure"])
  }

  @Test(arguments: [
    ("a.go", "// InsecureSkipVerify: true"), ("a.go", "x := 1 // never InsecureSkipVerify: true"),
    ("a.py", "  # verify=False is refused"), ("README.md", "Never use `curl -k`."), ("a.lua", "-- verify = \"none\""),
    ("CHANGELOG", "curl -k is refused"), ("docs/Readme.txt", "Never use `curl -k`."),
    ("a.go", "a()\n// InsecureSkipVerify: true"), ("a.go", "a()\t//\tInsecureSkipVerify: true"),
    ("a.sql", "-- TrustServerCertificate=true"),
  ])
  func `are none in comments and in texts for people`(path: String, text: String) {
    #expect(added(text, path: path).isEmpty)
  }

  @Test(arguments: [
    ("a.go", "//go:generate curl -k https://h/"), ("a.go", "u := \"// \" + f(InsecureSkipVerify: true)"),
    ("a.py", "x = '# ' if requests.get(u, verify=False) else 1"), ("a.sh", "#!/usr/bin/curl -k"),
    ("requirements.txt", "--trusted-host h"), ("a.c", "# define V CURLOPT_SSL_VERIFYPEER, 0"),
    ("notes.txt", "curl -k https://h/"), ("readme-tool", "curl -k https://h/"),
    ("a.go", "u := \" // \" + f(InsecureSkipVerify: true)"), ("a.js", "#x = { rejectUnauthorized: false }"),
    ("a.go", "a // b\ncfg.InsecureSkipVerify = true"),
  ])
  func `are found in what a comment only looks like`(path: String, text: String) {
    #expect(added(text, path: path).count == 1)
  }

  @Test func `are found in curl's own configuration, where an argument needs no hyphens`() {
    for line in ["insecure", "  -k", "-k\r", "insecure:x", "insecure = true\r", "doh-insecure=x", "\t--insecure"] {
      #expect(added("show-error\n\(line)\n", path: "home/.curlrc").count == 1, "\(line)")
      #expect(added("show-error\n\(line)\n", path: "_curlrc").count == 1, "\(line)")
      #expect(added("show-error\n\(line)\n", to: line + "\n", path: "home/.curlrc").isEmpty, "\(line)")
    }
    #expect(
      added("\tinsecure\nproxy-insecure\nproxy = h --insecure\n", path: ".curlrc")
        == ["curl-insecure", "curl-insecure", "program-insecure"])
    #expect(added("# insecure\ninsecure-not\ncacert = ca.pem\n", path: ".curlrc").isEmpty)
    #expect(added("insecure\n", path: "words").isEmpty)
  }

  @Test func `are found in UTF-16 of either order, with its mark and without`() {
    let text = "$a = 1\r\nInvoke-WebRequest -SkipCertificateCheck https://h/\r\n"
    let little = text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] }
    for bytes in [
      [0xff, 0xfe] + little, [0xfe, 0xff] + big, little, big, Array(text.utf8), [0xff, 0xfe] + little + [7],
    ] {
      let read = SourceText.utf8(of: bytes) ?? []
      #expect(Idiom.added(by: read, to: nil, path: "a.ps1").map(\.idiom.id) == ["powershell-skip-check"])
    }
    #expect(
      SourceText.utf8(of: [0xff, 0xfe] + "näht 🧵".utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
        == Array("näht 🧵".utf8))
    #expect(SourceText.utf8(of: [0xfe, 0xff, 0, 0x61]) == [0x61])
  }

  @Test func `are none in what is binary`() {
    for bytes: [UInt8] in [
      [0], [0, 0], Array("text text".utf8) + [0], [0x7f, 0x45, 0, 0], [0, 0, 0x61, 0x62], [0x61, 0, 0, 0x62],
      [0x61, 0x62, 0],
    ] {
      #expect(SourceText.utf8(of: bytes) == nil)
    }
    #expect(SourceText.utf8(of: []) == [])
    #expect(SourceText.utf8(of: [0xff, 0xfe]) == [] && SourceText.utf8(of: [0xff, 0xfe, 0x61]) == [])
    let late = [UInt8](repeating: 0x61, count: 8000) + [0]
    #expect(SourceText.utf8(of: late) == late)
  }

  @Test func `tell where they stand`() {
    let bytes = Array("a\n  verify=False\n".utf8)
    #expect(Idiom.added(by: bytes, to: nil, path: "a.py").map(\.range) == [4..<16])
  }
}
