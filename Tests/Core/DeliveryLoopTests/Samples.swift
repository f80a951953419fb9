import DeliveryLoop

/// Values that tests of the loop share.
enum Samples {
  // swift-format-ignore: NeverForceUnwrap
  static let run = RunID("019a0000-0000-7000-8000-000000000001")!
  static let base = id("b")
  static let tree = id("1")
  static let other = id("2")
  static let commit = PreparedCommit(
    id: id("c"), tree: id("3"), parent: base, content: "tree \(id("3"))\nparent \(base)\n\nSay \"hello\"\n")
  static let service = ServiceRecord(pid: 4711, startTicks: 18_446_744_073_709_551_615, bootID: "boot", port: 8080)

  // swift-format-ignore: NeverForceUnwrap
  static func id(_ digit: Character) -> ObjectID { ObjectID(String(repeating: digit, count: 40))! }

  // swift-format-ignore: NeverForceUnwrap
  static func opening(
    hasService: Bool = true, adopts: Bool = false, earlier: Int = 0, replay: Replay? = nil,
    isAnchored: Bool = false
  ) -> Opening {
    Opening(
      task: TaskID("br-1")!, title: "Say \"hello\"", workspace: "/w", branch: "main", remote: "origin",
      remoteBranch: "main",
      base: base, policy: Digest(String(repeating: "d", count: 64))!, owner: "Ada", adopts: adopts,
      hasService: hasService,
      earlierAttempts: earlier, isAnchored: isAnchored, replay: replay)
  }

  static let anchoredOpening = opening(isAnchored: true)

  /// Another run, whose second attempt is asked again.
  static func replay(at commit: ObjectID? = nil) -> Replay {
    Replay(original: run, attempt: 2, tree: tree, commit: commit, validations: ["a.hurl", "b.hurl (as it was)"])
  }

  static let result = ReplayResult(
    outcome: .stillFailing, finding: .failed(validation: "a.hurl", points: ["line 2: status == 200, actual 500"]))

  /// Everything that happens in a replay.
  static let replaying: [Event] = [
    .intended(.start), .observed(.launched(service)), .observed(.started),
    .intended(.validate), .observed(.judged(judgement(.failed))), .observed(.replayed(result)),
    .intended(.stop), .observed(.stopped),
  ]

  static func fresh(hasService: Bool = true, earlier: Int = 0) -> Run {
    Run(id: run, opening: opening(hasService: hasService, earlier: earlier))
  }

  static let file = ValidatedFile(
    path: "validations/a.hurl", exchanges: 2, asserts: 3, captures: [.init(name: "word", value: "hello")])

  /// Everything that happens in a delivery without trouble.
  static let delivery: [Event] = [
    .intended(.claim), .observed(.claimed(status: "in_progress")),
    .intended(.implement(attempt: 1)), .observed(.implemented(tree: tree, by: .agent)),
    .intended(.format), .observed(.formatted(tree: tree)),
    .intended(.test), .observed(.tested(tree: tree)),
    .intended(.start), .observed(.launched(service)), .observed(.started),
    .intended(.validate), .observed(.validated(tree: tree, files: [file])),
    .intended(.stop), .observed(.stopped),
    .intended(.commit(commit)), .observed(.committed(commit.id)),
    .intended(.push(old: base, new: commit.id)), .observed(.pushed(observed: commit.id)),
    .intended(.close), .observed(.closed(status: "closed")),
  ]

  static func judgement(_ verdict: Judgement.Verdict, _ tree: ObjectID = tree, of file: String = "a.hurl") -> Judgement
  {
    Judgement(tree: tree, validation: file, verdict: verdict)
  }

  static let masking = Masking(target: .event(7), secrets: ["response.token"], old: .zero, new: .zero)

  static let sweep: Sweep = {
    var sweep = Sweep(secrets: 2)
    (sweep.places, sweep.bytes, sweep.leftOut, sweep.removed) = (3, 4_000_000_000, 1, 5)
    sweep.findings = [Sweep.Finding(secret: "API_TOKEN", place: ".git/objects/ab/cd")]
    return sweep
  }()

  static let vouching: Sweep = {
    var sweep = Sweep(secrets: 0)
    sweep.captures = [capture(1 << 40)]
    return sweep
  }()

