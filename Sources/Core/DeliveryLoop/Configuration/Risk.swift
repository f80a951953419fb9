/// How much a request may change of the environment to which it is sent.
package enum RiskClass: String, CaseIterable, Comparable, Sendable {
  /// Nothing that matters: it may be sent again after a crash.
  case low
  /// It is sent under a recorded plan, once.
  case medium
  /// Somebody other than the implementer has to approve the plan first.
  case high

  package static func < (a: RiskClass, b: RiskClass) -> Bool { order(a) < order(b) }

  private static func order(_ risk: RiskClass) -> Int { allCases.firstIndex(of: risk) ?? 0 }
}

/// What the configuration says of requests of one kind; of several rules the first that fits decides.
package struct RiskRule: Hashable, Sendable {
  /// nil: any method but GET and HEAD.
  package let method: String?
  /// A pattern of paths; nil: any.
  package let path: Glob?
  /// nil: any.
  package let environment: String?
  /// Members of a JSON body by their names, inner ones with dots between, and the text that each has to have.
  package let body: [Field]
  package let risk: RiskClass

  package struct Field: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(
    method: String? = nil, path: Glob? = nil, environment: String? = nil, body: [Field] = [], risk: RiskClass
  ) {
    self.method = method
    self.path = path
    self.environment = environment
    self.body = body
    self.risk = risk
  }

  /// Such as `POST /v1/actions/apply in live, action: delete_vm`.
  package var wording: String {
    let place = [method ?? "any method", path?.pattern, environment.map { "in \($0)" }].compactMap(\.self)
    return ([place.joined(separator: " ")] + body.map { "\($0.name): \($0.value)" }).joined(separator: ", ")
  }
}

/// A part of the world that requests reach, kept apart from the others: its addresses, its authority and its secrets.
package struct LiveEnvironment: Hashable, Sendable {
  /// The service that the run has started itself.
  package static let service = "service"
  /// All addresses of which the configuration says nothing.
  package static let elsewhere = "elsewhere"

  package let name: String
  /// Scheme, host and port of each address, in lower case, such as `https://pve.example:8006`.
  package let origins: [String]
  /// Authorities to trust there in the place of all others, as a PEM file, relative to the root.
  package let caFile: String?
  /// The names of the secrets that may be sent there, and nowhere else.
  package let secrets: [String]

  package init(name: String, origins: [String], caFile: String? = nil, secrets: [String] = []) {
    self.name = name
    self.origins = origins
    self.caFile = caFile
    self.secrets = secrets
  }
}

/// Who decides about plans, gates and waivers, and how long a plan is good for.
package struct Approvals: Hashable, Sendable {
  /// Names as git has them; empty: everybody but the implementer.
  package let by: [String]
  /// How long a plan may be applied that needs an approval, from the approval on, and for how long it waits for one.
  package let highLasts: Duration
  package let othersLast: Duration
  /// Whether a validation whose plan has a high risk may be waived.
  package let waivesHigh: Bool

  package init(
    by: [String] = [], highLasts: Duration = .seconds(15 * 60), othersLast: Duration = .seconds(60 * 60),
    waivesHigh: Bool = false
  ) {
    self.by = by
    self.highLasts = highLasts
    self.othersLast = othersLast
    self.waivesHigh = waivesHigh
  }
}
