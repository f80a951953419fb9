import Testing

@Suite struct `A secret of one environment` {
  @Test func `is not sent to another`() async throws {
    var shape = Project.Shape()
    shape.attempts = 1
    shape.extra =
      "secrets: { LIVE_TOKEN: env }\nenvironments: { live: { urls: [https://pve.example], secrets: [LIVE_TOKEN] } }\n"
    let world = try await Counting("GET {{base_url}}/x\nX-Token: {{LIVE_TOKEN}}\nHTTP 200\n", shape)
    let (status, text) = try await world.project.waybill(
      ["run", "hello"], environment: ["LIVE_TOKEN": SampleSecret.token])
    #expect(status == 4, "\(text)")
    #expect(
      text.contains("the secret \"LIVE_TOKEN\" belongs to live and would be sent to service: GET http://127.0.0.1"),
      "\(text)")
  }

  @Test func `that belongs to none stays with the service`() async throws {
    let other = try await Counting("GET {{base_url}}/x\nHTTP 200\n")
    let server = try Harness(other.project, running: "exec python3 counting.py")
    defer { server.kill() }
    try await server.listens(on: other.project.port)
    var shape = Project.Shape()
    shape.attempts = 1
    shape.extra = "secrets: { TOKEN: env }\n"
    let text = """
      GET {{base_url}}/x
      Authorization: Bearer {{TOKEN}}
      HTTP 200

      GET http://127.0.0.1:\(other.project.port)/x
      [BasicAuth]
      ada: {{TOKEN}}
      HTTP 200

      """
    let world = try await Counting(text, shape)
    let (status, said) = try await world.project.waybill(
      ["run", "hello"], environment: ["TOKEN": SampleSecret.token])
    #expect(status == 4, "\(said)")
    #expect(said.contains("the secret \"TOKEN\" belongs to service and would be sent to elsewhere"), "\(said)")
  }
}
