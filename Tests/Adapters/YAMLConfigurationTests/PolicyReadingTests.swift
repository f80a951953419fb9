import DeliveryLoop
import Testing
import YAMLConfiguration

private let anchorAdvice = "list the public keys whose signatures count, as \"waybill keys show\" prints them"

@Suite struct `The policy's configuration` {
  @Test func `is read with its defaults`() throws {
    let plain = try read("validate: [a.hurl]")
    #expect(plain.risk.isEmpty && plain.environments.isEmpty && plain.approvals == Approvals())
    #expect(plain.approvals.highLasts == .seconds(900) && plain.approvals.othersLast == .seconds(3600))
    let full = try read(
      """
      validate: [a.hurl]
      secrets: { PVE: env, LAB: env }
      environments:
        live: { urls: [https://PVE.example:8006/, "https://[::1]:443"], ca: certs/ca.pem, secrets: [PVE] }
        lab-2: { urls: http://lab.example:80, secrets: LAB }
      risk:
        - { when: { method: POST, path: /v1/plan/*, environment: live, body: { action: turn, n: 1 } }, class: low }
        - { when: { environment: elsewhere }, class: high }
        - class: medium
      approvals: { by: [Grace, Ken], high: 5m, others: 2h }
      waivers: { high: allow }
      retention: { keep: 90d, abandoned: 10d, runs: 50 }
      anchor: { keys: ada@example.org+85bb85b3+ASjAndkeekLEqxRbpHgBzF4X5ZDYMcFGlayfarH5R1pJ }
      """)
    #expect(plain.retention == nil)
    #expect(
      full.retention == Retention(keep: .seconds(90 * 86_400), abandoned: .seconds(10 * 86_400), runs: 50))
    #expect(plain.anchorKeys.isEmpty && full.anchorKeys.count == 1)
    #expect(
      full.environments == [
        LiveEnvironment(
          name: "live", origins: ["https://pve.example:8006", "https://[::1]"], caFile: "certs/ca.pem", secrets: ["PVE"]
        ),
        LiveEnvironment(name: "lab-2", origins: ["http://lab.example"], secrets: ["LAB"]),
      ])
    #expect(
      full.risk == [
        RiskRule(
          method: "POST", path: Glob("/v1/plan/*"), environment: "live",
          body: [.init(name: "action", value: "turn"), .init(name: "n", value: "1")], risk: .low),
        RiskRule(environment: "elsewhere", risk: .high), RiskRule(risk: .medium),
      ])
    #expect(
      full.approvals
        == Approvals(
          by: ["Grace", "Ken"], highLasts: .seconds(300), othersLast: .seconds(7200), waivesHigh: true))
  }

  @Test(arguments: [
    "risk: high": Mistake.wrongKind(key: "risk", expected: "a list of rules", found: .text),
    "risk: [{ when: { method: POST } }]": .missingKey(
      "class", in: "\"risk[1]\"", advice: "write one of low, medium, high"),
    "risk: [{ class: none }]": .unknownChoice(key: "risk[1].class", text: "none", known: ["low", "medium", "high"]),
    "risk: [{ class: low }, { class: low, wen: {} }]": .unknownKey(
      "wen", in: "\"risk[2]\"", known: ["when", "class"]),
    "risk: [{ class: low, when: { method: post } }]": .badMethod(key: "risk[1].when.method", text: "post"),
    "risk: [{ class: low, when: { path: v1 } }]": .badPath(key: "risk[1].when.path", text: "v1"),
    "risk: [{ class: low, when: { environment: live } }]": .unknownChoice(
      key: "risk[1].when.environment", text: "live", known: ["service", "elsewhere"]),
    "risk: [{ class: low, when: { body: x } }]": .wrongKind(
      key: "risk[1].when.body", expected: "a mapping of members", found: .text),
    "environments: [x]": .wrongKind(key: "environments", expected: "a mapping of names", found: .list),
    "environments: { live: {} }": .missingKey(
      "urls", in: "\"environments.live\"",
      advice: "write the addresses that belong to it, such as https://pve.example:8006"),
    "environments: { service: { urls: https://a } }": .badEnvironment("service"),
    "environments: { Live: { urls: https://a } }": .badEnvironment("Live"),
    "environments: { live: { urls: https://a/b } }": .badOrigin("https://a/b"),
    "replay: { ignore: { paths: [\"$.a\", b] } }": .badJSONPath(
      key: "replay.ignore.paths", text: "b", reason: "a query starts with \"$\" at character 1"),
    "replay: { ignored: {} }": .unknownKey("ignored", in: "\"replay\"", known: ["ignore"]),
    "replay: { ignore: [a] }": .wrongKind(key: "replay.ignore", expected: "a mapping", found: .list),
    "environments: { live: { urls: ftp://a } }": .badOrigin("ftp://a"),
    "environments: { live: { urls: https://u:p@a } }": .badOrigin("https://u:p@a"),
    "environments: { a: { urls: https://x }, b: { urls: https://X:443 } }": .sharedOrigin("https://x", "b", "a"),
    "environments: { live: { urls: https://a, secrets: [PVE] } }": .unknownSecret(
      "PVE", key: "environments.live.secrets", known: []),
    "approvals: { by: Grace, height: 5m }": .unknownKey(
      "height", in: "\"approvals\"", known: ["by", "high", "others"]),
    "approvals: { high: 0s }": .badDuration(key: "approvals.high", text: "0s"),
    "anchor: { keys: [ada] }": .badPublicKey("ada"),
    "anchor: { keys: [ada@example.org+85bb85b4+ASjAndkeekLEqxRbpHgBzF4X5ZDYMcFGlayfarH5R1pJ] }": .badPublicKey(
      "ada@example.org+85bb85b4+ASjAndkeekLEqxRbpHgBzF4X5ZDYMcFGlayfarH5R1pJ"),
    "anchor: { keys: [] }": .missingKey("keys", in: "\"anchor\"", advice: anchorAdvice),
    "anchor: {}": .missingKey("keys", in: "\"anchor\"", advice: anchorAdvice),
    "anchor: [ada]": .wrongKind(key: "anchor", expected: "a mapping", found: .list),
    "retention: {}": .missingKey("keep", in: "\"retention\"", advice: "write how long, such as 90d"),
    "retention: { keep: 90 }": .badDuration(key: "retention.keep", text: "90"),
    "retention: { keep: 90d, runs: many }": .notANumber(key: "retention.runs", text: "many", range: 0...1_000_000),
    "retention: { keep: 90d, failed: 1d }": .unknownKey(
      "failed", in: "\"retention\"", known: ["keep", "abandoned", "runs"]),
    "waivers: { high: yes }": .unknownChoice(key: "waivers.high", text: "yes", known: ["refuse", "allow"]),
  ])
  func `says what is wrong`(text: String, mistake: Mistake) {
    do {
      _ = try read(text + "\nvalidate: [a.hurl]")
      Issue.record("nothing was found")
    } catch {
      #expect(error.problems.map(\.mistake) == [mistake])
      #expect(!error.description.isEmpty)
    }
  }

  private func read(_ text: String) throws(ConfigurationError) -> Configuration {
    try ConfigurationReader.read(Array(text.utf8), path: "waybill.yaml")
  }
}
