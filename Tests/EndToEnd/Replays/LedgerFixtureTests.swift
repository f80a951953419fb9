import FileSystem
import Foundation
import Testing

/// Ledgers as earlier versions wrote them: `Tests/Fixtures/ledgers`, with what makes them.
@Suite struct `A ledger of an earlier version` {
  private static let versions = [1, 2]
  private static let runs = [1: "01a20a02-7533", 2: "01a20a2d-15ac"]

  /// A project whose history is the one of the fixture.
  private func project(_ version: Int) async throws -> Project {
    var shape = Project.Shape()
    shape.attempts = 9
    let project = try await Project(shape)
    let fixture = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/ledgers/ledger-\(version).db")
    try await project.sh(
      "mkdir -m 700 .waybill && cp \(fixture.path()) .waybill/ledger.db && chmod 600 .waybill/ledger.db")
    return project
  }

  @Test(arguments: versions) func `is read: its runs, evidence and verdicts`(version: Int) async throws {
    let run = try #require(Self.runs[version])
    let project = try await project(version)
    let runs = try await project.runs()
    #expect(runs.map { $0["state"] as? String } == ["abandoned", "delivered"], "\(runs)")
    let (status, shown) = try await project.waybill("show", run, "--exchanges", "--diff")
    #expect(status == 0 && !shown.contains("left out"), "\(shown)")
    #expect(shown.contains("validations/hello.hurl: 3 asserts, 2 exchanges") && shown.contains("+hello"), "\(shown)")
    #expect(shown.contains("[redacted:TOKEN]"), "\(shown)")
    let replay = try await project.waybill("replay", run)
    #expect(replay.status == 0, "\(replay.text)")
    #expect(
      replay.text == """
        validations/hello.hurl: failed, as recorded (2 asserts, 1 exchange)
        validations/hello.hurl: passed, as recorded (3 asserts, 2 exchanges)

        """, "\(replay.text)")
    let har = try await project.waybill("export", run, "--har", "-")
    #expect(har.status == 0 && har.text.contains("/hello.txt"), "\(har.text)")
    let why = try await project.waybill("why", run)
    #expect(why.status == 0 && why.text.contains("delivered"), "\(why.text)")
    let failed = try await project.waybill("replay", "--failed")
    #expect(failed.status == 0, "\(failed.text)")
  }

  @Test(arguments: versions) func `is gone on with`(version: Int) async throws {
    let run = try #require(Self.runs[version])
    let project = try await project(version)
    let (status, text) = try await project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    #expect(try await project.runs().map { $0["state"] as? String } == ["delivered", "abandoned", "delivered"])
    #expect(try await project.waybill("replay", "--live").status == 0)
    #expect(try await project.waybill("replay", run).status == 0)
  }
}
