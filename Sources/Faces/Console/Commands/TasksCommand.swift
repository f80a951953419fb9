import ArgumentParser
import DeliveryLoop
import Engine
import JSONText

/// `waybill tasks`
struct TasksCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "tasks", abstract: "The ready queue, and why a task is not in it.")

  @Flag(help: "Closed tasks as well.") var all = false
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    let wiring = try shared.wiring()
    let configuration = try wiring.configuration(at: try wiring.base()).configuration
    // A command may take its time, or ask a person: the queue is shown without it.
    try await wiring.maskSecretsAtHand(configuration)
    let tasks = try wiring.backlog(configuration.backlog).tasks().filter { all || $0.obstacle != .closed }
    if shared.json {
      for task in tasks { Output.json(Views.task(task)) }
    } else if tasks.isEmpty {
      Output.complain("the backlog has no open task")
    } else {
      let ready = tasks.filter { $0.obstacle == nil } + tasks.filter { $0.obstacle != nil }
      let rows = ready.map { task in
        [
          task.id.text, task.priority.map { "P\($0)" } ?? "", task.obstacle == nil ? "ready" : task.status,
          task.title + (task.obstacle.map { " (\($0.wording))" } ?? ""),
        ]
      }
      Output.line(Table.text(["TASK", "PRIO", "STATE", "TITLE"], rows))
    }
    return .delivered
  }
}
