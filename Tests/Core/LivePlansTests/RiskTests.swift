import DeliveryLoop
import LiveChecks
import LivePlans
import Testing

@Suite struct `The risk of a request` {
  /// Every shape of rule against requests that it fits, could fit and does not fit.
  @Test(
    arguments: [
      // What is asked; the rule's method, path, member of the body and environment; what comes of it.
      ("GET /v1", nil, nil, nil, nil, nil),
      ("HEAD /v1", nil, nil, nil, nil, nil),
      ("GET /v1", "GET", nil, nil, nil, .low),
      ("GET /v1", "POST", nil, nil, nil, nil),
      ("POST /v1", nil, nil, nil, nil, .low),
      ("POST /v1", "POST", nil, nil, nil, .low),
      ("POST /v1", "PUT", nil, nil, nil, .high),
      ("QUERY /v1", "QUERY", nil, nil, nil, .low),
      ("OPTIONS /v1", "POST", nil, nil, nil, .high),
      ("POST /v1/a", nil, "/v1/*", nil, nil, .low),
      ("POST /v1/a/b", nil, "/v1/*", nil, nil, .high),
      ("POST /v1/a/b", nil, "/v1/**", nil, nil, .low),
      ("POST /v1/a?x=/v1/b", nil, "/v1/a", nil, nil, .low),
      ("POST /v1/plan/../apply", nil, "/v1/plan/**", nil, nil, .high),
      ("POST /v1/plan/../apply", nil, "/v1/apply", nil, nil, .low),
      ("POST /v1/plan/%2e%2e/apply", nil, "/v1/**", nil, nil, .high),
      ("POST /v1/plan%2Fapply", nil, "/v1/**", nil, nil, .high),
      ("POST /v1/plan/../apply\n[Options]\npath-as-is: true", nil, "/v1/**", nil, nil, .high),
      ("POST /v1/plan/./apply\n[Options]\npath-as-is: true", nil, "/v1/**", nil, nil, .high),
      ("POST /v1/plan/apply\n[Options]\npath-as-is: true", nil, "/v1/**", nil, nil, .low),
      ("POST /v1//plan", nil, "/v1/**", nil, nil, .high),
      ("POST /v1/plan;x=1", nil, "/v1/**", nil, nil, .high),
      ("POST /v1/{{id}}/start", nil, "/v1/*/start", nil, nil, .low),
      ("POST /v1/{{id}}/start", nil, "/v1/9/start", nil, nil, .high),
      ("POST /v1/{{id}}/start", nil, "/v1/?/start", nil, nil, .high),
      ("POST /v1/{{id}}/stop", nil, "/v1/*/start", nil, nil, .high),
      ("POST /v1", nil, nil, nil, "service", .low),
      ("POST /v1", nil, nil, nil, "elsewhere", .high),
      ("POST /v1\n{\"do\": \"look\"}", nil, nil, "do=look", nil, .low),
      ("POST /v1\n{\"do\": \"cut\"}", nil, nil, "do=look", nil, .high),
      ("POST /v1\n{\"do\": \"{{id}}\"}", nil, nil, "do=look", nil, .high),
      ("POST /v1\n{\"do\": {{id}}}", nil, nil, "do=look", nil, .high),
      ("POST /v1\n{\"a\": {\"n\": 1.0}}", nil, nil, "a.n=1", nil, .low),
      ("POST /v1\n{\"a\": true}", nil, nil, "a=true", nil, .low),
      ("POST /v1\n{\"a\": null}", nil, nil, "a=null", nil, .low),
      ("POST /v1\n{\"a\": [\"x\"]}", nil, nil, "a=x", nil, .high),
      ("POST /v1\n{\"do\": \"look\", \"do\": \"cut\"}", nil, nil, "do=look", nil, .high),
      ("POST /v1\n[Form]\ndo: look", nil, nil, "do=look", nil, .high),
      ("POST /v1", nil, nil, "do=look", nil, .high),
      ("GET /v1\nX-HTTP-Method-Override: DELETE", "GET", nil, nil, nil, .high),
      ("POST /v1\nX-HTTP-Method: {{id}}", "POST", nil, nil, nil, .high),
    ] as [(String, String?, String?, String?, String?, RiskClass?)])
  func `is what the first rule says that fits, and high where none does for certain`(
    request: String, method: String?, path: String?, member: String?, environment: String?, risk: RiskClass?
  ) throws {
    let fields = member.map { $0.split(separator: "=").map(String.init) }.map {
      [RiskRule.Field(name: $0[0], value: $0[1])]
    }
    let rule = RiskRule(
      method: method, path: path.map { Glob($0) }, environment: environment, body: fields ?? [], risk: .low)
    let text = request.replacing(" /", with: " {{base_url}}/", maxReplacements: 1)
    let drafting = Drafting(text: text, rules: [rule], unknown: ["id"])
    #expect(try drafting.plan().requests.map(\.risk) == [risk].compactMap(\.self))
  }

