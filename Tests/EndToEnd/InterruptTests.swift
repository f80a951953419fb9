import DeliveryLoop
import Engine
import Foundation
import Glibc
import Processes
import Support
import Testing

@Suite struct `Ctrl-C` {
  /// Each step is held by a command that leaves a mark and sleeps; without the mark's folder it passes at once.
  static let hold = "if test -d ../hold; then touch ../hold/mark; exec sleep 300; fi"

  @Test(arguments: ["implement", "format", "test", "build", "start", "validate", "push"])
  func `in any step stops cleanly, and the run is resumed to the end`(step: String) async throws {
    var shape = Project.Shape()
    if step == "implement" { shape.implement = "\(Self.hold); echo hello > hello.txt" }
    if step == "format" { shape.format = Self.hold }
    if step == "test" { shape.test = Self.hold }
    if step == "build" { shape.build = Self.hold }
    if step == "start" { shape.service = "\(Self.hold); exec python3 service.py" }
    if step == "start" { shape.within = "300s" }
    if step == "validate" {
      shape.files["validations/hello.hurl"] =
        "GET {{base_url}}/slow\n[Options]\nretry: -1\nretry-interval: 50ms\nHTTP 200\n"
    }
    let project = try await Project(shape)
    try await project.sh("mkdir ../hold")
    if step == "push" {
      try await project.sh("printf '#!/bin/sh\\n\(Self.hold)\\n' > .git/hooks/pre-push && chmod +x .git/hooks/pre-push")
    }
    let services = SystemServices()
    let output = Collector()
    let harness = try await services.start(
      Command(.program([Program.path, "run", "hello"]), in: project.root, environment: project.environment), port: nil,
      output: output)
    while step == "validate" ? !output.text.contains("ok      start") : access("\(project.folder)/hold/mark", F_OK) != 0
    {
      try #require(services.isRunning(harness), "\(output.text)")
      try await ContinuousClock().sleep(for: .milliseconds(10))
    }
    kill(harness.pid, SIGINT)
    while services.isRunning(harness) { try await ContinuousClock().sleep(for: .milliseconds(10)) }
    #expect(services.end(of: harness) == .exited(code: 130), "\(output.text)")
    #expect(project.leftovers().isEmpty)
    #expect(try services.holder(of: project.port) == nil)
    try await services.stop(harness, grace: .seconds(1))
    #expect(try await project.waybill("why").text.contains("interrupted"))
    try await project.sh("rm -r ../hold")
    if step == "validate" {
      // The address that never answered exists now.
      try project.write("echo hello > hello.txt; echo slow > slow", to: "../agent.sh")
      try await project.sh("sh ../agent.sh")
    }
    let resumed = try await project.waybill("resume")
    #expect(resumed.status == 0, "\(resumed.text)")
    #expect(try await project.sh("git rev-list --count HEAD") == "2")
    #expect(try await project.sh("git status --porcelain") == "")
  }
}
