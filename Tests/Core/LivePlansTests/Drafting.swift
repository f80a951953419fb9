import DeliveryLoop
import LiveChecks
import LivePlans

/// A file of checks that is planned, and then carried out against answers that the test gives.
struct Drafting {
  static let base = "http://127.0.0.1:8080"

  var text: String
  var rules: [RiskRule] = []
  var environments: [LiveEnvironment] = []
  var secrets: [String: String] = [:]
  var variables: [String: String] = [:]
  var unknown: Set<String> = []
  var files: [String: String] = [:]
  var tries = 1

  var boundaries: Boundaries {
    Boundaries(service: "\(Self.base)/healthz", environments: environments, secrets: secrets.keys.sorted())
  }

  private var values: [String: CheckValue] {
    var values = variables.merging(secrets) { $1 }.mapValues(CheckValue.string)
    values["base_url"] = .string(Self.base)
    return values
  }

  private func parsed() throws -> CheckFile { try CheckFile.parse(Array(text.utf8), name: "a.hurl") }

  func plan() throws -> PlanDraft {
    var draft = PlanDraft(rules: rules, boundaries: boundaries)
    var planner = CheckPlanner(try parsed(), variables: values, unknown: unknown.union(secrets.keys))
    let drafts = try planner.drafts { files[$0].map { Array($0.utf8) } }
    try draft.add(drafts, of: "a.hurl", tries: tries, blanks: planner.blanks)
    return draft
  }

  /// What the plan says to each request that a session of this text, or of another, sends; it ends at the first refusal.
  func verdicts(
    on other: String? = nil, answers: [(status: Int, headers: [HTTPHeader], body: String)] = []
  ) throws -> [PlanDraft.Verdict] {
    let draft = try plan()
    var sent = self
    if let other { sent.text = other }
    var session = CheckSession(file: try sent.parsed(), variables: sent.values, secrets: Set(secrets.keys))
    var verdicts: [PlanDraft.Verdict] = []
    var left = answers[...]
    while true {
      switch session.next() {
      case .send(let request):
        let (entry, hops) = session.sending ?? (-1, -1)
        let verdict = draft.verdict(on: request, of: "a.hurl", entry: entry, hops: hops)
        verdicts.append(verdict)
        if case .refused = verdict { return verdicts }
        let answer = left.popFirst() ?? (200, [], "{}")
        session.receive(
          .response(
            HTTPResponse(
              status: answer.status, headers: answer.headers, body: Array(answer.body.utf8), url: request.url)))
      case .read(let name): session.receive(file: files[name].map { Array($0.utf8) })
      case .pause: break
      case .finish: return verdicts
      }
    }
  }

  /// The one request of the plan.
  func only() throws -> PlannedRequest {
    let requests = try plan().requests
    guard requests.count == 1 else { throw Unexpected(requests: requests) }
    return requests[0]
  }

  struct Unexpected: Error {
    let requests: [PlannedRequest]
  }
}