  @Test func `is the highest of the rules that could fit, up to the first that does`() throws {
    let rules = [
      RiskRule(body: [.init(name: "do", value: "look")], risk: .low),
      RiskRule(body: [.init(name: "do", value: "cut")], risk: .high),
      RiskRule(risk: .medium), RiskRule(risk: .high),
    ]
    func risk(_ body: String) throws -> PlannedRequest {
      try Drafting(text: "POST {{base_url}}/v1\n\(body)", rules: rules, unknown: ["id"]).only()
    }
    #expect(try risk(#"{"do": "look"}"#).risk == .low)
    #expect(try risk(#"{"do": "cut"}"#).risk == .high)
    #expect(try risk(#"{"do": "turn"}"#).risk == .medium)
    #expect(try risk(#"{"do": "{{id}}"}"#).risk == .high)
    #expect(try risk(#"{"do": "l{{id}}"}"#).risk == .medium)
    #expect(try risk(#"{"do": "{{id}}"}"#).rule == "rule 2: any method, do: cut")
    #expect(try risk(#"{"do": "turn"}"#).rule == "rule 3: any method")
  }

  @Test func `says why where no rule speaks of it`() throws {
    #expect(try Drafting(text: "POST {{base_url}}/v1").only().rule == "no rule speaks of it")
    #expect(try Drafting(text: "POST {{base_url}}/v1//a").only().rule == "the path can be read in two ways")
  }
}

@Suite struct `Environments` {
  private static let live = LiveEnvironment(
    name: "live", origins: ["https://pve.example:8006"], caFile: "ca.pem", secrets: ["PVE"])
  private static let lab = LiveEnvironment(name: "lab", origins: ["https://lab.example"], secrets: ["LAB", "PVE"])

  @Test(arguments: [
    ("{{base_url}}/x", "service"), ("http://localhost:8080/x", "service"), ("http://[::1]:8080/x", "service"),
    ("http://127.1.2.3:8080/x", "service"), ("https://127.0.0.1:8080/x", "elsewhere"),
    ("http://127.0.0.1:8081/x", "elsewhere"), ("https://pve.example:8006/x", "live"),
    ("https://PVE.example:8006/x", "live"), ("https://pve.example/x", "elsewhere"),
    ("https://lab.example:443/x", "lab"), ("http://lab.example/x", "elsewhere"),
    ("https://lab.example@other.example/x", "elsewhere"), ("https://lab.example.other.example/x", "elsewhere"),
    ("{{base_url}}/x\n[Options]\nconnect-to: 127.0.0.1:8080:other:80", "elsewhere"),
    ("{{base_url}}/x\n[Options]\nproxy: other:80", "elsewhere"),
    ("{{base_url}}/x\n[Options]\nunix-socket: s", "elsewhere"),
    ("https://lab.example/x\n[Options]\nresolve: lab.example:443:127.0.0.1", "lab"),
  ])
  func `are told by the address`(request: String, environment: String) throws {
    let drafting = Drafting(text: "POST \(request)", environments: [Self.live, Self.lab])
    #expect(try drafting.only().environment == environment)
  }

  @Test func `keep their secrets to themselves`() {
    let boundaries = Boundaries(
      service: Drafting.base, environments: [Self.live, Self.lab], secrets: ["API", "PVE", "LAB"])
    #expect(boundaries.secrets(keptFrom: "service") == ["PVE", "LAB"])
    #expect(boundaries.secrets(keptFrom: "live") == ["API", "LAB"])
    #expect(boundaries.secrets(keptFrom: "lab") == ["API"])
    #expect(boundaries.secrets(keptFrom: "elsewhere") == ["API", "PVE", "LAB"])
    #expect(boundaries.owners(of: "PVE") == ["live", "lab"] && boundaries.owners(of: "API") == ["service"])
    #expect(boundaries.caFile(of: "live") == "ca.pem" && boundaries.caFile(of: "lab") == nil)
  }
}
