import Testing

@Suite struct `The source of a secret` {
  static let value = "s3cr3t/value+with\"quotes"

  @Test func `that is a command gives its standard output, and nothing of what it says besides`() async throws {
    let project = try await project("{ command: 'echo starting >&2; cat ../token; echo done >&2' }") {
      $0.test = #"test "$(printf %s "$API_TOKEN" | cksum)" = "$(printf %s "$(cat ../token)" | cksum)""#
    }
    try await project.sh("printf '%s\\n' '\(Self.value)' > ../token")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
  }

  @Test func `that is a command which fails is told in its own words, without what it printed`() async throws {
    let project = try await project(
      "{ command: 'cat ../token; echo \"no key for $(printf %s \"$(cat ../token)\" | base64)\" >&2; echo ask Ada >&2; exit 3' }"
    )
    try await project.sh("printf '%s\\n' '\(Self.value)' > ../token")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 2)
    #expect(text.contains("exited with 3: no key for [redacted:secret]; ask Ada"), "\(text)")
    #expect(!text.contains(Self.value))
  }

  @Test(
    arguments: ["printf 'abc\\377defghijk'", "printf 'abcdefgh\\000ijk'"], ["file: ../token", "command: cat ../token"])
  func `that holds no text is refused by name, with what to do`(print: String, source: String) async throws {
    let project = try await project("{ \(source) }")
    try await project.sh("\(print) > ../token")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 2, "\(text)")
    #expect(text.contains("the secret \"API_TOKEN\" is not UTF-8 text"), "\(text)")
    #expect(text.contains("base64"))
    #expect(!text.contains("defgh"))
  }

  @Test func `that is a variable with bytes which are no text is refused by name`() async throws {
    let project = try await project("env")
    let text = try await project.sh(
      "API_TOKEN=\"$(printf 'abc\\377defghijk')\" '\(Program.path)' run hello 2>&1; test $? = 2")
    #expect(text.contains("the secret \"API_TOKEN\" is not UTF-8 text"), "\(text)")
  }

  @Test(arguments: ["file: ../token", "command: cat ../token"])
  func `that holds more than a secret may is refused by name and never cut`(source: String) async throws {
    let project = try await project("{ \(source) }")
    try await project.sh("head -c 65537 /dev/zero | tr '\\0' a > ../token")
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 2)
    #expect(text.contains("the secret \"API_TOKEN\" is larger than 65536 bytes"), "\(text.prefix(500))")
  }

  @Test func `may hold as much as a secret may, and a line break`() async throws {
    let project = try await project("{ command: cat ../token }")
    try await project.sh("head -c 65536 /dev/zero | tr '\\0' a > ../token; printf '\\r\\n' >> ../token")
    let doctor = try await project.waybill("doctor")
    #expect(doctor.text.contains("API_TOKEN, for test"), "\(doctor.text)")
  }

  private func project(_ source: String, _ change: (inout Project.Shape) -> Void = { _ in }) async throws -> Project {
    var shape = Project.Shape()
    shape.extra = "secrets:\n  API_TOKEN: { from: \(source), for: [test] }\n"
    change(&shape)
    return try await Project(shape)
  }
}
