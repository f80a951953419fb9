/// What a session wants done next.
package enum CheckAction: Sendable {
  case send(HTTPRequest)
  case pause(Duration)
  case finish(CheckReport)
}

/// Carries a file of checks out, as values only: it says what to send and is told what came of it.
package struct CheckSession: Sendable {
  private let file: CheckFile
  private let defaults: TransferOptions
  private var variables: Variables
  private var cookies = CookieStore()
  private var reports: [EntryReport] = []
  private var phase: Phase = .entry(0)

  private indirect enum Phase: Sendable {
    /// Begin this entry.
    case entry(Int)
    case pausing(Duration, then: Phase)
    /// Build and send the request of the entry anew.
    case attempt(Plan)
    case sending(HTTPRequest, Plan, hops: Int)
    case done
  }

  /// The options of an entry.
  private struct Plan: Sendable {
    let index: Int
    var retries = 0
    var retryInterval = Duration.seconds(1)
    var delay = Duration.zero
    var followsRedirects = false
    var maxRedirects = 50
    var isSkipped = false
    var transfer: TransferOptions
  }

  package init(
    file: CheckFile, variables: [String: CheckValue] = [:], defaults: TransferOptions = TransferOptions()
  ) {
    self.file = file
    self.variables = Variables(variables)
    self.defaults = defaults
  }

  /// The next action; after `.send` the outcome has to be received before this is asked again.
  package mutating func next() -> CheckAction {
    while true {
      switch phase {
      case .entry(let index):
        guard index < file.entries.count else {
          phase = .done
          continue
        }
        begin(index)
      case .pausing(let duration, let then):
        phase = then
        return .pause(duration)
      case .attempt(let plan): attempt(plan)
      case .sending(let request, _, _): return .send(request)
      case .done: return .finish(CheckReport(file: file, entries: reports))
      }
    }
  }

  /// Takes what came of the request that was to be sent.
  package mutating func receive(_ outcome: TransferOutcome) {
    guard case .sending(let request, let plan, let hops) = phase else { return }
    reports[reports.count - 1].exchanges.append(Exchange(request: request, outcome: outcome))
    switch outcome {
    case .failure(let failure):
      let url = file.entries[plan.index].url.source
      let place = urlPlace(plan.index)
      conclude(
        plan,
        failures: [
          CheckFailure(title: "HTTP connection", place: place, width: url.count, message: failure.message, isAssert: false)
        ], verdict: .inconclusive)
    case .response(let response):
      cookies.take(from: response)
      if plan.followsRedirects, let next = redirect(of: request, response) {
        guard plan.maxRedirects < 0 || hops < plan.maxRedirects else {
          return conclude(
            plan,
            failures: [
              CheckFailure(
                title: "Too many redirects", place: urlPlace(plan.index), width: 1,
                message: "more than \(plan.maxRedirects) redirects", isAssert: false)
            ], verdict: .failed)
        }
        phase = .sending(next, plan, hops: hops + 1)
      } else {
        judge(response, plan)
      }
    }
  }

  private mutating func begin(_ index: Int) {
    let entry = file.entries[index]
    var report = EntryReport(index: index + 1, line: entry.place.line, requestLine: "\(entry.method) \(entry.url.source)")
    do {
      let plan = try plan(entry, index)
      guard !plan.isSkipped else { return phase = .entry(index + 1) }
      reports.append(report)
      phase = plan.delay > .zero ? .pausing(plan.delay, then: .attempt(plan)) : .attempt(plan)
    } catch {
      report.failures = [failure(error)]
      report.verdict = .failed
      reports.append(report)
      phase = .done
    }
  }

  private mutating func plan(_ entry: Entry, _ index: Int) throws(CheckProblem) -> Plan {
    var plan = Plan(index: index, transfer: defaults)
    for option in entry.options {
      switch option {
      case .retry(let count): plan.retries = count < 0 ? .max : count
      case .retryInterval(let duration): plan.retryInterval = duration
      case .delay(let duration): plan.delay = duration
      case .location(let isOn): plan.followsRedirects = isOn
      case .maxRedirects(let count): plan.maxRedirects = count
      case .connectTimeout(let duration): plan.transfer.connectTimeout = duration
      case .maxTime(let duration): plan.transfer.maxTime = duration
      case .compressed(let isOn): plan.transfer.compressed = isOn
      case .skip(let isOn): plan.isSkipped = isOn
      // It stays set for the entries that follow.
      case .variable(let name, let text): variables.set(name, to: CheckValue(guessing: try variables.fill(text)))
      }
    }
    return plan
  }

  private mutating func attempt(_ plan: Plan) {
    reports[reports.count - 1].tries += 1
    let builder = RequestBuilder(
      entry: file.entries[plan.index], variables: variables, options: plan.transfer, cookies: cookies)
    do {
      phase = .sending(try builder.request(), plan, hops: 0)
    } catch {
      // No repetition gives a variable its value.
      var plan = plan
      plan.retries = 0
      conclude(plan, failures: [failure(error)], verdict: .failed)
    }
  }

  private mutating func judge(_ response: HTTPResponse, _ plan: Plan) {
    guard let spec = file.entries[plan.index].response else { return conclude(plan, failures: [], verdict: .passed) }
    var judge = Judge(file: file, spec: spec, response: response, variables: variables)
    judge.run()
    variables = judge.variables
    reports[reports.count - 1].asserts = judge.asserts
    reports[reports.count - 1].captures = judge.captures
    conclude(plan, failures: judge.failures, verdict: judge.failures.isEmpty ? .passed : .failed)
  }

  /// Ends a try: on to the next entry, to another try, or, after a failure, to the end of the file.
  private mutating func conclude(_ plan: Plan, failures: [CheckFailure], verdict: Verdict) {
    let last = reports.count - 1
    reports[last].failures = failures
    reports[last].verdict = verdict
    if failures.isEmpty {
      phase = .entry(plan.index + 1)
    } else if reports[last].tries <= plan.retries {
      phase = .pausing(plan.retryInterval, then: .attempt(plan))
    } else {
      phase = .done
    }
  }

  /// The request to which a response leads, by the rules that browsers follow (RFC 9110, section 15.4).
  private func redirect(of request: HTTPRequest, _ response: HTTPResponse) -> HTTPRequest? {
    guard [301, 302, 303, 307, 308].contains(response.status), let location = response.values(of: "Location").first,
      let from = Address(request.url)
    else { return nil }
    let url = from.resolve(location)
    let keeps = response.status == 307 || response.status == 308 || request.method == "GET" || request.method == "HEAD"
    let isSameOrigin = Address(url)?.origin == from.origin
    // Credentials stay with the server for which they were meant.
    let dropped: Set<String> = isSameOrigin ? ["cookie"] : ["cookie", "authorization"]
    var headers = request.headers.filter { header in
      let name = header.name.lowercased()
      return !dropped.contains(name) && (keeps || name != "content-type")
    }
    let pairs = cookies.pairs(for: url)
    if !pairs.isEmpty { headers.append(HTTPHeader(name: "Cookie", value: pairs.joined(separator: "; "))) }
    return HTTPRequest(
      method: keeps ? request.method : "GET", url: url, headers: headers, body: keeps ? request.body : nil, options: request.options)
  }

  private func failure(_ problem: CheckProblem) -> CheckFailure {
    CheckFailure(title: problem.title, place: problem.place, width: problem.width, message: problem.message, isAssert: false)
  }

  private func urlPlace(_ index: Int) -> Place {
    let entry = file.entries[index]
    return Place(line: entry.place.line, column: entry.place.column + entry.method.count + 1)
  }
}
