import JSONText
import LiveChecks

/// Carries a file of checks out against answers that a test gives.
struct ScriptedRun {
  private(set) var requests: [HTTPRequest] = []
  private(set) var pauses: [Duration] = []
  let report: CheckReport

  init(
    _ source: String, variables: [String: CheckValue] = [:], secrets: Set<String> = [], files: [String: [UInt8]] = [:],
    entropy: [UInt8] = [], answer: (HTTPRequest, Int) -> TransferOutcome
  ) throws {
    let file = try CheckFile.parse(Array(source.utf8), name: "t.hurl")
    var session = CheckSession(file: file, variables: variables, secrets: secrets)
    var now = 1_700_000_000_000_000
    if !entropy.isEmpty { session.functions = FunctionSource(now: Moment(microseconds: now), entropy: entropy) }
    while true {
      now += 1_234_567
      if !entropy.isEmpty { session.functions.now = Moment(microseconds: now) }
      switch session.next() {
      case .send(let request):
        requests.append(request)
        session.receive(answer(request, requests.count))
      case .read(let name): session.receive(file: files[name])
      case .pause(let duration): pauses.append(duration)
      case .finish(let report):
        self.report = report
        return
      }
    }
  }

  /// Every request gets the same answer.
  init(_ source: String, variables: [String: CheckValue] = [:], answer: HTTPResponse = .ok("{}")) throws {
    try self.init(source, variables: variables) { _, _ in .response(answer) }
  }
}

extension HTTPResponse {
  static func ok(_ body: String, _ headers: (String, String)...) -> HTTPResponse {
    HTTPResponse(
      status: 200, reason: "OK", headers: headers.map { HTTPHeader(name: $0.0, value: $0.1) }, body: Array(body.utf8),
      url: "http://h/x", duration: .milliseconds(12), peer: "127.0.0.1:80")
  }

  static func redirect(_ status: Int, to location: String) -> HTTPResponse {
    HTTPResponse(status: status, headers: [HTTPHeader(name: "Location", value: location)])
  }
}

extension HTTPRequest {
  subscript(header: String) -> String? { headers.first { $0.name == header }?.value }
  var text: String? { body.map { String(decoding: $0, as: UTF8.self) } }
}
