import DeliveryLoop

/// What format, test and build have in common: commands on the change, and the tree that they saw.
struct Gates {
  let world: World
  let run: Run

  /// The tree of the task's change as it is now, the backlog's own record taken from the base or another commit.
  func tree(on base: ObjectID? = nil) throws -> ObjectID {
    // What is asked again is asked of a whole tree, the backlog's record included.
    let kept = run.opening.replay == nil ? try world.backlog.recordPaths(of: run.opening.task) : []
    return try world.repository.snapshot(keeping: kept, of: base ?? run.base)
  }

  /// nil while nothing about the repository would make the delivery wrong: a command may have changed that since the claim.
  func hazard(at step: Step) throws -> Failure? {
    try world.repository.hazards().first.map { Failure(step: step, kind: .broken, message: $0.wording) }
  }

  /// nil while the backlog shows the task as taken by this run's owner.
  func claimed(at step: Step) throws -> Failure? {
    let task = try world.backlog.show(run.opening.task)
    guard task.state != .claimed || task.owner != run.opening.owner else { return nil }
    let now = task.state == .claimed ? "taken by \"\(task.owner ?? "somebody")\"" : task.status
    return Failure(
      step: step, kind: .conflict,
      message:
        "the backlog shows \"\(task.id)\" as \(now) and not as taken by \"\(run.opening.owner)\" any more; agree "
        + "with whoever changed it, then resume or abandon this run")
  }

  /// nil while HEAD is where the run's change belongs.
  func place(at step: Step) throws -> Failure? {
    let head = try world.repository.head()
    guard head != .branch(run.opening.branch, run.base) else { return nil }
    return Failure(
      step: step, kind: .conflict,
      message: "HEAD was moved to \(head.wording) while the run was at work; go back to \(run.base.short) on "
        + "\"\(run.opening.branch)\", then resume")
  }

  /// Runs the commands in their order; nil when all of them passed.
  func run(_ lines: [CommandLine], step: Step) async throws -> Failure? {
    for line in lines {
      let command = Command(line, in: world.repository.root, environment: world.environment(for: step, of: run))
      if let failure = try await run(command, step: step, name: line.description) { return failure }
    }
    return nil
  }

  /// Runs one command; nil when it passed.
  func run(_ command: Command, step: Step, name: String) async throws -> Failure? {
    switch try await end(of: command, step: step, name: name) {
    case .passed: nil
    case .failed(let failure, end: _): failure
    }
  }

  enum End {
    case passed
    case failed(Failure, end: CommandResult.End)
  }

  /// Runs one command and tells how it ended; its output is evidence.
  func end(of command: Command, step: Step, name: String) async throws -> End {
    try world.refuseSecrets(in: command.line)
    try refuseUnchecked(command)
    let capture = try Capture(of: name, step: step, run: run, in: world)
    let result: CommandResult
    do {
      result = try await world.commands.run(command, output: capture)
    } catch {
      try capture.finish()
      throw error
    }
    try capture.finish()
    if result.end == .cancelled { throw CancellationError() }
    guard !result.succeeded else { return .passed }
    var failure = Failure(step: step, kind: .red, message: "\"\(name)\" \(result.end.wording)", tail: capture.lines)
    // A shell's words for a program that is not there or not executable (POSIX, 2.8.2): no change of the code mends it.
    if result.end == .exited(code: 127) || result.end == .exited(code: 126) {
      failure = Failure(
        step: step, kind: .broken, message: "a program that \"\(name)\" needs is missing; install it, then resume",
        tail: capture.lines)
    }
    return .failed(failure, end: result.end)
  }

  /// nil when the tree still is `expected`.
  func unchanged(_ expected: ObjectID?, at step: Step) throws -> Failure? {
    let now = try tree()
    guard let expected, now != expected else { return nil }
    let paths = try world.repository.difference(from: expected, to: now).map(\.path)
    return Failure(step: step, kind: .changedUnderneath, message: "files changed under the gates: \(list(paths))")
  }
}

/// The first few of many, quoted.
func list(_ names: [String], most: Int = 5) -> String {
  let shown = names.prefix(most).map { "\"\($0)\"" }.joined(separator: ", ")
  return names.count > most ? "\(shown) and \(names.count - most) more" : shown
}
