import DeliveryLoop

/// Lets the working copy take over the closed record that has been pushed, and sees that the backlog shows it.
struct CloseStep: StepPerformer {
  let world: World

  func perform(_ journal: Journal) async throws -> Outcome {
    try journal.record(.intended(.close))
    let run = journal.run
    guard let commit = run.commit?.id else {
      return .failed(Failure(step: .close, kind: .broken, message: "there is no commit that closes the task"))
    }
    try world.backlog.adopt(try world.record(of: run.opening.task, at: commit), of: run.opening.task)
    try world.repository.refreshIndex(of: try world.backlog.recordPaths(of: run.opening.task))
    guard let fact = try await alreadyDone(run) else {
      return .failed(
        Failure(
          step: .close, kind: .broken,
          message: "the backlog does not show \"\(run.opening.task)\" as closed after it was; look at it, then resume"))
    }
    return .done(fact)
  }

  func alreadyDone(_ run: Run) async throws -> Fact? {
    let task = try world.backlog.show(run.opening.task)
    guard task.state == .closed else { return nil }
    try world.repository.refreshIndex(of: try world.backlog.recordPaths(of: run.opening.task))
    return .closed(status: task.status)
  }
}
