import DeliveryLoop
import Engine
import Glibc

/// Watches one delivery and tells a reader about it.
protocol Screen: Progress {
  func opened(_ run: Run)
  /// nil when the delivery ended in an error that is told elsewhere.
  func close(_ run: Run?)
}

/// A live list on a terminal, plain lines in a pipe, JSON lines on request.
enum Screens {
  static func choose(json: Bool) -> any Screen {
    if json { return JSONScreen() }
    let environment = ProcessEnvironment.own.all
    guard isatty(1) == 1, environment["TERM"] != "dumb" else { return PlainScreen() }
    return LiveScreen(style: Style(isColoured: environment["NO_COLOR", default: ""].isEmpty))
  }

  /// What is said at the end, by every screen for people.
  static func farewell(_ run: Run) -> [String] {
    let explanation = Explanation(of: run)
    var lines = explanation.tail.map { "  │ \($0)" }
    switch explanation.reason {
    case .deliveredWithWaiver: lines.append(explanation.text)
    case .delivered:
      lines.append(
        "delivered \(run.opening.task) as \(run.commit?.id.short ?? "") on \(run.opening.remote)/\(run.opening.remoteBranch)"
      )
    case .waitingForImplementation, .waitingForRebase, .waitingForApproval, .approved, .inconclusive, .newGates,
      .gateChange, .pausedOnRequest,
      .running:
      lines.append("waiting: \(explanation.text)")
    case .gateFailed, .secretFound, .outOfScope, .uncheckedCertificates, .outsidePolicy, .denied, .conflict,
      .refusedByRemote, .broken, .budgetSpent:
      lines.append("failed at \(run.restedAt.rawValue): \(explanation.text)")
    case .abandoned, .interrupted, .cutOff, .replayed: lines.append(explanation.text)
    }
    lines += explanation.warnings
    if let next = explanation.next { lines.append("next: \(next)") }
    return lines
  }
}

extension Run {
  /// What screens call it.
  var name: String {
    guard let replay = opening.replay else { return "run \(id.short)" }
    let code = replay.commit.map { " at \($0.short)" } ?? ""
    return "run \(id.short), replay of \(replay.original.short)\(code)"
  }
}

/// Colours, where they are wanted.
struct Style: Sendable {
  let isColoured: Bool

  func good(_ text: String) -> String { paint(text, "32") }
  func bad(_ text: String) -> String { paint(text, "31") }
  func warn(_ text: String) -> String { paint(text, "33") }
  func faint(_ text: String) -> String { paint(text, "2") }
  func strong(_ text: String) -> String { paint(text, "1") }

  private func paint(_ text: String, _ code: String) -> String { isColoured ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text }
}

/// What an event is to people, in one line; nil for what only the ledger needs.
enum EventLine {
  enum Mark {
    case begun, passed, failed, note
    /// Something that came up while a step goes on.
    case aside
  }

  static func of(_ event: Event, _ run: Run) -> (mark: Mark, step: Step, text: String)? {
    switch event {
    case .opened: nil
    case .intended(let intent): (.begun, intent.step, intention(intent))
    case .observed(.launched), .observed(.judged), .observed(.sending), .observed(.sent), .observed(.attempted): nil
    case .observed(.planned(let plan)):
      (.aside, .validate, "plan \(plan.digest.text.prefix(12)): " + requests(of: plan))
    case .observed(.replayed(let result)):
      (result.finding == .passed ? .passed : .failed, .validate, result.wording)
    case .observed(.expired): (.aside, .validate, "the plan has expired")
    case .observed(let fact): (.passed, fact.step, observation(fact))
    case .failed(let failure, .rebase): (.note, failure.step, failure.message + "; bringing the change on top of it")
    case .failed(let failure, let consequence):
      (
        .failed, failure.step,
        failure.message
          + after(consequence)
      )
    case .paused: (.note, run.restedAt, "waiting")
    case .resumed(let step, let by): (.note, step, "resumed by \(by)")
    case .interrupted(let step): (.note, step, "interrupted")
    case .abandoned: (.note, run.restedAt, "abandoned")
    case .decided(let decision): (.note, run.restedAt, "\(decision.verdict.rawValue) by \(decision.by)")
    case .waived(let waiver): (.note, run.restedAt, "\(waiver.validation) \(waiver.wording)")
    case .masked(let masking):
      (.note, run.step, "\(masking.secrets.joined(separator: ", ")) was kept before it was known, and is masked now")
    case .dropped: nil
    case .swept(let sweep): sweep.findings.isEmpty ? nil : (.failed, run.restedAt, sweep.wording)
    }
  }

  private static func after(_ consequence: Consequence) -> String {
    switch consequence {
    case .implementAgain: "; back to implement"
    case .formatAgain: "; back to format"
    case .rebase, .wait, .stop: ""
    }
  }

  private static func intention(_ intent: Intent) -> String {
    switch intent {
    case .implement(let attempt): attempt > 0 ? "attempt \(attempt)" : ""
    case .push(_, let new): new.short
    case .commit(let commit): commit.id.short
    case .rebase(let rebase): "onto \(rebase.onto.short)"
    case .claim, .format, .test, .start, .validate, .stop, .close, .anchor: ""
    }
  }

  private static func observation(_ fact: Fact) -> String {
    switch fact {
    case .implemented(let tree, let author):
      "by \(author == .agent ? "the coding agent" : author == .person ? "a person" : "adoption"), tree \(tree.short)"
    case .formatted(let tree), .tested(let tree): "tree \(tree.short)"
    case .validated(_, let files, let waived):
      ([
        counted(files.count, "file"), counted(files.reduce(0) { $0 + $1.asserts }, "assert"),
        counted(files.reduce(0) { $0 + $1.exchanges }, "exchange"),
      ] + (waived.isEmpty ? [] : ["\(waived.count) waived, not validated"])).joined(separator: ", ")
    case .committed(let id): id.short
    case .pushed(let observed): "the remote shows \(observed.short)"
    case .rebased(let onto, let tree): "onto \(onto.short), tree \(tree.short)"
    case .anchored(let notes): "the notes of the remote, \(notes.short)"
    case .closed(let status), .claimed(let status): status
    case .launched, .planned, .sending, .sent, .expired, .judged, .started, .stopped, .attempted, .replayed: ""
    }
  }

  private static func requests(of plan: Plan) -> String {
    RiskClass.allCases.reversed().compactMap { risk in
      let count = plan.requests.count { $0.risk == risk }
      return count == 0 ? nil : "\(counted(count, "request")) of \(risk.rawValue) risk"
    }.joined(separator: ", ")
  }
}

/// Durations and times for people.
enum Clocks {
  static func text(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    if seconds >= 60 { return "\(seconds / 60)m\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)s" }
    let milliseconds = attoseconds / 1_000_000_000_000_000
    return seconds == 0 ? "\(milliseconds)ms" : "\(seconds).\(milliseconds / 100)s"
  }

  static func text(from start: Timestamp, to end: Timestamp) -> String {
    text(.nanoseconds(max(0, end.nanoseconds - start.nanoseconds)))
  }

  /// UTC, to the second.
  static func text(_ time: Timestamp) -> String {
    String(time.text(fraction: 0).map { $0 == "T" ? " " : $0 }.dropLast())
  }
}

/// A number with its noun.
func counted(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
