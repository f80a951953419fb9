import DeliveryLoop
import JSONText
import RunReports

/// A report in which every text was written by somebody who wants a script to run.
enum HostileReport {
  static let texts = [
    "</script><script>document.title='owned'</script>", "<img src=x onerror=\"document.title='owned'\">",
    "javascript:document.title='owned'", "]]><script>document.title='owned'</script>",
    "--><svg onload=\"document.title='owned'\">", "\" autofocus onfocus=\"document.title='owned'\" x=\"",
    "' onmouseover='document.title=1' x='", "</title></style></textarea></pre><iframe srcdoc=\"<script>1</script>\">",
    "&lt;script&gt;document.title='owned'&lt;/script&gt;", "<a href=\"javascript:document.title='owned'\">x</a>",
    "<meta http-equiv=refresh content=\"0;url=http://127.0.0.1:1/\">", "<base href=\"http://127.0.0.1:1/\">",
    "\u{202e}gnp.exe\u{2066}", "nul\0 bel\u{7} esc\u{1b}[31m", "invalid \u{fffd}",
  ]
  static let all = texts.joined(separator: " ")

  /// - Parameter text: stands wherever somebody else has a say.
  static func report(_ text: String = all) throws -> RunReport {
    var run = Run(id: try some(RunID("019a0000-0000-7000-8000-000000000001")), opening: try opening(text))
    for event in try events(text) { try run.apply(event) }
    let time = Timestamp(nanoseconds: 1_700_000_000_000_000_000)
    return RunReport(
      run: run, state: text, explanation: Explanation(of: run), started: time, changed: time,
      steps: [.init(step: .test, attempt: 2, began: time, ended: nil, outcome: text, message: text)],
      validations: [.init(name: text, attempt: 2, document: validation(.string(text)))],
      captures: [
        .init(
          kind: .log, step: .test, attempt: 1, name: text, size: 9, digest: nil,
          excerpt: Excerpt(endOf: Array(text.utf8) + [0xff, 0xc3], upTo: 1 << 20)),
        .init(
          kind: .diff, step: .commit, attempt: 1, name: text, size: 9, digest: .zero,
          excerpt: Excerpt(
            beginningOf: Array("diff --git a/\(text) b/\(text)\n@@ \(text)\n+\(text)\n-\(text)\n".utf8), upTo: 1 << 20)),
      ],
      agents: text, unreadable: [text],
      verification: .init(scope: text, findings: [.init(promise: text, text: text, proof: text)]))
  }

  private static func opening(_ text: String) throws -> Opening {
    Opening(
      task: try some(TaskID("br-1")), title: text, workspace: text, branch: text, remote: text, remoteBranch: text,
      base: try id("b"), policy: .zero, owner: text, adopts: false, hasService: false, earlierAttempts: 0)
  }

  private static func events(_ text: String) throws -> [Event] {
    let (tree, time) = (try id("1"), Timestamp(nanoseconds: 1_700_000_000_000_000_000))
    let request = PlannedRequest(
      validation: text, line: 1, times: 1, method: text, url: text, headers: [text], body: text, environment: text,
      risk: .high, rule: text)
    let plan = Plan(
      digest: .zero, tree: tree, policy: .zero, made: time, lasts: .seconds(60), requests: [request])
    return [
      .intended(.claim), .observed(.claimed(status: text)), .intended(.implement(attempt: 1)),
      .observed(.implemented(tree: tree, by: .agent)), .intended(.format), .observed(.formatted(tree: tree)),
      .intended(.test), .observed(.tested(tree: tree)), .intended(.validate), .observed(.planned(plan)),
      .observed(.judged(Judgement(tree: tree, validation: text, verdict: .inconclusive))),
      .failed(Failure(step: .validate, kind: .inconclusive, message: text, tail: [text]), .wait(.inconclusive)),
      .waived(
        Waiver(
          validation: text, by: text, reason: text, ticket: text, at: time,
          until: Timestamp(nanoseconds: .max))),
    ]
  }

  private static func validation(_ text: JSON) -> JSON {
    let body: JSON = ["size": 9, "text": text, "sha256": text]
    let header: JSON = ["name": text, "value": text]
    let entry: JSON = [
      "index": 1, "request": text, "verdict": text,
      "attempts": [
        [
          "exchanges": [
            [
              "request": ["method": text, "url": text, "headers": [header], "body": body],
              "response": [
                "version": text, "status": 200, "reason": text, "headers": [header], "body": body, "peer": text,
                "tls": ["version": text, "cipher": text], "certificate": ["subject": text, "issuer": text],
              ],
            ],
            [
              "request": ["method": text, "url": text, "body": ["size": 1, "left_out": text]],
              "failure": ["message": text],
            ],
          ],
          "asserts": [
            [
              "line": 1, "query": text, "predicate": text, "passed": false, "actual": text, "expected": text,
              "note": text,
            ]
          ],
          "captures": [["name": text, "value": text]], "failures": [["kind": text, "title": text, "message": text]],
        ]
      ],
    ]
    return [
      "verdict": text, "source": text, "service_log": text, "blob": text, "entries": [entry],
      "ran_in": ["tools": ["x": text], "fingerprint": text], "variables": [["name": text, "value": text]],
    ]
  }

  private static func id(_ digit: Character) throws -> ObjectID {
    try some(ObjectID(String(repeating: digit, count: 40)))
  }

  struct Nothing: Error {}

  private static func some<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Nothing() }
    return value
  }
}
