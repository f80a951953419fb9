import Foundation
import Support
import Testing

/// `waybill check`, in a folder that is no repository.
@Suite struct `A check by itself` {
  private let project: Project

  init() async throws { project = try await Project() }

  /// Serves the project's folder on loopback while a body runs; hands on the address.
  private func served(_ body: (String) async throws -> Void) async throws {
    let server = try Harness(project, running: "exec python3 service.py")
    try await server.listens(on: project.port)
    try await body("http://127.0.0.1:\(project.port)")
    server.kill()
    _ = try await server.end()
  }

  private func check(_ arguments: String...) async throws -> (status: Int32, text: String) {
    try await project.waybill(["check", "-C", "/"] + arguments)
  }

  private func write(_ name: String, _ text: String) throws -> String {
    try project.write(text, to: "../checks/\(name)")
    return "\(project.folder)/checks/\(name)"
  }

  @Test func `prints the last response, or nothing as a test`() async throws {
    try await served { base in
      try project.write("the word\n", to: "word.txt")
      let file = try write("ok.hurl", "GET {{base}}/word.txt\nHTTP 200\n[Asserts]\nbody contains \"word\"\n")
      let printed = try await check(file, "--variable", "base=\(base)")
      #expect(printed.status == 0 && printed.text == "the word\n", "\(printed.text)")
      let tested = try await check("--test", "\(project.folder)/checks", "--variable", "base=\(base)")
      #expect(tested.status == 0)
      #expect(tested.text.contains("ok.hurl: Success (1 request(s) in "), "\(tested.text)")
      #expect(tested.text.contains("Succeeded files:   1 (100.0%)"))
      #expect(!tested.text.contains("the word"))
    }
  }

  @Test func `ends with the worst that happened, and goes on with other files`() async throws {
    try await served { base in
      let bad = try write("bad.hurl", "GET {{base}}/service.py\nHTTP 404\n")
      let down = try write("down.hurl", "GET {{nobody}}/\n")
      let broken = try write("broken.hurl", "GET {{base}}/\nHTTP x\n")
      let good = try write("good.hurl", "GET {{base}}/service.py\nHTTP 200\n")
      for (files, status) in [([bad], 4), ([bad, down], 3), ([bad, down, broken], 2), ([good], 0)]
        as [([String], Int32)]
      {
        let (code, text) = try await project.waybill(
          ["check", "--test", "--jobs", "2", "--variable", "base=\(base)"] + files + [good])
        #expect(code == status, "\(text)")
        #expect(text.contains("good.hurl: Success"))
      }
    }
  }

  @Test(
    arguments: [
      (["nothing.hurl"], 1, "\"nothing.hurl\" is not there or cannot be read"),
      ([], 1, "no file is named"),
      (["--variable", "x", "waybill.yaml"], 1, "--variable: \"x\" is not written name=value"),
      (["--secret", "s3cr3t", "waybill.yaml"], 1, "--secret: \"…\" is not written name=value"),
      (["--secret", "k=abc", "waybill.yaml"], 1, "the secret \"k\" is shorter than 4 bytes and cannot be masked"),
      (["--secret", "k=abcdefgh", "--variable", "k=1", "waybill.yaml"], 1, "\"k\" is a variable and a secret"),
      (["--retry", "x", "waybill.yaml"], 1, "--retry: \"x\" is not a number of times"),
      (["--insecure", "waybill.yaml"], 3, "--insecure would switch certificate checks off, which is refused; trust"),
      (["--glob", "none/**/*.hurl"], 1, "\"none/**/*.hurl\" is not there"),
      (["waybill.yaml"], 2, "error: Parsing"),
      (["--no-such-option"], 1, "Unknown option"),
      (["--error-format", "x", "waybill.yaml"], 1, "The value 'x' is invalid"),
      (["--from-entry", "0", "waybill.yaml"], 1, "--from-entry: 0 is not an entry; the first one is 1"),
      (["--from-entry", "2", "--to-entry", "1", "waybill.yaml"], 1, "--to-entry: 1 stands before --from-entry 2"),
    ] as [([String], Int32, String)])
  func `that cannot begin says why`(arguments: [String], status: Int32, words: String) async throws {
    let (code, text) = try await project.waybill(["check"] + arguments)
    #expect(code == status, "\(text)")
    #expect(text.contains(words), "\(text)")
    #expect(!text.contains("s3cr3t"))
  }

  @Test func `keeps reports in every form, adds to them, and no secret is in them`() async throws {
    try await served { base in
      try project.write("{\"token\":\"s3cr3t-token\"}", to: "answer.json")
      let file = try write(
        "r.hurl", "GET {{base}}/answer.json?t={{token}}\nHTTP 200\n[Asserts]\njsonpath \"$.token\" == \"x\"\n")
      let folder = "\(project.folder)/reports"
      for _ in 1...2 {
        let (status, text) = try await check(
          file, "--variable", "base=\(base)", "--secret", "token=s3cr3t-token", "--report-junit", "\(folder)/j.xml",
          "--report-tap", "\(folder)/t.tap", "--report-json", "\(folder)/json", "--report-html", "\(folder)/html",
          "--report-har", "\(folder)/har", "--curl", "\(folder)/curl.txt", "--very-verbose", "--error-format", "long")
        #expect(status == 4, "\(text)")
        #expect(text.contains("[redacted:token]") && !text.contains("s3cr3t"), "\(text)")
      }
      #expect(project.read("../reports/t.tap") == "TAP version 13\n1..2\nnot ok 1 - \(file)\nnot ok 2 - \(file)\n")
      #expect(project.read("../reports/j.xml").components(separatedBy: "<testsuite ").count == 3)
      #expect(
        try await project.sh(
          "python3 -c 'import json,sys; print(len(json.load(open(sys.argv[1]))))' \(folder)/json/report.json") == "2")
      #expect(try await project.sh("grep -c '<tr class' \(folder)/html/index.html") == "2")
      #expect(try await project.sh("grep -rl s3cr3t \(folder) | wc -l") == "0")
      #expect(try await project.sh("ls \(folder)/json/store | wc -l") == "2")
      try project.write("something else", to: "../reports/t.tap")
      let refused = try await check(
        file, "--variable", "base=\(base)", "--secret", "token=s3cr3t-token", "--report-tap", "\(folder)/t.tap")
      #expect(refused.status == 1)
      #expect(refused.text.contains("something else is there, which was left alone"))
      #expect(project.read("../reports/t.tap") == "something else")
    }
  }

  @Test func `takes variables from files and the environment, the command line first`() async throws {
    try await served { base in
      try project.write("# where\nbase=\(base)\nname=waybill.yaml\n", to: "../vars")
      let file = try write("v.hurl", "GET {{base}}/{{name}}\nHTTP 200\n[Asserts]\nvariable \"n\" == {{m}}\n")
      let (status, text) = try await project.waybill(
        [
          "check", "--test", file, "--variables-file", "\(project.folder)/vars", "--variable", "name=service.py",
          "--variable", "m=3",
        ],
        environment: ["HURL_VARIABLE_n": "3", "HURL_VARIABLE_m": "4"])
      #expect(status == 0, "\(text)")
    }
  }
}
