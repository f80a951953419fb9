import ArgumentParser
import DeliveryLoop
import Engine

/// `waybill run [TASK]`
struct RunCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Deliver one task: the one named, or the next that is ready.")

  @Argument(help: "The task's id.") var task: String?
  @Flag(help: "What is in the working tree already is the implementation.") var adopt = false
  @Option(help: "Stop after this step: claim, implement, format, test, start, validate, commit or push.") var until:
    StepName?
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    try await Delivery(wiring: try shared.wiring(), json: shared.json, until: until?.step).run(task, adopting: adopt)
  }
}

/// `waybill resume [RUN]`
struct ResumeCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on with a run after a pause, a failure or a crash.")

  @Argument(help: "The run, or the first characters of its id; without it the one that rests here.") var run: String?
  @Option(help: "Stop after this step.") var until: StepName?
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    try await Delivery(wiring: try shared.wiring(), json: shared.json, until: until?.step).resume(run)
  }
}

/// `waybill abandon [RUN]`
struct AbandonCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "abandon", abstract: "Give a run up: work is kept on a ref, the claim released, the files restored.")

  @Argument(help: "The run; without it the one that rests here.") var run: String?
  @Option(help: "Why, for the history.") var reason = "given up"
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    try await Delivery(wiring: try shared.wiring(), json: shared.json, until: nil).abandon(run, reason: reason)
  }
}

/// A step as a command line names it.
struct StepName: ExpressibleByArgument {
  let step: Step

  init?(argument: String) {
    guard let step = Step(rawValue: argument), !Self.inner.contains(step) else { return nil }
    self.step = step
  }

  static var allValueStrings: [String] { Step.allCases.filter { !inner.contains($0) }.map(\.rawValue) }

  /// After them there is nothing to stop for, or they belong to another step.
  private static let inner: Set<Step> = [.stop, .rebase, .close, .anchor]
}

extension Step: ExpressibleByArgument {}
