import Testing

@Suite struct `A waived validation` {
  private func unasked(_ extra: String = "", method: String = "GET") async throws -> Project {
    var shape = Project.Shape()
    shape.extra = extra
    let world = try await Counting(
      "GET {{base_url}}/x\nHTTP 200\n\n\(method) http://127.0.0.1:1/x\nHTTP 200\n", shape)
    return world.project
  }

  @Test func `is delivered apart, and never called validated live`() async throws {
    let project = try await unasked()
    #expect(try await project.waybill("run", "hello").status == 3)
    let given = try await project.decide(
      "waive", "validations/hello.hurl", "--until", "2199-12-31", "--ticket", "OPS-9")
    #expect(given.status == 0, "\(given.text)")
    #expect(
      given.text.contains("validations/hello.hurl waived by Grace until 2199-12-31T23:59:59Z: looked at it"),
      "\(given.text)")
    let (status, text) = try await project.waybill("resume")
    #expect(status == 0 && text.contains("not validated live: validations/hello.hurl waived by Grace"), "\(text)")
    let message = try await project.sh("git log -1 --format=%B")
    #expect(message.contains("\nWaybill-Waiver: validations/hello.hurl waived by Grace until"), "\(message)")
    let record = project.read("tasks/hello.md")
    #expect(record.contains("Implemented, not validated live: validations/hello.hurl waived by Grace"), "\(record)")
    #expect(!record.contains("Implemented and validated live"))
    #expect(try await project.waybill("runs").text.contains("delivered-with-waiver"))
    #expect(try await project.waybill("why").text.contains("delivered-with-waiver"))
    #expect(
      try await project.waybill("show").text.contains("not validated live\n  validations/hello.hurl: waived by Grace"))
    let second = try await project.waybill("resume")
    #expect(second.status == 2, "\(second.text)")
  }

  @Test func `is not given by the implementer, for the past, for another, or for what failed`() async throws {
    let project = try await unasked()
    #expect(try await project.waybill("run", "hello").status == 3)
    let name = "validations/hello.hurl"
    let own = try await project.decide("waive", name, "--until", "2199-12-31", by: "Ada")
    #expect(own.status == 4 && own.text.contains("\"Ada\" is the implementer"), "\(own.text)")
    let past = try await project.decide("waive", name, "--until", "2000-01-01T00:00:00Z")
    #expect(
      past.status == 2 && past.text.contains("a waiver until 2000-01-01T00:00:00Z is over already"), "\(past.text)")
    let other = try await project.decide("waive", "x.hurl", "--until", "2199-12-31")
    #expect(
      other.status == 2 && other.text.contains("it is not among those that could not be asked, which are \(name)"),
      "\(other.text)")
    let far = try await project.decide("waive", name, "--until", "2999-12-31")
    #expect(far.status == 2 && far.text.contains("--until"), "\(far.text)")
    let bad = try await project.decide("waive", name, "--until", "tomorrow")
    #expect(bad.status == 2 && bad.text.contains("--until"), "\(bad.text)")
    let empty = try await project.waybill("waive", "0", name, "--until", "2199-12-31", "--reason", " ")
    #expect(empty.status == 2 && empty.text.contains("--reason is empty"), "\(empty.text)")
    #expect(try await project.waybill("resume").status == 3)
  }

  @Test func `has no high risk, unless the base commit allows it`() async throws {
    for allowed in [false, true] {
      let project = try await unasked(allowed ? "waivers: { high: allow }\n" : "", method: "DELETE")
      #expect(try await project.waybill("run", "hello").status == 3)
      #expect(try await project.decide("approve").status == 0)
      let asked = try await project.waybill("resume")
      #expect(asked.status == 3, "\(asked.text)")
      let given = try await project.decide("waive", "validations/hello.hurl", "--until", "2199-12-31")
      #expect(given.status == (allowed ? 0 : 4), "\(given.text)")
      if !allowed { #expect(given.text.contains("has a high risk, and cannot be waived unless"), "\(given.text)") }
    }
  }
}