  static func capture(_ number: Int64) -> Sweep.Capture {
    Sweep.Capture(number: number, step: .test, attempt: 1, kind: "log", name: "make", began: time(9), digest: .zero)
  }

  /// The remote's commit that came first.
  static let onto = id("a")

  /// Somebody else pushed first: from the failed push to the format step.
  static let rebase: [Event] = [
    .intended(.push(old: base, new: commit.id)),
    .failed(Failure(step: .push, kind: .moved, message: "it has moved"), .rebase),
    .intended(
      .rebase(Rebase(from: commit.id, onto: onto, tree: id("4"), files: id("5"), kept: id("6")))),
    .observed(.rebased(onto: onto, tree: id("4"))),
  ]

  /// From there to the next commit.
  static let again: [Event] = {
    let next = PreparedCommit(id: commit.id, tree: id("7"), parent: onto, content: "")
    return [
      .intended(.format), .observed(.formatted(tree: other)), .intended(.test), .observed(.tested(tree: other)),
      .intended(.start), .observed(.launched(service)), .observed(.started), .intended(.validate),
      .observed(.validated(tree: other, files: [])), .intended(.stop), .observed(.stopped), .intended(.commit(next)),
      .observed(.committed(next.id)),
    ]
  }()

  /// Events of every kind, with every payload that they can have.
  static var everyEvent: [Event] {
    let kinds = Failure.Kind.allCases.map { kind in
      Event.failed(Failure(step: .test, kind: kind, message: "it\nfailed", tail: ["a", "\u{1b}[31mb"]), .stop)
    }
    let failure = Failure(step: .validate, kind: .red, message: "m")
    return [.opened(opening()), .opened(opening(hasService: false, adopts: true, earlier: 7))] + delivery + kinds
      + rebase + [
        .opened(opening(replay: replay())), .opened(opening(replay: replay(at: onto))), .observed(.replayed(result)),
        .observed(.replayed(ReplayResult(outcome: .fixed, finding: .passed))),
        .observed(.replayed(ReplayResult(outcome: .inconclusive, finding: .inconclusive(validation: "a.hurl")))),
        .paused(.conflict), .paused(.newGates), .paused(.gateChange(Samples.tree)),
        .failed(failure, .implementAgain), .failed(failure, .formatAgain), .failed(failure, .wait(.inconclusive)),
        .paused(.implementation), .paused(.until(.test)), .paused(.inconclusive), .resumed(from: .format, by: "Ada"),
        .interrupted(.push), .abandoned(reason: "not now"), .intended(.push(old: nil, new: commit.id)),
        .observed(.launched(ServiceRecord(pid: 1, startTicks: 0, bootID: "", port: nil))),
        .masked(masking), .masked(Masking(target: .evidence(7), secrets: ["a", "b"], old: nil, new: nil)),
        .swept(sweep), .observed(.judged(judgement(.passed))), .observed(.judged(judgement(.inconclusive, other))),
        .swept(Sweep(secrets: 0)), .swept(vouching), .opened(anchoredOpening), .intended(.anchor("a\nnote\n")),
        .observed(.anchored(onto)), .dropped(Dropping(captures: [1, 1 << 40], bytes: 7, policy: "keep 90d")),
        .paused(.approval(planDigest)), .observed(.planned(plan())),
        .observed(.planned(plan(.high))), .observed(.sending(1)), .observed(.sent(1, status: 201)),
        .observed(.sent(2, status: nil)), .observed(.expired(planDigest)), .decided(decision(.approved)),
        .decided(Decision(subject: .gates(tree), verdict: .denied, by: "Grace", reason: "no", at: time(9))),
        .waived(waiver()), .observed(.validated(tree: tree, files: [], waived: ["a.hurl"])),
        .observed(.implemented(tree: tree, by: .person)), .observed(.implemented(tree: tree, by: .adopted)),
        .observed(.attempted(Attempt(number: 2, time: .milliseconds(1500), spend: Money("1.25"), end: .ended))),
      ]
      + Attempt.End.allCases.map { end in
        .observed(.attempted(Attempt(number: 1, time: .zero, spend: nil, end: end)))
      }
  }
}
