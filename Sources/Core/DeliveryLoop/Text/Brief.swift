/// What an implementer, machine or person, is told about the task.
package struct Brief: Hashable, Sendable {
  package let task: BacklogTask
  package let configuration: Configuration
  /// Validation patterns with the task's values filled in.
  package let validations: [String]
  /// The number of this attempt on the task, from 1.
  package let attempt: Int
  /// What went wrong with the attempt before.
  package let feedback: Failure?

  package init(
    task: BacklogTask, configuration: Configuration, validations: [String], attempt: Int, feedback: Failure?
  ) {
    self.task = task
    self.configuration = configuration
    self.validations = validations
    self.attempt = attempt
    self.feedback = feedback
  }

  /// Markdown.
  package var text: String {
    let sections = [head, acceptance, constraints, gates, lastFailure].compactMap(\.self)
    return sections.joined(separator: "\n\n") + "\n"
  }

  private var head: String {
    let title = "# \(task.id): \(task.title)"
    return task.description.trimmed.isEmpty ? title : title + "\n\n" + task.description.trimmed
  }

  private var acceptance: String? {
    guard !task.acceptance.isEmpty else { return nil }
    return "## Acceptance\n" + task.acceptance.map { "- \($0)" }.joined(separator: "\n")
  }

  private var constraints: String {
    var lines = [
      "Change the working tree only: do not commit, push, or edit the backlog; that is done for you.",
      "Certificate checks stay on, and no secret is written into a file.",
    ]
    if let scope = configuration.scope {
      if !scope.paths.isEmpty { lines.append("Only these paths may change: \(scope.paths.joined(separator: ", ")).") }
      if let files = scope.maxFiles { lines.append("At most \(files) files may change.") }
      if let count = scope.maxLines { lines.append("At most \(count) lines may be added and removed.") }
    }
    return "## Constraints\n" + lines.map { "- \($0)" }.joined(separator: "\n")
  }

  private var gates: String {
    var lines = configuration.format.map { "format: `\($0)`" } + configuration.test.map { "test: `\($0)`" }
    if let service = configuration.service { lines.append("service: `\(service.run)`, ready at \(service.ready.url)") }
    lines += validations.map { "live validation: `\($0)`" }
    return "## What will be run on your change\n" + lines.map { "- \($0)" }.joined(separator: "\n")
  }

  private var lastFailure: String? {
    guard let feedback else { return nil }
    let output = feedback.tail.isEmpty ? "" : "\n\n```\n" + feedback.tail.joined(separator: "\n") + "\n```"
    return "## Feedback\nThis is attempt \(attempt). The last one did not pass `\(feedback.step.rawValue)`: "
      + feedback.message + output
  }
}
