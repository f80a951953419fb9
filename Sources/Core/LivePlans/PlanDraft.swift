package import DeliveryLoop
package import LiveChecks

/// What the validations of a run would change, and the measure of what they then send.
package struct PlanDraft: Sendable {
  /// In the order in which they are sent.
  package private(set) var requests: [PlannedRequest] = []
  private var entries: [(entry: Int, shape: RequestShape)] = []
  private let policy: RiskPolicy
  private let boundaries: Boundaries

  package init(rules: [RiskRule], boundaries: Boundaries) {
    policy = RiskPolicy(rules: rules, boundaries: boundaries)
    self.boundaries = boundaries
  }

  /// Why something cannot be planned, with the line of the request in its validation.
  package struct Fault: Error, Hashable, Sendable {
    package let line: Int
    package let message: String
  }

  /// Takes over those requests of a validation that change something.
  ///
  /// - Parameter tries: how often the validation may be run.
  package mutating func add(
    _ drafts: [DraftRequest], of validation: String, tries: Int, blanks: Blanks
  ) throws(Fault) {
    for draft in drafts {
      let shape: RequestShape
      do {
        shape = try RequestShape(draft.request, blanks)
      } catch {
        if draft.request.isReading { continue }
        throw Fault(line: draft.line, message: "the request \(error.wording)")
      }
      guard let assessment = policy.assess(shape) else { continue }
      let times = draft.times.multipliedReportingOverflow(by: tries)
      entries.append((draft.entry, shape))
      requests.append(
        PlannedRequest(
          validation: validation, line: draft.line, times: times.overflow ? .max : times.partialValue,
          method: draft.request.method, url: blanks.shown(draft.request.url), headers: shape.shownHeaders(blanks),
          body: shape.body.shown(blanks), environment: assessment.environment, risk: assessment.risk,
          rule: assessment.rule))
    }
  }

  /// What may be done with a request that is about to be sent.
  package enum Verdict: Hashable, Sendable {
    case reads(in: String)
    /// It is the request of this number, from 1.
    case planned(Int, in: String)
    /// Why not: what differs from the plan, and what to do.
    case refused(String)
  }

  /// - Parameter hops: how many redirects led to the request.
  package func verdict(on request: HTTPRequest, of validation: String, entry: Int, hops: Int) -> Verdict {
    let name = "\(request.method) \(request.url)"
    let shape: RequestShape
    do {
      shape = try RequestShape(request, .none)
    } catch {
      return .refused("\(name) \(error.wording)")
    }
    guard let assessment = policy.assess(shape) else { return .reads(in: boundaries.environment(of: shape)) }
    if hops > 0 {
      return .refused(
        "a redirect leads to \(name), which would change something and is not in the plan; ask that address")
    }
    let number = zip(requests, entries).enumerated().first {
      $0.element.0.validation == validation && $0.element.1.entry == entry
    }?.offset
    guard let number else {
      return .refused("\(name) would change something and is not in the plan (\(assessment.rule))")
    }
    let (planned, expected) = (requests[number], entries[number].shape)
    if let difference = expected.difference(from: shape) {
      return .refused("\(name) is not what was planned: \(difference) differs from request \(number + 1) of the plan")
    }
    guard assessment.environment == planned.environment else {
      return .refused("\(name) goes to \(assessment.environment), and was planned for \(planned.environment)")
    }
    guard assessment.risk <= planned.risk else {
      return .refused(
        "\(name) has the risk \(assessment.risk.rawValue) (\(assessment.rule)), and was planned as \(planned.risk.rawValue)"
      )
    }
    return .planned(number + 1, in: planned.environment)
  }
}

extension HTTPRequest {
  fileprivate var isReading: Bool { ["GET", "HEAD"].contains(method) }
}

extension RequestShape {
  func shownHeaders(_ blanks: Blanks) -> [String] {
    let written = headers.map { "\(blanks.shown($0.name)): \(blanks.shown($0.value.marked))" }
    return written
      + (cookies.isEmpty ? [] : ["Cookie: " + cookies.map { blanks.shown($0.marked) }.joined(separator: "; ")])
  }

  /// The first part that is not as it was planned; nil when all is.
  func difference(from sent: RequestShape) -> String? {
    if method != sent.method { return "the method" }
    if origin != sent.origin || isRerouted != sent.isRerouted { return "the host" }
    if !Self.fit(path, sent.path) || isAmbiguous != sent.isAmbiguous { return "the path" }
    if (query == nil) != (sent.query == nil) || !Self.fit(query ?? [], sent.query ?? []) { return "the query" }
    let names = (headers.map { $0.name.lowercased() }, sent.headers.map { $0.name.lowercased() })
    guard names.0.count == names.1.count else { return "the headers" }
    for (planned, found) in zip(headers, sent.headers) {
      let isSame =
        planned.name.lowercased() == found.name.lowercased() && (found.value.literal.map(planned.value.fits) ?? false)
      if !isSame { return "the header \"\(found.name)\"" }
    }
    // What servers have set before goes in front of what the validation sets.
    if cookies.count > sent.cookies.count || !Self.fit(cookies, Array(sent.cookies.suffix(cookies.count))) {
      return "the cookies"
    }
    return body.fits(sent.body) ? nil : "the body"
  }

  /// Part by part: a blank stays within its own.
  private static func fit(_ planned: [ShapedText], _ sent: [ShapedText]) -> Bool {
    planned.count == sent.count && zip(planned, sent).allSatisfy { $1.literal.map($0.fits) ?? false }
  }
}
