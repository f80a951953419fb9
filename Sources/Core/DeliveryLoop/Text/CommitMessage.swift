/// The message of a delivery's commit: what the configuration says, and trailers by which the run is found again.
package enum CommitMessage {
  /// Ends with one line break; the trailers stand in a paragraph of their own (git-interpret-trailers).
  package static func compose(_ template: String, task: BacklogTask, run: RunID, tree: ObjectID) -> String {
    let body = Template(template).filled(with: TemplateValues.of(task: task, run: run)).trimmed
    return body + "\n\n"
      + [
        "\(taskTrailer): \(task.id)", "\(runTrailer): \(run)", "\(treeTrailer): \(tree)",
      ].joined(separator: "\n") + "\n"
  }

  package static let taskTrailer = "Task-Id"
  package static let runTrailer = "Waybill-Run"
  /// The tree that was validated; it differs from the commit's in the backlog's record alone.
  package static let treeTrailer = "Waybill-Tree"
}

/// What templates may name.
package enum TemplateValues {
  package static let names = ["task.id", "task.title", "run.id", "brief", "workspace"]

  package static func of(task: BacklogTask, run: RunID) -> [String: String] {
    // A title is somebody's text: it may not open a second line, in which it could forge a trailer.
    let title = task.title.split(whereSeparator: \.isNewline).joined(separator: " ")
    return ["task.id": task.id.text, "task.title": title, "run.id": run.text]
  }
}
