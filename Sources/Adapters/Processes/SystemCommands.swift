import DeliveryLoop
package import Engine

/// Runs commands as processes of this machine.
package struct SystemCommands: Commands {
  package init() {}

  package func run(_ command: Command, output: any OutputSink) async throws -> CommandResult {
    try Task.checkCancellation()
    let child = try Child(command, sink: output)
    return try await withTaskCancellationHandler {
      try await child.finished()
    } onCancel: {
      child.stop()
    }
  }

  package func locate(_ name: String, path: String) -> String? {
    Executable.locate(name, path: path, from: "/")
  }
}
