/// Why a run stands where it stands, and what to do about it: one computed answer, the same in every face.
package struct Explanation: Hashable, Sendable {
  package enum Reason: String, CaseIterable, Sendable {
    case running
    case delivered
    case abandoned
    case waitingForImplementation = "waiting-for-implementation"
    case inconclusive
    case waitingForApproval = "waiting-for-approval"
    /// Somebody has approved; the run only has to be resumed.
    case approved
    case denied
    case outsidePolicy = "outside-policy"
    case deliveredWithWaiver = "delivered-with-waiver"
    case pausedOnRequest = "paused-on-request"
    case gateFailed = "gate-failed"
    case secretFound = "secret-found"
    case outOfScope = "out-of-scope"
    case uncheckedCertificates = "unchecked-certificates"
    case conflict
    /// Others changed the same lines; a person is to bring the change on top of theirs.
    case waitingForRebase = "waiting-for-rebase"
    case newGates = "new-gates"
    case gateChange = "gate-change"
    case refusedByRemote = "refused-by-remote"
    case broken
    case interrupted
    /// The program ended in the middle of a step without saying so.
    case cutOff = "cut-off"
    case budgetSpent = "budget-spent"
    /// A replay has come to its end.
    case replayed
  }

  package let reason: Reason
  /// A whole sentence, or the message of the failure.
  package let text: String
  /// The last lines of the output that shows it.
  package let tail: [String]
  /// The exact command to type next; nil when there is nothing to do.
  package let next: String?
  /// What is to be looked after besides: secrets that were found on disk after all, and checks that passed by chance.
  package private(set) var warnings: [String] = []

  package init(of run: Run, isAlive: Bool = false) {
    self.init(whereIs: run, isAlive: isAlive)
    if let sweep = run.sweep, !sweep.findings.isEmpty {
      warnings.append("\(sweep.wording); change these secrets where they are made, then remove what holds them")
    }
    warnings += run.flakes.map { "\($0.wording); find out what makes the difference" }
  }

  private init(whereIs run: Run, isAlive: Bool) {
    let resume = Self.goingOn(with: run)
    switch run.pending {
    case .rest(.delivered) where !run.waived.isEmpty:
      let waivers = run.waived.map { "\($0.validation) \($0.wording)" }.joined(separator: "; ")
      self.init(
        .deliveredWithWaiver,
        "\(run.opening.task) is delivered as \(run.commit?.id.short ?? ""), not validated live: \(waivers)",
        next: "waybill show \(run.id.short)")
    case .rest(.delivered):
      self.init(
        .delivered, "\(run.opening.task) is delivered as \(run.commit?.id.short ?? "")",
        next: "waybill show \(run.id.short)")
    case .rest(.replayed(let result)):
      let original = run.opening.replay?.original.short ?? ""
      self.init(
        .replayed, "\(result.wording), asked again of run \(original)", result.points,
        next: "waybill diff \(original) \(run.id.short)")
    case .rest(.abandoned): self.init(.abandoned, "this run was given up at \(run.restedAt.rawValue)", next: nil)
    case .rest(.waiting(let wait)): self.init(waiting: wait, run)
    case .rest(.failed(let kind)):
      let tail = run.failure?.tail ?? []
      self.init(Self.reason(of: kind), run.failure?.message ?? "it failed", tail, next: resume)
    case .rest(.interrupted): self.init(.interrupted, "it was interrupted at \(run.restedAt.rawValue)", next: resume)
    case .step(let step):
      if isAlive {
        self.init(
          .running, "it is at \((run.performing ?? step).rawValue)", next: "waybill logs \(run.id.short) --follow")
      } else {
        self.init(.cutOff, "the program ended in the middle of \((run.performing ?? step).rawValue)", next: resume)
      }
    }
  }

  /// A replay is not resumed but for an approval; it is made again.
  private static func goingOn(with run: Run) -> String {
    guard let replay = run.opening.replay else { return "waybill resume \(run.id.short)" }
    let place = replay.commit.map { " --at \($0.short)" } ?? ""
    return "waybill replay \(replay.original.short) --live\(place)"
  }

  private init(waiting wait: Wait, _ run: Run) {
    let resume = "waybill resume \(run.id.short)"
    let tail = run.failure?.tail ?? []
    switch wait {
    case .implementation:
      let failure = run.failure.map { "\($0.message); " } ?? ""
      self.init(
        .waitingForImplementation, "\(failure)make the change in \(run.opening.workspace), then resume", tail,
        next: resume)
    case .inconclusive:
      self.init(.inconclusive, run.failure?.message ?? "a question could not be asked", tail, next: resume)
    case .approval where run.plan?.state == .approved:
      let by = run.plan?.decision?.by ?? "somebody"
      self.init(.approved, "\(by) has approved the plan; the run applies it when it goes on", next: resume)
    case .approval(let digest):
      self.init(
        .waitingForApproval,
        "the plan \(digest.text.prefix(12)) has a high risk: \(Self.counted(run.plan?.plan.requests.count ?? 0)) that somebody other "
          + "than \"\(run.opening.owner)\" has to approve", next: "waybill plan \(run.id.short)")
    case .conflict:
      self.init(.waitingForRebase, run.failure?.message ?? "the change conflicts with others' commits", next: resume)
    case .newGates:
      self.init(
        .newGates,
        "the change stands on \(run.base.short) now, whose waybill.yaml differs; look at it, the run goes on under it",
        next: resume)
    case .gateChange(let tree) where run.agreedGates == tree:
      self.init(.approved, "what the change makes of its gates is approved; the run can go on", next: resume)
    case .gateChange(let tree):
      self.init(
        .gateChange,
        "the change touches what judges it, which somebody other than \"\(run.opening.owner)\" has to approve: this run is "
          + "judged by the base commit's all the same, and those that follow by the new ones; see \"git diff "
          + "\(run.base.short) \(tree.short)\"",
        next: "waybill approve \(run.id.short) --reason \"…\"")
    case .until(let step):
      self.init(.pausedOnRequest, "stopped after \(step.rawValue) as asked", next: resume)
    }
  }

  private init(_ reason: Reason, _ text: String, _ tail: [String] = [], next: String?) {
    self.reason = reason
    self.text = text
    self.tail = tail
    self.next = next
  }

  private static func counted(_ requests: Int) -> String { requests == 1 ? "1 request" : "\(requests) requests" }

  private static func reason(of kind: Failure.Kind) -> Reason {
    switch kind {
    case .red, .changedUnderneath: .gateFailed
    case .inconclusive: .inconclusive
    case .secret: .secretFound
    case .scope: .outOfScope
    case .unchecked: .uncheckedCertificates
    case .policy: .outsidePolicy
    case .denied: .denied
    case .conflict, .moved: .conflict
    case .refused: .refusedByRemote
    case .broken: .broken
    case .budget: .budgetSpent
    }
  }
}
