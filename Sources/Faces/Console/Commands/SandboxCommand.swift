import ArgumentParser
import DeliveryLoop
import Engine
import FileSystem

/// `waybill sandbox [DIR]`
struct SandboxCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "sandbox", abstract: "Make a complete world to try it in, and deliver a task in it.",
    discussion: """
      A bare remote, a clone with a small agent service, a simulated Proxmox node with TLS under a CA of its own, a backlog \
      with tasks and their validations: all of it in one folder, which can be removed at any time.
      """)

  @Argument(help: "The folder to make; it must not exist, or be empty.") var folder = "waybill-sandbox"
  @Option(help: "The task to deliver there.") var task = "list-nodes"
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    let clone = try await SandboxWorld(environment: .own).make(at: folder)
    let status = try await Delivery(wiring: try Wiring(at: clone), json: shared.json, until: nil).run(
      task, adopting: false)
    if !shared.json { Output.line(Self.farewell(clone)) }
    return status
  }

  private static func farewell(_ clone: String) -> String {
    """

    The evidence is in \(clone)/.waybill/ledger.db. Look at it, and go on:
      cd \(clone)
      waybill show --exchanges      # steps, trees, every request and response
      waybill tasks                 # what else is there
      waybill run                   # the next task: its first attempt fails its live validation
    """
  }
}

/// The folders from which a sandbox is made, and the script that makes it.
struct SandboxWorld {
  let environment: ProcessEnvironment

  /// Makes the world and returns the absolute path of its clone.
  func make(at folder: String) async throws -> String {
    guard let share = share() else {
      throw Mistake.sandbox(
        "the files of the sandbox are missing: neither Examples/sandbox nor share/waybill is beside the program")
    }
    let capture = CollectedOutput()
    let result = try await Wiring.commands.run(
      Command(
        .program(["bash", "\(share)/Examples/sandbox/make-world.sh", folder, share]), in: environment.directory,
        environment: environment.all),
      output: capture)
    let lines = capture.text.split(separator: "\n")
    guard result.succeeded, let clone = lines.first(where: { $0.hasPrefix("clone=") }) else {
      throw Mistake.sandbox(lines.suffix(5).joined(separator: "\n"), result.end == .exited(code: 2) ? .usage : .broken)
    }
    return String(clone.dropFirst("clone=".count))
  }

  /// Beside the program in a checkout, or where `make install` puts it.
  private func share() -> String? {
    var folder = environment.program.parentFolder
    let installed = "\(folder.parentFolder)/share/waybill"
    while folder != "/" {
      if FileReader.exists("\(folder)/Examples/sandbox/make-world.sh") { return folder }
      folder = folder.parentFolder
    }
    return FileReader.exists("\(installed)/Examples/sandbox/make-world.sh") ? installed : nil
  }
}

extension String {
  /// The folder in which a path lies.
  fileprivate var parentFolder: String {
    guard let slash = lastIndex(of: "/"), slash != startIndex else { return "/" }
    return String(self[..<slash])
  }
}
