import Testing

@Suite struct `A validation that changes something` {
  @Test func `is sent under its plan, each request once`() async throws {
    let world = try await Counting(
      """
      GET {{base_url}}/id
      HTTP 200
      [Captures]
      id: jsonpath "$.id"

      POST {{base_url}}/turn/{{id}}
      {"id": "{{id}}", "run": "{{run}}"}
      HTTP 201

      POST {{base_url}}/look
      HTTP 201
      """)
    let (status, text) = try await world.project.waybill("run", "hello")
    #expect(status == 0, "\(text)")
    #expect(text.contains("1 request of medium risk, 1 request of low risk"), "\(text)")
    #expect(world.changes.map { $0.prefix { $0 != "{" } } == ["POST /turn/100 ", "POST /look "])
    let plan = try await world.project.waybill("plan").text
    #expect(plan.contains("· applied · medium risk"), "\(plan)")
    #expect(plan.contains(" 1.  POST http://127.0.0.1:\(world.project.port)/turn/{{id}}"), "\(plan)")
    #expect(
      plan.contains("medium risk in service by rule 2: POST /turn/*; once, sent 1 time"), "\(plan)")
    #expect(plan.contains("validations/hello.hurl:6"), "\(plan)")
    let json = try await world.project.waybill("plan", "--json").text
    #expect(json.contains(#""state":"applied","risk":"medium","sent":{"1":1,"2":1}"#), "\(json)")
  }

  @Test func `of high risk waits for somebody else, and nothing is sent before`() async throws {
    var shape = Project.Shape()
    shape.implement = nil
    let world = try await Counting("POST {{base_url}}/do\n{\"action\": \"cut\"}\nHTTP 201\n", shape)
    let project = world.project
    try await project.sh("echo hello > hello.txt")
    let first = try await project.waybill("run", "hello", "--adopt")
    #expect(first.status == 3, "\(first.text)")
    #expect(first.text.contains("1 request that somebody other than \"Ada\" has to approve"), "\(first.text)")
    #expect(first.text.contains("next: waybill plan "), "\(first.text)")
    let plan = try await project.waybill("plan").text
    #expect(plan.contains("awaiting-approval · high risk") && plan.contains("no rule speaks of it"), "\(plan)")
    #expect(plan.contains(#"{"action":"cut"}"#) && plan.contains("next: waybill approve"), "\(plan)")
    // Unanswered is no, and the implementer's own answer is none.
    let again = try await project.waybill("resume")
    #expect(again.status == 3, "\(again.text)")
    let own = try await project.waybill(
      "approve", String(try await runID(project)), "--reason", "it is mine")
    #expect(
      own.status == 4 && own.text.contains("\"Ada\" is the implementer of this run; somebody else"), "\(own.text)")
    #expect(world.changes.isEmpty)
    let given = try await project.decide("approve", "--ticket", "OPS-7")
    #expect(given.status == 0 && given.text.contains("approved by Grace"), "\(given.text)")
    let twice = try await project.decide("approve")
    #expect(twice.status == 2 && twice.text.contains("\"Grace\" has decided about run"), "\(twice.text)")
    let last = try await project.waybill("resume")
    #expect(last.status == 0, "\(last.text)")
    #expect(world.changes == [#"POST /do {"action": "cut"}"#])
    let page = try await project.waybill("show").text
    #expect(page.contains("approved by Grace") && page.contains("looked at it (OPS-7)"), "\(page)")
    #expect(page.split(separator: "approved by Grace").count == 2, "told once: \(page)")
  }

  @Test func `that is denied is not sent`() async throws {
    let world = try await Counting("DELETE {{base_url}}/do\nHTTP 201\n")
    #expect(try await world.project.waybill("run", "hello").status == 3)
    let denied = try await world.project.decide("deny")
    #expect(denied.status == 0 && denied.text.contains("denied by Grace"), "\(denied.text)")
    let why = try await world.project.waybill("why").text
    #expect(why.contains("denied") && why.contains("Grace has denied the plan: looked at it"), "\(why)")
    let late = try await world.project.decide("approve")
    #expect(late.status == 2 && late.text.contains("does not wait for a decision"), "\(late.text)")
    #expect(world.changes.isEmpty)
  }

  @Test func `is approved for the tree that was shown and for no other`() async throws {
    var shape = Project.Shape()
    shape.implement = nil
    let world = try await Counting("DELETE {{base_url}}/do\nHTTP 201\n", shape)
    let project = world.project
    try await project.sh("echo hello > hello.txt")
    #expect(try await project.waybill("run", "hello", "--adopt").status == 3)
    #expect(try await project.decide("approve").status == 0)
    try await project.sh("echo hello again >> hello.txt")
    let (status, text) = try await project.waybill("resume")
    #expect(status == 3 && world.changes.isEmpty, "\(text)")
    let json = try await project.waybill("show", "--json").text
    #expect(json.contains(#""state":"cancelled""#) && json.contains(#""state":"awaiting-approval""#), "\(json)")
    #expect(try await project.decide("approve").status == 0)
    #expect(try await project.waybill("resume").status == 0)
    #expect(world.changes == ["DELETE /do "])
  }

  @Test func `is approved in time or not at all`() async throws {
    let world = try await Counting(
      "DELETE {{base_url}}/do\nHTTP 201\n", risk: "approvals: { high: 1ms, by: [Grace] }\n")
    let project = world.project
    #expect(try await project.waybill("run", "hello").status == 3)
    let late = try await project.decide("approve")
    #expect(late.status == 4 && late.text.contains("has expired unanswered"), "\(late.text)")
    let stranger = try await project.decide("approve", by: "Linus")
    #expect(stranger.status == 4 && stranger.text.contains("\"Linus\" is not among those who decide: Grace"))
    let again = try await project.waybill("resume")
    #expect(again.status == 3 && world.changes.isEmpty, "\(again.text)")
    let json = try await project.waybill("show", "--json").text
    #expect(json.contains(#""state":"expired""#), "\(json)")
  }

  @Test func `follows no redirect to something else`() async throws {
    var shape = Project.Shape()
    shape.attempts = 1
    let world = try await Counting(
      "POST {{base_url}}/away\n[Options]\nlocation: true\nHTTP 201\n", shape,
      risk: "risk: [{ class: medium }]\n")
    let (status, text) = try await world.project.waybill("run", "hello")
    #expect(status == 4, "\(text)")
    #expect(text.contains("a redirect leads to POST http://127.0.0.1:\(world.project.port)/do"), "\(text)")
    #expect(world.changes == ["POST /away "])
    #expect(try await world.project.waybill("plan").text.contains("· failed ·"))
  }

  @Test func `is planned before anything is sent, or refused`() async throws {
    var shape = Project.Shape()
    shape.attempts = 1
    let world = try await Counting(
      "POST {{base_url}}/turn/1\nHTTP 201\n\nPOST {{base_url}}/turn/2\n[Options]\nretry: -1\nHTTP 201\n", shape)
    let (status, text) = try await world.project.waybill("run", "hello")
    #expect(status == 4, "\(text)")
    #expect(
      text.contains("validations/hello.hurl:4:1: failed to plan: this request could be sent for ever"), "\(text)")
    #expect(world.changes.isEmpty)
  }

  @Test(arguments: ["kill", "interrupt"])
  func `is not sent again when it was cut off, before somebody has looked`(how: String) async throws {
    let world = try await Counting(
      "POST {{base_url}}/turn/1\nHTTP 201\n\nPOST {{base_url}}/hang\nHTTP 201\n",
      risk: "risk: [{ class: medium }]\n")
    let project = world.project
    let run = try Harness(project, "run", "hello", "--json")
    let asked = "grep -q hang \(project.folder)/changes"
    if how == "kill" {
      _ = try await Harness(project, running: "until \(asked); do sleep 0.02; done").end()
      run.kill()
      _ = try await run.end()
    } else {
      try await run.interrupt(project, once: asked)
      #expect(try await run.end() == .exited(3), "\(run.text)")
    }
    if how == "kill" {
      let first = try await project.waybill("resume")
      #expect(first.status == 3, "\(first.text)")
    }
    let why = try await project.waybill("why").text
    let words =
      "the run was cut off while request 2 of the plan, POST http://127.0.0.1:\(project.port)/hang, was being sent"
    #expect(why.contains(words) && why.contains("inconclusive"), "\(why)")
    #expect(world.changes == ["POST /turn/1 ", "POST /hang "])
    #expect(try await project.waybill("plan").text.contains("not known whether it arrived"))
    #expect(project.leftovers().isEmpty)
  }

  @Test func `of low risk may be sent again`() async throws {
    let world = try await Counting(
      "POST {{base_url}}/look\nHTTP 201\n\nPOST {{base_url}}/hang\nHTTP 201\n", risk: "risk: [{ class: low }]\n")
    let run = try Harness(world.project, "run", "hello", "--json")
    _ = try await Harness(
      world.project, running: "until grep -q hang \(world.project.folder)/changes; do sleep 0.02; done"
    ).end()
    run.kill()
    _ = try await run.end()
    let again = try Harness(world.project, "resume", "--json")
    try await again.interrupt(world.project, once: "test $(grep -c hang \(world.project.folder)/changes) = 2")
    #expect(try await again.end() == .exited(130), "\(again.text)")
  }

  private func runID(_ project: Project) async throws -> Substring {
    try await project.waybill("runs", "--json").text.split(separator: "\"run\":\"")[1].prefix(36)
  }
}
