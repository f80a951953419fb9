import ArgumentParser
import DeliveryLoop
import Engine
import JSONText

/// `waybill import FILE`
struct ImportCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take in a history that \"export --all\" has written.",
    discussion: """
      All of it is checked first: chain, seals and the bytes of every capture. It is taken in where there is no history yet, or where \
      the one that is here is its beginning; whole or not at all.
      """)

  @Argument(help: ArgumentHelp("What \"export --all\" has written.", valueName: "file")) var file: String
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    let wiring = try shared.wiring()
    try wiring.refuseInsideRun()
    let taken = try wiring.adopt(file)
    if shared.json {
      Output.json(["events": .number(JSONNumber(taken.events)), "new": .number(JSONNumber(taken.new))])
    } else {
      Output.line("\(file): \(counted(taken.events, "event")), \(taken.new) of them new here")
    }
    return .delivered
  }
}
