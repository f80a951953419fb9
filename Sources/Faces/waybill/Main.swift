import ArgumentParser

/// The program: its verbs, in the groups that `--help` shows.
@main
struct Waybill: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waybill",
    abstract: "Delivers backlog tasks one at a time, and can prove every delivery.",
    version: Version.current,
    groupedSubcommands: [
      CommandGroup(name: "Deliver", subcommands: [RunCommand.self, ResumeCommand.self, AbandonCommand.self]),
      CommandGroup(
        name: "Look back", subcommands: [RunsCommand.self, ShowCommand.self, LogsCommand.self, WhyCommand.self]),
      CommandGroup(name: "Set up", subcommands: [TasksCommand.self, DoctorCommand.self, SandboxCommand.self]),
    ])
}

/// What this build calls itself.
enum Version {
  static let current = "0.1.0"
}
