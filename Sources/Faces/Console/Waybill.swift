package import ArgumentParser

/// The verbs, in the groups that `--help` shows.
package struct Waybill: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "waybill",
    abstract: "Delivers backlog tasks one at a time, and can prove every delivery.",
    version: Version.current,
    groupedSubcommands: [
      CommandGroup(name: "Deliver", subcommands: [RunCommand.self, ResumeCommand.self, AbandonCommand.self]),
      CommandGroup(
        name: "Decide", subcommands: [PlanCommand.self, ApproveCommand.self, DenyCommand.self, WaiveCommand.self]),
      CommandGroup(
        name: "Look back",
        subcommands: [
          RunsCommand.self, ShowCommand.self, LogsCommand.self, WhyCommand.self,
          DiffCommand.self,
        ]),
      CommandGroup(
        name: "Prove",
        subcommands: [
          ReplayCommand.self, BisectCommand.self, AuditCommand.self, VerifyCommand.self, AttestCommand.self,
          ReportCommand.self,
          ExportCommand.self,
        ]),
      CommandGroup(name: "Tools", subcommands: [CheckCommand.self, ScanCommand.self, RedactCommand.self]),
      CommandGroup(
        name: "Set up",
        subcommands: [
          TasksCommand.self, DoctorCommand.self, KeysCommand.self, GCCommand.self, ImportCommand.self,
          SandboxCommand.self,
        ]),
    ])

  package init() {}

  /// Runs what the arguments ask for, and returns the number with which the program ends.
  @concurrent package static func end() async -> Int32 {
    let arguments = verbFirst(Array(CommandLine.arguments.dropFirst()))
    do {
      var command = try parseAsRoot(arguments)
      if var verb = command as? any AsyncParsableCommand { try await verb.run() } else { try command.run() }
      return 0
    } catch let code as ExitCode {
      return code.rawValue
    } catch {
      let isAsked = exitCode(for: error) == .success
      if isAsked { Output.line(fullMessage(for: error)) } else { Output.complain(fullMessage(for: error)) }
      if isAsked { return 0 }
      // `check` ends with the numbers of the format's own tool, where 2 stands for a file that cannot be parsed.
      let isCheck = arguments.first == CheckCommand.configuration.commandName
      return (isCheck ? ExitStatus.gateFailed : .usage).rawValue
    }
  }
}

extension Waybill {
  /// What every verb takes may stand before it as well, as with git; the parser wants it behind.
  static func verbFirst(_ arguments: [String]) -> [String] {
    var verb = 0
    while verb < arguments.count {
      switch arguments[verb] {
      case "-C", "--directory": verb += 2
      case "--json": verb += 1
      case let word where word.hasPrefix("--directory="): verb += 1
      case let word where word.hasPrefix("-"): return arguments
      case _: return [arguments[verb]] + arguments[..<verb] + arguments[(verb + 1)...]
      }
    }
    return arguments
  }
}

/// What this build calls itself.
enum Version {
  static let current = "0.1.0"
}
