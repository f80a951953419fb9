import Foundation
import Testing

@Suite struct `Secrets in a delivery` {
  static let value = "s3cr3t/value+with\"quotes"
  static let declaration = "secrets:\n  API_TOKEN: { from: env, for: [implement, test, start, validate] }\n"

  @Test func `reach the steps that may see them and are nowhere at rest`() async throws {
    var shape = Project.Shape()
    shape.extra = Self.declaration
    shape.implement = "echo hello > hello.txt; echo \"token $API_TOKEN\"; printf %s \"$API_TOKEN\" | base64"
    shape.test = "printf %s \"$API_TOKEN\" | od -An -tx1 | tr -d \" \\n\"; echo"
    shape.files["validations/hello.hurl"] =
      "GET {{base_url}}/hello.txt?t={{API_TOKEN}}\nAuthorization: Bearer {{API_TOKEN}}\nHTTP 200\n"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello", environment: ["API_TOKEN": Self.value])
    #expect(status == 0, "\(text)")
    let logs = try await project.waybill("logs")
    #expect(logs.text.contains("token [redacted:API_TOKEN]"))
    for folder in [".waybill", ".git"] { #expect(try found(in: "\(project.root)/\(folder)").isEmpty) }
    let page = try await project.waybill("show", "--exchanges").text + project.waybill("show", "--json").text
    #expect(!page.contains("s3cr3t"))
    #expect(page.contains("Bearer [redacted:API_TOKEN]"))
  }

  @Test func `are masked in what a service answers, also where the validation itself may not see them`() async throws {
    var shape = Project.Shape()
    shape.extra = "secrets:\n  START_TOKEN: { from: env, for: [start] }\n"
    shape.files[".gitignore"] = "leak.txt\n"
    shape.service = "printf \"hello %s\" \"$START_TOKEN\" > leak.txt; exec python3 service.py"
    shape.files["validations/hello.hurl"] =
      "GET {{base_url}}/leak.txt\nHTTP 200\n[Captures]\nleak: body\n[Asserts]\nbody contains \"hello\"\n"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello", environment: ["START_TOKEN": Self.value])
    #expect(status == 0, "\(text)")
    for folder in [".waybill", ".git"] { #expect(try found(in: "\(project.root)/\(folder)").isEmpty) }
    let page = try await project.waybill("show", "--exchanges").text + project.waybill("show", "--json").text
    #expect(page.contains("hello [redacted:START_TOKEN]"))
    #expect(!page.contains("s3cr3t"))
  }

  @Test func `are masked in all that a verb prints`() async throws {
    let value = "s3cr3t-value-of-a-title"
    var shape = Project.Shape()
    shape.extra = Self.declaration
    shape.attempts = 1
    shape.test = "echo \"said $API_TOKEN\" | rev | rev; exit 1"
    shape.files["tasks/other.md"] = "---\nid: other\ntitle: 'Say \(value)'\nstatus: open\n---\nSay it.\n"
    let project = try await Project(shape)
    let environment = ["API_TOKEN": value]
    let stray = "stray-" + value + ".txt"
    try project.write("x", to: stray)
    let unclean = try await project.waybill(["run", "hello"], environment: environment)
    #expect(unclean.status == 2)
    #expect(unclean.text.contains("is not clean: \"stray-[redacted:API_TOKEN]"), "\(unclean.text)")
    try FileManager.default.removeItem(atPath: "\(project.root)/\(stray)")
    let title = "Say [redacted:API_TOKEN]"
    let said = "said [redacted:API_TOKEN]"
    let terminal = "TERM=xterm script -qec '\(Program.path) tasks; \(Program.path) logs' /dev/null"
    let pages = [
      (try await project.waybill(["tasks"], environment: environment).text, title),
      (try await project.waybill(["tasks", "--json"], environment: environment).text, title),
      (try await project.waybill(["run", "other"], environment: environment).text, "stands in the title of the task"),
      (try await project.waybill(["run", "hello"], environment: environment).text, said),
      (try await project.waybill(["resume"], environment: environment).text, said),
      (try await project.waybill(["resume", "--json"], environment: environment).text, said),
      (try await project.waybill(["why"], environment: environment).text, said),
      (try await project.sh("API_TOKEN='\(value)' \(terminal)"), title),
      (try await project.sh("API_TOKEN='\(value)' \(terminal)"), said),
    ]
    for (page, words) in pages {
      #expect(page.contains(words), "\(page)")
      #expect(!page.contains("s3cr3t"), "\(page)")
    }
  }

  @Test func `are kept from the steps that may not see them`() async throws {
    var shape = Project.Shape()
    shape.extra = "secrets:\n  API_TOKEN: { from: env, for: [start] }\n"
    shape.test = "test -z \"$API_TOKEN\""
    let project = try await Project(shape)
    #expect(try await project.waybill("run", "hello", environment: ["API_TOKEN": Self.value]).status == 0)
  }

  @Test(arguments: [
    (
      "printf '%s' \"$API_TOKEN\" > hello.txt; echo hello >> hello.txt",
      "\"hello.txt\":1:1 holds the value of \"API_TOKEN\""
    ),
    (
      "echo hello > hello.txt; printf 'x\\nkey: %s\\n' \"$(printf %s \"$API_TOKEN\" | base64)\" > config.txt",
      "\"config.txt\":2:6 holds the value of \"API_TOKEN\""
    ),
  ])
  func `stop the commit when the change holds one`(implement: String, place: String) async throws {
    var shape = Project.Shape()
    shape.extra = Self.declaration
    shape.implement = implement
    shape.attempts = 1
    let project = try await Project(shape)
    let base = try await project.sh("git rev-parse HEAD")
    let (status, text) = try await project.waybill("run", "hello", environment: ["API_TOKEN": Self.value])
    #expect(status == 4, "\(text)")
    #expect(text.contains(place))
    #expect(!text.contains(Self.value))
    #expect(try await project.sh("git rev-parse HEAD") == base)
    #expect(try await project.sh("git --git-dir ../remote.git rev-parse main") == base)
  }

  @Test(arguments: [nil, "", "  "] as [String?])
  func `that are unset or empty are named and never printed`(value: String?) async throws {
    var shape = Project.Shape()
    shape.extra = Self.declaration
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello", environment: value.map { ["API_TOKEN": $0] } ?? [:])
    #expect(status == 2)
    #expect(text.contains("the secret \"API_TOKEN\" is \(value == nil ? "not set" : "empty")"))
    #expect(try await project.sh("git status --porcelain") == "")
  }

  @Test func `that are short are warned about once, by their names`() async throws {
    var shape = Project.Shape()
    shape.extra = "secrets:\n  PIN: { from: env, for: [test] }\n  API_TOKEN: { from: env, for: [test] }\n"
    let project = try await Project(shape)
    let environment = ["PIN": "pin-42", "API_TOKEN": Self.value]
    let warning = "the secret \"PIN\" is shorter than 8 bytes"
    let doctor = try await project.waybill(["doctor"], environment: environment).text
    #expect(doctor.contains("warning secret         \(warning)"), "\(doctor)")
    #expect(doctor.contains("API_TOKEN, for test"))
    let (status, text) = try await project.waybill("run", "hello", environment: environment)
    #expect(status == 0, "\(text)")
    #expect(text.components(separatedBy: warning).count == 2, "\(text)")
    #expect(!text.contains("\"API_TOKEN\""))
    #expect(!(doctor + text).contains("pin-42"))
  }

  @Test(arguments: [
    ("hello", "the id of the task"), ("Say hello", "the title of the task"), ("work", "the path of the working tree"),
    ("main", "the name of the branch"), ("origin", "the name of the remote"),
    ("release", "the name of the remote's branch"), ("Ada Lovelace", "the name of git's author"),
    ("adopts", "the history's own words"), ("false", "the history's own words"),
  ])
  func `that stand in what a run is known by are refused before anything is written`(value: String, place: String)
    async throws
  {
    var shape = Project.Shape()
    shape.extra = "secrets:\n  API_TOKEN: { from: env, for: [start] }\n"
    let project = try await Project(shape)
    try await project.sh(
      "sed -i 's/branch: main/branch: release/' waybill.yaml && git commit -qam r")
    let person = ["GIT_AUTHOR_NAME": "Ada Lovelace", "GIT_COMMITTER_NAME": "Ada Lovelace"]
    let (status, text) = try await project.waybill(
      "run", "hello", environment: person.merging(["API_TOKEN": value]) { $1 })
    #expect(status == 2, "\(text)")
    #expect(text.contains("the value of the secret \"API_TOKEN\" stands in \(place)"), "\(text)")
    #expect(try await project.sh("git status --porcelain") == "")
    #expect(try await project.waybill("runs", "--json").text == "")
    let mended = try await project.waybill("run", "hello", environment: ["API_TOKEN": Self.value])
    #expect(mended.status == 0, "\(mended.text)")
  }

  @Test func `that only begin where the path of the working tree ends are refused too`() async throws {
    var shape = Project.Shape()
    shape.extra = "secrets:\n  API_TOKEN: { from: env, for: [start] }\n"
    let project = try await Project(shape)
    let root = try await project.sh("pwd -P")
    let (status, text) = try await project.waybill("run", "hello", environment: ["API_TOKEN": "\(root)/key-of-mine"])
    #expect(status == 2, "\(text)")
    #expect(text.contains("stands in the path of the working tree"), "\(text)")
  }

  /// Files that hold the value as it is, in base64 or in hexadecimal digits.
  private func found(in folder: String) throws -> [String] {
    let value = Data(Self.value.utf8)
    let forms = [
      value.prefix(17), Data(value.base64EncodedString().dropLast(4).utf8),
      Data(value.map { String(format: "%02x", $0) }.joined().utf8),
    ]
    let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return files.filter { file in
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(file)") else { return false }
      return forms.contains { data.range(of: $0) != nil }
    }
  }
}
