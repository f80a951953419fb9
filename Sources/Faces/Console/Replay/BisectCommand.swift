import ArgumentParser
import DeliveryLoop
import Engine
import JSONText

/// `waybill bisect RUN`
struct BisectCommand: LookBack {
  static let configuration = CommandConfiguration(
    commandName: "bisect", abstract: "Find the first commit at which a run's validations turn.",
    discussion: """
      The validations are asked live, at commit after commit between --from and --to, each in a fresh working tree; each time \
      is a run of its own in the history. A commit that cannot be asked, since its service does not start for example, is \
      passed over. Exit status: 0 when the commit is found, 2 when the verdict is the same at both ends, 3 when commits that \
      cannot be asked leave it open.
      """)

  @Argument(help: "The run, or the first characters of its id; without it the newest.") var run: String?
  @Option(
    help: ArgumentHelp("Where to begin; without it the run's commit, or that on which it stood.", valueName: "commit"))
  var from: String?
  @Option(help: ArgumentHelp("Where to end.", valueName: "commit")) var to = "HEAD"
  @Option(help: ArgumentHelp("Only this validation, as the run calls it.", valueName: "name")) var validation: String?
  @Option(help: "What this attempt of the implementation validated; without it the last.") var attempt: Int?
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    Interrupts.stopCleanly()
    let wiring = try shared.wiring()
    try wiring.refuseInsideRun()
    let (_, summary) = try wiring.archive.find(run)
    let replay = LiveReplay(wiring: wiring)
    try await replay.putAwayCutOff()
    let question = try replay.question(about: summary, attempt: attempt, validation: validation)
    let start = try from.map { try wiring.commit($0) } ?? summary.standing.commit ?? question.round.base
    let end = try wiring.commit(to)
    guard try start == end || wiring.repository.isAncestor(start, of: end) else {
      throw ReplayMistake.notBefore(start, end)
    }
    let history = try wiring.history(from: start, to: end)
    return try await bisect(history, from: start, to: end) { commit in
      var question = question
      question.commit = commit
      return try await replay.ask(question, watching: NoScreen())
    }
  }

  private func bisect(
    _ history: [(commit: Bisection.Commit, subject: String)], from start: ObjectID, to end: ObjectID,
    asking ask: (ObjectID) async throws -> Run
  ) async throws -> ExitStatus {
    let subjects = Dictionary(history.map { ($0.commit.id, $0.subject) }) { first, _ in first }
    let (old, new) = (try await ask(start), try await ask(end))
    if Task.isCancelled { return .interrupted }
    show(old, start, "", "start")
    show(new, end, subjects[end] ?? "", "end")
    for (run, commit) in [(old, start), (new, end)] where run.answer == nil {
      throw ReplayMistake.notAsked(commit, Explanation(of: run).text)
    }
    guard let first = old.answer, first != new.answer else {
      throw ReplayMistake.turnsNowhere(start, end, passes: new.answer == .passed)
    }
    var bisection = Bisection(history.map(\.commit))
    while let commit = bisection.next {
      let run = try await ask(commit)
      if Task.isCancelled { return .interrupted }
      show(run, commit, subjects[commit] ?? "", "about \(counted(bisection.remaining, "more step"))")
      bisection.record(run.answer.map { $0 == first ? .old : .new } ?? .unknown, of: commit)
    }
    return tell(bisection.result, subjects, turnsTo: new.answer == .passed ? "passes" : "fails")
  }

  private func show(_ run: Run, _ commit: ObjectID, _ subject: String, _ note: String) {
    let verdict =
      run.answer.map { $0 == .passed ? "passes" : "fails" } ?? "cannot be asked: \(Explanation(of: run).text)"
    if shared.json {
      return Output.json([
        "commit": .string(commit.text), "run": .string(run.id.text),
        "verdict": .string(run.answer?.rawValue ?? Judgement.Verdict.inconclusive.rawValue),
      ])
    }
    Output.line("\(commit.short) \(verdict)  \(Printable.row(subject))".trimmed + " (\(note))")
  }

  private func tell(_ result: Bisection.Result?, _ subjects: [ObjectID: String], turnsTo verdict: String) -> ExitStatus
  {
    switch result {
    case .first(let commit)?:
      if shared.json {
        Output.json(["first": .string(commit.text), "subject": .string(subjects[commit] ?? "")])
      } else {
        Output.line("\(commit.text) is the first that \(verdict): \(Printable.row(subjects[commit] ?? ""))")
      }
      return .delivered
    case .among(let commits)?:
      if shared.json {
        Output.json(["among": .array(commits.map { .string($0.text) })])
      } else {
        Output.line("the first that \(verdict) is one of these; those between cannot be asked:")
        for commit in commits { Output.line("  \(commit.short) \(Printable.row(subjects[commit] ?? ""))") }
      }
      return .waiting
    case nil: return .broken
    }
  }
}

extension Run {
  /// What a replay found, where it could ask.
  fileprivate var answer: Judgement.Verdict? {
    guard let verdict = result?.finding.verdict, verdict != .inconclusive else { return nil }
    return verdict
  }
}
