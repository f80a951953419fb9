/// Why a run stands where it stands, and what to do about it: one computed answer, the same in every face.
package struct Explanation: Hashable, Sendable {
  package enum Reason: String, CaseIterable, Sendable {
    case running
    case delivered
    case abandoned
    case waitingForImplementation = "waiting-for-implementation"
    case inconclusive
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
    let resume = "waybill resume \(run.id.short)"
    var tail: [String] = []
    switch run.pending {
    case .rest(.delivered):
      self.init(
        .delivered, "\(run.opening.task) is delivered as \(run.commit?.id.short ?? "")",
        next: "waybill show \(run.id.short)")
      return
    case .rest(.abandoned): self.init(.abandoned, "this run was given up at \(run.restedAt.rawValue)", next: nil)
    case .rest(.waiting(.implementation)):
      let failure = run.failure.map { "\($0.message); " } ?? ""
      tail = run.failure?.tail ?? []
      self.init(
        .waitingForImplementation, "\(failure)make the change in \(run.opening.workspace), then resume", tail,
        next: resume)
    case .rest(.waiting(.inconclusive)):
      tail = run.failure?.tail ?? []
      self.init(.inconclusive, run.failure?.message ?? "a question could not be asked", tail, next: resume)
    case .rest(.waiting(.conflict)):
      self.init(.waitingForRebase, run.failure?.message ?? "the change conflicts with others' commits", next: resume)
    case .rest(.waiting(.newGates)):
      self.init(
        .newGates,
        "the change stands on \(run.base.short) now, whose waybill.yaml differs; look at it, the run goes on under it",
        next: resume)
    case .rest(.waiting(.gateChange(let tree))):
      self.init(
        .gateChange,
        "the change touches what judges it; see \"git diff \(run.base.short) \(tree.short)\", and resume only if you agree: "
          + "this run is judged by the base commit's all the same, and those that follow by the new ones",
        next: resume)
    case .rest(.waiting(.until(let step))):
      self.init(.pausedOnRequest, "stopped after \(step.rawValue) as asked", next: resume)
    case .rest(.failed(let kind)):
      tail = run.failure?.tail ?? []
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

  private init(_ reason: Reason, _ text: String, _ tail: [String] = [], next: String?) {
    self.reason = reason
    self.text = text
    self.tail = tail
    self.next = next
  }

  private static func reason(of kind: Failure.Kind) -> Reason {
    switch kind {
    case .red, .changedUnderneath: .gateFailed
    case .inconclusive: .inconclusive
    case .secret: .secretFound
    case .scope: .outOfScope
    case .unchecked: .uncheckedCertificates
    case .conflict, .moved: .conflict
    case .refused: .refusedByRemote
    case .broken: .broken
    }
  }
}
