import ArgumentParser

/// `waybill sandbox [DIR]`
struct SandboxCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "sandbox", abstract: "Make a complete world to try it in, and deliver a task in it.")

  @Argument(help: "The folder to make; it must not exist.") var folder = "waybill-sandbox"
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus { .broken }
}
