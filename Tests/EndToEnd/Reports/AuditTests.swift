import Foundation
import Testing

@Suite struct `An audit` {
  @Test func `lists deliveries by time, task, author, verdict and waiver`() async throws {
    var shape = Project.Shape()
    shape.files["tasks/hello.md"] = "---\nid: hello\ntitle: '=Say, \"hello\"'\nstatus: open\n---\nSay it.\n"
    let project = try await Project(shape)
    #expect(try await project.waybill("run", "hello").status == 0)
    #expect(try await project.waybill("replay", "--live").status == 0)
    let (status, text) = try await project.waybill("audit")
    #expect(status == 0 && text.hasSuffix("1 run: 1 delivered\n"), "\(text)")
    let line = try #require(text.split(separator: "\n").first { $0.contains("hello") })
    #expect(line.contains("delivered") && line.contains("  Ada  ") && line.contains("=Say, \"hello\""), "\(text)")
    for (arguments, count) in [
      (["--task", "hello"], 1), (["--task", "other"], 0), (["--author", "Ada"], 1), (["--author", "Ad"], 0),
      (["--verdict", "delivered"], 1), (["--verdict", "failed", "--verdict", "abandoned"], 0), (["--waiver"], 0),
      (["--since", "2020-01-01", "--until", "2199-12-31"], 1), (["--until", "2020-01-01"], 0),
      (["--since", "2199-01-01T00:00:00Z"], 0),
    ] {
      let (status, text) = try await project.waybill(["audit", "--json"] + arguments)
      #expect(status == 0 && text.ranges(of: "\"task\":\"hello\"").count == count, "\(arguments) \(text)")
      let listed = try await project.waybill(["runs", "--json"] + arguments)
      #expect(listed.status == 0 && listed.text.contains("\"state\":\"delivered\"") == (count == 1), "\(listed.text)")
    }
    let csv = try await project.waybill("audit", "--csv").text
    #expect(csv.hasPrefix("run,task,title,author,verdict,"), "\(csv)")
    #expect(csv.contains(",hello,\"'=Say, \"\"hello\"\"\",Ada,delivered,"), "\(csv)")
  }

  @Test func `says who has waived what`() async throws {
    let world = try await Counting(
      "GET {{base_url}}/x\nHTTP 200\n\nGET http://127.0.0.1:1/x\nHTTP 200\n", Project.Shape())
    let project = world.project
    #expect(try await project.waybill("run", "hello").status == 3)
    #expect(try await project.decide("waive", "validations/hello.hurl", "--until", "2199-12-31").status == 0)
    #expect(try await project.waybill("audit", "--waiver").text.contains("waiting"))
    #expect(try await project.waybill("resume").status == 0)
    let (status, text) = try await project.waybill("audit", "--waiver", "--verdict", "delivered-with-waiver")
    #expect(status == 0 && text.contains("validations/hello.hurl by Grace"), "\(text)")
    let csv = try await project.waybill("audit", "--csv").text
    #expect(csv.contains("validations/hello.hurl waived by Grace until 2199-12-31T23:59:59Z: looked at it"), "\(csv)")
    let json = try await project.waybill("audit", "--json").text
    #expect(json.contains("\"waivers\":1") && json.contains("\"reason\":\"looked at it\""), "\(json)")
  }

  @Test func `refuses what it does not understand`() async throws {
    let project = try await Project()
    for (arguments, words) in [
      (["--verdict", "fine"], "fine"), (["--csv", "--json"], "exclude each other"), (["--task", ""], "is no"),
      (["--since", "2026-13-01"], "2026-13-01"), ([], "nothing has been delivered here yet"),
    ] {
      let (status, text) = try await project.waybill(["audit"] + arguments)
      #expect(status == 2 && text.contains(words), "\(arguments) \(text)")
    }
  }
}
