import DeliveryLoop
import Engine

/// Asks validations of an earlier run again, live, each time in a working tree of its own.
struct LiveReplay {
  let wiring: Wiring

  /// What is asked, of which code.
  struct Question {
    let original: Run
    let round: Round
    /// In the order of asking.
    let names: [String]
    /// nil for the code that was validated.
    var commit: ObjectID?
  }

  /// Chooses what to ask: of an attempt (nil: the last that validated anything) one validation with what prepares it, or all.
  func question(
    about summary: RunSummary, attempt: Int? = nil, validation: String? = nil, at commit: ObjectID? = nil
  ) throws -> Question {
    if let original = summary.replays { throw RecordProblem.isReplay(summary.run, of: original) }
    guard let ledger = try wiring.archive.history() else { throw Mistake.noRuns }
    let rounds = try Records(ledger, libraries: Wiring.libraries).rounds(of: summary.run)
    guard !rounds.isEmpty else { throw RecordProblem.none(summary.run) }
    guard let round = rounds.last(where: { attempt == nil || $0.attempt == attempt }) else {
      throw RecordProblem.noSuchAttempt(summary.run, attempt ?? 0, Set(rounds.map(\.attempt)).sorted())
    }
    guard let names = validation.map({ round.names(for: $0) }) ?? round.names else {
      throw RecordProblem.noSuchValidation(validation ?? "", round.names)
    }
    return Question(
      original: try History(ledger).run(summary.run).run, round: round, names: names, commit: commit)
  }

  /// Asks once; what comes of it is a run of its own, which is returned. Its working tree is gone then, unless it waits for an
  /// approval.
  func ask(_ question: Question, watching screen: any Screen) async throws -> Run {
    let (round, original) = (question.round, question.original)
    let configuration = try wiring.configuration(at: round.base).configuration
    let tree = try Replays.code(
      of: round, in: original, at: question.commit, wiring.repository, wiring.backlog(configuration.backlog))
    let purpose = "replaying \(original.id.short)"
    let seat = try await Seat.fresh(at: question.commit ?? round.base, as: purpose, wiring)
    var run: Run?
    do {
      let world = try await seat.wiring.world(configuration, progress: screen)
      let replay = Replay(
        original: original.id, attempt: round.attempt, tree: tree, commit: question.commit,
        validations: question.names)
      let journal = try Replays(in: world).open(replay, of: original, base: round.base)
      run = journal.run
      screen.opened(journal.run)
      _ = try await Runner(in: world, policy: Policy(configuration)).deliver(journal)
      run = journal.run
      if journal.run.isOver { try await seat.discard() }
      screen.close(journal.run)
      return journal.run
    } catch {
      screen.close(nil)
      if run?.isOver != true { try? await seat.discard() }
      throw error
    }
  }

  /// Puts away what replays have left that were cut off: their processes, their working trees, and that they seem to be at
  /// work.
  func putAwayCutOff() async throws {
    guard let ledger = try wiring.archive.history() else { return }
    for summary in try ledger.runs(RunQuery(unfinished: true, replays: .only, limit: 100))
    where summary.standing.state == .running && !wiring.archive.isAlive(summary) {
      do {
        try await putAway(summary, ledger)
      } catch {
        let (message, _) = Wording.of(error)
        Output.complain("warning: replay \(summary.run.short) was cut off and cannot be put away: \(message)")
      }
    }
    let archive = wiring.archive
    try await wiring.pool(as: "putting replays away").discardLeftovers { try archive.isOccupied($0) }
  }

  private func putAway(_ summary: RunSummary, _ ledger: any Ledger) async throws {
    var seat: Seat?
    do {
      seat = try await Seat.again(for: summary, as: "putting a replay away", wiring)
    } catch WorktreePoolError.lost {
      // Somebody has removed it.
    }
    let run = try History(ledger).run(summary.run).run
    let place = seat?.wiring ?? wiring
    let world = try await place.world(try place.configuration(at: run.base).configuration, progress: Silence())
    try await Replays(in: world).abandon(Journal(continuing: run, in: world), reason: "it was cut off")
    try await seat?.discard()
  }
}
