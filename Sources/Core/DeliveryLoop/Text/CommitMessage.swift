/// The message of a delivery's commit: what the configuration says, and trailers by which the run is found again.
package enum CommitMessage {
  /// Ends with one line break; the trailers stand in a paragraph of their own (git-interpret-trailers).
  package static func compose(
    _ template: String, task: BacklogTask, run: RunID, tree: ObjectID, waived: [Waiver] = []
  ) -> String {
    let body = Template(template).filled(with: TemplateValues.of(task: task, run: run)).trimmed
    return body + "\n\n"
      + ([
        "\(taskTrailer): \(task.id)", "\(runTrailer): \(run)", "\(treeTrailer): \(tree)",
      ] + waived.map { "\(waiverTrailer): \($0.validation) \($0.wording.plainLine)" }).joined(separator: "\n") + "\n"
  }

  package static let taskTrailer = "Task-Id"
  package static let runTrailer = "Waybill-Run"
  /// The tree that was validated; it differs from the commit's in the backlog's record alone.
  package static let treeTrailer = "Waybill-Tree"
  /// A validation that could not be asked, and who answers for it.
  package static let waiverTrailer = "Waybill-Waiver"
}

/// What templates may name.
package enum TemplateValues {
  package static let names = ["task.id", "task.title", "run.id", "brief", "workspace", "report"]

  package static func of(task: BacklogTask, run: RunID) -> [String: String] {
    // A title is somebody's text: it may not open a second line, in which it could forge a trailer.
    return ["task.id": task.id.text, "task.title": task.title.plainLine, "run.id": run.text]
  }
}

extension String {
  /// On one line.
  fileprivate var plainLine: String { split(whereSeparator: \.isNewline).joined(separator: " ") }
}
