import DeliveryLoop
import JSONText
import LiveChecks
import LivePlans
import Redaction

/// Asks the validations of an earlier run again, as they were recorded, and finds out whether they come to the same.
struct ReplayStep: StepPerformer {
  let world: World
  let log: ServiceLog
  let replay: Replay

  func perform(_ journal: Journal) async throws -> Outcome {
    try journal.record(.intended(.validate))
    if let failure = try Gates(world: world, run: journal.run).unchanged(replay.tree, at: .validate) {
      return .failed(failure)
    }
    let round = try recorded()
    let chosen = try validations(of: round)
    let plan: PlanDraft
    switch try PlanGate(world: world, journal: journal).answer(for: chosen, on: replay.tree) {
    case .apply(let draft): plan = draft
    case .wait(let wait): return .paused(wait)
    case .refused(let failure): return .failed(failure)
    }
    let finding: ReplayFinding
    switch try await ask(chosen, under: plan, journal) {
    case .found(let found): finding = found
    case .refused(let failure): return .failed(failure)
    }
    let outcome = ReplayOutcome(
      of: finding, against: round.finding(of: replay.validations), isSameCode: replay.commit == nil)
    return .done(.replayed(ReplayResult(outcome: outcome, finding: finding)))
  }

  /// What is asked again, from the original's evidence.
  private func recorded() throws -> Round {
    let rounds = try Records(world.ledger, libraries: world.libraries).rounds(of: replay.original)
    guard
      let round = rounds.last(where: { $0.attempt == replay.attempt && Set(replay.validations).isSubset(of: $0.names) })
    else { throw RecordProblem.none(replay.original) }
    return round
  }

  private func validations(of round: Round) throws -> [ParsedValidation] {
    let secrets = world.vault.environment(for: .validate)
    return try replay.validations.compactMap { name in
      guard let record = round.last(name) else { return nil }
      let source = Array(record.source.restoring(secrets).utf8)
      do throws(CheckSyntaxError) {
        return ParsedValidation(
          file: ValidationFiles.File(recordedAs: name, in: round),
          checks: try CheckFile.parse(source, name: record.name),
          readings: record.files.map { $0.restoring(secrets) })
      } catch {
        throw RecordProblem.unreadable(replay.original, name, "is no file of checks: \(error)")
      }
    }
  }

  private enum Answer {
    case found(ReplayFinding)
    case refused(Failure)
  }

  /// Stops at the first that does not pass, as the loop does.
  private func ask(
    _ chosen: [ParsedValidation], under plan: PlanDraft, _ journal: Journal
  ) async throws -> Answer {
    let all = chosen.map(\.file)
    var prepared: [(setup: ValidationFiles.File, captures: Captures)] = []
    for validation in chosen {
      let name = validation.file.name
      let captures = prepared.filter { $0.setup.prepares(validation.file, among: all) }.map(\.captures)
      let check = ValidationCheck(world: world, log: log, journal: journal, plan: plan, validation: validation)
      switch try await check.run(with: Captures(captures)) {
      case .passed(let passed):
        try record(.passed, of: name, journal)
        if validation.file.isSetup { prepared.append((validation.file, passed.captures)) }
      case .missed(let failure, let report):
        try record(failure.kind == .red ? .failed : .inconclusive, of: name, journal)
        guard failure.kind == .red else { return .found(.inconclusive(validation: name)) }
        return .found(.failed(validation: name, points: try points(of: report)))
      case .refused(let failure): return .refused(failure)
      }
    }
    return .found(.passed)
  }

  private func record(_ verdict: Judgement.Verdict, of name: String, _ journal: Journal) throws {
    try journal.record(.observed(.judged(Judgement(tree: replay.tree, validation: name, verdict: verdict))))
  }

  /// As the evidence has them, so that they can be compared with what is on record.
  private func points(of report: CheckReport) throws -> [String] {
    let kept = world.vault.set.redact(document: Array(report.json.compact.utf8)).text.text
    return try RecordedValidation(try JSON.parse(kept)).points
  }
}

extension Round {
  /// A validation, after the setups that prepare it; nil where none of that name ran.
  package func names(for name: String) -> [String]? {
    guard names.contains(name) else { return nil }
    let files = names.map { ValidationFiles.File(recordedAs: $0, in: self) }
    let wanted = ValidationFiles.File(recordedAs: name, in: self)
    return files.filter { $0.name == name || $0.prepares(wanted, among: files) }.map(\.name)
  }

  /// What some of the validations came to.
  func finding(of names: [String]) -> ReplayFinding {
    var some = self
    some.keep(names)
    return some.finding
  }
}

extension ValidationFiles.File {
  /// From the name that a run gives to a version of a file.
  init(recordedAs name: String, in round: Round) {
    for (word, isOfBase) in [(" (as it was)", true), (" (of this change)", false)] where name.hasSuffix(word) {
      let path = String(name.dropLast(word.count))
      self.init(path: path, tree: isOfBase ? round.base : round.tree, name: name, isOfBase: isOfBase)
      return
    }
    let isChanged = round.names.contains("\(name) (as it was)")
    self.init(path: name, tree: round.tree, name: name, isOfBase: !isChanged)
  }
}

extension String {
  /// Puts back what masks stand for.
  fileprivate func restoring(_ secrets: [String: String]) -> String {
    secrets.reduce(self) { text, secret in text.replacing("[redacted:\(secret.key)]", with: secret.value) }
  }
}

extension Reading {
  fileprivate func restoring(_ secrets: [String: String]) -> Reading {
    guard let text = content.flatMap({ String(validating: $0, as: UTF8.self) }) else { return self }
    return Reading(name: name, content: Array(text.restoring(secrets).utf8))
  }
}
