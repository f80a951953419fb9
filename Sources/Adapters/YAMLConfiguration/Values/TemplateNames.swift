import DeliveryLoop

/// Which names have a value where: a title is somebody's text, so no command is given it.
enum TemplateNames {
  /// In validations, the commit message and the reason of the close.
  static let task = ["task.id", "task.title", "run.id"]
  /// In the command of a coding agent.
  static let implementer = TemplateValues.names.filter { $0 != "task.title" }
}
