package import JSONText

/// The mutating requests that a validation will send, listed before the first of them is sent (promise I6).
package struct Plan: Hashable, Sendable {
  /// SHA-256 over `canonical`: an approval of a plan is one of exactly these bytes.
  package let digest: Digest
  /// The tree on which the validations run.
  package let tree: ObjectID
  /// Of the configuration in force.
  package let policy: Digest
  package let made: Timestamp
  /// From `made` on, or from an approval on.
  package let lasts: Duration
  /// In the order in which they are sent.
  package let requests: [PlannedRequest]

  package init(
    digest: Digest, tree: ObjectID, policy: Digest, made: Timestamp, lasts: Duration, requests: [PlannedRequest]
  ) {
    self.digest = digest
    self.tree = tree
    self.policy = policy
    self.made = made
    self.lasts = lasts
    self.requests = requests
  }

  package var risk: RiskClass { requests.map(\.risk).max() ?? .low }

  /// The bytes that the digest names: JSON whose members stand in one fixed order.
  package static func canonical(tree: ObjectID, policy: Digest, requests: [PlannedRequest]) -> String {
    let document: JSON = [
      "format": 1, "tree": .string(tree.text), "policy": .string(policy.text),
      "requests": .array(requests.map(\.stored)),
    ]
    return document.compact
  }

  package var canonical: String { Self.canonical(tree: tree, policy: policy, requests: requests) }
}

/// One request of a plan. `{{name}}` stands for what is known only when it is sent: secrets, captures, ids made on the way.
package struct PlannedRequest: Hashable, Sendable {
  /// The validation's name and the line of the request in it, from 1.
  package let validation: String
  package let line: Int
  /// How often it may be sent, each retry and each try of the validation counted.
  package let times: Int
  package let method: String
  package let url: String
  /// `name: value`, as the validation has them.
  package let headers: [String]
  /// JSON with its members in the order of their names, other text as it is, or the size and the digest; nil for none.
  package let body: String?
  package let environment: String
  package let risk: RiskClass
  /// What made it so.
  package let rule: String

  package init(
    validation: String, line: Int, times: Int, method: String, url: String, headers: [String], body: String?,
    environment: String, risk: RiskClass, rule: String
  ) {
    self.validation = validation
    self.line = line
    self.times = times
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.environment = environment
    self.risk = risk
    self.rule = rule
  }

  package var stored: JSON {
    [
      "validation": .string(validation), "line": JSON(integerLiteral: line), "times": JSON(integerLiteral: times),
      "method": .string(method), "url": .string(url), "headers": .array(headers.map { .string($0) }),
      "body": body.map { .string($0) } ?? .null, "environment": .string(environment), "risk": .string(risk.rawValue),
      "rule": .string(rule),
    ]
  }
}
