import ArgumentParser
import DeliveryLoop
import Engine
import JSONText
import LiveChecks

/// `waybill diff RUN RUN`
struct DiffCommand: LookBack {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "What differs between two runs: code, gates, exchanges, times.",
    discussion: """
      Headers that differ each time, such as Date, are not compared, nor what "replay.ignore" in waybill.yaml names. What also \
      differs between two times of asking the same code is marked as noise. Exit status: 0 when nothing differs, 1 otherwise.
      """)

  @Argument(help: "The run to compare with, or the first characters of its id.") var before: String
  @Argument(help: "The run that is compared; without it the newest replay of the first.") var after: String?
  @OptionGroup var shared: SharedOptions

  func perform() async throws -> ExitStatus {
    let wiring = try shared.wiring()
    let (ledger, old) = try wiring.archive.find(before)
    let new = try after.map { try History(ledger).find($0) } ?? newestReplay(of: old, in: ledger)
    let difference = try RunDifference(
      old.run, new.run, in: ledger, wiring.repository, libraries: Wiring.libraries, ignoring: wiring.ignored)
    if shared.json {
      Output.json(DifferenceText.json(difference, old.run, new.run))
    } else {
      for line in DifferenceText.lines(difference, old.run, new.run) { Output.line(line) }
    }
    return difference.isSame ? .delivered : .gateFailed
  }

  private func newestReplay(of run: RunSummary, in ledger: any Ledger) throws -> RunSummary {
    guard let newest = try ledger.runs(RunQuery(replays: .of(run.run), limit: 1)).first else {
      throw RecordProblem.noReplay(run.run)
    }
    return newest
  }
}

/// What differs between two runs, for people and for programs.
enum DifferenceText {
  static func lines(_ difference: RunDifference, _ old: RunID, _ new: RunID) -> [String] {
    if difference.isSame && difference.validations.allSatisfy(\.calls.isEmpty) {
      return ["\(old.short) and \(new.short) do not differ"]
    }
    var lines = ["\(old.short) -> \(new.short)"]
    lines += difference.items.map { "  \(Table.padded($0.name, 8))\($0.before ?? "none") -> \($0.after ?? "none")" }
    if !difference.files.isEmpty { lines += ["", "files"] }
    lines += difference.files.map {
      "  \(Table.padded($0.kind.rawValue, 10))\(Printable.row($0.path)) +\($0.added) -\($0.removed)"
    }
    for validation in difference.validations {
      lines += ["", head(validation)] + validation.calls.flatMap { Self.lines($0, noise: true) }
    }
    if !difference.times.isEmpty { lines += ["", "times"] }
    return lines + difference.times.map { "  \(Table.padded($0.name, 10))\($0.before ?? "") -> \($0.after ?? "")" }
  }

  /// What answers there were that are not as they were, and no noise.
  static func calls(_ difference: RunDifference) -> [String] {
    difference.validations.flatMap { validation -> [String] in
      let calls = validation.calls.filter { !$0.differences.allSatisfy(\.isNoise) }
      return calls.isEmpty ? [] : [head(validation)] + calls.flatMap { lines($0, noise: false) }
    }
  }

  private static func head(_ validation: RunDifference.Validation) -> String {
    let words = (validation.before?.rawValue ?? "did not run", validation.after?.rawValue ?? "did not run")
    let same = validation.calls.isEmpty && validation.before != nil && validation.after != nil
    return "\(validation.name): \(words.0 == words.1 ? words.0 : "\(words.0) -> \(words.1)")"
      + (same ? ", same answers" : "")
  }

  /// One call.
  private static func lines(_ call: RecordComparison.Call, noise: Bool) -> [String] {
    ["  \(call.number) \(Printable.row(call.request))"]
      + call.differences.filter { noise || !$0.isNoise }.map {
        "      \(Printable.row($0.wording))\($0.isNoise ? " (noise)" : "")"
      }
  }

  static func json(_ difference: RunDifference, _ old: RunID, _ new: RunID) -> JSON {
    [
      "before": .string(old.text), "after": .string(new.text), "same": .bool(difference.isSame),
      "items": .array(difference.items.map(item)),
      "files": .array(
        difference.files.map {
          [
            "path": .string($0.path), "kind": .string($0.kind.rawValue), "added": JSON(integerLiteral: $0.added),
            "removed": JSON(integerLiteral: $0.removed),
          ]
        }),
      "validations": .array(
        difference.validations.map {
          [
            "name": .string($0.name), "before": text($0.before?.rawValue), "after": text($0.after?.rawValue),
            "calls": .array($0.calls.map(call)),
          ]
        }), "times": .array(difference.times.map(item)),
    ]
  }

  private static func call(_ call: RecordComparison.Call) -> JSON {
    [
      "number": JSON(integerLiteral: call.number), "request": .string(call.request),
      "differences": .array(
        call.differences.map {
          [
            "place": .string($0.place), "before": text($0.before), "after": text($0.after), "noise": .bool($0.isNoise),
          ]
        }),
    ]
  }

  private static func item(_ item: RunDifference.Item) -> JSON {
    ["name": .string(item.name), "before": text(item.before), "after": text(item.after)]
  }

  private static func text(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
}
