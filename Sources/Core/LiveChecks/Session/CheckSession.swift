/// Carries a file of checks out, as values only: it says what to send and is told what came of it.
package struct CheckSession: Sendable {
  private let file: CheckFile
  private let settings: SessionSettings
  private let secrets: Set<String>
  /// Without libraries XPath and most charsets cannot be had.
  package var libraries = CheckLibraries()
  private var variables: Variables
  private var cookies: CookieStore
  private var files = GivenFiles()
  private var reports: [EntryReport] = []
  private var masks: [String: String] = [:]
  /// What exchanges have handed out so far and nobody knew before, for whoever keeps or shows anything from then on.
  package private(set) var issuedSecrets: [IssuedSecret] = []
  /// What stands in a file of the repository or its configuration is none.
  private let known: [[UInt8]]
  private let given: [String: CheckValue]
  /// What was read for it so far.
  private var readings: [Reading] = []
  /// The moments at which entries and tries began so far.
  private var ticks: [Moment] = []
  /// Moments to be taken in place of the clock's, in their order: a session that is gone through again keeps its time.
  package var recordedTicks: [Moment] = []
  private var clock: Moment?
  private var phase: Phase = .beginning(entry: 0, repetition: 1)

  private indirect enum Phase: Sendable {
    case beginning(entry: Int, repetition: Int)
    case pausing(Duration, then: Phase)
    /// About to begin a try.
    case trying(Plan)
    case building(Plan)
    case reading(String, then: Phase)
    case sending(HTTPRequest, Plan, hops: [HTTPResponse])
    case judging(HTTPResponse, Plan, hops: [HTTPResponse])
    case done
  }

  /// The entry at work, with its options.
  private struct Plan: Sendable {
    let index: Int
    let repetition: Int
    let options: EntryOptions
  }

  /// - Parameters:
  ///   - variables: the values that placeholders may name.
  ///   - secrets: the names of those variables whose values the report must not show.
  ///   - settings: what holds where an entry's options say nothing.
  package init(
    file: CheckFile, variables: [String: CheckValue] = [:], secrets: Set<String> = [],
    settings: SessionSettings = SessionSettings()
  ) {
    self.file = file
    self.settings = settings
    cookies = CookieStore(settings.cookies)
    self.secrets = secrets
    self.variables = Variables(variables)
    given = variables.filter { !secrets.contains($0.key) }
    let open = variables.filter { !secrets.contains($0.key) }.values.map(\.text)
    known = ([file.source] + open).map { Array($0.utf8) }
    for name in secrets { if let value = variables[name] { masks[name] = value.text } }
  }

  /// The next action. `.send` and `.read` come again until what they ask for has been received; a pause comes once.
  package mutating func next() -> CheckAction {
    while true {
      switch phase {
      case .beginning(let index, let repetition): begin(index, repetition)
      case .pausing(let duration, let then):
        phase = then
        return .pause(duration)
      case .trying(let plan): attempt(plan)
      case .building(let plan): build(plan)
      case .reading(let name, _): return .read(name)
      case .sending(let request, _, _): return .send(request)
      case .judging(let response, let plan, let hops): judge(response, plan, hops)
      case .done: return .finish(report)
      }
    }
  }

  /// Takes what came of the request that was to be sent; ignored when none was.
  package mutating func receive(_ outcome: TransferOutcome) {
    guard case .sending(let request, let plan, let hops) = phase else { return }
    let exchange = Exchange(request: request, outcome: outcome)
    record { $0.exchanges.append(exchange) }
    if settings.noticesIssuedSecrets {
      issuedSecrets += exchange.issuedSecrets.filter { secret in
        !known.contains { !$0.ranges(of: Array(secret.value.utf8)).isEmpty } && !issuedSecrets.contains(secret)
      }
    }
    switch outcome {
    case .failure(let failure):
      conclude(plan, failure: .transfer(failure, at: file.entries[plan.index]), canRetry: failure.kind != .interrupted)
    case .response(let response): receive(response, to: request, plan, hops)
    }
  }

  /// Takes the content of the file that was to be read, nil where there is none; ignored when none was.
  package mutating func receive(file content: [UInt8]?) {
    guard case .reading(let name, let then) = phase else { return }
    files.give(name, content)
    readings.append(Reading(name: name, content: content))
    phase = then
    // At once, so that what is captured as a secret is known before anything else is sent.
    if case .judging(let response, let plan, let hops) = then { judge(response, plan, hops) }
  }

  /// Where `{{newUuid}}` and `{{newDate}}` take their values from, and filters that count days; whoever drives the session
  /// keeps its time up to date. Within one try it stands still.
  package var functions: FunctionSource {
    get { variables.functions }
    set {
      clock = newValue.now
      variables.functions = newValue
      if let last = ticks.last { variables.functions.now = last }
    }
  }

  /// An entry or a try begins: the time moves on.
  private mutating func tick() {
    let next = recordedTicks.isEmpty ? clock : recordedTicks.removeFirst()
    guard let next else { return }
    ticks.append(next)
    variables.functions.now = next
  }

  /// What is known so far; complete once `next` has given `.finish`.
  package var report: CheckReport {
    let shown = variables.values.mapValues(\.text).filter { !secrets.contains($0.key) }
    return CheckReport(
      file: file, entries: reports, given: given, variables: shown, secretNames: secrets, cookies: cookies.all,
      readings: readings, ticks: ticks, seed: variables.functions.seedText, masks: masks)
  }

  /// The entry, from 0, to which the request belongs that is to be sent, and how many redirects led to it; nil when none is.
  package var sending: (entry: Int, hops: Int)? {
    guard case .sending(_, let plan, let hops) = phase else { return nil }
    return (plan.index, hops.count)
  }

  /// What captures have taken so far, by their names.
  package var captures: [String: CheckValue] {
    let names = Set(reports.flatMap(\.attempts).flatMap(\.captures).map(\.name))
    return variables.values.filter { names.contains($0.key) }
  }

  /// The values that captures have marked as secret so far, with the names of the captures; in the order in which they came.
  package private(set) var capturedSecrets: [(name: String, value: String)] = []

  private mutating func begin(_ index: Int, _ repetition: Int) {
    guard index < file.entries.count else {
      phase = .done
      return
    }
    guard settings.includes(index) else {
      phase = .beginning(entry: index + 1, repetition: 1)
      return
    }
    let entry = file.entries[index]
    tick()
    do {
      let options = try variables.options(of: entry, over: settings.options)
      if options.isSkipped || options.repetitions.map({ $0 < repetition }) ?? false {
        phase = .beginning(entry: index + 1, repetition: 1)
        return
      }
      reports.append(EntryReport(entry, index: index, repetition: repetition, options: options))
      let plan = Plan(index: index, repetition: repetition, options: options)
      phase = options.delay > .zero ? .pausing(options.delay, then: .trying(plan)) : .trying(plan)
    } catch {
      reports.append(EntryReport(entry, index: index, repetition: repetition, options: settings.options))
      reports[reports.count - 1].attempts.append(AttemptReport(number: 1, failures: [error]))
      phase = settings.continuesOnError ? .beginning(entry: index + 1, repetition: 1) : .done
    }
  }

  private mutating func attempt(_ plan: Plan) {
    let number = (reports.last?.attempts.count ?? 0) + 1
    reports[reports.count - 1].attempts.append(AttemptReport(number: number))
    variables.functions.round += 1
    tick()
    files.forgetMissing()
    phase = .building(plan)
  }

  private mutating func build(_ plan: Plan) {
    let builder = RequestBuilder(
      entry: file.entries[plan.index], options: plan.options, variables: variables, cookies: cookies, files: files)
    do {
      phase = .sending(try builder.request(), plan, hops: [])
    } catch {
      if let name = error.neededFile {
        phase = .reading(name, then: phase)
      } else {
        conclude(plan, failure: error, canRetry: true)
      }
    }
  }

  private mutating func receive(_ response: HTTPResponse, to request: HTTPRequest, _ plan: Plan, _ hops: [HTTPResponse])
  {
    if settings.keepsCookies { cookies.take(from: response, to: request.url) }
    guard plan.options.followsRedirects,
      let next = Redirect(of: request, response)?.request(with: cookies, isTrusted: plan.options.trustsRedirects)
    else {
      return judge(response, plan, hops)
    }
    if let limit = plan.options.maxRedirects, hops.count >= limit {
      let entry = file.entries[plan.index]
      let failure = CheckFailure(
        kind: .runtime, title: "Too many redirects", place: entry.urlPlace, width: max(1, entry.url.source.count),
        message: "more than \(limit) redirects; the last one led to \"\(next.url)\"")
      return conclude(plan, failure: failure, canRetry: true)
    }
    phase = .sending(next, plan, hops: hops + [response])
  }

  private mutating func judge(_ response: HTTPResponse, _ plan: Plan, _ hops: [HTTPResponse]) {
    guard var spec = file.entries[plan.index].response else { return conclude(plan, with: response) }
    if !settings.judges { spec = spec.withoutAsserts }
    var judge = Judge(
      spec: spec, response: response, redirects: hops, variables: variables, files: files, libraries: libraries)
    judge.run()
    if let name = judge.failures.lazy.compactMap(\.neededFile).first {
      phase = .reading(name, then: .judging(response, plan, hops: hops))
      return
    }
    variables = judge.queries.variables
    for capture in judge.captures {
      guard let secret = capture.secret else { continue }
      masks[capture.name] = secret
      capturedSecrets.append((capture.name, secret))
    }
    record {
      $0.asserts = judge.asserts
      $0.captures = judge.captures
    }
    if judge.failures.isEmpty {
      conclude(plan, with: response)
    } else {
      conclude(plan, failures: judge.failures, canRetry: true)
    }
  }

  /// Ends an entry whose response is as it should be.
  private mutating func conclude(_ plan: Plan, with response: HTTPResponse) {
    if let name = plan.options.output {
      reports[reports.count - 1].output = OutputFile(name: name, content: response.body)
      files.give(name, response.body)
    }
    conclude(plan, failures: [], canRetry: false)
  }

  private mutating func conclude(_ plan: Plan, failure: CheckFailure, canRetry: Bool) {
    conclude(plan, failures: [failure], canRetry: canRetry)
  }

  /// Ends a try: on to the next entry, to another try, or, after a failure, to the end of the file.
  private mutating func conclude(_ plan: Plan, failures: [CheckFailure], canRetry: Bool) {
    record { $0.failures = failures }
    let tries = reports.last?.attempts.count ?? 0
    if failures.isEmpty {
      phase = .beginning(entry: plan.index, repetition: plan.repetition + 1)
    } else if canRetry, plan.options.retries.map({ tries <= $0 }) ?? true {
      phase = .pausing(plan.options.retryInterval, then: .trying(plan))
    } else {
      phase = settings.continuesOnError && canRetry ? .beginning(entry: plan.index + 1, repetition: 1) : .done
    }
  }

  /// Changes the report of the try at work.
  private mutating func record(_ change: (inout AttemptReport) -> Void) {
    guard let entry = reports.indices.last, let attempt = reports[entry].attempts.indices.last else { return }
    change(&reports[entry].attempts[attempt])
  }
}

extension ResponseSpec {
  /// With nothing left but its captures.
  fileprivate var withoutAsserts: ResponseSpec {
    var spec = ResponseSpec(version: nil, versionPlace: versionPlace, status: nil, statusPlace: statusPlace)
    spec.captures = captures
    return spec
  }
}
