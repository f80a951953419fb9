import Foundation
import Testing

@Suite struct `A command of a run` {
  @Test(arguments: [
    "'WAYBILL' resume", "'WAYBILL' abandon --reason why", "'WAYBILL' run other", "env -u WAYBILL_RUN 'WAYBILL' abandon",
    "env -i 'WAYBILL' resume", "(setsid 'WAYBILL' abandon)",
    // Twice forked, in a session of its own and with an empty environment: its parent is gone.
    "{ (setsid env -i sh -c \"'WAYBILL' abandon; echo \\$? > ../inner\" &); while ! test -s ../inner; do sleep 0.02; done; "
      + "(exit $(cat ../inner)); }",
  ])
  func `cannot drive its own run`(call: String) async throws {
    var shape = Project.Shape()
    shape.implement =
      "echo hello > hello.txt; \(call.replacing("'WAYBILL'", with: Program.path)) > ../said 2>&1; echo $? > ../status"
    shape.attempts = 1
    shape.files["tasks/other.md"] = "---\nid: other\ntitle: Another\nstatus: open\n---\nDo it.\n"
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    #expect(project.read("../status") == "4\n", "\(project.read("../said"))")
    #expect(project.read("../said").contains("cannot be driven from inside itself: this was started by one of its own"))
    #expect(try await project.waybill("runs", "--json").text.split(separator: "\n").count == 1)
  }

  @Test func `may look at its run, and work in another repository`() async throws {
    let other = try await Project()
    var shape = Project.Shape()
    shape.implement =
      "echo hello > hello.txt; \(Program.path) why > ../said 2>&1; \(Program.path) -C \(other.root) run hello > ../other 2>&1"
    shape.implement = shape.implement?.replacing(
      "\(Program.path) -C \(other.root) run", with: "\(Program.path) run -C \(other.root)")
    shape.attempts = 1
    let project = try await Project(shape)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    #expect(!project.read("../said").contains("inside"))
    #expect(project.read("../other").contains("delivered"), "\(project.read("../other"))")
  }

  @Test func `gets no variable that is not declared`() async throws {
    var shape = Project.Shape()
    shape.implement = "echo hello > hello.txt; env > ../environment"
    shape.extra = "secrets: { SERVICE_TOKEN: { from: env, for: [start] } }\nenvironment: { DECLARED: yes-it-is }\n"
    let project = try await Project(shape)
    let environment = [
      "SERVICE_TOKEN": SampleSecret.token, "SSH_AUTH_SOCK": "/x", "AWS_PROFILE": "p", "GIT_SSL_NO_VERIFY": "1",
    ]
    let (status, text) = try await project.waybill("run", "hello", environment: environment)
    #expect(status == 0, "\(text)")
    let seen = project.read("../environment")
    #expect(seen.contains("DECLARED=yes-it-is") && seen.contains("WAYBILL_TASK=hello"))
    for name in environment.keys { #expect(!seen.contains(name), "\(name)") }
  }
}
